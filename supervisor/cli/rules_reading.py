"""What the commands about rules read: packs by name, facts line by line."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from supervisor.errors import BadInputError
from supervisor.models.rows.packs import Subject
from supervisor.models.rules.packs.changing import switched
from supervisor.models.rules.packs.model import Pack
from supervisor.models.rules.packs.reading import Known, facts_of
from supervisor.models.rules.packs.shipped import read_pack, shipped_pack, shipped_packs

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was understood, counted from 1."""

    number: int
    known: Known


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that was not, and why."""

    number: int
    error: BadInputError


def packs_named(names: tuple[str, ...], *, also_off: bool = False) -> tuple[Pack, ...]:
    """The packs of this call: those named, which are on; without names those that are on.

    Raises:
        BadInputError: there is no such pack, or it has problems.
    """
    if not names:
        return tuple(pack for pack in shipped_packs() if pack.enabled or also_off)
    return tuple(switched(_named(name), enabled=True) for name in dict.fromkeys(names))


def _named(name: str) -> Pack:
    path = Path(name)
    return read_pack(path) if path.suffix in {".toml", ".json"} else shipped_pack(name)


def lines_of(file: str, kind: str | None = None) -> Iterator[Line | Refused]:
    """Every line that is not empty; `kind`: what they all are and need not say.

    Raises:
        BadInputError: the file is missing, not text, or empty.
    """
    empty = True
    for number, text in enumerate(_texts(file), 1):
        if text.strip():
            empty = False
            yield _line(number, text, kind)
    if empty:
        raise BadInputError("facts_none", path=file)


def _texts(file: str) -> Iterator[str]:
    try:
        if file == STANDARD_INPUT:
            if isinstance(sys.stdin, TextIOWrapper):
                sys.stdin.reconfigure(encoding="utf-8")
            yield from _without_mark(sys.stdin)
            return
        with Path(file).open(encoding="utf-8-sig") as stream:
            yield from stream
    except FileNotFoundError as error:
        raise BadInputError("file_missing", path=file) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError("file_not_readable", path=file) from error


def _without_mark(stream: Iterable[str]) -> Iterator[str]:
    for number, text in enumerate(stream):
        yield text.removeprefix("\ufeff") if number == 0 else text


def _line(number: int, text: str, kind: str | None) -> Line | Refused:
    try:
        table = json.loads(text)
    except (ValueError, RecursionError):
        return Refused(number, BadInputError("fact_not_json"))
    try:
        known = facts_of({"kind": kind, **table} if kind and isinstance(table, dict) else table)
    except BadInputError as error:
        return Refused(number, error)
    if kind and known.subject is not Subject(kind):
        return Refused(number, BadInputError("fact_kind_not_plan", value=known.subject.value))
    return Line(number, known)
