"""Plots and their card: marks by keyboard and pointer, four states, data and picture to take."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QPixmap
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from supervisor.clock import now
from supervisor.errors import UnreachableError
from supervisor.models.rows.charts import ChartRow
from supervisor.ui.charts.card import ChartCard
from supervisor.ui.charts.copying import picture_of
from supervisor.ui.charts.offers import definition_of
from supervisor.ui.charts.tile import Tile
from supervisor.ui.look.tokens import set_theme
from tests.ui.charts import rows
from tests.ui.charts.rows import Shown

KINDS: tuple[Callable[[], ChartRow], ...] = (
    rows.lines,
    rows.control,
    rows.bullets,
    rows.bars,
    rows.spark,
)


@pytest.mark.parametrize("make", KINDS)
def test_that_every_mark_can_be_reached_and_says_its_words(
    qtbot: QtBot, shown: Shown, make: Callable[[], ChartRow]
) -> None:
    plot = shown(make())
    words = [place.mark.said for place in plot.places()]
    heard = set()
    plot.move_to(0)
    for _ in range(len(plot.places())):
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_Right):
            qtbot.keyClick(plot, key)
            heard.add(plot.accessibleDescription())
        qtbot.keyClick(plot, Qt.Key.Key_End)
        heard.add(plot.accessibleDescription())
    assert words
    assert heard <= set(words)
    assert words[-1] in heard
    for number in range(len(words)):
        plot.move_to(number)
        assert plot.accessibleDescription() == words[number]


@pytest.mark.parametrize("make", KINDS)
def test_that_marks_lie_in_the_plot_and_open_what_is_behind_them(
    qtbot: QtBot, shown: Shown, make: Callable[[], ChartRow]
) -> None:
    plot = shown(make())
    opened: list[object] = []
    plot.opened.connect(opened.append)
    room = plot.rect().adjusted(-8, -8, 8, 8)
    for place in plot.places():
        assert room.contains(place.rect.center().toPoint()), place.mark.said
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    last = plot.places()[-1]
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=last.rect.center().toPoint())
    assert opened == [plot.places()[0].mark.behind, last.mark.behind]
    qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(1, plot.height() - 1))


@pytest.mark.parametrize("make", KINDS)
def test_that_another_row_and_another_theme_change_the_picture(
    shown: Shown, make: Callable[[], ChartRow]
) -> None:
    plot = shown(make())
    light = plot.grab().toImage()
    set_theme("dark")
    assert plot.grab().toImage() != light
    set_theme("light")
    assert plot.grab().toImage() == light


def test_that_a_plot_is_fed_and_not_built_again(shown: Shown) -> None:
    plot = shown(rows.lines())
    items = len(plot.canvas.scene().items())  # type: ignore[attr-defined]
    for days in (5, 9, 3):
        plot.show_row(rows.lines(days=days, last=0.7))
    assert len(plot.canvas.scene().items()) == items  # type: ignore[attr-defined]
    assert len(plot.places()) == 6


def test_that_up_and_down_change_the_line_at_the_same_day(qtbot: QtBot, shown: Shown) -> None:
    plot = shown(rows.lines())
    plot.move_to(2)
    qtbot.keyClick(plot, Qt.Key.Key_Down)
    assert plot.accessibleDescription() == "said b2"
    qtbot.keyClick(plot, Qt.Key.Key_Up)
    assert plot.accessibleDescription() == "said a2"


def test_that_a_card_has_four_states(qtbot: QtBot) -> None:
    card = ChartCard("Is it better?")
    qtbot.addWidget(card)
    card.show()
    assert not card.is_drawn
    assert not card.more.isEnabled()
    card.show_row(rows.bars())
    assert card.is_drawn
    assert card.reading.text() == "It is as it was."
    card.show_row(rows.BarsRow(head=rows.a_head(note="Too few cases", advice="30 are needed")))
    assert not card.is_drawn
    assert card.absent.title == "Too few cases"
    again: list[int] = []
    card.show_trouble(UnreachableError("database_unreachable"), lambda: again.append(1))
    assert card.absent.title == "This chart could not be worked out"
    assert card.absent.first_button is not None
    card.absent.first_button.click()
    assert again == [1]
    card.show_row(rows.bars())
    assert card.is_drawn


def test_that_a_fault_of_ours_is_not_hidden_in_a_card(qtbot: QtBot) -> None:
    card = ChartCard("Is it better?")
    qtbot.addWidget(card)
    with pytest.raises(ZeroDivisionError):
        card.show_trouble(ZeroDivisionError(), lambda: None)


def test_that_another_kind_of_row_gets_another_plot(qtbot: QtBot) -> None:
    card = ChartCard("Is it better?")
    qtbot.addWidget(card)
    card.show_row(rows.bars())
    first = card.plot
    card.show_row(rows.bars())
    assert card.plot is first
    card.show_row(rows.bullets())
    assert card.plot is not first
    opened: list[object] = []
    card.opened.connect(opened.append)
    assert card.plot is not None
    card.plot.move_to(0)
    qtbot.keyClick(card.plot, Qt.Key.Key_Enter)
    assert opened == [("behind", "m")]


def test_that_data_are_copied_with_their_title_and_without_formulas(qtbot: QtBot) -> None:
    card = ChartCard("Is it better?")
    qtbot.addWidget(card)
    card.show_row(rows.bars())
    told: list[tuple[str, str]] = []
    card.told.connect(lambda text, tone: told.append((text, tone)))
    card.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines == ["Is it better?", "20 weeks", "Week\tRate", "W46\t4.2%", "W47\t'=1+1"]
    assert told == [("The data were copied.", "ok")]


def test_that_the_table_says_the_same_as_the_chart(qtbot: QtBot) -> None:
    card = ChartCard("Is it better?")
    qtbot.addWidget(card)
    card.show_row(rows.bars())
    dialog = card.show_table()
    assert dialog is not None
    table = dialog.table
    shown = [table.item(y, x).text() for y in range(2) for x in range(2)]  # type: ignore[union-attr]
    assert shown == ["W46", "4.2%", "W47", "=1+1"]
    dialog.reject()


def test_that_a_picture_is_larger_than_the_plot_and_says_what_failed(
    qtbot: QtBot, tmp_path: Path
) -> None:
    card = ChartCard("Is it better?", by="周督导")
    qtbot.addWidget(card)
    card.resize(420, 300)
    card.show()
    card.show_row(rows.lines(), now())
    assert card.plot is not None
    taken = picture_of(rows.lines(), card.plot, now(), "周督导")
    assert taken.height() > card.plot.height() + 80
    told: list[str] = []
    card.told.connect(lambda text, _tone: told.append(text))
    card.save_to(tmp_path / "chart.png")
    assert QPixmap(str(tmp_path / "chart.png")).width() == taken.width()
    card.save_to(tmp_path / "nowhere" / "chart.png")
    assert told == [
        "The picture was saved: chart.png",
        "The picture was not saved: chart.png",
    ]


def test_that_a_card_tells_what_its_measures_are_made_of(qtbot: QtBot) -> None:
    card = ChartCard("Is it better?")
    qtbot.addWidget(card)
    card.show_row(rows.bars())
    assert "Visits that met the customer / completed visits." in definition_of(card.row)


def test_that_a_tile_says_its_figure_and_opens_it(qtbot: QtBot) -> None:
    tile = Tile("Met rate")
    qtbot.addWidget(tile)
    tile.resize(200, 102)
    tile.show()
    tile.show_trouble(UnreachableError("database_unreachable"))
    assert tile.places() == []
    tile.show_row(rows.tile())
    assert tile.accessibleName() == "said tile"
    opened: list[object] = []
    tile.opened.connect(opened.append)
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton, pos=QPoint(40, 50))
    assert opened == [("behind", "tile")]
    assert len(tile.places()) == 4


def test_that_neither_plots_nor_numbers_are_loaded_with_the_kit_or_the_start_page() -> None:
    code = (
        "import sys, supervisor.ui.charts.card, supervisor.ui.charts.tile, "
        "supervisor.ui.shell.main_window, supervisor.ui.pages.overview.page; "
        "sys.exit(bool({'pyqtgraph', 'numpy'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == 0


def test_that_a_tile_offers_its_data_and_its_definition(qtbot: QtBot) -> None:
    tile = Tile("Met rate")
    qtbot.addWidget(tile)
    tile.show()
    tile.copy()
    assert tile.show_table() is None
    tile.show_row(rows.tile())
    tile.copy()
    assert QGuiApplication.clipboard().text().startswith("Is it better?")
    wanted: list[QPoint] = []
    tile.menu_wanted.connect(wanted.append)
    spot = QPoint(20, 20)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, spot, tile.mapToGlobal(spot))
    tile.contextMenuEvent(event)
    assert wanted == [tile.mapToGlobal(spot)]
    menu = tile.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == ["&Copy data", "Show as a &table"]
    menu.close()
