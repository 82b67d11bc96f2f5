"""Backups are tried by restoring; damage is found, nothing is written over or left half."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from supervisor.errors import ConflictError, ExpectedError
from supervisor.models import backups
from supervisor.models.commands.marks import mark_cases
from supervisor.models.database import Database
from supervisor.models.enums import Mark
from supervisor.models.migrations import runner
from supervisor.models.orders import MarkCases
from supervisor.models.queries.contents import contents
from tests import factories
from tests.conftest import _admin, beside
from tests.factories import a_case_ref, an_actor


@pytest.fixture
def office(database: Database) -> Database:
    """A few cases, and an audit of more than nothing."""
    with database.transaction() as session:
        branch = factories.a_branch(session, code="KEPT")
        cases = tuple(a_case_ref(factories.a_case(session, branch)) for _ in range(3))
    database.write(mark_cases, MarkCases(actor=an_actor(), cases=cases, mark=Mark.A))
    return database


@pytest.fixture
def empty(database: Database, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A place of the same engine to restore into."""
    if database.is_sqlite:
        other = Database(str(tmp_path / "other" / "restored.db"))
        yield other
        other.close()
        return
    server = request.getfixturevalue("postgres_server")
    _admin(server, "CREATE DATABASE restored")
    other = Database(beside(server, "restored"))
    yield other
    other.close()
    _admin(server, "DROP DATABASE restored WITH (FORCE)")


def test_that_a_restored_backup_holds_what_was_there(
    office: Database, empty: Database, tmp_path: Path
) -> None:
    there = office.read(contents, None)
    kept = backups.backup(office, tmp_path / "kept")
    assert kept.contents == there
    assert kept.size == kept.path.stat().st_size > 0
    assert backups.restore(kept.path, empty) == there
    assert there.rows["collection_case"] == 3
    assert there.audit.count == 1
    assert runner.state_of(empty) is runner.SchemaState.CURRENT
    assert not list(tmp_path.glob("*.part"))


def test_that_no_backup_is_written_over(office: Database, tmp_path: Path) -> None:
    target = tmp_path / "kept"
    target.write_bytes(b"somebody's")
    with pytest.raises(ConflictError, match="backup_exists"):
        backups.backup(office, target)
    assert target.read_bytes() == b"somebody's"


def test_that_a_database_with_tables_is_not_restored_over(office: Database, tmp_path: Path) -> None:
    kept = backups.backup(office, tmp_path / "kept")
    with pytest.raises(ConflictError, match="restore_not_empty"):
        backups.restore(kept.path, office)
    assert office.read(contents, None) == kept.contents


def test_that_a_damaged_backup_restores_nothing(
    office: Database, empty: Database, tmp_path: Path
) -> None:
    kept = backups.backup(office, tmp_path / "kept")
    whole = kept.path.read_bytes()
    kept.path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ExpectedError):
        backups.restore(kept.path, empty)
    assert runner.state_of(empty) is runner.SchemaState.EMPTY


def test_that_a_backup_of_another_kind_is_named(
    office: Database, empty: Database, tmp_path: Path
) -> None:
    del office
    letter = tmp_path / "letter.txt"
    letter.write_text("a letter", encoding="utf-8")
    with pytest.raises(ExpectedError, match="backup_other_kind"):
        backups.restore(letter, empty)
    with pytest.raises(ExpectedError, match="backup_unreadable"):
        backups.restore(tmp_path / "nothing here", empty)


def test_that_a_broken_audit_is_not_copied_in_silence(office: Database, tmp_path: Path) -> None:
    with office.transaction() as session:
        session.execute(text("UPDATE audit_event SET actor = 'somebody else'"))
    with pytest.raises(ExpectedError, match="backup_audit_broken"):
        backups.backup(office, tmp_path / "kept")
    assert not list(tmp_path.glob("kept*"))


def test_that_a_rehearsed_upgrade_changes_nothing(office: Database) -> None:
    runner.downgrade(office, "0010")
    before = office.read(contents, None)
    rehearsed = backups.rehearse(office)
    assert (rehearsed.before, rehearsed.after) == ("0010", runner.NEWEST)
    assert rehearsed.contents.rows["collection_case"] == 3
    assert runner.state_of(office) is runner.SchemaState.BEHIND
    assert office.read(contents, None) == before


def test_that_trying_leaves_no_database_on_the_server(
    postgres_database: Database, tmp_path: Path
) -> None:
    backups.backup(postgres_database, tmp_path / "kept")
    with postgres_database.looking() as connection:
        names = connection.exec_driver_sql("SELECT datname FROM pg_database").scalars().all()
    assert not [name for name in names if name.startswith("fcs_try_")]


def test_that_a_login_without_the_right_keeps_its_backup_untried(
    postgres_database: Database, postgres_server: str, tmp_path: Path
) -> None:
    name = postgres_database.url.database
    _admin(postgres_server, "CREATE ROLE keeper LOGIN")
    _admin(
        postgres_server,
        f'GRANT pg_read_all_data TO keeper; GRANT CONNECT ON DATABASE "{name}" TO keeper',
    )
    plain = Database(postgres_database.url.set(username="keeper"))
    try:
        kept = backups.backup(plain, tmp_path / "kept")
        assert kept.contents is None
        assert kept.size > 0
    finally:
        plain.close()
        _admin(postgres_server, f'REVOKE ALL ON DATABASE "{name}" FROM keeper')
        _admin(postgres_server, "DROP ROLE keeper")
