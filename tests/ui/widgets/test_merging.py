"""The dialog of two versions: both values, a choice for each field, nothing chosen by itself."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from supervisor.models.rules.merging import Side, differing
from supervisor.ui.widgets.merge_dialog import MergeDialog, MergeField

FIELDS = {
    "title": MergeField("Title"),
    "notes": MergeField("Notes", joins=True),
    "minutes": MergeField("Minutes"),
}
BASE = {"title": "课", "notes": "一", "minutes": 30}
MINE = {"title": "我的课", "notes": "二", "minutes": 30}
THEIRS = {"title": "课", "notes": "三", "minutes": 45}


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[MergeDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = MergeDialog(differing(BASE, MINE, THEIRS), FIELDS, parent)
    made.show()
    yield made
    made.close()


def test_that_what_only_one_changed_is_chosen_and_the_rest_is_asked(dialog: MergeDialog) -> None:
    assert dialog.values == {"title": "我的课", "minutes": 45}
    assert not dialog.primary.isEnabled()
    dialog.confirm()
    assert dialog.isVisible()
    dialog.choose("notes", Side.BOTH)
    assert dialog.primary.isEnabled()
    assert dialog.values == {"title": "我的课", "notes": "三\n二", "minutes": 45}


def test_that_one_press_keeps_or_takes_everything(dialog: MergeDialog) -> None:
    dialog.choose_all(Side.MINE)
    assert dialog.values == MINE
    dialog.choose_all(Side.THEIRS)
    assert dialog.values == THEIRS


def test_that_every_choice_says_field_and_value(dialog: MergeDialog) -> None:
    said = [choice.accessibleName() for some in dialog._groups.values() for choice in some.values()]
    assert "Notes Mine: 二" in said
    assert "Minutes Theirs: 45" in said
