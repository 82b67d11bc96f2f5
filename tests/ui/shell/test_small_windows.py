"""A window as small as 1366x768 at 200 % leaves: pages scroll, the header continues below."""

from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from supervisor.ui.background.desk import Desk
from supervisor.ui.look.room import resize_within, room_on_screen
from supervisor.ui.shell.main_window import MainWindow
from supervisor.ui.shell.page_header import COMPACT_HEIGHT, PageHeader
from supervisor.ui.shell.status_bar import StatusBar
from supervisor.ui.widgets import Dialog, FormRow, Label, SegmentedControl
from supervisor.ui.widgets.day_field import DayField
from supervisor.ui.widgets.flow import FlowLayout
from supervisor.ui.widgets.pane import Pane
from tests.ui.front_window import front_window

SMALL = QSize(683, 384)
DAY = date(2026, 11, 23)


def _settle() -> None:
    for _ in range(4):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> MainWindow:
    """The window over a small branch, as small as a screen may be."""
    made = front_window(qtbot, desk)
    made.show_page("overview")
    made.resize(SMALL)
    qtbot.waitUntil(lambda: made.size() == SMALL)
    _settle()
    return made


def test_that_the_window_takes_the_size_of_the_smallest_screen(window: MainWindow) -> None:
    assert window.size() == SMALL
    assert window.status.geometry().bottom() <= SMALL.height()


def test_that_a_page_keeps_the_room_it_needs_and_scrolls(window: MainWindow) -> None:
    page = window.page
    assert page is not None
    page.setMinimumSize(900, 700)
    _settle()
    assert page.size() == QSize(900, 700)
    bars = (window.stack.horizontalScrollBar(), window.stack.verticalScrollBar())
    assert all(bar.maximum() > 0 for bar in bars)
    page.setMinimumSize(0, 0)
    _settle()
    assert bars[0].maximum() == 0


def test_that_a_page_that_is_not_in_front_asks_for_nothing(window: MainWindow) -> None:
    page = window.page
    assert page is not None
    page.setMinimumSize(900, 700)
    window.show_page("case_queue")
    _settle()
    assert window.stack.widget().minimumSizeHint().height() < 700


def test_that_the_header_continues_below_and_comes_back(qtbot: QtBot) -> None:
    header = PageHeader()
    qtbot.addWidget(header)
    header.set_compact(True)
    wide = SegmentedControl([(str(n), f"A longer choice {n}") for n in range(4)], "Period")
    header.resize(1400, 60)
    header.show()
    header.show_page("Outcomes", "", [wide], [])
    assert header.height() == COMPACT_HEIGHT
    header.resize(620, header.height())
    _settle()
    assert header.height() > COMPACT_HEIGHT
    assert wide.width() >= wide.sizeHint().width()
    title = header.title.mapTo(header, QPoint(0, header.title.height()))
    assert wide.mapTo(header, QPoint(0, 0)).y() >= title.y()
    header.resize(1400, header.height())
    _settle()
    assert header.height() == COMPACT_HEIGHT


def test_that_texts_of_the_foot_give_way_with_their_tooltips(qtbot: QtBot) -> None:
    foot = StatusBar()
    qtbot.addWidget(foot)
    foot.show_link("File on this computer: a branch with a long name.db", away=False)
    foot.show_masking(on=True)
    foot.show_person("Somebody with a long name", "Supervisor", "城东网点")
    foot.resize(360, 28)
    foot.show()
    assert foot._link.text() != foot._link.whole_text()
    assert foot._link.toolTip() == foot._link.whole_text()
    foot.resize(1400, 28)
    assert foot._link.text() == foot._link.whole_text()
    assert foot._link.toolTip() == ""


def test_that_a_dialog_taller_than_the_screen_scrolls_above_its_buttons(qtbot: QtBot) -> None:
    dialog = Dialog("Much to say", "Save")
    qtbot.addWidget(dialog)
    for number in range(40):
        dialog.add_row(FormRow(f"Day {number}", DayField(DAY)))
    dialog.show()
    room = room_on_screen(dialog)
    assert dialog.height() <= room.height()
    foot = dialog.primary.mapTo(dialog, QPoint(0, dialog.primary.height()))
    assert foot.y() <= dialog.height()
    assert dialog.inside.height() > dialog.height()


def test_that_a_dialog_grows_with_what_it_has_to_say(qtbot: QtBot) -> None:
    dialog = Dialog("Little to say", "Save")
    qtbot.addWidget(dialog)
    row = dialog.add_row(FormRow("Day", DayField(DAY)))
    dialog.show()
    before = dialog.height()
    row.set_error("This day is still to come. " * 6)
    _settle()
    assert dialog.height() > before


def test_that_no_window_is_larger_than_its_screen(qtbot: QtBot) -> None:
    shown = QWidget()
    qtbot.addWidget(shown)
    screen = QGuiApplication.primaryScreen().availableGeometry()
    shown.setMinimumSize(screen.width() * 2, 10)
    resize_within(shown, screen.width() * 2, 100)
    assert shown.width() == screen.width()


def test_that_a_pane_needs_what_stands_in_it(qtbot: QtBot) -> None:
    pane = Pane()
    qtbot.addWidget(pane)
    pane.keep_least(wide=200, high=50)
    assert pane.minimumSizeHint() == QSize(200, 50)
    flow = FlowLayout(pane)
    part = QWidget()
    part.setFixedSize(300, 20)
    flow.addWidget(part)
    assert pane.minimumSizeHint() == QSize(300, 50)


def test_that_wrapped_words_keep_their_lines(qtbot: QtBot) -> None:
    label = Label("Nothing you typed is lost. " * 10)
    label.setWordWrap(True)
    qtbot.addWidget(label)
    label.resize(200, 20)
    label.show()
    assert label.minimumHeight() == label.heightForWidth(200)
    label.setText("Short")
    assert label.minimumHeight() < 40


def test_that_a_full_line_flows_on_and_a_spring_pushes_right(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, gap=10)
    parts = [QWidget() for _ in range(3)]
    for part in parts:
        part.setFixedSize(100, 20)
    flow.addWidget(parts[0])
    flow.add_spring()
    flow.addWidget(parts[1])
    flow.addWidget(parts[2])
    holder.resize(400, 100)
    holder.show()
    assert [part.x() for part in parts] == [0, 190, 300]
    holder.resize(230, 100)
    _settle()
    assert [(part.x(), part.y()) for part in parts] == [(0, 0), (130, 0), (0, 30)]
    assert holder.minimumHeight() == flow.heightForWidth(230) == 50
