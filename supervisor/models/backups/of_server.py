"""Backups of a PostgreSQL database by its own `pg_dump` and `pg_restore`.

A backup is tried in a database of its own on the same server, made and dropped for that.
"""

import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL

from supervisor.errors import ExpectedError, NotAllowedError
from supervisor.models.backups import tools
from supervisor.models.backups.trying import (
    arriving,
    events_of,
    looked_at,
    refuse_unless_empty,
    upgraded,
)
from supervisor.models.database import Database
from supervisor.models.rows.backups import BackupRow, RehearsalRow
from supervisor.models.rows.contents import ContentsRow

MAGIC = b"PGDMP"


def backup(database: Database, target: Path) -> BackupRow:
    """See `backups.backup`; `contents` is None where no database may be made for trying it."""
    events = events_of(database)
    with arriving(target) as part:
        _dump(database, part)
        try:
            with _scratch(database) as copy:
                _fill(part, copy)
                found = looked_at(copy, events)
        except NotAllowedError:
            found = None
    return BackupRow(path=target, size=target.stat().st_size, contents=found)


def restore(source: Path, database: Database) -> ContentsRow:
    """See `backups.restore`. Rights and policies are the office's: `office init` gives them."""
    refuse_unless_empty(database)
    try:
        with source.open("rb") as file:
            begins = file.read(len(MAGIC))
    except OSError as error:
        raise ExpectedError("backup_unreadable", path=str(source)) from error
    if begins != MAGIC:
        raise ExpectedError("backup_other_kind", path=str(source))
    _fill(source, database)
    return looked_at(database, 0)


def rehearse(database: Database) -> RehearsalRow:
    """See `backups.rehearse`."""
    events = events_of(database)
    with TemporaryDirectory(prefix="rehearsal-") as folder, _scratch(database) as copy:
        dump = Path(folder) / "rehearsal.dump"
        _dump(database, dump)
        _fill(dump, copy)
        dump.unlink()
        return upgraded(copy, events)


def _dump(database: Database, target: Path) -> None:
    _run(database, "pg_dump", "--format=custom", "--no-owner", "--no-acl", "--file", str(target))


def _fill(source: Path, database: Database) -> None:
    # All or nothing: a backup that is damaged halfway leaves the database empty.
    _run(
        database,
        "pg_restore",
        "--exit-on-error",
        "--single-transaction",
        "--no-owner",
        "--no-acl",
        str(source),
    )


def _run(database: Database, tool: str, *arguments: str) -> None:
    with database.looking() as connection:
        version = connection.exec_driver_sql("SHOW server_version_num").scalar_one()
    program = tools.found(tool, int(version) // 10_000)
    database_option = () if tool == "pg_dump" else (f"--dbname={database.url.database}",)
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own tool, found by us
        [program.path, *program.without_policies, *database_option, *arguments],
        env=tools.environment(database.url),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise ExpectedError("backup_tool_failed", tool=tool, status=done.returncode)


@contextmanager
def _scratch(database: Database) -> Iterator[Database]:
    """An empty database on the same server, gone at the end.

    Raises:
        NotAllowedError: this login may not make one.
    """
    name = f"fcs_try_{secrets.token_hex(6)}"
    _alone(database, f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
    copy = Database(_named(database.url, name))
    try:
        yield copy
    finally:
        copy.close()
        _alone(database, f'DROP DATABASE "{name}" WITH (FORCE)')


def _named(url: URL, name: str) -> URL:
    return url.set(database=name)


def _alone(database: Database, statement: str) -> None:
    """A statement that no transaction may hold."""
    with database.looking() as connection:
        raw = connection.connection.driver_connection
        if raw is None:
            raise LookupError
        connection.rollback()
        raw.autocommit = True
        try:
            connection.exec_driver_sql(statement)
        finally:
            connection.rollback()
            raw.autocommit = False
