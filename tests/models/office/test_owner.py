"""An owner who is no superuser makes the office, and goes on writing as before."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from supervisor.errors import NotAllowedError
from supervisor.models.commands.exports import log_export
from supervisor.models.database import Database
from supervisor.models.migrations import runner
from supervisor.models.office import people
from supervisor.models.office.groups import Group
from supervisor.models.office.install import install
from supervisor.models.office.people import Wanted
from supervisor.models.orders import LogExport
from supervisor.models.queries.audit import verify
from tests import conftest
from tests.factories import an_actor


@pytest.fixture
def owner(postgres_server: str) -> Iterator[Database]:
    """An empty database with an owner who may create roles, and nothing more."""
    name = f"w{uuid4().hex[:16]}"
    known = _roles(postgres_server)
    conftest._admin(postgres_server, f"CREATE ROLE {name}_owner LOGIN CREATEROLE")
    conftest._admin(postgres_server, f"CREATE DATABASE {name} OWNER {name}_owner")
    database = Database(conftest.beside(postgres_server, name).set(username=f"{name}_owner"))
    yield database
    database.close()
    conftest._admin(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")
    for role in sorted(_roles(postgres_server) - known):
        conftest._admin(postgres_server, f"DROP ROLE {role}")


def _roles(server: str) -> set[str]:
    import psycopg

    with psycopg.connect(server) as connection:
        return {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}


def test_that_an_owner_without_superuser_makes_and_repairs_the_office(owner: Database) -> None:
    runner.upgrade(owner)
    order = LogExport(actor=an_actor("owner"), what="cases", rows=1)
    owner.write(log_export, order)
    for _ in range(2):
        with owner.schema_change() as connection:
            assert not install(connection).large_objects
    boss, clerk = (f"{owner.url.database}_{name}" for name in ("boss", "clerk"))
    with owner.transaction() as session:
        people.add(session.connection(), Wanted(boss, Group.ADMIN, everywhere=True))
    administrator = Database(owner.url.set(username=boss))
    with administrator.transaction() as session:
        people.add(session.connection(), Wanted(clerk, Group.AUDITOR, everywhere=True))
    administrator.close()
    owner.write(log_export, LogExport(actor=an_actor("owner"), what="cases", rows=2))
    found = owner.read(verify, None)
    assert (found.ok, found.count) == (True, 4)


def test_that_who_may_not_create_roles_is_told_so(owner: Database, postgres_server: str) -> None:
    runner.upgrade(owner)
    conftest._admin(postgres_server, f"ALTER ROLE {owner.url.username} NOCREATEROLE")
    with pytest.raises(NotAllowedError, match="createrole"), owner.schema_change() as connection:
        install(connection)
