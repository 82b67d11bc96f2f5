"""Whole reports: what a checker, a reader and a second printing find."""

import io
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest

from supervisor import i18n
from supervisor.models.enums_reports import ReportKind
from supervisor.models.rows.report_digest import DigestContent
from supervisor.models.rows.report_weekly import WeeklyContent
from supervisor.models.rows.reports import Snapshot
from supervisor.reports import document, figures
from supervisor.reports.weekly import summary_money
from supervisor.words import word
from supervisor.words.formats import count
from tests.reports import kinds, reading, samples

LANGUAGES = ("zh_CN", "en")
KINDS = list(ReportKind)
A_MEGABYTE = 1_000_000
IN_ANOTHER_PROCESS = """
import hashlib, sys
from supervisor.reports import document
from tests.reports import kinds, samples
data = document.render(kinds.every_kind()[sys.argv[1]], "zh_CN", samples.STAMP)
print(hashlib.sha256(data).hexdigest())
"""


@pytest.fixture(scope="module")
def snapshots() -> dict[ReportKind, Snapshot]:
    return kinds.every_kind()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_that_a_checker_finds_nothing(
    kind: ReportKind, lang: str, snapshots: dict[ReportKind, Snapshot]
) -> None:
    made = document.printed(snapshots[kind], lang, samples.STAMP)
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) == made.pages
        assert str(pdf.Root.Lang) == {"zh_CN": "zh-CN", "en": "en"}[lang]
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261116011200")
        assert "2026W46" in str(pdf.docinfo["/Title"])
    assert len(made.data) < A_MEGABYTE
    assert made.missing == ()
    named = reading.fonts(made.data)
    assert named
    assert all(named.values()), named
    assert all("+NotoSansSC-" in name for name in named), "embedded, subset and ours alone"
    assert list(reading.outside(made.data)) == []
    assert len(reading.outline(made.data)) == 1
    pages = reading.texts(made.data)
    last = "共 {n} 页" if lang == "zh_CN" else "of {n}"
    assert all(last.format(n=made.pages) in page for page in pages)
    assert all("S-2026W46-318" in page and "周敏" in page for page in pages)


@pytest.mark.parametrize("kind", KINDS)
def test_that_another_day_makes_the_same_bytes(
    kind: ReportKind,
    snapshots: dict[ReportKind, Snapshot],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = document.render(snapshots[kind], "zh_CN", samples.STAMP)
    a_year_on = time.time() + 365 * 86_400
    monkeypatch.setattr(time, "time", lambda: a_year_on)
    monkeypatch.setenv("TZ", "America/New_York")
    document.render(snapshots[kind], "en", samples.STAMP)  # what was printed between is no matter
    assert document.render(snapshots[kind], "zh_CN", samples.STAMP) == first


def test_that_another_process_makes_the_same_bytes(
    snapshots: dict[ReportKind, Snapshot],
) -> None:
    seen = {
        subprocess.run(
            [sys.executable, "-c", IN_ANOTHER_PROCESS, "weekly"],
            check=True, capture_output=True, text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(seen) == 1


def test_that_a_copy_differs_only_in_its_stamp(snapshots: dict[ReportKind, Snapshot]) -> None:
    later = replace(samples.STAMP, at=samples.STAMP.at + timedelta(hours=1))
    once, twice = (
        reading.text(document.render(snapshots[ReportKind.WEEKLY], "zh_CN", stamp))
        for stamp in (samples.STAMP, later)
    )
    assert once != twice
    assert once.replace("2026-11-1609:12", "2026-11-1610:12") == twice


@pytest.mark.parametrize("agents", [0, 1, 30, 400])
def test_that_every_person_and_figure_is_read_back(agents: int) -> None:
    snapshot = samples.weekly(agents=agents)
    content = snapshot.content
    assert isinstance(content, WeeklyContent)
    data = document.render(snapshot, "zh_CN", samples.STAMP)
    text = reading.text(data)
    for block in content.teams:
        for one in block.people:
            assert f"{one.name}{one.staff_no}{count(one.cases)}" in text
    for line in content.figures:
        for figure in (line.this_week, line.month_to_date):
            if figure is not None and line.unit.value == "count":
                assert count(round(figure.value or 0)) in text
    assert list(reading.outside(data)) == []
    assert len(data) < A_MEGABYTE
    assert text.count("（续）") >= agents // 100
    assert "（续）（续）" not in text, "a chart over many pages is continued once on each"


def test_that_every_line_of_the_summary_is_read_back_in_its_order() -> None:
    snapshot = samples.weekly(agents=12)
    content = snapshot.content
    assert isinstance(content, WeeklyContent)
    text = reading.text(document.render(snapshot, "zh_CN", samples.STAMP))
    money = summary_money(content.figures)
    with i18n.speaking("zh_CN"):
        for line in content.figures:
            cells = [
                figures.value(line.this_week, line.unit, money),
                figures.value(line.last_week, line.unit, money),
                figures.change(line, money),
                figures.value(line.same_week_last_month, line.unit, money),
                figures.value(line.month_to_date, line.unit, money),
            ]
            assert "".join("".join((word(line.id), *cells)).split()) in text


def test_that_reports_made_at_the_same_time_are_those_made_alone(
    snapshots: dict[ReportKind, Snapshot],
) -> None:
    work = [(kind, lang) for kind in KINDS for lang in LANGUAGES] * 2

    def made(what: tuple[ReportKind, str]) -> bytes:
        return document.render(snapshots[what[0]], what[1], samples.STAMP)

    alone = [made(one) for one in work]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(made, work)) == alone


@pytest.mark.parametrize("letters", [1, 2, 8, 20])
def test_that_names_of_any_length_are_printed_whole(letters: int) -> None:
    snapshot = samples.weekly(agents=30, letters=letters)
    content = snapshot.content
    assert isinstance(content, WeeklyContent)
    data = document.render(snapshot, "en", samples.STAMP)
    text = reading.text(data)
    for block in content.teams:
        for one in block.people:
            assert one.name in text
    assert list(reading.outside(data)) == []


def test_that_figures_of_the_summary_lead_to_their_detail(
    snapshots: dict[ReportKind, Snapshot],
) -> None:
    data = document.render(snapshots[ReportKind.WEEKLY], "zh_CN", samples.STAMP)
    assert len(reading.links(data)) >= 12
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_that_a_character_the_typeface_lacks_is_named_on_the_paper() -> None:
    snapshot = samples.weekly(agents=2)
    said = replace(snapshot.commentary, conclusions=("见\U0001f600面",))
    made = document.printed(replace(snapshot, commentary=said), "en", samples.STAMP)
    assert made.missing == ("\U0001f600",)
    text = reading.text(made.data)
    assert "见〓面" in text
    assert "U+1F600" in text


def test_that_a_comparison_and_booklets_are_one_print() -> None:
    parts = [kinds.digest(branches=3), samples.weekly(agents=3)]
    made = document.printed_together(parts, "zh_CN", samples.STAMP)
    assert made.pages == sum(document.printed(one, "zh_CN", samples.STAMP).pages for one in parts)
    assert list(reading.outside(made.data)) == []
    named = reading.outline(made.data)
    assert list(named) == ["网点对照 第1分部、第2分部、第3分部", "外访催收周报 城东分部"]
    assert "一、主要指标" in named["外访催收周报 城东分部"]
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_that_paper_speaks_its_own_language_and_leaves_the_windows_alone() -> None:
    i18n.set_language("en")
    chinese = reading.text(document.render(samples.weekly(agents=1), "zh_CN", samples.STAMP))
    assert "外访催收周报" in chinese
    assert i18n.language() == "en"


def test_that_branches_without_a_visit_are_counted_instead_of_a_page_of_dashes() -> None:
    snapshot = kinds.digest(branches=12)
    content = snapshot.content
    assert isinstance(content, DigestContent)
    idle = {one.branch.branch_id for one in content.branches[2:]}
    lines = tuple(
        replace(one, compliance=()) if one.branch.branch_id in idle else one
        for one in content.branches
    )
    gaps = tuple(row for row in content.quality.rows if row.group[0] not in idle)
    left = replace(content, branches=lines, quality=replace(content.quality, rows=gaps))
    pages = reading.texts(document.render(replace(snapshot, content=left), "zh_CN", samples.STAMP))
    text = "".join("".join(pages).split())
    told = text[text.index("各网点合规与数据质量") :]
    assert "另有10个网点本期没有上门" in told
    assert "B002" in told
    assert "B003" not in told
    assert "B003" in text, "in the comparison every branch has its line"
