"""Both table models under Qt's own tester, and what pages rely on."""

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from supervisor.ui.tables import ROW_ROLE, WINDOW, Align, Column, RowTableModel, WindowedModel

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@dataclass(frozen=True)
class Line:
    number: int
    name: str = "王**"
    version: int = 1


COLUMNS = (
    Column[Line]("number", lambda: "Number", lambda r: str(r.number), sort=lambda r: r.number),
    Column[Line]("name", lambda: "Name", lambda r: r.name, align=Align.CENTER),
)


def _windowed() -> WindowedModel[Line]:
    return WindowedModel(COLUMNS, row_id=lambda r: r.number, tickable=True)


def _lines(first: int, count: int) -> list[Line]:
    return [Line(number) for number in range(first, first + count)]


def test_that_qt_finds_no_fault_in_a_complete_set(qtbot: QtBot) -> None:
    model = RowTableModel(COLUMNS, row_id=lambda r: r.number, tickable=True)
    QAbstractItemModelTester(model, FATAL, model)
    model.set_rows(_lines(0, 20))
    model.sort_by("number", descending=True)
    model.tick_range(2, 5)
    model.set_rows(_lines(5, 3))
    model.set_rows([])


def test_that_qt_finds_no_fault_in_a_virtual_list(qtbot: QtBot) -> None:
    model = _windowed()
    QAbstractItemModelTester(model, FATAL, model)
    model.begin(1_000, _lines(0, WINDOW))
    model.put(WINDOW * 3, _lines(WINDOW * 3, WINDOW))
    model.set_total(1_200)
    model.set_total(200)
    model.refresh(250, _lines(0, WINDOW), 0)
    model.begin(0)


def test_that_missing_values_stay_last_in_both_directions() -> None:
    column = Column[Line](
        "n", lambda: "N", lambda r: str(r.number), sort=lambda r: r.number if r.number else None
    )
    model = RowTableModel((column,), row_id=lambda r: r.number)
    model.set_rows([Line(0), Line(2), Line(1)])
    model.sort_by("n")
    assert [row.number for row in model.rows] == [1, 2, 0]
    model.sort_by("n", descending=True)
    assert [row.number for row in model.rows] == [2, 1, 0]


def test_that_only_missing_windows_are_asked_for_once(qtbot: QtBot) -> None:
    model, asked = _windowed(), []
    model.window_wanted.connect(lambda offset, limit: asked.append((offset, limit)))
    model.begin(10_000, _lines(0, WINDOW))
    model.want(0, 20)
    for first in (5_000, 5_000, 8_000):  # the last one tells that the repeated one was heard
        model.want(first, first + 20)
        qtbot.waitUntil(lambda first=first: any(o <= first < o + n for o, n in asked))
    assert [offset // WINDOW for offset, _ in asked] == sorted({o // WINDOW for o, _ in asked})
    assert all(offset >= WINDOW for offset, _ in asked)
    assert all(limit == WINDOW for _, limit in asked)


def test_that_memory_is_bounded_over_a_million_rows() -> None:
    model = _windowed()
    model.begin(1_000_000)
    for offset in range(0, WINDOW * 500, WINDOW):
        model.put(offset, _lines(offset, WINDOW))
    assert len(list(model.known_rows())) <= 48 * WINDOW
    assert model.rowCount() == 1_000_000
    assert model.row_at(WINDOW * 499) == Line(WINDOW * 499)
    assert model.row_at(0) is None


def test_that_ticks_survive_a_refresh_with_the_new_version() -> None:
    model = _windowed()
    model.begin(300, _lines(0, WINDOW))
    model.tick(3, on=True)
    fresh = [replace(line, version=2) for line in _lines(1, WINDOW)]
    model.refresh(299, fresh, 0)
    assert [(row.number, row.version) for row in model.ticked] == [(3, 2)]
    model.begin(10, _lines(0, 10))
    assert model.ticked == ()


def test_that_a_range_over_unread_rows_is_ticked_when_they_come() -> None:
    model, asked = _windowed(), []
    model.window_wanted.connect(lambda offset, limit: asked.append((offset, limit)))
    model.begin(1_000, _lines(0, WINDOW))
    model.tick_range(100, 300)
    assert len(model.ticked) == WINDOW - 100
    for offset, limit in asked:
        model.put(offset, _lines(offset, limit))
    assert {row.number for row in model.ticked} == set(range(100, 301))


@pytest.mark.parametrize("tickable", [True, False])
def test_that_cells_speak_column_and_value(tickable: bool) -> None:
    model = RowTableModel(COLUMNS, row_id=lambda r: r.number, tickable=tickable)
    model.set_rows([Line(7)])
    index = model.index(0, model.section_of("number"))
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Number: 7"
    assert index.data(ROW_ROLE) == Line(7)


def test_that_the_head_says_whether_it_is_sorted() -> None:
    model = _windowed()
    model.begin(1, [Line(1)])
    section = model.section_of("number")

    def head() -> str:
        return str(
            model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
        )

    assert head() == "Number, can be sorted"
    model.show_sort("number", descending=True)
    assert head() == "Number, sorted from high to low"
