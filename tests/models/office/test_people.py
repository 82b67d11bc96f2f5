"""Logins: what administrators may give, and that it holds at once."""

import pytest
from sqlalchemy import text

from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models.database import Database, translated
from supervisor.models.enums import Role
from supervisor.models.office import people
from supervisor.models.office.groups import Group
from supervisor.models.office.people import Wanted
from supervisor.models.queries.directory import directory
from supervisor.models.tables import Branch
from tests import factories
from tests.factories import an_actor
from tests.models.office.logins import NAMES, PASSWORD, Office, login

NEW = "林 晓'\\;--"
"""Names may hold anything but a quotation mark and control characters."""


@pytest.fixture
def admin(office_database: Office) -> Database:
    """The administrator's own login."""
    with office_database.owner.transaction() as session:
        for code in ("甲", "乙"):
            factories.put(session, Branch, code=code, name=code)
    return office_database.desk("admin")


def keep(admin: Database, wanted: Wanted, *, new: bool = True) -> None:
    with admin.transaction() as session:
        (people.add if new else people.change)(session.connection(), wanted)


def seen_by(office: Office, name: str) -> list[str]:
    """Codes of the branches a login sees."""
    desk = Database(login(office.owner.url, name))
    try:
        found = desk.read(directory, an_actor())
        return sorted(branch.code for branch in found.branches)
    finally:
        desk.close()


def test_that_a_new_login_sees_its_branches_and_is_known_by_name_and_role(
    office_database: Office, admin: Database
) -> None:
    keep(admin, Wanted(NEW, Group.SUPERVISOR, ("甲",), password=PASSWORD))
    assert seen_by(office_database, NEW) == ["甲"]
    desk = Database(login(office_database.owner.url, NEW))
    desk.recognise()
    actor = desk.actor
    desk.close()
    assert actor is not None
    assert (actor.name, actor.role) == (NEW, Role.SUPERVISOR)
    assert actor.branches is not None
    assert len(actor.branches) == 1
    keep(admin, Wanted(NEW, Group.MANAGER, ("甲", "乙")), new=False)
    assert seen_by(office_database, NEW) == ["乙", "甲"]
    keep(admin, Wanted(NEW, Group.MANAGER, everywhere=True), new=False)
    assert len(seen_by(office_database, NEW)) >= 2
    with admin.looking() as connection:
        (row,) = [one for one in people.people(connection) if one.login == NEW]
    assert (row.role, row.everywhere, row.changed_by) == (Group.MANAGER, True, NAMES[Group.ADMIN])


def test_that_a_disabled_login_loses_everything_at_once(
    office_database: Office, admin: Database
) -> None:
    keep(admin, Wanted(NEW, Group.SUPERVISOR, ("甲",), password=PASSWORD))
    desk = Database(login(office_database.owner.url, NEW))
    with desk.looking() as connection:
        seen = text("SELECT count(*) FROM public.branch")
        assert connection.execute(seen).scalar_one() == 1
        with admin.transaction() as session:
            people.disable(session.connection(), NEW)
        with pytest.raises(NotAllowedError), translated():
            connection.execute(seen)
    desk.close()
    with pytest.raises(NotAllowedError):
        seen_by(office_database, NEW)
    with office_database.owner.looking() as connection:
        acts = connection.execute(text("SELECT act FROM audit_event ORDER BY seq DESC LIMIT 2"))
        assert acts.scalars().all() == ["user_disabled", "user_added"]


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        (Wanted(NEW, Group.SUPERVISOR, ("丙",)), BadInputError),
        (Wanted(NEW, Group.SUPERVISOR), BadInputError),
        (Wanted(NEW, Group.SUPERVISOR, everywhere=True), BadInputError),
        (Wanted("pg_someone", Group.AUDITOR, everywhere=True), BadInputError),
        (Wanted("x" * 64, Group.AUDITOR, everywhere=True), BadInputError),
        (Wanted("", Group.AUDITOR, everywhere=True), BadInputError),
        (Wanted('quo"te', Group.AUDITOR, everywhere=True), BadInputError),
        (Wanted(NAMES[Group.MANAGER], Group.AUDITOR, everywhere=True), ConflictError),
        (Wanted("postgres", Group.AUDITOR, everywhere=True), ConflictError),
        (Wanted(NEW, Group.WORKER, everywhere=True), NotAllowedError),
    ],
)
def test_that_what_cannot_be_given_is_refused_and_leaves_no_login(
    admin: Database, wanted: Wanted, error: type[Exception]
) -> None:
    with pytest.raises(error):
        keep(admin, wanted)
    with admin.looking() as connection:
        assert NEW not in {row.login for row in people.people(connection)}
        known = text("SELECT count(*) FROM pg_roles WHERE rolname = :n")
        assert connection.execute(known, {"n": NEW}).scalar_one() == 0


@pytest.mark.parametrize("group", ["supervisor", "manager", "compliance", "worker"])
def test_that_only_administrators_of_every_branch_keep_people(
    office_database: Office, admin: Database, group: str
) -> None:
    with pytest.raises(NotAllowedError):
        keep(office_database.desk(group), Wanted(NEW, Group.AUDITOR, everywhere=True))
    with office_database.owner.transaction() as session:
        session.execute(text("UPDATE office.person SET everywhere = false WHERE role = 'admin'"))
    with pytest.raises(NotAllowedError):
        keep(admin, Wanted(NEW, Group.AUDITOR, everywhere=True))


def test_that_the_server_keeps_a_verifier_and_no_password(
    office_database: Office, admin: Database
) -> None:
    keep(admin, Wanted(NEW, Group.AUDITOR, everywhere=True, password="中文 pass"))  # noqa: S106
    with office_database.owner.looking() as connection:
        kept = connection.execute(
            text("SELECT rolpassword FROM pg_authid WHERE rolname = :n"), {"n": NEW}
        ).scalar_one()
    assert kept.startswith("SCRAM-SHA-256$4096:")
    assert "pass" not in kept


def test_that_new_passwords_differ_and_are_long() -> None:
    made = {people.new_password() for _ in range(50)}
    assert len(made) == 50
    assert min(map(len, made)) >= 20
