"""The four workbook formats, templates and descriptions."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from supervisor import i18n
from supervisor.intake import api, workbook
from supervisor.intake.fields import FIELDS, KEYS
from supervisor.intake.workbook_child import CHILD_COMMAND
from supervisor.models.database import Database
from supervisor.models.enums import Kind
from tests.intake.files import PAYMENTS, a_workbook, an_office, bring

ROWS: list[tuple[Any, ...]] = [
    PAYMENTS,
    ("K1", "P1", "2026-11-01", 1234.5),
    ("K1", "P2", "2026年11月2日", "1.2万"),
]


def an_xlsx(path: Path) -> Path:
    return a_workbook(path, {"还款": ROWS})


def an_xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("还款")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for number, row in enumerate(ROWS):
        for column, value in enumerate(row):
            if value == "2026-11-01":
                sheet.write(number, column, date(2026, 11, 1), day)
            else:
                sheet.write(number, column, value)
    book.save(str(path))
    return path


def an_ods(path: Path) -> Path:
    document = OpenDocumentSpreadsheet()
    sheet = Table(name="还款")
    for row in ROWS:
        line = TableRow()
        for value in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    document.save(str(path))
    return path


@pytest.mark.parametrize(("make", "ending"), [(an_xlsx, "xlsx"), (an_xls, "xls"), (an_ods, "ods")])
def test_that_every_workbook_format_is_imported(
    sqlite_database: Database, tmp_path: Path, make: Any, ending: str
) -> None:
    an_office(sqlite_database, tmp_path)
    checked_file = make(tmp_path / f"p.{ending}")
    done = bring(sqlite_database, checked_file, Kind.PAYMENTS)
    assert (done.inserted, done.errors) == (2, ())


def test_that_the_content_decides_not_the_name(sqlite_database: Database, tmp_path: Path) -> None:
    an_office(sqlite_database, tmp_path)
    path = an_xlsx(tmp_path / "p.csv")
    assert bring(sqlite_database, path, Kind.PAYMENTS).inserted == 2


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_that_a_template_is_understood_again(
    tmp_path: Path, kind: Kind, ending: str, language: str
) -> None:
    i18n.set_language(language)
    path = tmp_path / f"template.{ending}"
    api.template(kind, path)
    seen = api.open_file(path, kind)
    assert [column.field for column in seen.columns] == [field.key for field in FIELDS[kind]]
    assert seen.missing == ()


@pytest.mark.parametrize("kind", list(Kind))
def test_that_a_kind_is_described_with_every_choice_in_words(kind: Kind) -> None:
    described = api.describe(kind)
    assert described.key == KEYS[kind]
    assert {field.key for field in described.fields} >= set(described.key)
    for field in described.fields:
        assert field.heading in field.headings
        assert all(field.choices.values())
        assert bool(field.choices) == (field.type.value in {"choice", "choices"})


def test_that_the_program_itself_can_be_the_reading_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = an_xlsx(tmp_path / "p.xlsx")
    monkeypatch.setattr(workbook, "_program", lambda: [sys.executable, "-m", "supervisor",
                                                       CHILD_COMMAND])  # fmt: skip
    read = workbook.Workbook(path)
    assert read.about.sheets == ("还款",)
    assert [number for number, _ in read.rows()] == [1, 2, 3]
