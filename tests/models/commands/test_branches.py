"""姓名显示: who may change it, what the lists show then, what the audit keeps; both engines."""

import pytest
from sqlalchemy import select

from supervisor.errors import BadInputError, NotAllowedError
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.branches import show_names
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.ids import BranchId
from supervisor.models.orders import ShowNames
from supervisor.models.queries.case_queue import page
from supervisor.models.queries.directory import branches
from supervisor.models.queries.incidents import incidents
from supervisor.models.rows.case_queue import CaseQueueFilter, QueueRequest
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.models.tables import AuditEvent, Branch
from tests import factories
from tests.factories import TODAY, an_actor
from tests.ui.pages.queue_cases import NOW

NAME = "欧阳绝密"
ADMIN = an_actor(role=Role.ADMIN)


@pytest.fixture
def office(database: Database) -> tuple[int, int]:
    """Two branches, each with one flagged case of a borrower whose name is known."""
    with database.transaction() as session:
        made = []
        for _ in range(2):
            branch = factories.a_branch(session)
            borrower = factories.a_borrower(session, branch, full_name=NAME)
            case = factories.a_case(session, branch, borrower=borrower)
            factories.a_flag(session, case)
            made.append(branch)
        nameless = factories.a_case(session, made[0])
        factories.a_flag(session, nameless)
        refresh_cases(session, None)
    return made[0], made[1]


def listed(database: Database) -> set[tuple[int, str]]:
    """Branch and name of every line of the queue."""
    wanted = QueueRequest(CaseQueueFilter(as_of=TODAY, now=NOW), None, 0, 50)
    return {(int(row.branch_id), row.name) for row in database.read(page, wanted).rows}


def test_that_only_the_lists_of_that_branch_show_full_names(
    database: Database, office: tuple[int, int]
) -> None:
    here, there = office
    assert NAME not in {name for _, name in listed(database)}
    database.write(show_names, ShowNames(actor=ADMIN, branch_id=BranchId(here), shown=True))
    assert {branch for branch, name in listed(database) if name == NAME} == {here}
    flags = database.read(incidents, IncidentFilter(as_of=TODAY, now=NOW)).rows
    assert sum(row.borrower == NAME for row in flags) == 1
    assert all(row.borrower for row in flags)
    database.write(show_names, ShowNames(actor=ADMIN, branch_id=BranchId(here), shown=False))
    assert NAME not in {name for _, name in listed(database)}
    assert [row.shows_names for row in database.read(branches, ADMIN)] == [False, False]
    assert there not in {branch for branch, name in listed(database) if name == NAME}


def test_that_the_audit_keeps_which_branch_and_what(
    database: Database, office: tuple[int, int]
) -> None:
    order = ShowNames(actor=ADMIN, branch_id=BranchId(office[0]), shown=True)
    database.write(show_names, order)
    database.write(show_names, order)
    with database.transaction() as session:
        (event,) = session.execute(select(AuditEvent.__table__)).all()
        version = session.scalar(select(Branch.version).where(Branch.id == office[0]))
    assert "shows_names" in str(event)
    assert version == 2


def test_that_others_and_unknown_branches_are_refused(
    database: Database, office: tuple[int, int]
) -> None:
    for role in set(Role) - {Role.ADMIN}:
        order = ShowNames(actor=an_actor(role=role), branch_id=BranchId(office[0]), shown=True)
        with pytest.raises(NotAllowedError, match="names_not_yours"):
            database.write(show_names, order)
    with pytest.raises(BadInputError, match="branch_unknown"):
        database.write(show_names, ShowNames(actor=ADMIN, branch_id=BranchId(9_999), shown=True))
    elsewhere = an_actor(role=Role.ADMIN, branches=(BranchId(office[1]),))
    order = ShowNames(actor=elsewhere, branch_id=BranchId(office[0]), shown=True)
    with pytest.raises(NotAllowedError, match="branch_not_yours"):
        database.write(show_names, order)
