"""Plots of people: every mark by keyboard, inside the plot, in both themes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from supervisor.models.rows.charts import ChartMark, ChartRow, Records
from supervisor.models.rows.charts_people import (
    FunnelLimits,
    FunnelPoint,
    PeopleFunnelRow,
    Side,
)
from supervisor.pictures.loads import loads
from supervisor.ui.charts.kinds import plot_for
from supervisor.ui.charts.plot import Plot
from supervisor.ui.look.tokens import set_theme
from tests.pictures.people import a_branch
from tests.ui.charts.rows import Shown, a_head, a_mark


def load_row() -> ChartRow:
    return loads(a_branch(), a_branch().teams)


def funnel_row() -> ChartRow:
    points = (
        FunnelPoint(60.0, 1.02, Side.INSIDE, "", a_mark("inside")),
        FunnelPoint(90.0, 1.4, Side.ABOVE, "沈某 07 · 1.40", a_mark("above")),
        FunnelPoint(100.0, 0.6, Side.BELOW, "何某 04 · 0.60", a_mark("below")),
    )
    limits = tuple(FunnelLimits(x, 0.8, 1.2, 0.7, 1.3) for x in (50.0, 75.0, 110.0))
    return PeopleFunnelRow(
        head=a_head(),
        points=points,
        limits=limits,
        zone="not distinguishable",
        near_label="95%",
        far_label="99.8%",
        x_label="cases",
    )


WIDE = (760, 300)


def titled(plot: Plot[Any], mark: ChartMark) -> object:
    """Records are told with the title of the chart they were opened in."""
    behind = mark.behind
    assert plot.row is not None
    return replace(behind, title=plot.row.head.title) if isinstance(behind, Records) else behind


KINDS: tuple[Callable[[], ChartRow], ...] = (load_row, funnel_row)


@pytest.mark.parametrize("make", KINDS)
def test_that_marks_lie_in_the_plot_and_say_their_words(
    shown: Shown, make: Callable[[], ChartRow]
) -> None:
    plot = shown(make(), WIDE)
    places = plot.places()
    assert places
    room = plot.rect().adjusted(-8, -8, 8, 8)
    for number, place in enumerate(places):
        assert room.contains(place.rect.center().toPoint()), place.mark.said
        plot.move_to(number)
        assert plot.accessibleDescription() == place.mark.said


@pytest.mark.parametrize("make", KINDS)
def test_that_a_mark_opens_its_records_by_key_and_by_pointer(
    qtbot: QtBot, shown: Shown, make: Callable[[], ChartRow]
) -> None:
    plot = shown(make(), WIDE)
    opened: list[object] = []
    plot.opened.connect(opened.append)
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    last = plot.places()[-1]
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=last.rect.center().toPoint())
    told = [titled(plot, plot.places()[0].mark), titled(plot, last.mark)]
    assert opened == told


@pytest.mark.parametrize("make", KINDS)
def test_that_another_theme_changes_the_picture(shown: Shown, make: Callable[[], ChartRow]) -> None:
    plot = shown(make(), WIDE)
    light = plot.grab().toImage()
    set_theme("dark")
    assert plot.grab().toImage() != light
    set_theme("light")
    assert plot.grab().toImage() == light


def test_that_arrows_walk_a_person_and_then_the_next(qtbot: QtBot, shown: Shown) -> None:
    plot = shown(load_row(), WIDE)
    plot.move_to(0)
    qtbot.keyClick(plot, Qt.Key.Key_Down)
    assert plot.accessibleDescription().startswith("人1 01 · 14 cases")
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert "cap 11" in plot.accessibleDescription()
    qtbot.keyClick(plot, Qt.Key.Key_Down)
    assert plot.accessibleDescription().startswith("人2 02")


def test_that_the_mark_under_the_cursor_is_scrolled_into_sight(qtbot: QtBot) -> None:
    area, plot = QScrollArea(), plot_for(load_row())
    qtbot.addWidget(area)
    plot.show_row(load_row())
    area.setWidgetResizable(True)
    area.setWidget(plot)
    area.resize(700, 90)
    area.show()
    plot.move_to(len(plot.places()) - 1)
    assert area.verticalScrollBar().value() > 0
    seen = plot.places()[-1].rect.center().toPoint()
    assert area.viewport().rect().contains(plot.mapTo(area.viewport(), seen))


def test_that_the_over_cap_part_is_painted_differently(shown: Shown) -> None:
    plot = shown(load_row(), WIDE)
    over = next(p for p in plot.places() if "3 over" in p.mark.said).rect
    picture = plot.grab().toImage()
    y = int(over.center().y())

    def colours(left: float, right: float) -> set[int]:
        spots = [QPoint(x, y) for x in range(int(left) + 2, int(right) - 2)]
        return {picture.pixel(spot) for spot in spots}

    edge = over.left() + over.width() * 11 / 14
    assert len(colours(over.left(), edge - 2)) == 1
    assert len(colours(edge + 2, over.right())) > 1
