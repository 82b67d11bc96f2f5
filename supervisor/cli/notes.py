"""`read-notes`: visit notes in, labels with evidence out, line by line."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import islice
from pathlib import Path

import click

from supervisor.cli import output
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call, TranslatedCommand
from supervisor.errors import BadInputError
from supervisor.i18n import mark, ntr, tr
from supervisor.models.rows.notes import NoteFinding, NoteReading
from supervisor.words import sentence, sentence_of, word

STANDARD_INPUT = "-"
_TOGETHER = 256
_SHOWN = tuple(field.name for field in fields(NoteFinding))


@click.command(
    "read-notes",
    cls=TranslatedCommand,
    help=mark("Visit notes read: labels and evidence for each line of a JSON Lines file."),
)
@click.argument("file", metavar="FILE")
@click.pass_obj
def read_notes(call: Call, /, file: str) -> int:
    """Read `{"id", "text"}` lines; a bad line is named on stderr and the others still read."""
    from supervisor.models.rules.notes import read_all

    count, whole = 0, True
    for some in _portions(enumerate(_lines_of(file), 1)):
        known, refused = _sorted(some)
        whole = whole and not refused
        for why in refused:
            output.say(why)
        for (name, _), reading in zip(known, read_all(text for _, text in known), strict=True):
            _write(name, reading, as_json=call.json)
        count += len(known)
    if not call.json:
        output.say(ntr("{n} note read.", "{n} notes read.", count))
    return Exit.DONE if whole else Exit.CHECK_FAILED


def _portions(lines: Iterator[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """Lines to read together."""
    while some := list(islice(lines, _TOGETHER)):
        yield some


def _sorted(lines: Iterable[tuple[int, str]]) -> tuple[list[tuple[str | int, str]], list[str]]:
    """Ids and texts of lines, and what to say of those that hold none."""
    known, refused = [], []
    for number, line in lines:
        if line.strip():
            try:
                known.append(_understood(line))
            except BadInputError as error:
                refused.append(tr("Line {n}: {why}", n=number, why=sentence_of(error)))
    return known, refused


def _lines_of(file: str) -> Iterator[str]:
    try:
        if file == STANDARD_INPUT:
            yield from _without_mark(sys.stdin)
            return
        # A broken byte spoils its line, not the file: the replacement is refused as JSON or shown.
        with Path(file).open(encoding="utf-8", errors="replace", newline="\n") as stream:
            yield from _without_mark(stream)
    except FileNotFoundError as error:
        raise BadInputError("file_missing", path=file) from error
    except OSError as error:
        raise BadInputError("file_not_readable", path=file) from error


def _without_mark(stream: Iterable[str]) -> Iterator[str]:
    for number, text in enumerate(stream):
        yield text.removeprefix("\ufeff") if number == 0 else text


def _understood(line: str) -> tuple[str | int, str]:
    """Id and text of a line.

    Raises:
        BadInputError: it is not an object, or one of them is missing.
    """
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        entry = None
    if not isinstance(entry, dict):
        raise BadInputError("note_line_not_json")
    name, text = entry.get("id"), entry.get("text")
    if not isinstance(name, str | int) or isinstance(name, bool):
        raise BadInputError("note_line_no_id")
    if not isinstance(text, str):
        raise BadInputError("note_line_no_text")
    return name, text


def _finding(found: NoteFinding) -> dict[str, object]:
    return {name: getattr(found, name) for name in _SHOWN} | {"facts": dict(found.facts)}


def _write(name: str | int, reading: NoteReading, *, as_json: bool) -> None:
    if as_json:
        output.emit_json(
            {
                "id": name,
                "labels": reading.labels,
                "refuse_pay": reading.refuse_pay,
                "findings": [_finding(found) for found in reading.findings],
            }
        )
        return
    labels = tr(", ").join(word(label) for label in reading.labels) or "-"
    click.echo(output.one_line(f"{name}: {labels}"))
    for found in reading.standing:
        said = sentence(found.reason, dict(found.facts))
        click.echo(output.one_line(f"  {word(found.severity)} · {said}"))
