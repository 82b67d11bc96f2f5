"""The workbook is read back with real dates and numbers."""

import io
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest

from supervisor.models.enums_reports import ReportKind
from supervisor.models.rows.report_weekly import WeeklyContent
from supervisor.models.rows.reports import Look, Snapshot
from supervisor.reports.ranks import ranked
from supervisor.reports.workbook import workbook
from tests.reports import kinds, samples


def opened(snapshot: Snapshot, lang: str = "zh_CN") -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(snapshot, lang, samples.STAMP)))


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("kind", list(ReportKind))
def test_that_every_kind_opens_ready_to_print(kind: ReportKind, lang: str) -> None:
    book = opened(kinds.every_kind()[kind], lang)
    assert len(book.sheetnames) > 1
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "B2"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.paperSize == 9  # A4
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.auto_filter.ref


def test_that_people_are_numbers_and_wide_enough_for_chinese() -> None:
    snapshot = samples.weekly(agents=12, letters=8)
    content = snapshot.content
    assert isinstance(content, WeeklyContent)
    sheet = opened(snapshot)["人员与负荷"]
    heads = [cell.value for cell in sheet[1]]
    rows = {row[heads.index("工号")].value: row for row in sheet.iter_rows(min_row=2)}
    for block in content.teams:
        for one in block.people:
            row = rows[one.staff_no]
            assert row[heads.index("姓名")].value == one.name
            assert row[heads.index("在催")].value == one.cases
            owed = row[heads.index("应还（元）")]
            assert owed.value == one.amount_fen / 100
            assert owed.number_format == "#,##0.00"
    column = openpyxl.utils.get_column_letter(heads.index("姓名") + 1)
    assert sheet.column_dimensions[column].width >= 16


def test_that_dates_are_dates_and_shares_shares() -> None:
    book = opened(kinds.agent(), "en")
    sheet = book["Promises that fall due"]
    assert sheet["A2"].value == datetime(2026, 11, 18)  # noqa: DTZ001 - workbooks know no zone
    assert sheet["A2"].number_format == "yyyy-mm-dd"
    sheet = book["Main figures"]
    met = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "Customer met")
    assert 0 < met[1].value < 1
    assert met[1].number_format == "0.0%"


def test_that_text_that_looks_like_a_formula_stays_text() -> None:
    snapshot = kinds.evidence(entries=3)
    cell = opened(snapshot, "en")["Course of the case"]["E2"]
    assert cell.data_type == "s"


def test_that_the_same_stamp_makes_the_same_bytes() -> None:
    snapshot = samples.weekly()
    assert workbook(snapshot, "en", samples.STAMP) == workbook(snapshot, "en", samples.STAMP)


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_that_ranks_come_along_only_where_asked_for_with_interval_places_and_caution(
    lang: str,
) -> None:
    title = {"zh_CN": "名次表（附区间）", "en": "Ranks, with intervals"}[lang]
    caution = {"zh_CN": "区间重叠者不可比", "en": "Overlapping intervals cannot be compared"}[lang]
    snapshot = samples.weekly(agents=12)
    assert isinstance(snapshot.content, WeeklyContent)
    assert title not in opened(snapshot, lang).sheetnames
    sheet = opened(replace(snapshot, look=Look(rank=True)), lang)[title]
    assert caution in sheet["A1"].value
    assert sheet.freeze_panes == "B3"
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.auto_filter.ref == f"A2:I{sheet.max_row}"
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    people = [one for block in snapshot.content.teams for one in block.people]
    assert {row[1] for row in found} == {one.staff_no for one in people}
    told = ranked(snapshot.content)
    assert told
    for row, one in zip(found, told, strict=False):
        assert row[1:3] == [one.person.staff_no, one.person.name]
        assert row[3:6] == pytest.approx([one.row.value, one.row.low, one.row.high])
        assert row[6:] == [one.place.best, one.place.worst, one.row.n]
    for row in found[len(told) :]:
        assert row[3:8] == [None] * 5, "too few cases: no place at all"
