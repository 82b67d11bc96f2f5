"""Data to stdout, words to stderr; consoles of any code page survive."""

import contextlib
import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum, IntFlag
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

import click

from supervisor.errors import ExpectedError

GAP = "  "


def prepare_streams() -> None:
    """UTF-8 when piped; on a console its own code page, what it lacks replaced."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")


def can_ask() -> bool:
    """Whether there is a person at a terminal; without one nothing is ever asked."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def deliver() -> None:
    """Hand over what is still buffered, so that a refusal is met while it can be told.

    Raises:
        OSError: whoever reads standard output, or the disk below it, does not take it.
    """
    if sys.stdout is not None:
        sys.stdout.flush()


def let_go() -> None:
    """Drop what standard output would not take; the interpreter would complain when it ends."""
    try:
        deliver()
    except OSError:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def bytes_out() -> BinaryIO:
    """Standard output for bytes.

    Raises:
        ExpectedError: it is closed.
    """
    if sys.stdout is None:
        raise ExpectedError("output_closed")
    return sys.stdout.buffer


def say(text: str) -> None:
    """A sentence for people, on stderr."""
    click.echo(text, err=True)


def emit_json(value: object) -> None:
    """One JSON document on one line of stdout."""
    click.echo(json.dumps(plain(value), ensure_ascii=False))


def plain(value: object) -> object:
    """A row as JSON values: codes of enums, ISO dates and instants, money as integer 分."""
    if is_dataclass(value):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return _plain_scalar(value)


def _plain_scalar(value: object) -> object:
    if isinstance(value, IntFlag):
        return [str(member.name).lower() for member in type(value) if member and member in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Path) else value


def width(text: str) -> int:
    """Columns a text takes on a console: East Asian wide characters take two."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )


def one_line(text: str) -> str:
    """The text without line breaks and control characters, which would break a table."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def emit_table(
    heads: Sequence[str], lines: Iterable[Sequence[str]], numeric: Iterable[int]
) -> None:
    """A table on stdout; the columns numbered in `numeric` are set flush right."""
    right = frozenset(numeric)
    cells = [[one_line(cell) for cell in line] for line in (heads, *lines)]
    widths = [max(width(line[i]) for line in cells) for i in range(len(heads))]
    for line in cells:
        padded = [
            " " * (widths[i] - width(cell)) + cell
            if i in right
            else cell + " " * (widths[i] - width(cell))
            for i, cell in enumerate(line)
        ]
        click.echo(GAP.join(padded).rstrip())
