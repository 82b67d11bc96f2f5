"""People of the office, for the screen of those who keep them."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from supervisor.models.changes import Actor
from supervisor.models.enums import Role
from supervisor.models.office.install import is_office
from supervisor.models.office.login import login_of
from supervisor.models.office.people import people
from supervisor.models.queries.directory import branches
from supervisor.models.rows.office_people import OfficePeople, OfficePerson, PeopleKept

_OWNS = text(
    "SELECT pg_has_role(session_user, (SELECT relowner FROM pg_class"
    " WHERE oid = 'office.house'::regclass), 'MEMBER')"
)


def office_people(session: Session, actor: Actor) -> OfficePeople:
    """Every login there ever was, by name; nobody where this login keeps no people.

    Raises:
        DBAPIError: the server refused although it knows the login as an administrator.
    """
    connection = session.connection()
    if connection.dialect.name != "postgresql":
        return OfficePeople(PeopleKept.FILE)
    if not is_office(connection):
        return OfficePeople(PeopleKept.NO_OFFICE)
    me = login_of(connection)
    owner = bool(connection.execute(_OWNS).scalar())
    keeps = owner or (me is not None and me.role == Role.ADMIN and me.branches is None)
    if not keeps:
        return OfficePeople(PeopleKept.OTHERS)
    rows = tuple(
        OfficePerson(
            row.login,
            Role(row.role.value),
            row.branches,
            row.everywhere,
            row.disabled_at,
            row.changed_by,
            row.changed_at,
        )
        for row in people(connection)
    )
    known = tuple((one.code, one.name) for one in branches(session, actor))
    mine = str(connection.execute(text("SELECT session_user")).scalar_one())
    return OfficePeople(PeopleKept.HERE, rows, known, mine, owner)
