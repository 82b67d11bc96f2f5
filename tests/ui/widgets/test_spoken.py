"""Acting on a control as a screen reader does is the same as clicking it."""

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from supervisor.ui.shell.rail import Rail
from supervisor.ui.shell.registry import ENTRIES
from supervisor.ui.widgets import Scroller, SegmentedControl
from supervisor.ui.widgets.spoken import Role, install


@pytest.fixture(autouse=True)
def faces() -> None:
    install()


def face_of(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def press(widget: QWidget) -> None:
    acts = face_of(widget).actionInterface()
    assert "Press" in acts.actionNames()
    acts.doAction("Press")


def test_that_a_reader_opens_a_page_of_the_rail(qtbot: QtBot) -> None:
    rail = Rail(ENTRIES)
    qtbot.addWidget(rail)
    button = rail.buttons["reports"]
    with qtbot.waitSignal(rail.chosen) as told:
        press(button)
    assert told.args == ["reports"]
    assert face_of(button).role() is Role.RadioButton
    assert face_of(button).state().checked


def test_that_a_reader_switches_a_view(qtbot: QtBot) -> None:
    views = SegmentedControl([("day", "今天"), ("week", "本周")], "期间")
    qtbot.addWidget(views)
    week = views.button("week")
    with qtbot.waitSignal(views.chosen) as told:
        press(week)
    assert told.args == ["week"]
    said = face_of(week)
    assert (said.role(), said.text(QAccessible.Text.Name)) == (Role.RadioButton, "本周")
    assert said.state().checkable
    assert not face_of(views.button("day")).state().checked


def test_that_a_reader_ticks_a_box_as_the_mouse_does(qtbot: QtBot) -> None:
    box = QCheckBox("含已结束(&E)")
    qtbot.addWidget(box)
    with qtbot.waitSignal(box.clicked):
        press(box)
    said = face_of(box)
    assert (said.role(), said.text(QAccessible.Text.Name)) == (Role.CheckBox, "含已结束(E)")
    assert said.state().checked
    box.setEnabled(False)
    assert "Press" not in said.actionInterface().actionNames()


def test_that_an_area_that_takes_the_keyboard_is_more_than_a_filler(qtbot: QtBot) -> None:
    area = Scroller("标记详情")
    qtbot.addWidget(area)
    assert face_of(area).role() is Role.Pane
