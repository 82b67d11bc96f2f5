"""A file as numbered rows of cells, whatever it was written with.

What a file is decides its first bytes, not its name: a picture called .xlsx is refused, a CSV
called .xls is read.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from supervisor.errors import BadInputError
from supervisor.intake.cells import Cell
from supervisor.models.rows.intake import Note

Row = tuple[int, list[Cell]]
"""Row number as a spreadsheet counts (from 1), and its cells."""

_PICTURES = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
)
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"MZ", "EXE"),
    (b"SQLite format 3", "SQLite"),
)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


class Source(Protocol):
    """An opened file."""

    @property
    def about(self) -> "About":
        """What was found out while opening."""
        ...

    def rows(self, sheet: str | None = None) -> Iterator[Row]:
        """The rows from the top, again from the start with every call."""
        ...


@dataclass(frozen=True, slots=True)
class About:
    """What opening a file tells: its digest (hex SHA-256), how it is written, what to know."""

    sha256: str
    encoding: str | None
    delimiter: str | None
    sheets: tuple[str, ...]
    notes: tuple[Note, ...]
    is_csv: bool


def is_workbook(path: Path) -> bool:
    """Whether the content (not the name) is a workbook.

    Raises:
        BadInputError: it is neither a workbook nor text, empty, or cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(512)
    except FileNotFoundError as error:
        raise BadInputError("file_missing", path=path.name) from error
    except OSError as error:
        raise BadInputError("file_not_readable", path=path.name) from error
    if not start:
        raise BadInputError("file_empty", name=path.name)
    if start.startswith(_WORKBOOKS):
        return True
    for magic, kind in _PICTURES:
        if start.startswith(magic) and (magic != b"BM" or b"\x00" in start):
            raise BadInputError("file_is_picture", name=path.name, kind=kind)
    for magic, kind in _OTHERS:
        if start.startswith(magic) and (magic != b"MZ" or b"\x00" in start):
            raise BadInputError("file_is_something_else", name=path.name, kind=kind)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:5].lower() in {b"<html", b"<!doc", b"<?xml"}:
        raise BadInputError("file_is_web_page", name=path.name)
    return False


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex, read in blocks."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def open_source(path: Path, encoding: str | None) -> Source:
    """Open a text file or a workbook.

    Raises:
        BadInputError: it cannot be read; the code says why.
    """
    from supervisor.intake.text_file import TextFile  # noqa: PLC0415 (they build on this module)
    from supervisor.intake.workbook import Workbook  # noqa: PLC0415

    return Workbook(path) if is_workbook(path) else TextFile(path, encoding)
