"""What happens to a database at the start: go, create, upgrade after a copy, or refuse."""

import shutil
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from supervisor.errors import ExpectedError, SchemaError, UnreachableError
from supervisor.models import filesystem
from supervisor.models.database import Database
from supervisor.models.migrations import runner
from supervisor.models.migrations.runner import Opened, Opening
from tests import factories
from tests.conftest import _admin, beside
from tests.models.migrations.test_upgrade import FAILING, HEAD, PASSING, scripts_with


def rights_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def set_revision(database: Database, number: str) -> None:
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :n"), {"n": number})


def test_that_a_current_database_is_left_as_it_was(database: Database) -> None:
    assert runner.open_ready(database) == Opening(Opened.AS_IT_WAS)


def test_that_the_newest_revision_is_the_one_the_scripts_end_with() -> None:
    assert runner.head() == runner.NEWEST


def test_that_a_missing_file_is_created_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "案件.db"
    database = Database(str(path))
    assert runner.open_ready(database) == Opening(Opened.CREATED)
    assert runner.open_ready(database) == Opening(Opened.AS_IT_WAS)
    with database.transaction() as session:
        factories.a_branch(session)
        log = path.with_name(path.name + "-wal")
        assert [rights_of(path), rights_of(log)] == [0o600, 0o600]
    database.close()


def test_that_a_file_others_could_read_is_closed_to_them(sqlite_database: Database) -> None:
    path = runner.file_of(sqlite_database)
    path.chmod(0o644)
    runner.open_ready(sqlite_database)
    assert rights_of(path) == 0o600


def test_that_a_file_behind_is_copied_with_its_log_and_then_upgraded(
    sqlite_database: Database, tmp_path: Path
) -> None:
    with sqlite_database.transaction() as session:
        factories.a_branch(session, code="KEPT")
    path = runner.file_of(sqlite_database)
    assert path.with_name(path.name + "-wal").stat().st_size > 0
    opening = runner.open_ready(sqlite_database, scripts_with(tmp_path, PASSING))
    assert opening.done is Opened.UPGRADED
    assert opening.copy is not None
    assert opening.copy.name == "test-before-upgrade-20261123-103800.db"
    assert rights_of(opening.copy) == 0o600
    with closing(sqlite3.connect(opening.copy)) as copy:
        assert copy.execute("SELECT code FROM branch").fetchall() == [("KEPT",)]
        assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
    with sqlite_database.looking() as connection:
        assert "half_done" in inspect(connection).get_table_names()


def test_that_two_copies_made_in_one_second_do_not_meet(sqlite_database: Database) -> None:
    path = runner.file_of(sqlite_database)
    assert runner.copy_before_upgrade(path) != runner.copy_before_upgrade(path)


def test_that_an_upgrade_without_room_for_its_copy_changes_nothing(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = runner.file_of(sqlite_database).stat().st_size
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(free=size))
    with pytest.raises(ExpectedError, match="disk_room_short"):
        runner.open_ready(sqlite_database, scripts_with(tmp_path, PASSING))
    assert not list(tmp_path.glob("test-before-upgrade-*.db"))
    assert runner.open_ready(sqlite_database).done is Opened.AS_IT_WAS


def test_that_a_copy_that_cannot_be_finished_is_taken_away(
    sqlite_database: Database, tmp_path: Path
) -> None:
    sqlite_database.close()
    runner.file_of(sqlite_database).write_bytes(b"not a database" * 1000)
    with pytest.raises(ExpectedError, match="copy_failed"):
        runner.copy_before_upgrade(runner.file_of(sqlite_database))
    assert not list(tmp_path.glob("test-before-upgrade-*.db"))


def test_that_a_failed_upgrade_keeps_the_file_and_its_copy(
    sqlite_database: Database, tmp_path: Path
) -> None:
    with pytest.raises(ExpectedError):
        runner.open_ready(sqlite_database, scripts_with(tmp_path, FAILING))
    assert runner.open_ready(sqlite_database).done is Opened.AS_IT_WAS
    assert list(tmp_path.glob("test-before-upgrade-*.db"))


def test_that_a_desktop_never_upgrades_a_shared_schema(
    postgres_database: Database, tmp_path: Path
) -> None:
    scripts = scripts_with(tmp_path, PASSING)
    with pytest.raises(SchemaError, match="schema_behind"):
        runner.open_ready(postgres_database, scripts)
    with postgres_database.looking() as connection:
        assert "half_done" not in inspect(connection).get_table_names()
    assert runner.migrate(postgres_database, scripts).done is Opened.UPGRADED
    assert runner.open_ready(postgres_database, scripts).done is Opened.AS_IT_WAS


def test_that_an_empty_server_database_is_made_by_explicit_command_only(
    postgres_server: str,
) -> None:
    _admin(postgres_server, "CREATE DATABASE empty_one TEMPLATE template0 ENCODING 'UTF8'")
    database = Database(beside(postgres_server, "empty_one"))
    try:
        with pytest.raises(SchemaError, match="schema_missing"):
            runner.open_ready(database)
        assert runner.state_of(database) is runner.SchemaState.EMPTY
        assert runner.migrate(database).done is Opened.CREATED
        assert runner.open_ready(database).done is Opened.AS_IT_WAS
    finally:
        database.close()
        _admin(postgres_server, "DROP DATABASE empty_one WITH (FORCE)")


def test_that_two_administrators_at_once_make_one_schema(postgres_server: str) -> None:
    _admin(postgres_server, "CREATE DATABASE two_hands TEMPLATE template0 ENCODING 'UTF8'")
    hands = [Database(beside(postgres_server, "two_hands")) for _ in range(2)]
    try:
        with ThreadPoolExecutor() as pool:
            done = list(pool.map(runner.migrate, hands))
        assert {opening.done for opening in done} <= {Opened.CREATED, Opened.AS_IT_WAS}
        assert runner.state_of(hands[0]) is runner.SchemaState.CURRENT
    finally:
        for database in hands:
            database.close()
        _admin(postgres_server, "DROP DATABASE two_hands WITH (FORCE)")


def test_that_a_server_that_cannot_keep_every_name_is_refused(postgres_server: str) -> None:
    _admin(
        postgres_server,
        "CREATE DATABASE narrow TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'",
    )
    database = Database(beside(postgres_server, "narrow"))
    try:
        with pytest.raises(SchemaError, match="server_not_utf8"):
            runner.migrate(database)
    finally:
        database.close()
        _admin(postgres_server, "DROP DATABASE narrow WITH (FORCE)")


def test_that_a_server_older_than_promised_is_refused(
    postgres_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "OLDEST_SERVER", 99)
    for attempt in (runner.open_ready, runner.migrate):
        with pytest.raises(SchemaError, match="server_too_old"):
            attempt(postgres_database)


def test_that_a_newer_database_is_refused_and_untouched(database: Database) -> None:
    set_revision(database, "9999")
    for attempt in (runner.open_ready, runner.migrate):
        with pytest.raises(SchemaError, match="schema_too_new"):
            attempt(database)
    with database.looking() as connection:
        assert (
            connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"
        )


def test_that_somebody_elses_tables_are_refused_and_keep_their_rights(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE invoices (id INTEGER)")
    path.chmod(0o644)
    with pytest.raises(SchemaError, match="schema_not_ours"):
        runner.open_ready(Database(str(path)))
    assert rights_of(path) == 0o644


def test_that_a_folder_is_no_database_and_keeps_its_rights(tmp_path: Path) -> None:
    before = rights_of(tmp_path)
    for attempt in (runner.open_ready, runner.migrate):
        with pytest.raises(UnreachableError, match="file_is_folder"):
            attempt(Database(str(tmp_path)))
    assert rights_of(tmp_path) == before


@pytest.mark.parametrize(
    ("text_of_path", "is_share"),
    [
        ("\\\\server\\share\\a.db", True),
        ("//server/share/a.db", True),
        ("\\\\?\\UNC\\server\\share\\a.db", True),
        ("\\\\?\\C:\\data\\a.db", False),
        ("C:\\data\\a.db", False),
        ("/home/anna/a.db", False),
        ("///home/anna/a.db", False),
    ],
)
def test_that_a_share_is_known_by_its_name(text_of_path: str, is_share: bool) -> None:
    assert filesystem.is_share_name(text_of_path) is is_share


MOUNTS = """/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /tmp tmpfs rw 0 0
nas:/export /mnt/office nfs4 rw,vers=4.2 0 0
//nas/archiv /mnt/two\\040words cifs rw 0 0
/dev/sdb1 /mnt/office/local xfs rw 0 0
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/home/anna/a.db", "ext4"),
        ("/mnt/office/a.db", "nfs4"),
        ("/mnt/office-2/a.db", "ext4"),
        ("/mnt/office/local/a.db", "xfs"),
        ("/mnt/two words/a.db", "cifs"),
    ],
)
def test_that_the_deepest_mount_decides(place: str, kind: str) -> None:
    assert filesystem.file_system_of(Path(place), MOUNTS) == kind


def test_that_a_file_on_a_network_drive_is_refused_and_not_created(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nnas:/x {tmp_path} nfs rw 0 0\n")
    monkeypatch.setattr(filesystem, "MOUNTS", mounts)
    path = tmp_path / "shared.db"
    with pytest.raises(SchemaError, match="file_on_network_drive"):
        runner.open_ready(Database(str(path)))
    assert not path.exists()
