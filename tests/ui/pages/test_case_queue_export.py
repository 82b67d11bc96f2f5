"""The workbook: nothing becomes a formula, a link or a rounded number."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from supervisor.ui.pages.case_queue import cells, export
from tests.factories import TODAY
from tests.ui.pages.queue_cases import NOW, a_row

KEYS = ("borrower", "contract_no", "area", "overdue", "last_visit", "placed_on")
NASTY = (
    "=1+1",
    "@SUM(A1)",
    "-2+3",
    "http://example.com",
    "12345678901234567890",
    "001",
    "\u202eabc",
    "Ω≈ç√∫",
    "🐉🀄",
    "' OR 1=1 --",
    "<b>&amp;</b>",
)


@pytest.mark.parametrize("text", NASTY)
def test_that_text_arrives_unaltered(tmp_path: Path, text: str) -> None:
    path = tmp_path / "out.xlsx"
    fields = export.fields(KEYS, cells.Now(TODAY, NOW))
    row = a_row(name=text, area=text, contract_no=text)
    assert export.write_workbook(path, [row], fields, export.Taken(["about"], "周敏 & Co")) == 1
    sheet = openpyxl.load_workbook(path).worksheets[0]
    found = dict(zip([c.value for c in sheet[1]], sheet[2], strict=True))
    for head in ("Borrower", "Contract no.", "District"):
        assert (found[head].data_type, found[head].value) == ("s", text)
        assert found[head].hyperlink is None


def test_that_amounts_and_days_are_real_values(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    fields = export.fields(KEYS, cells.Now(TODAY, NOW))
    export.write_workbook(
        path,
        [a_row(last_visit_on=date(2026, 11, 18))],
        fields,
        export.Taken(["about"], "周敏 & Co"),
    )
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    found = dict(zip([c.value for c in sheet[1]], sheet[2], strict=True))
    assert found["Overdue (CNY)"].value == 18_642.37
    assert found["Last visit"].value.date() == date(2026, 11, 18)
    assert book.worksheets[1]["A1"].value == "about"


def test_that_a_failed_export_leaves_nothing_behind(tmp_path: Path) -> None:
    def broken(_row: object) -> str:
        raise OverflowError

    path = tmp_path / "out.xlsx"
    path.write_bytes(b"before")
    with pytest.raises(OverflowError):
        export.write_workbook(path, [a_row()], [export.Field("X", broken)], export.Taken([], ""))
    assert path.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["out.xlsx"]
