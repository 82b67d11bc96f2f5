"""Who the login of a connection is to the office, as the server says."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

_KNOWN = text(
    "SELECT CASE WHEN to_regprocedure('office.me()') IS NULL THEN false"
    " ELSE has_schema_privilege('office', 'USAGE') END"
)
_ME = text("SELECT login, role, branches, everywhere, staff_id FROM office.me()")
_APPEND = text("SELECT office.append_event(:act, :command_id, :counts)")
_SIGN_IN_KNOWN = text("SELECT to_regprocedure('office.sign_in()') IS NOT NULL")
_SIGN_IN = text("SELECT office.sign_in()")
_REVEALED = text("SELECT * FROM office.revealed(:branch_id, :case_id)")
_KEPT = "supervisor_office_login"


@dataclass(frozen=True, slots=True)
class Login:
    """A person (or service) of the office. `branches` None: every branch."""

    name: str
    role: str
    branches: tuple[int, ...] | None
    staff_id: int | None


@dataclass(frozen=True, slots=True)
class Revealed:
    """What the server shows of a borrower after a reveal; items not asked for are empty."""

    full_name: str
    id_number: str
    phones: str
    addresses: str
    contacts: str
    liability: str


def login_of(connection: Connection) -> Login | None:
    """The person behind the connection; None on SQLite, without an office, or for its owner."""
    if connection.dialect.name != "postgresql" or not connection.execute(_KNOWN).scalar():
        return None
    row = connection.execute(_ME).one_or_none()
    if row is None:
        return None
    branches = None if row.everywhere else tuple(row.branches)
    return Login(row.login, row.role, branches, row.staff_id)


def is_person(connection: Connection) -> bool:
    """Whether the server knows the login as a person; asked once for each connection."""
    if connection.dialect.name != "postgresql":
        return False
    kept: bool | None = connection.info.get(_KEPT)
    if kept is None:
        kept = connection.info[_KEPT] = login_of(connection) is not None
    return kept


def append_event(connection: Connection, act: str, command_id: str, counts: str) -> None:
    """Let the server link an event: it knows who, in which role and when. `counts` is JSON."""
    connection.execute(_APPEND, {"act": act, "command_id": command_id, "counts": counts})


def sign_in(connection: Connection) -> None:
    """Let the server write that this login opened the program, and from where.

    An office set up by an older version does not know how; `supervisor office init` teaches it.
    """
    if connection.execute(_SIGN_IN_KNOWN).scalar():
        connection.execute(_SIGN_IN)


def revealed(connection: Connection, branch_id: int, case_id: int) -> Revealed | None:
    """Private items that a reveal, committed before, opened for some minutes.

    Raises:
        DBAPIError: nothing was revealed to this login, or its time is over.
    """
    row = connection.execute(_REVEALED, {"branch_id": branch_id, "case_id": case_id}).first()
    return None if row is None else Revealed(*(value or "" for value in row))
