"""CSV and its relatives: encoding, delimiter, rows; memory stays bounded whatever the file is."""

import codecs
import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from supervisor.errors import BadInputError
from supervisor.intake.source import About, Row
from supervisor.models.rows.intake import Note

BLOCK = 1 << 20
LONGEST_LINE = 16 * BLOCK
LONGEST_CELL = BLOCK
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHAIN = ("utf-8", "gb18030")
_DELIMITERS = (",", "\t", ";")
_SAMPLE_LINES = 20


class TextFile:
    """A delimited text file."""

    def __init__(self, path: Path, encoding: str | None = None) -> None:
        self._path = path
        _refuse_endless_lines(path)
        chosen, notes = (_named(path, encoding), ()) if encoding else _guess(path)
        self._encoding = chosen
        self._delimiter = self._guess_delimiter()
        with path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        self._about = About(sha256, chosen, self._delimiter, (), notes, is_csv=True)

    @property
    def about(self) -> About:
        """What was found out while opening."""
        return self._about

    def rows(self, sheet: str | None = None) -> Iterator[Row]:
        """Records from the top; a record over several lines counts as one row."""
        del sheet
        csv.field_size_limit(LONGEST_CELL)
        with self._path.open(encoding=self._encoding, newline="") as stream:
            # Strict: a quotation mark that is lost would swallow the rows after it into one cell.
            reader = csv.reader(_bounded_lines(stream), delimiter=self._delimiter, strict=True)
            number = 0
            try:
                for cells in reader:
                    number += 1
                    yield number, list(cells)
            except csv.Error as error:
                code = "cell_too_long" if "limit" in str(error) else "quotation_lost"
                raise BadInputError(code, row=number + 1) from error
            except UnicodeError as error:
                raise BadInputError("encoding_wrong", encoding=self._encoding) from error

    def _guess_delimiter(self) -> str:
        """The delimiter that splits the first lines into the most equal and most many cells."""
        with self._path.open(encoding=self._encoding, newline="") as stream:
            lines = [line[:65_536] for line in islice(_bounded_lines(stream), _SAMPLE_LINES)]
        best, best_score = ",", 0
        for delimiter in _DELIMITERS:
            widths = Counter(line.count(delimiter) for line in lines)
            widths.pop(0, None)
            score = max((width * times for width, times in widths.items()), default=0)
            if score > best_score:
                best, best_score = delimiter, score
        return best


def _bounded_lines(stream: io.TextIOBase) -> Iterator[str]:
    """Lines; an endless one is refused before it fills memory.

    In UTF-16 the byte of a line end is also half of many signs (上 is 0A 4E), so that counting
    bytes alone does not find it.

    Raises:
        BadInputError: a line is too long.
    """
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and line[-1] not in "\r\n":
            raise BadInputError("line_too_long", line=number, megabytes=LONGEST_LINE // BLOCK)
        yield line


def _refuse_endless_lines(path: Path) -> None:
    """Refuse as soon as 16 MB pass without a line end: such a file is no table.

    Raises:
        BadInputError: a line is too long.
    """
    since_end = 0
    line = 1
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            last = max(block.rfind(b"\n"), block.rfind(b"\r"))
            if last < 0:
                since_end += len(block)
                if since_end > LONGEST_LINE:
                    raise BadInputError("line_too_long", line=line, megabytes=LONGEST_LINE // BLOCK)
            else:
                since_end = len(block) - last
                line += block.count(b"\n") or 1


def _named(path: Path, encoding: str) -> str:
    """The encoding a person chose, if it exists and fits the file.

    Raises:
        BadInputError: there is no such encoding, or the file does not fit it.
    """
    try:
        found = codecs.lookup(encoding).name
        "".encode(found)
    except (LookupError, UnicodeError) as error:
        raise BadInputError("encoding_unknown", encoding=encoding) from error
    if found in {"gbk", "gb2312"}:
        found = "gb18030"  # the same text and more; rare names need it
    if found == "utf-8":
        found = "utf-8-sig"
    bad_line = _first_bad_line(path, found)
    if bad_line is not None:
        raise BadInputError("encoding_misfit", encoding=encoding, line=bad_line)
    return found


def _guess(path: Path) -> tuple[str, tuple[Note, ...]]:
    with path.open("rb") as stream:
        start = stream.read(4)
    for bom, encoding in _BOMS:
        if start.startswith(bom):
            bad_line = _first_bad_line(path, encoding)
            if bad_line is not None:
                raise BadInputError("encoding_misfit", encoding=encoding, line=bad_line)
            return encoding, ()
    for encoding in _CHAIN:
        if _first_bad_line(path, encoding) is None:
            notes = (Note("encoding_guessed", {"encoding": encoding}),)
            return encoding, notes if encoding != "utf-8" else ()
    bad_line = _first_bad_line(path, "utf-8") or 0
    raise BadInputError("encoding_not_found", line=bad_line)


def _first_bad_line(path: Path, encoding: str) -> int | None:
    """The first line that does not fit the encoding, None when all do. Reads in blocks."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as stream:
        while True:
            block = stream.read(BLOCK)
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                return line + block[: error.start].count(b"\n")
            except UnicodeError:  # UTF-16 without its mark at the start
                return line
            line += text.count("\n")
            if not block:
                return None
