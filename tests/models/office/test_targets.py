"""In an office managers set targets of their branches, and nothing else of the house."""

import pytest
from sqlalchemy import text

from supervisor.errors import NotAllowedError
from supervisor.models.changes import Actor
from supervisor.models.commands.parameters import set_aims
from supervisor.models.enums import Role
from supervisor.models.ids import BranchId
from supervisor.models.orders import SetAims
from supervisor.models.rules.parameters import CASE_CAP
from tests import factories
from tests.models.office.logins import Office


def test_that_a_manager_sets_targets_of_a_branch_and_no_other_parameter(
    office_database: Office,
) -> None:
    with office_database.transaction() as session:
        branch = BranchId(factories.a_branch(session))
    manager = Actor("经理", Role.MANAGER, (branch,))
    for value in ("120", "130"):
        order = SetAims(actor=manager, branch_id=branch, values=((CASE_CAP, value),))
        office_database.write(set_aims, order)
    desk = office_database.desk("manager")
    add = "INSERT INTO parameter (branch_id, key, value, recorded_at, version) VALUES "
    for row in (f"({branch}, 'show_names', '1', now(), 1)", "(0, 'case_cap', '9', now(), 1)"):
        with pytest.raises(NotAllowedError), desk.transaction() as session:
            session.execute(text(add + row))
    with desk.transaction() as session:
        moved = session.execute(text("UPDATE parameter SET value = '9' WHERE branch_id = 0"))
        assert moved.rowcount == 0  # type: ignore[attr-defined]
    with pytest.raises(NotAllowedError), desk.transaction() as session:
        session.execute(text("UPDATE parameter SET key = 'show_names'"))
