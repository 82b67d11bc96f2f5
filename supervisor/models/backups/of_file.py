"""Backups of a SQLite file, by SQLite's own online backup."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from supervisor.errors import ExpectedError, UnreachableError
from supervisor.models import filesystem
from supervisor.models.backups.trying import (
    arriving,
    events_of,
    looked_at,
    refuse_unless_empty,
    upgraded,
)
from supervisor.models.database import Database
from supervisor.models.migrations import runner
from supervisor.models.rows.backups import BackupRow, RehearsalRow
from supervisor.models.rows.contents import ContentsRow

MAGIC = b"SQLite format 3\x00"


def backup(database: Database, target: Path) -> BackupRow:
    """See `backups.backup`."""
    path, events = _file(database), events_of(database)
    with arriving(target) as part:
        filesystem.refuse_without_room(target.parent, _size(path))
        _copy(path, part)
        with _opened(part) as copy:
            found = looked_at(copy, events)
    return BackupRow(path=target, size=target.stat().st_size, contents=found)


def restore(source: Path, database: Database) -> ContentsRow:
    """See `backups.restore`."""
    _refuse_other_kinds(source)
    target = runner.file_of(database)
    filesystem.refuse_network_drive(target)
    if target.exists() and target.stat().st_size:
        refuse_unless_empty(database)
        database.close()
        target.unlink()
    target.unlink(missing_ok=True)
    with arriving(target) as part:
        filesystem.refuse_without_room(target.parent, _size(source))
        _copy(source, part)
        with _opened(part) as copy:
            return looked_at(copy, 0)


def rehearse(database: Database) -> RehearsalRow:
    """See `backups.rehearse`."""
    path, events = _file(database), events_of(database)
    with TemporaryDirectory(prefix="rehearsal-", dir=path.parent) as folder:
        filesystem.refuse_without_room(path.parent, int(_size(path) * runner.ROOM))
        copied = Path(folder) / path.name
        filesystem.create_for_owner(copied)
        _copy(path, copied)
        with _opened(copied) as copy:
            return upgraded(copy, events)


def _file(database: Database) -> Path:
    path = runner.file_of(database)
    if not path.is_file():
        raise UnreachableError("file_unreachable")
    return path


def _size(path: Path) -> int:
    log = path.with_name(path.name + "-wal")
    return sum(part.stat().st_size for part in (path, log) if part.exists())


def _refuse_other_kinds(source: Path) -> None:
    try:
        with source.open("rb") as file:
            begins = file.read(len(MAGIC))
    except OSError as error:
        raise ExpectedError("backup_unreadable", path=str(source)) from error
    if begins != MAGIC:
        raise ExpectedError("backup_other_kind", path=str(source))


def _copy(source: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
            verdict = new.execute("PRAGMA integrity_check(1)").fetchone()[0]
            strays = new.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        raise ExpectedError("copy_failed", folder=str(target.parent)) from error
    if verdict != "ok" or strays is not None:
        raise ExpectedError("backup_damaged")


@contextmanager
def _opened(path: Path) -> Iterator[Database]:
    """The copy as a database; it leaves no log behind."""
    copy = Database(str(path))
    try:
        yield copy
    finally:
        copy.close()
        with closing(sqlite3.connect(path)) as bare:
            bare.execute("PRAGMA journal_mode=DELETE")
        filesystem.keep_to_owner(path)
