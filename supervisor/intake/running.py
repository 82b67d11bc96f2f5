"""Check and import: open, parse, then one read or one write on the database."""

import csv
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from supervisor import i18n, words
from supervisor.errors import BadInputError
from supervisor.i18n import tr
from supervisor.intake.cells import Cell, shown, with_apostrophe, without_apostrophe
from supervisor.intake.handing_over import hand_over_file, must_hand_over
from supervisor.intake.opening import Opened, open_mapped
from supervisor.intake.staging import (
    FIRST_ERRORS,
    VALUE_SHOWN,
    FileStage,
    heading_by_field,
    stage_file,
)
from supervisor.models.changes import Changes
from supervisor.models.commands.exports import log_export
from supervisor.models.commands.importing import (
    ImportRows,
    RowsRefusedError,
    check_rows,
    import_rows,
)
from supervisor.models.database import Database
from supervisor.models.ids import BatchId
from supervisor.models.orders import LogExport
from supervisor.models.queries import imports
from supervisor.models.rows.intake import (
    Accept,
    CellError,
    ImportCheck,
    ImportRequest,
    ImportResult,
    Note,
    Progress,
)

OnProgress = Callable[[Progress], None] | None
Cancelled = Callable[[], bool] | None
EachError = Callable[[CellError], None] | None
_NUMBER = re.compile(r"[-+]?[\d.,]+%?")


@dataclass(frozen=True, slots=True)
class _Counts:
    inserted: int
    updated: int
    unchanged: int
    refused: int


def check(
    database: Database,
    request: ImportRequest,
    progress: OnProgress = None,
    cancelled: Cancelled = None,
    each_error: EachError = None,
) -> ImportCheck:
    """What the import would do; see `api.check`."""
    _check_place(request)
    opened = _open(database, request)
    with FileStage(progress, cancelled) as stage:
        stage_file(opened, stage)
        if must_hand_over(database, request.kind):
            return _would_hand_over(database, request, opened, stage, each_error)
        stage.name_stage("checking")
        context = database.read(check_rows, _order(request, opened, stage))
        errors = _errors(database, request, opened, stage, each_error)
        return ImportCheck(
            kind=request.kind,
            read=stage.read,
            inserted=context.inserted,
            updated=context.updated,
            unchanged=context.unchanged,
            refused=context.refused,
            errors=errors,
            notes=_notes(opened, stage),
            sums=dict(context.sums),
        )


def run_import(
    database: Database,
    request: ImportRequest,
    progress: OnProgress = None,
    cancelled: Cancelled = None,
    each_error: EachError = None,
) -> ImportResult:
    """Import the file; see `api.run_import`."""
    _check_place(request)
    opened = _open(database, request)
    with FileStage(progress, cancelled) as stage:
        stage_file(opened, stage)
        stage.name_stage("writing")
        if must_hand_over(database, request.kind):
            return _hand_over(database, request, opened, stage, each_error)
        order = _order(request, opened, stage)
        try:
            changes = database.write(import_rows, order)
        except RowsRefusedError as refused:
            found = refused.context
            counts = _Counts(found.inserted, found.updated, found.unchanged, found.refused)
            errors = _errors(database, request, opened, stage, each_error)
            return _result(request, None, stage.read, counts, errors, _notes(opened, stage))
        errors = _errors(database, request, opened, stage, each_error)
        batch = BatchId(changes.created["batch"])
        notes = _notes(opened, stage)
        return _result(request, batch, stage.read, _counts(changes), errors, notes)


def _would_hand_over(
    database: Database, request: ImportRequest, opened: Opened, stage: FileStage,
    each_error: EachError,
) -> ImportCheck:  # fmt: skip
    """What is new among the rows is not known here; refused cells are."""
    errors = _errors(database, request, opened, stage, each_error)
    note = Note("would_be_handed_over", {"rows": stage.read - stage.refused})
    notes = (*_notes(opened, stage), note)
    return ImportCheck(request.kind, stage.read, 0, 0, 0, stage.refused, errors, notes, {})


def _hand_over(
    database: Database, request: ImportRequest, opened: Opened, stage: FileStage,
    each_error: EachError,
) -> ImportResult:  # fmt: skip
    """Into the inbox, where the quiet work finds the rows."""
    found: set[int] = set()

    def note(error: CellError) -> None:
        found.add(error.row)
        if each_error is not None:
            each_error(error)

    errors = _errors(database, request, opened, stage, note)
    if stage.refused and request.accept is not Accept.GOOD_ROWS:
        counts = _Counts(0, 0, 0, stage.refused)
        return _result(request, None, stage.read, counts, errors, _notes(opened, stage))
    rows = hand_over_file(database, request, opened, frozenset(found))
    notes = (*_notes(opened, stage), Note("handed_over", {"rows": rows}))
    return ImportResult(request.kind, None, stage.read, 0, 0, 0, stage.refused, errors, notes)


def _check_place(request: ImportRequest) -> None:
    """Before any work: whether the folder of the error file is there."""
    if request.errors_to is not None and not request.errors_to.parent.is_dir():
        raise BadInputError("file_not_writable", path=str(request.errors_to))


def _notes(opened: Opened, stage: FileStage) -> tuple[Note, ...]:
    return opened.notes if stage.read else (*opened.notes, Note("only_headings"))


def _counts(changes: Changes) -> _Counts:
    names = ("inserted", "updated", "unchanged", "refused")
    return _Counts(*(changes.counts[name] for name in names))


def _result(
    request: ImportRequest,
    batch: BatchId | None,
    read: int,
    counts: _Counts,
    errors: tuple[CellError, ...],
    notes: tuple[Note, ...],
) -> ImportResult:
    written = batch is not None
    return ImportResult(
        kind=request.kind,
        batch=batch,
        read=read,
        inserted=counts.inserted if written else 0,
        updated=counts.updated if written else 0,
        unchanged=counts.unchanged,
        refused=counts.refused,
        errors=errors,
        notes=notes if written else (*notes, Note("nothing_written", {"refused": counts.refused})),
    )


def _open(database: Database, request: ImportRequest) -> Opened:
    mapping = request.mapping
    if mapping is None and request.source:
        mapping = database.read(imports.mapping, (request.source, request.kind))
    return open_mapped(request.path, request.kind, request.encoding, request.sheet, mapping)


def _order(request: ImportRequest, opened: Opened, stage: FileStage) -> ImportRows:
    return ImportRows(
        actor=request.actor,
        command_id=request.command_id,
        kind=request.kind,
        source=request.source,
        file_name=request.path.name,
        file_sha256=opened.about.sha256,
        stage=stage,
        read=stage.read,
        refused_before=stage.refused,
        good_rows=request.accept is Accept.GOOD_ROWS,
    )


def _errors(
    database: Database, request: ImportRequest, opened: Opened, stage: FileStage,
    each_error: EachError,
) -> tuple[CellError, ...]:  # fmt: skip
    """The first refusals; every one goes to `each_error` and into the error file.

    The file repeats whole rows, private items among them: first the audit learns who has it made.
    """
    headings = heading_by_field(opened.kind, opened.columns)
    if request.errors_to is not None:

        def log(rows: int) -> None:
            what = f"refused_{request.kind.value}"
            order = LogExport(actor=request.actor, what=what, rows=rows)
            database.write(log_export, order)

        _write_error_file(request.errors_to, opened, stage, headings, log)
    first: list[CellError] = []
    limit = FIRST_ERRORS if each_error is None else None
    for error in _with_found_text(opened, stage.errors(headings, limit)):
        if len(first) < FIRST_ERRORS:
            first.append(error)
        if each_error is not None:
            each_error(error)
    return tuple(first)


def _with_found_text(opened: Opened, errors: Iterator[CellError]) -> Iterator[CellError]:
    """Refusals with the text of their cell: the file is read again as far as one lacks it."""
    positions = {column.heading: column.position for column in opened.columns if column.field}
    rows: Iterator[tuple[int, list[Cell]]] | None = None
    at = 0
    cells: list[Cell] = []
    for error in errors:
        position = positions.get(error.column)
        if error.value or position is None or error.code == "value_missing":
            yield error
            continue
        rows = opened.source.rows(opened.sheet) if rows is None else rows
        while at < error.row:
            at, cells = next(rows)
        found = shown(cells[position]) if position < len(cells) else ""
        yield replace(error, value=found[:VALUE_SHOWN])


def _write_error_file(
    path: Path, opened: Opened, stage: FileStage, headings: dict[str, str],
    log: Callable[[int], object],
) -> None:  # fmt: skip
    """Refused rows as they were found, then row number, column and reason.

    `log` hears how many there are before the file has its name, where there are any.

    Written beside and renamed, so that half a file never carries the name; without refused rows
    it holds the headings only.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".errors-", suffix=".csv")
    except OSError as error:
        raise BadInputError("file_not_writable", path=str(path)) from error
    beside = Path(name)
    try:
        with open(handle, "w", encoding="utf-8-sig", newline="") as stream:  # noqa: PTH123
            rows = _write_refused(csv.writer(stream), opened, stage, headings)
        if rows:
            log(rows)
        os.replace(beside, path)  # noqa: PTH105 (replaces on Windows too)
    except OSError as error:
        raise BadInputError("file_not_writable", path=str(path)) from error
    finally:
        beside.unlink(missing_ok=True)


def _write_refused(
    writer: "csv.writer",  # type: ignore[valid-type]
    opened: Opened,
    stage: FileStage,
    headings: dict[str, str],
) -> int:
    ours = (
        ("原文件行号", "出错列", "拒绝原因")
        if i18n.language() == "zh_CN"
        else ("Original row", "Refused column", "Refusal reason")
    )
    kept = [column for column in opened.columns if column.note != "column_ours"]
    writer.writerow([*(column.heading for column in kept), *ours])  # type: ignore[attr-defined]
    errors = stage.errors(headings, None)
    pending, written = next(errors, None), 0
    for number, cells in opened.source.rows(opened.sheet):
        if pending is None:
            break
        if number != pending.row:
            continue
        columns, reasons = [], []
        while pending is not None and pending.row == number:
            columns.append(pending.column)
            reasons.append(words.sentence(pending.code, pending.facts))
            pending = next(errors, None)
        found = [cells[c.position] if c.position < len(cells) else None for c in kept]
        texts = [_guarded(shown(cell), is_csv=opened.about.is_csv) for cell in found]
        told = [str(number), tr(", ").join(dict.fromkeys(columns)), " ".join(reasons)]
        writer.writerow([*texts, *map(with_apostrophe, told)])  # type: ignore[attr-defined]
        written += 1
    return written


def _guarded(text: str, *, is_csv: bool) -> str:
    """A cell of the error file: a spreadsheet calculates nothing, the import reads the same."""
    bare = without_apostrophe(text) if is_csv else text
    return bare if _NUMBER.fullmatch(bare) else with_apostrophe(bare)
