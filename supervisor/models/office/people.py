"""Logins of the office: added, changed and switched off through functions of the server."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy import exc as sa_exc

from supervisor.errors import BadInputError, ConflictError, SchemaError
from supervisor.models.office.groups import Group

PASSWORD_BYTES = 15
"""Twenty signs of base64: nobody guesses them, and they can be typed off a sheet of paper."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A login. `branches`: codes; `disabled_at` None: it may sign in."""

    login: str
    role: Group
    branches: tuple[str, ...]
    everywhere: bool
    disabled_at: datetime | None
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a login shall be. `role` None: role and branches stay as they are.

    Attributes:
        password: None: none is set; the server's own sign-on decides.
    """

    login: str
    role: Group | None
    branches: tuple[str, ...] = ()
    everywhere: bool = False
    password: str | None = None


def new_password() -> str:
    """A password nobody chose; it is shown once and kept nowhere."""
    return secrets.token_urlsafe(PASSWORD_BYTES)


def people(connection: Connection) -> tuple[PersonRow, ...]:
    """Every login there ever was, by name."""
    rows = _run(connection, "SELECT * FROM office.people()", {})
    return tuple(
        PersonRow(
            row.login,
            Group(row.role),
            tuple(row.branches),
            row.everywhere,
            row.disabled_at,
            row.changed_by,
            row.changed_at,
        )
        for row in rows
    )


def add(connection: Connection, wanted: Wanted) -> None:
    """Make a login.

    Raises:
        BadInputError: name, role or a branch cannot be used.
        ConflictError: the server has such a login already.
        NotAllowedError: the caller keeps no people (through `database.translated`).
    """
    _call(connection, "person_add", wanted)


def change(connection: Connection, wanted: Wanted) -> None:
    """Another role, other branches, another password; switches a login on again.

    Raises:
        BadInputError: there is no such person, role or branch.
    """
    _call(connection, "person_change", wanted)


def disable(connection: Connection, login: str) -> None:
    """Take every right away, now; the name stays known to the audit.

    Raises:
        BadInputError: there is no such person.
    """
    _run(connection, "SELECT office.person_disable(:login)", {"login": login})


def _call(connection: Connection, function: str, wanted: Wanted) -> None:
    asked = f"SELECT office.{function}(:login, :role, :branches, :everywhere, :secret)"
    secret = None
    if wanted.password is not None:
        secret = _verifier(connection, wanted.login, wanted.password)
    _run(
        connection,
        asked,
        {
            "login": wanted.login,
            "role": wanted.role.value if wanted.role else None,
            "branches": sorted(set(wanted.branches)),
            "everywhere": wanted.everywhere,
            "secret": secret,
        },
    )


def _verifier(connection: Connection, login: str, password: str) -> str:
    """The password as the server keeps it: itself it never travels and stands in no log."""
    driver: Any = connection.connection.driver_connection
    made: bytes = driver.pgconn.encrypt_password(
        password.encode(), login.encode(), b"scram-sha-256"
    )
    return made.decode()


_UNFIT = {
    "name": "office_name_unfit",
    "branch": "office_branch_unfit",
    "secret": "office_password_unfit",
}


def _run(connection: Connection, statement: str, values: dict[str, Any]) -> Any:
    try:
        return connection.execute(text(statement), values)
    except sa_exc.DBAPIError as error:
        state = getattr(error.orig, "sqlstate", None)
        if state in {"3F000", "42883"}:
            raise SchemaError("office_missing") from error
        if state == "42710":
            raise ConflictError("office_login_there", name=str(values["login"])) from error
        if state == "22023":
            diag = getattr(error.orig, "diag", None)
            detail = str(getattr(diag, "message_detail", ""))
            code = _UNFIT.get(detail, "office_role_unfit")
            raise BadInputError(code, name=str(values["login"])) from error
        raise
