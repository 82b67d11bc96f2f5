"""Fixtures: a fresh office for each test, cloned from one template."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from supervisor.models.database import Database
from tests import conftest, factories
from tests.models.office.logins import NAMES, Office, make_office, open_paths

TEMPLATE = "template_office"


@pytest.fixture(scope="session")
def office_template(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """Name of an empty database that is an office, with a login for each role."""
    conftest._admin(postgres_server, f"CREATE DATABASE {TEMPLATE} TEMPLATE {postgres_template}")
    database = Database(conftest.beside(postgres_server, TEMPLATE))
    with database.transaction() as session:
        factories.put(session, factories.tables.Branch, code="X0", name="临时")
    make_office(database, "X0")
    with database.transaction() as session:
        session.execute(factories.tables.Branch.__table__.delete())
    database.close()
    yield TEMPLATE
    conftest._admin(postgres_server, f"DROP DATABASE {TEMPLATE} WITH (FORCE)")
    for name in NAMES.values():
        conftest._admin(postgres_server, f'DROP ROLE "{name}"')


@pytest.fixture
def office_database(postgres_server: str, office_template: str) -> Iterator[Office]:
    """A fresh office."""
    name = f"o{uuid4().hex[:20]}"
    known = _roles(postgres_server)
    conftest._admin(postgres_server, f"CREATE DATABASE {name} TEMPLATE {office_template}")
    owner = Database(conftest.beside(postgres_server, name))
    open_paths(owner)
    database = Office(owner)
    yield database
    database.close()
    owner.close()
    conftest._admin(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")
    for role in _roles(postgres_server) - known:
        conftest._admin(postgres_server, f'DROP ROLE "{role}"')


def _roles(server: str) -> set[str]:
    import psycopg

    with psycopg.connect(server) as connection:
        return {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}


@pytest.fixture(params=["office"])
def database(office_database: Office, request: pytest.FixtureRequest) -> Database:
    """Tests of queries and commands, taken over from their folders, meet the office here."""
    del request  # some of them take themselves apart by its parameter
    return office_database
