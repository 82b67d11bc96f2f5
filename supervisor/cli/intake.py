"""`import` and `export`: files in and out."""

import contextlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

import click

from supervisor import words
from supervisor.cli import output
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call, TranslatedCommand, option
from supervisor.cli.orders import tell
from supervisor.errors import BadInputError
from supervisor.i18n import mark, ntr, tr
from supervisor.models.enums import Kind
from supervisor.models.ids import BatchId

if TYPE_CHECKING:
    from supervisor.models.rows.intake import (
        CellError,
        FieldType,
        ImportCheck,
        ImportRequest,
        ImportResult,
        KindRow,
        Progress,
    )

KINDS = click.Choice([kind.value for kind in Kind])
SHOWN_ERRORS = 20
"""Refused rows shown to a person; JSON and the error file have them all."""

_PIECE = 1 << 16


@click.command("import", cls=TranslatedCommand, help=mark("Import a file of one kind."))
@click.argument("kind", required=False, type=KINDS)
@click.argument("file", required=False)
@option("--dry-run", is_flag=True, text=mark("Check only; write nothing."))
@option(
    "--accept",
    type=click.Choice(["good-rows", "all-or-nothing"]),
    default="all-or-nothing",
    show_default=True,
    text=mark("What to do when rows are refused."),
)
@option("--errors", text=mark("Write refused rows with their reasons to this file."))
@option("--encoding", text=mark("Encoding of a text file: utf-8, gb18030, big5 ..."))
@option("--sheet", text=mark("Sheet of a workbook."))
@option("--mapping", text=mark("JSON file: heading to field, null to leave a column out."))
@option("--source", default="", text=mark("Who the file comes from; keeps the mapping."))
@option(
    "--undo", "undo_batch", type=click.IntRange(1, 2**63 - 1), text=mark("Take this import back.")
)
@option("--template", type=KINDS, text=mark("Write an empty file of this kind."))
@option("--describe", type=KINDS, text=mark("List the fields of this kind."))
@option("--output", "-o", "target", text=mark("File to write; standard output without it."))
@click.pass_obj
def import_command(call: Call, /, **given: Any) -> int:
    """Import, or one of the things around it."""
    if given["describe"]:
        return _describe(call, Kind(given["describe"]))
    if given["template"]:
        return _template(Kind(given["template"]), given["target"] or given["file"])
    if given["undo_batch"] is not None:
        return _undo(call, BatchId(given["undo_batch"]))
    if not given["kind"] or not given["file"]:
        raise click.UsageError(tr("Say the kind and the file: supervisor import visits file.csv"))
    return _import(call, given)


def _import(call: Call, given: dict[str, Any]) -> int:
    path = Path(given["file"])
    if not path.exists():
        raise BadInputError("file_missing", path=str(path))
    from supervisor.intake import api

    request = _request(call, path, given)
    with call.opened(create=True) as database, _Errors(wanted=call.json) as errors:
        if given["dry_run"]:
            checked = api.check(database, request, _progress(), None, errors.add)
            return _tell_import(call, checked, None, errors, request.kind)
        done = api.run_import(database, request, _progress(), None, errors.add)
        if request.mapping is not None and request.source and done.batch is not None:
            api.keep_mapping(database, request.actor, request.source, request.kind, request.mapping)
        return _tell_import(call, done, done.batch, errors, request.kind)


def _progress() -> "Callable[[Progress], None] | None":
    """A line that counts rows, at a terminal only."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None

    def tell(progress: "Progress") -> None:
        words_ = {"reading": tr("Reading"), "checking": tr("Checking"), "writing": tr("Writing")}
        of = f" / {progress.total:,}" if progress.total else ""
        line = f"{words_[progress.stage]} {progress.done:,}{of}"
        click.echo(f"\r{line:<40}\r", err=True, nl=False)

    return tell


class _Errors:
    """Every refusal as JSON text, kept on disk: there may be a million of them."""

    def __init__(self, *, wanted: bool) -> None:
        self._kept: IO[str] | None = None
        if wanted:
            self._kept = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115

    def __enter__(self) -> "_Errors":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._kept is not None:
            self._kept.close()

    def add(self, error: "CellError") -> None:
        """Keep one."""
        if self._kept is not None:
            before = ", " if self._kept.tell() else ""
            self._kept.write(before + json.dumps(_error(error), ensure_ascii=False))

    def pieces(self) -> Iterator[str]:
        """The text of all of them, separated by commas, in pieces."""
        if self._kept is not None:
            self._kept.seek(0)
            while piece := self._kept.read(_PIECE):
                yield piece


def _request(call: Call, path: Path, given: dict[str, Any]) -> "ImportRequest":
    from supervisor.models.rows.intake import Accept, ImportRequest

    return ImportRequest(
        actor=call.actor(),
        kind=Kind(given["kind"]),
        path=path,
        source=given["source"],
        mapping=_mapping(given["mapping"]),
        encoding=given["encoding"],
        sheet=given["sheet"],
        accept=Accept(given["accept"]),
        errors_to=Path(given["errors"]) if given["errors"] else None,
    )


def _mapping(file: str | None) -> dict[str, str | None] | None:
    if file is None:
        return None
    try:
        raw = json.loads(Path(file).read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise BadInputError("file_missing", path=file) from error
    except (OSError, ValueError) as error:
        raise BadInputError("file_not_readable", path=file) from error
    if not isinstance(raw, dict) or not all(isinstance(v, str | None) for v in raw.values()):
        raise BadInputError("mapping_unreadable", path=file)
    return raw


def _tell_import(
    call: Call,
    done: "ImportCheck | ImportResult",
    batch: BatchId | None,
    errors: _Errors,
    kind: Kind,
) -> int:
    if call.json:
        _emit_import(done, batch, errors)
    else:
        for note in done.notes:
            output.say(words.sentence(note.code, note.facts))
        for error in done.errors[:SHOWN_ERRORS]:
            output.say(_error_line(error))
        output.say(_summary(done))
        if batch is not None:
            click.echo(batch)
            _say_what_next(done, batch, kind)
    return Exit.CHECK_FAILED if done.refused else Exit.DONE


def _say_what_next(done: "ImportCheck | ImportResult", batch: BatchId, kind: Kind) -> None:
    output.say(tr("To take this import back: supervisor import --undo {batch}", batch=batch))
    if kind is Kind.VISITS and done.inserted:
        output.say(
            tr("An open window judges the new visits by itself; here: supervisor flag judge")
        )


def _emit_import(
    done: "ImportCheck | ImportResult", batch: BatchId | None, errors: _Errors
) -> None:
    counts = {
        "batch": batch,
        "read": done.read,
        "inserted": done.inserted,
        "updated": done.updated,
        "unchanged": done.unchanged,
        "refused": done.refused,
    }
    click.echo(json.dumps(counts)[:-1] + ', "errors": [', nl=False)
    for piece in errors.pieces():
        click.echo(piece, nl=False)
    click.echo("]}")


def _error(error: "CellError") -> dict[str, str | int]:
    return {
        "row": error.row,
        "column": error.column,
        "value": error.value,
        "code": error.code,
        "reason": words.sentence(error.code, error.facts),
    }


def _error_line(error: "CellError") -> str:
    reason = words.sentence(error.code, error.facts)
    if not error.column:
        return tr("Row {row}: {reason}", row=error.row, reason=reason)
    return tr(
        "Row {row}, {column} “{value}”: {reason}",
        row=error.row,
        column=error.column,
        value=output.one_line(error.value)[:80],
        reason=reason,
    )


def _summary(done: "ImportCheck | ImportResult") -> str:
    return tr(
        "Rows read: {read}. New {inserted}, changed {updated}, unchanged {unchanged}, "
        "refused {refused}.",
        read=done.read,
        inserted=done.inserted,
        updated=done.updated,
        unchanged=done.unchanged,
        refused=done.refused,
    )


def _undo(call: Call, batch: BatchId) -> int:
    from supervisor.intake import api

    call.confirm(tr("Take import {batch} back?", batch=batch))
    with call.opened() as database:
        return tell(call, api.undo_import(database, call.actor(), batch))


def _describe(call: Call, kind: Kind) -> int:
    from supervisor.intake import api

    described = api.describe(kind)
    if call.json:
        output.emit_json(described)
    else:
        _describe_in_words(described)
    return Exit.DONE


def _describe_in_words(described: "KindRow") -> None:
    heads = (tr("Heading"), tr("Field"), tr("Type"), tr("Needed"), tr("Meaning"))
    lines = [
        (
            field.heading,
            field.key,
            _type_word(field.type),
            "*" if field.required else "",
            field.doc or ", ".join(f"{code} {text}" for code, text in field.choices.items()),
        )
        for field in described.fields
    ]
    output.emit_table(heads, lines, ())


def _type_word(type_: "FieldType") -> str:
    """How a cell is written."""
    return {
        "text": tr("text"),
        "number": tr("number or code"),
        "date": tr("day"),
        "moment": tr("day and time"),
        "money": tr("yuan"),
        "whole": tr("whole number"),
        "rate": tr("yearly rate"),
        "degrees": tr("degrees"),
        "choice": tr("one of these"),
        "choices": tr("some of these"),
        "tick": tr("yes or no"),
        "numbers": tr("numbers or codes"),
        "phones": tr("phones"),
        "address": tr("address"),
        "contacts": tr("contacts"),
        "id_number": tr("ID number"),
    }[type_.value]


def _template(kind: Kind, target: str | None) -> int:
    from supervisor.intake import api

    path = Path(target or f"{kind.value}.csv")
    with contextlib.suppress(OSError):  # told when the file is written
        path.parent.mkdir(parents=True, exist_ok=True)
    api.template(kind, path)
    click.echo(str(path))
    return Exit.DONE


@click.command("export", cls=TranslatedCommand, help=mark("Export every record of one kind."))
@click.argument("kind", type=KINDS)
@option("--output", "-o", "target", text=mark("File to write; standard output without it."))
@click.pass_obj
def export_command(call: Call, kind: str, target: str | None) -> int:
    """CSV or, by the file's ending, a workbook; importing it again changes nothing."""
    from supervisor.intake import api

    with call.opened() as database:
        path = Path(target) if target else output.bytes_out()
        count = api.export_kind(database, call.actor(), Kind(kind), path)
    output.say(ntr("{n} record exported.", "{n} records exported.", count))
    return Exit.DONE
