"""A table on paper: pages, repeated heads, columns that stay whole."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QPdfWriter

from supervisor.ui.tables import Align, Column, Look, Shape
from supervisor.ui.tables.sheet import (
    Head,
    Sheet,
    SheetPrinter,
    cell_text,
    heads_of,
    lay_down,
    lines_of,
)

COLUMNS = (
    Column[int]("reason", lambda: "Reason", lambda n: "Serious flag", fixed=True,
                look=lambda n: Look(shape=Shape.DIAMOND)),
    Column[int]("visit", lambda: "Last visit", lambda n: "Met the debtor",
                look=lambda n: Look(lead="11-19", tail="2nd")),
    Column[int]("owed", lambda: "Overdue (CNY)", lambda n: f"{n:,}.00", align=Align.RIGHT),
)  # fmt: skip


def a_sheet(rows: int, words: str = "") -> Sheet:
    lines = lines_of(COLUMNS, range(rows))
    lines = tuple((line[0], line[1] + words, line[2]) for line in lines)
    return Sheet("Case queue", ("As of today",), heads_of(COLUMNS), lines, "周敏", "周敏 10:38")


@pytest.fixture
def paper(tmp_path: Path) -> QPdfWriter:
    made = QPdfWriter(str(tmp_path / "out.pdf"))
    made.setResolution(300)
    lay_down(made)
    return made


def test_that_a_cell_prints_what_the_screen_shows_with_a_sign_for_its_shape() -> None:
    assert cell_text(COLUMNS[0], 1) == "◆ Serious flag"
    assert cell_text(COLUMNS[1], 1) == "11-19 Met the debtor 2nd"
    assert cell_text(COLUMNS[2], 1200) == "1,200.00"


def test_that_long_lists_take_pages_and_short_or_empty_ones_one(
    paper: QPdfWriter, tmp_path: Path
) -> None:
    assert SheetPrinter(a_sheet(0), paper).pages == 1
    assert SheetPrinter(a_sheet(10), paper).pages == 1
    printer = SheetPrinter(a_sheet(100), paper)
    assert 3 <= printer.pages <= 5
    printer.print()
    written = (tmp_path / "out.pdf").read_bytes()
    assert len(re.findall(rb"/Type /Page\b", written)) == printer.pages


def test_that_words_give_way_and_amounts_never(paper: QPdfWriter) -> None:
    def widths(sheet: Sheet) -> dict[Head, float]:
        printer = SheetPrinter(sheet, paper)
        assert sum(printer._widths.values()) + printer._gaps() <= printer._room.width() + 1
        return printer._widths

    words, amounts = heads_of(COLUMNS)[1:]
    printer = SheetPrinter(a_sheet(5, "很长的说明" * 60), paper)
    found = widths(a_sheet(5, "很长的说明" * 60))
    assert found[amounts] == printer._wanted(printer._pt)[amounts]
    assert found[words] < printer._wanted(printer._pt)[words]
