"""Backups that were tried: a copy counts only when a database restored from it is whole."""

from pathlib import Path

from supervisor.models.backups import of_file, of_server
from supervisor.models.database import Database
from supervisor.models.rows.backups import BackupRow, RehearsalRow
from supervisor.models.rows.contents import ContentsRow


def backup(database: Database, target: Path) -> BackupRow:
    """Write all of the database into `target`, restore it elsewhere, and look at what came out.

    Others go on working; what they write after the beginning may be missing. The file appears
    under its name only when it is whole.

    Raises:
        ExpectedError: `target` is there already, there is no room, a tool is missing, the
            database refuses, or the copy is not whole.
    """
    return of_file.backup(database, target) if database.is_sqlite else of_server.backup(
        database, target
    )  # fmt: skip


def restore(source: Path, database: Database) -> ContentsRow:
    """Fill an empty database from a backup; whatever stands in one is never written over.

    Raises:
        ExpectedError: the database holds something, the backup is damaged or of the other engine.
    """
    return of_file.restore(source, database) if database.is_sqlite else of_server.restore(
        source, database
    )  # fmt: skip


def rehearse(database: Database) -> RehearsalRow:
    """Upgrade a copy of the database, look at it, throw it away; the database stays as it is.

    Raises:
        ExpectedError: the copy cannot be made or the upgrade fails.
    """
    return of_file.rehearse(database) if database.is_sqlite else of_server.rehearse(database)
