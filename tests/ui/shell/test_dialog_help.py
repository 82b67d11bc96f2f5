"""F1 inside a dialog tells of what the dialog is about, and takes nothing away that was typed."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from supervisor import i18n, ui
from supervisor.manual.topics import manual
from supervisor.ui.background.desk import Desk
from supervisor.ui.shell.first_start import FirstStart
from supervisor.ui.shell.help_window import HelpWindow
from supervisor.ui.shell.main_window import MainWindow
from supervisor.ui.widgets import Dialog, FormRow
from tests.ui.front_window import front_window


class _Hold(Dialog):
    help_topic = "undo"

    def __init__(self, parent: MainWindow) -> None:
        super().__init__("停催", "确认", parent=parent)
        self.reason = QLineEdit()
        self.add_row(FormRow("理由", self.reason))


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> Iterator[MainWindow]:
    made = front_window(qtbot, desk)
    yield made
    made.close()


def press_f1(qtbot: QtBot, field: QLineEdit, dialog: Dialog) -> HelpWindow:
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(field, Qt.Key.Key_F1)
    shown = dialog.findChild(HelpWindow)
    assert isinstance(shown, HelpWindow)
    return shown


def test_that_f1_in_a_dialog_opens_its_topic_and_keeps_what_was_typed(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog = _Hold(window)
    dialog.open()
    QTest.keyClicks(dialog.reason, "waits")
    shown = press_f1(qtbot, dialog.reason, dialog)
    assert shown.view.topic == "undo"
    assert shown.isVisible()
    assert not shown.isModal()
    # The help answers although a dialog is open: it belongs to it.
    qtbot.waitUntil(shown.isActiveWindow)
    QTest.keyClicks(shown.search, "mask")
    assert shown.search.text() == "mask"
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    assert dialog.isVisible()
    assert dialog.reason.text() == "waits"
    dialog.reject()


def test_that_a_dialog_without_a_topic_helps_with_the_screen(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.show_page("reports")
    dialog = _Hold(window)
    dialog.help_topic = ""
    dialog.open()
    shown = press_f1(qtbot, dialog.reason, dialog)
    assert shown.view.topic == "reports"
    dialog.reject()


def test_that_links_to_screens_leave_the_dialog_alone(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("overview")
    dialog = _Hold(window)
    dialog.open()
    shown = press_f1(qtbot, dialog.reason, dialog)
    shown.view.page_wanted.emit("reports")
    assert window.current_id == "overview"
    assert shown.where.text()
    assert shown.tour.isHidden()
    dialog.reject()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_that_the_first_start_has_help(qtbot: QtBot, language: str) -> None:
    i18n.set_language(language)
    start = FirstStart("file.db", "light")
    qtbot.addWidget(start)
    with qtbot.waitActive(start):
        start.show()
    QTest.keyClick(start, Qt.Key.Key_F1)
    assert start.help is not None
    assert start.help.view.topic == "first-start"
    start.help.view.page_wanted.emit("preferences")
    assert start.help.where.text()


def every_dialog() -> list[type[Dialog]]:
    for one in pkgutil.walk_packages(ui.__path__, "supervisor.ui."):
        importlib.import_module(one.name)
    found: list[type[Dialog]] = []
    waiting = [Dialog]
    while waiting:
        kinds = waiting.pop().__subclasses__()
        waiting += kinds
        found += [one for one in kinds if one.__module__.startswith("supervisor.")]
    return found


def test_that_every_dialog_names_a_topic_there_is() -> None:
    known = {one.name for one in manual().topics}
    bases = {"SendingDialog", "OrderDialog", "JudgedDialog"}
    dialogs = [one for one in every_dialog() if one.__name__ not in bases]
    assert len(dialogs) > 50
    assert [one.__qualname__ for one in dialogs if one.help_topic not in known] == []
