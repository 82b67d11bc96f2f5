"""Parsed rows and refusals on disk, so that a million rows need no more memory than one chunk."""

import json
import pickle
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import IO

from supervisor import clock, i18n
from supervisor.clock import business_date
from supervisor.errors import BadInputError, ExpectedError
from supervisor.intake.cells import (
    Cell,
    CellProblemError,
    Value,
    parse,
    shown,
    without_apostrophe,
)
from supervisor.intake.fields import FIELDS, Field, heading_of
from supervisor.intake.opening import Column, Opened
from supervisor.models.commands.import_context import CHUNK, StagedRow
from supervisor.models.enums import Kind
from supervisor.models.rows.intake import CellError, FieldType, Progress

FIRST_ERRORS = 500
VALUE_SHOWN = 200
_MOST_REMEMBERED = 4_096


class FileStage:
    """What `models.commands.importing` reads rows from and refuses rows to."""

    def __init__(
        self,
        progress: Callable[[Progress], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `close`)
        # A database without a name lives in a private temporary file and spills to disk.
        self._notes = sqlite3.connect("", isolation_level=None)
        self._notes.execute("PRAGMA cache_size=-8192")
        self._notes.execute("PRAGMA journal_mode=OFF")
        self._notes.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, content TEXT, row INTEGER)"
                            " WITHOUT ROWID")  # fmt: skip
        self._notes.execute(
            "CREATE TABLE refused (row INTEGER, field TEXT, value TEXT, code TEXT, facts TEXT)"
        )
        self._notes.execute("BEGIN")
        self._progress, self._cancelled = progress, cancelled
        self.read = 0
        self.refused = 0
        self._stage_name = "checking"

    def __enter__(self) -> "FileStage":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        self._notes.close()

    def name_stage(self, name: str) -> None:
        """What `tick` tells about: reading, checking or writing."""
        self._stage_name = name

    def add(self, rows: list[StagedRow]) -> None:
        """Keep a chunk of parsed rows."""
        pickle.dump([(row.row, row.values) for row in rows], self._file, protocol=5)

    def chunks(self) -> Iterator[list[StagedRow]]:
        """The chunks from the start."""
        self._file.seek(0)
        self._notes.execute("DELETE FROM seen")
        while True:
            try:
                found = pickle.load(self._file)  # noqa: S301
            except EOFError:
                return
            place = self._file.tell()
            yield [StagedRow(row, values) for row, values in found]
            self._file.seek(place)

    def refuse(self, row: int, column: str, code: str, facts: Mapping[str, str | int]) -> None:
        """Note a refusal; the found text is given as the fact `value`, if at all."""
        self.note(row, column, str(facts.get("value", "")), code, facts)

    def note(
        self, row: int, field: str, value: str, code: str, facts: Mapping[str, str | int]
    ) -> None:
        """Note a refusal with the text that was found."""
        self._notes.execute(
            "INSERT INTO refused VALUES (?, ?, ?, ?, ?)",
            (row, field, _storable(value), code, json.dumps(dict(facts))),
        )

    def first_rows(self, claims: Sequence[tuple[str, str, int]]) -> list[tuple[int, str]]:
        """Who claimed each key first."""
        before = self._notes.total_changes
        self._notes.executemany(
            "INSERT OR IGNORE INTO seen (key, content, row) VALUES (?, ?, ?)", claims
        )
        if self._notes.total_changes - before == len(claims):
            return [(row, content) for _, content, row in claims]
        stmt = "SELECT row, content FROM seen WHERE key = ?"
        return [self._notes.execute(stmt, (key,)).fetchone() for key, _, _ in claims]

    def tick(self, done: int) -> None:
        """Tell the progress and stop when the person cancelled.

        Raises:
            ExpectedError: cancelled.
        """
        if self._progress is not None:
            total = self.read - self.refused if self._stage_name != "reading" else None
            self._progress(Progress(self._stage_name, done, total))
        if self._cancelled is not None and self._cancelled():
            raise ExpectedError("import_cancelled")

    def errors(self, headings: Mapping[str, str], limit: int | None) -> Iterator[CellError]:
        """Refusals by row; `headings` gives the file's heading of a field key."""
        stmt = "SELECT row, field, value, code, facts FROM refused ORDER BY row, rowid"
        if limit is not None:
            stmt += f" LIMIT {int(limit)}"
        for row, field, value, code, facts in self._notes.execute(stmt):
            yield CellError(row, headings.get(field, field), value, code, json.loads(facts))


def _storable(text: str) -> str:
    return text[:VALUE_SHOWN].encode("utf-8", "replace").decode()


def stage_file(opened: Opened, stage: FileStage) -> None:
    """Parse every row below the heading into the stage.

    Raises:
        BadInputError: a required column is missing.
    """
    missing = opened.missing
    if missing:
        headings = "、".join(f"{field.zh[0]} ({field.en[0]})" for field in missing)
        raise BadInputError("columns_missing", columns=headings)
    stage.name_stage("reading")
    today = clock.today()
    parser = _RowParser(opened, today)
    waiting: list[StagedRow] = []
    for number, cells in opened.source.rows(opened.sheet):
        if number <= opened.heading_row or not _filled(cells):
            continue
        stage.read += 1
        parsed = parser.row(number, cells, stage)
        if parsed is None:
            stage.refused += 1
        else:
            waiting.append(parsed)
        if len(waiting) >= CHUNK:
            stage.add(waiting)
            waiting = []
        if stage.read % CHUNK == 0:
            stage.tick(stage.read)
    if waiting:
        stage.add(waiting)


def _filled(cells: list[Cell]) -> bool:
    return any(cell is not None and cell != "" for cell in cells)


class _Remembered(dict[Cell, Value]):
    """Texts of a column that were read before: most columns say the same few things."""


class _RowParser:
    """Cells to values for one file."""

    def __init__(self, opened: Opened, today: object) -> None:
        self._is_csv = opened.about.is_csv
        self._today = today
        self._columns = [
            (column.position, column.field, column.scale, _Remembered())
            for column in opened.columns
            if column.field is not None
        ]
        self._required = [field.key for field in FIELDS[opened.kind] if field.required]

    def row(self, number: int, cells: list[Cell], stage: FileStage) -> StagedRow | None:
        """The row's values, or None with every bad cell noted."""
        values: dict[str, Value] = {}
        width, good = len(cells), True
        for position, field, scale, remembered in self._columns:
            cell = cells[position] if position < width else None
            if cell is None or cell == "":
                continue
            if self._is_csv and cell.__class__ is str and cell[0] == "'":
                cell = without_apostrophe(str(cell))
            known = remembered.get(cell)
            if known is not None and cell.__class__ is str:
                values[field.key] = known
                continue
            try:
                value = read_cell(field, cell, scale, self._today)
            except CellProblemError as problem:
                stage.note(number, field.key, shown(cell), problem.code, problem.facts)
                good = False
                continue
            if value is not None:
                values[field.key] = value
                if cell.__class__ is str and len(remembered) < _MOST_REMEMBERED:
                    remembered[cell] = value
        for key in self._required:
            if key not in values and good:
                stage.note(number, key, "", "value_missing", {})
                good = False
        return StagedRow(number, values) if good else None


def read_cell(field: Field, cell: Cell, scale: int, today: object) -> Value | None:
    """A cell's value, days in the future refused where that makes no sense.

    Raises:
        CellProblemError: the cell cannot be used.
    """
    value = parse(field, cell, scale)
    if value is not None and not field.future:
        if field.type is FieldType.DATE and value > today:  # type: ignore[operator]
            raise CellProblemError("date_in_future")
        if field.type is FieldType.MOMENT and business_date(value) > today:  # type: ignore[arg-type, operator]
            raise CellProblemError("date_in_future")
    return value


def heading_by_field(kind: Kind, columns: Sequence[Column]) -> dict[str, str]:
    """The file's own heading of every field; our usual one where the file has no such column."""
    language = i18n.language()
    usual = {field.key: heading_of(field, language) for field in FIELDS[kind]}
    return usual | {column.field.key: column.heading for column in columns if column.field}
