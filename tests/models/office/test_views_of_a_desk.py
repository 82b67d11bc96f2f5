"""Saved views on an office server: changed and shared by the login that made them, taken back."""

import json

import pytest
from sqlalchemy import select

from supervisor.errors import NotAllowedError
from supervisor.models.changes import Changes
from supervisor.models.commands.undo import undo
from supervisor.models.commands.views import remove_view, save_view
from supervisor.models.enums import Role
from supervisor.models.enums_queue import ViewScope
from supervisor.models.orders import RemoveView, SaveView, Undo
from supervisor.models.tables import SavedView
from tests.factories import a_branch, an_actor
from tests.models.office.logins import Office

SUPERVISOR = an_actor("周敏", Role.SUPERVISOR)


def test_that_a_supervisor_shares_a_view_renames_it_and_takes_that_back(
    office_database: Office,
) -> None:
    with office_database.transaction() as session:
        a_branch(session)
    made = office_database.write(save_view, _view("周五复盘"))
    shared = office_database.write(save_view, _view("周五复盘", made, scope=ViewScope.SHARED))
    office_database.write(save_view, _view("周一复盘", made, scope=ViewScope.SHARED))
    assert _seen(office_database) == [("周一复盘", "shared")]
    private = office_database.write(save_view, _view("周一复盘", made))
    assert _seen(office_database) == [("周一复盘", "mine")]
    assert shared.undo_id
    assert private.undo_id
    office_database.write(undo, Undo(actor=SUPERVISOR, undo_id=private.undo_id))
    assert _seen(office_database) == [("周一复盘", "shared")]
