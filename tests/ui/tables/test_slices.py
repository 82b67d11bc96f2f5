"""New rows are painted in slices; nothing is left out, and a picture is always whole."""

from collections.abc import Callable
from math import inf

import pytest
from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QPainter
from pytestqt.qtbot import QtBot

from supervisor.ui.tables import Column, RowTableModel, slices
from supervisor.ui.tables.grid import GridView
from supervisor.ui.tables.slices import Slices
from supervisor.ui.tables.strips import RowStrips

Repainted = list[tuple[int, int]]


@pytest.fixture
def made(qapp: QObject) -> Callable[[], tuple[Slices, Repainted, QObject]]:
    del qapp

    def make() -> tuple[Slices, Repainted, QObject]:
        asked: Repainted = []
        owner = QObject()
        return Slices(lambda first, last: asked.append((first, last)), owner), asked, owner

    return make


def test_that_only_new_rows_have_a_deadline(
    made: Callable[[], tuple[Slices, Repainted, QObject]], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _, _owner = made()
    monkeypatch.setattr(slices, "perf_counter", lambda: 5.0)
    assert one.deadline() == inf
    one.begin()
    assert one.deadline() == 5.0 + slices.SLICE_S
    one.done()
    assert one.deadline() == inf


def test_that_owed_rows_follow_and_stay_new_until_they_are_painted(
    qtbot: QtBot, made: Callable[[], tuple[Slices, Repainted, QObject]]
) -> None:
    one, asked, _owner = made()
    one.begin()
    one.owe(7, 20)
    one.owe(3, 9)
    one.done()  # another, smaller paint event in between
    assert one.deadline() < inf
    qtbot.waitUntil(lambda: asked == [(3, 20)])
    one.done()
    assert one.deadline() == inf


def test_that_a_jump_paints_every_row_on_screen_one_slice_at_a_time(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "SLICE_S", -1.0)  # every event has time for one row only
    column = Column[int]("n", lambda: "N", str)
    model = RowTableModel[int]((column,), row_id=lambda n: n)
    model.set_rows(list(range(400)))
    view = GridView(model)
    qtbot.addWidget(view)
    view.resize(300, 400)
    view.show()
    events: list[list[int]] = []
    paint_rows, paint = GridView._paint_rows, RowStrips.paint

    def event(self: GridView, painter: QPainter, area: QRect) -> None:
        events.append([])
        paint_rows(self, painter, area)

    def row(self: RowStrips, painter: QPainter, number: int, top: int, *, hovered: bool) -> None:
        events[-1].append(number)
        paint(self, painter, number, top, hovered=hovered)

    monkeypatch.setattr(GridView, "_paint_rows", event)
    monkeypatch.setattr(RowStrips, "paint", row)
    view.verticalScrollBar().setValue(200 * view.row_height)
    first, last = view.rows_on_screen()
    qtbot.waitUntil(lambda: {n for one in events for n in one} >= set(range(first, last + 1)))
    assert all(len(one) == 1 for one in events)
    qtbot.waitUntil(lambda: view._slices.deadline() == inf)
    events.clear()
    view.grab()
    assert {n for one in events for n in one} >= set(range(first, last + 1))
    assert len(events) == 1
