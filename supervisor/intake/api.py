"""The door of intake for the command line and the screens. Nothing here prints or asks.

Long calls take `progress` (called now and then) and `cancelled` (asked as often; True stops with
`ExpectedError("import_cancelled")` and nothing written). Files that cannot be used at all raise
`BadInputError`; rows that cannot be used are listed in the result.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from supervisor.intake import arrivals, describing, exporting, opening, running
from supervisor.models.changes import Actor, Changes
from supervisor.models.commands import arrivals as settle
from supervisor.models.commands import import_mapping, import_undo
from supervisor.models.database import Database
from supervisor.models.enums import Kind
from supervisor.models.ids import BatchId, BranchId
from supervisor.models.rows.intake import (
    CellError,
    DrainResult,
    FilePreview,
    ImportCheck,
    ImportRequest,
    ImportResult,
    KindRow,
    Progress,
)

OnProgress = Callable[[Progress], None]
Cancelled = Callable[[], bool]
EachError = Callable[[CellError], None]


def describe(kind: Kind) -> KindRow:
    """The fields of a kind, worded in the language in force."""
    return describing.describe(kind)


def template(kind: Kind, path: Path) -> None:
    """Write an empty file with the right headings: `.xlsx` with explanations, else CSV."""
    describing.write_template(kind, path)


def open_file(
    path: Path,
    kind: Kind,
    encoding: str | None = None,
    sheet: str | None = None,
    mapping: Mapping[str, str | None] | None = None,
) -> FilePreview:
    """Look at a file: columns with their guessed fields, the first 50 rows, what to know.

    Raises:
        BadInputError: the file cannot be read at all; the code says why.
    """
    return opening.preview(path, kind, encoding, sheet, mapping)


def check(
    database: Database,
    request: ImportRequest,
    progress: OnProgress | None = None,
    cancelled: Cancelled | None = None,
    each_error: EachError | None = None,
) -> ImportCheck:
    """What `run_import` would do, without writing anything to the database.

    The error file of the request is written all the same. `each_error` hears of every refusal,
    in the order of the rows; the result lists the first ones only.
    """
    return running.check(database, request, progress, cancelled, each_error)


def run_import(
    database: Database,
    request: ImportRequest,
    progress: OnProgress | None = None,
    cancelled: Cancelled | None = None,
    each_error: EachError | None = None,
) -> ImportResult:
    """Import a file in one transaction: all of it, its good rows, or nothing.

    `each_error` as in `check`.
    """
    return running.run_import(database, request, progress, cancelled, each_error)


def undo_import(database: Database, actor: Actor, batch: BatchId) -> Changes:
    """Take a batch back: its new rows go, what it changed is as before.

    Raises:
        ExpectedError: unknown, already undone, too old, or later data depend on it.
    """
    return database.write(import_undo.undo_import, import_undo.UndoImport(actor=actor, batch=batch))


def keep_mapping(
    database: Database, actor: Actor, source: str, kind: Kind, mapping: Mapping[str, str | None]
) -> Changes:
    """Keep a column mapping for the next file of this source and kind."""
    order = import_mapping.KeepMapping(actor=actor, source=source, kind=kind, mapping=dict(mapping))
    return database.write(import_mapping.keep_mapping, order)


def export_kind(
    database: Database,
    actor: Actor,
    kind: Kind,
    path: Path | BinaryIO,
    branches: tuple[BranchId, ...] | None = None,
) -> int:
    """Write every record of a kind so that importing the file changes nothing; give the count.

    `.xlsx` makes a workbook, anything else (and a stream) CSV: UTF-8 with BOM. The export is
    entered in the audit. `branches` None: all that the actor may see.
    """
    return exporting.export_kind(database, actor, kind, path, branches)


def drain_inbox(database: Database, actor: Actor, limit: int = 1_000) -> DrainResult:
    """Carry out waiting arrivals through the import commands, each exactly once."""
    return arrivals.drain(database, actor, limit)


def retry_arrivals(
    database: Database, actor: Actor, chosen: tuple[int, ...] | None = None
) -> Changes:
    """Let refused arrivals (None: all) wait again; the next drain tries them once more."""
    return database.write(
        settle.retry_arrivals, settle.SettleArrivals(actor=actor, arrivals=chosen)
    )


def dismiss_arrivals(database: Database, actor: Actor, chosen: tuple[int, ...]) -> Changes:
    """Put refused arrivals aside: off the list, kept in the inbox."""
    order = settle.SettleArrivals(actor=actor, arrivals=chosen)
    return database.write(settle.dismiss_arrivals, order)
