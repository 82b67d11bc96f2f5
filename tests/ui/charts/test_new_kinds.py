"""Grids, funnels and intervals: every mark is reached by key, said, opened and inside its plot."""

from typing import Any

import pytest
from PySide6.QtCore import QRectF, Qt
from pytestqt.qtbot import QtBot

from supervisor.models.rows.charts import BarPart, Ink
from supervisor.models.rows.charts_grid import GridCell, GridLine, GridRow, Tone
from supervisor.models.rows.charts_intervals import IntervalGroup, IntervalPoint, IntervalsRow
from supervisor.models.rows.charts_steps import Step, StepsRow
from supervisor.ui.look.tokens import tokens
from tests.ui.charts.rows import SIZE, TABLE, Shown, a_head, a_mark


def grid() -> GridRow:
    def line(name: str) -> GridLine:
        cells = tuple(
            GridCell(f"{n}", tone, a_mark(f"{name}{n}"), "20", n / 6) for n, tone in enumerate(Tone)
        )
        return GridLine(name, cells, "12 · 3")

    return GridRow(
        head=a_head(),
        table=TABLE,
        columns=tuple(f"c{n}" for n in range(len(Tone))),
        lines=(line("a"), line("b")),
        corner="Start",
        across="End",
        facts=(("Quiet hours: 4 visits", a_mark("quiet")),),
    )


def steps() -> StepsRow:
    def step(name: str, *values: float) -> Step:
        parts = tuple(
            BarPart(value, ink, "", a_mark(f"{name}{ink.value}"))
            for value, ink in zip(values, (Ink.QUANTITY, Ink.THIN), strict=False)
        )
        return Step(name, parts, "50.0% · n = 20", "10 lost", ("10 cases", "100 CNY"), name == "c")

    return StepsRow(
        head=a_head(), table=TABLE, steps=(step("a", 20), step("b", 5, 5), step("c", 0))
    )


def intervals() -> IntervalsRow:
    sure = IntervalPoint("Visit", 0.3, 0.2, 0.4, "30.0%", "50", a_mark("visit"))
    bare = IntervalPoint("Phone", 0.9, None, None, "90.0%", "60", a_mark("phone"), Ink.OTHER)
    thin = IntervalPoint("Letter", None, None, None, "—", "3", a_mark("letter"), why="too few")
    groups = (IntervalGroup("Met", (sure, bare)), IntervalGroup("Kept", (thin,)))
    return IntervalsRow(
        head=a_head(),
        table=TABLE,
        groups=groups,
        ticks=((0.0, "0%"), (1.0, "100%")),
        facts=(("Days", "6.5", a_mark("days")),),
    )


ROWS = (grid, steps, intervals)
MARKS = {"grid": 13, "steps": 4, "intervals": 4}


@pytest.mark.parametrize("make", ROWS)
@pytest.mark.parametrize("size", [SIZE, (1200, 600)])
def test_that_every_mark_lies_inside_and_apart(
    shown: Shown, make: Any, size: tuple[int, int]
) -> None:
    plot = shown(make(), size)
    places = plot.places()
    assert len(places) == MARKS[make.__name__]
    whole = QRectF(plot.rect())
    for number, place in enumerate(places):
        assert whole.contains(place.rect), place
        others = places[number + 1 :]
        assert not any(place.rect.adjusted(1, 1, -1, -1).intersects(one.rect) for one in others)


@pytest.mark.parametrize("make", ROWS)
def test_that_keys_reach_every_lane_and_open_what_is_behind(
    qtbot: QtBot, shown: Shown, make: Any
) -> None:
    plot = shown(make())
    opened: list[object] = []
    plot.opened.connect(opened.append)
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    lanes = [place.lane for place in plot.places()]
    seen = []
    for _ in set(lanes):
        assert plot.current is not None
        assert plot.accessibleDescription() == plot.current.said
        seen.append(plot.current)
        qtbot.keyClick(plot, Qt.Key.Key_Return)
        qtbot.keyClick(plot, Qt.Key.Key_Down)
    assert len(set(seen)) == len(set(lanes))
    assert opened == [mark.behind for mark in seen]


@pytest.mark.parametrize("make", ROWS)
def test_that_a_pointer_means_the_mark_under_it(shown: Shown, make: Any) -> None:
    plot = shown(make())
    for place in plot.places():
        assert plot.mark_at(place.rect.center()) == place.mark


@pytest.mark.parametrize("make", ROWS)
def test_that_no_rows_are_no_marks(shown: Shown, make: Any) -> None:
    empty = type(make())(head=a_head())
    plot = shown(empty)
    assert plot.places() == []
    assert not plot.grab().isNull()


def test_that_a_cell_is_shaded_by_its_tone(shown: Shown) -> None:
    plot = shown(grid())
    picture = plot.grab().toImage()
    by_tone = dict(zip(Tone, plot.places(), strict=False))

    def ground(tone: Tone) -> str:
        corner = by_tone[tone].rect.bottomLeft().toPoint()
        return picture.pixelColor(corner.x() + 2, corner.y() - 2).name().upper()

    assert ground(Tone.WORSE) == tokens().bad[1]
    assert ground(Tone.BETTER) == tokens().good[1]
    assert ground(Tone.SAME) == tokens().track
    assert ground(Tone.EMPTY) == tokens().surface2


def test_that_a_narrow_grid_names_every_other_column_and_keeps_its_cells(shown: Shown) -> None:
    plot = shown(grid(), (240, 300))
    assert len(plot.places()) == MARKS["grid"]
    assert not plot.grab().isNull()
