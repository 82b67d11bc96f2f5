"""Targets as a person enters them: typed, checked, sent once, and seen on the start page."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from supervisor.models.changes import Actor
from supervisor.models.enums import Role
from supervisor.models.ids import BranchId
from supervisor.models.queries.aims import aims_set
from supervisor.ui.background.desk import Desk, Scope
from supervisor.ui.charts.aims_button import AimsButton
from supervisor.ui.charts.aims_dialog import AimsDialog
from tests import factories


def _raise(error: Exception) -> None:
    raise error


@pytest.fixture
def manager(desk: Desk) -> Desk:
    """A desk of a manager."""
    desk.actor = replace(desk.actor, role=Role.MANAGER)
    return desk


@pytest.fixture
def button(qtbot: QtBot, manager: Desk) -> AimsButton:
    """The button, on the screen."""
    made = AimsButton(manager, _raise)
    qtbot.addWidget(made)
    made.show()
    return made


def _dialog(qtbot: QtBot, button: AimsButton) -> AimsDialog:
    qtbot.keyClick(button, Qt.Key.Key_Space)
    return button.findChildren(AimsDialog)[-1]


def test_that_typed_targets_are_set_for_the_branch_in_scope(
    qtbot: QtBot, manager: Desk, button: AimsButton
) -> None:
    with manager.database.transaction() as session:
        factories.a_branch(session)
        branch = BranchId(factories.a_branch(session))
    manager.scope = Scope((branch,))
    dialog = _dialog(qtbot, button)
    assert dialog.branch_id == branch
    dialog.fields["target_met_rate"].setText("４０")
    dialog.fields["case_cap"].setText("95")
    qtbot.keyClick(dialog.fields["case_cap"], Qt.Key.Key_Return)
    known = manager.database.read(aims_set, manager.actor)
    assert known.values == {(branch, "target_met_rate"): "40", (branch, "case_cap"): "95"}
    again = _dialog(qtbot, button)
    assert again.fields["target_met_rate"].text() == "40"
    assert again.fields["target_visits"].placeholderText() == "no target"
    assert again.changed() == {}


def test_that_what_is_no_target_is_told_beside_its_line(
    qtbot: QtBot, manager: Desk, button: AimsButton
) -> None:
    dialog = _dialog(qtbot, button)
    dialog.fields["target_kept_rate"].setText("140")
    dialog.confirm()
    assert [row.error for row in dialog.problems()] == ["A whole number from 1 to 100."]
    assert manager.database.read(aims_set, manager.actor).values == {}


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.COMPLIANCE, Role.AUDITOR])
def test_that_others_have_no_button(qtbot: QtBot, desk: Desk, role: Role) -> None:
    desk.actor = Actor(desk.actor.name, role, desk.actor.branches)
    button = AimsButton(desk, _raise)
    qtbot.addWidget(button)
    assert button.isHidden()
