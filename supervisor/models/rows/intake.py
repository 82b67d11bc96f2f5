"""Intake: what a kind of file holds, what a file looks like, what an import did."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from supervisor.models.changes import Actor
from supervisor.models.enums import Kind
from supervisor.models.enums_intake import BatchState, InboxState
from supervisor.models.ids import BatchId, CommandId, new_command_id

Facts = Mapping[str, str | int]


class FieldType(StrEnum):
    """How a cell is read."""

    TEXT = "text"  # kept exactly as it is
    NUMBER = "number"  # an identifier: case number, staff number
    DATE = "date"
    MOMENT = "moment"  # date with time, Shanghai time unless it says otherwise
    MONEY = "money"  # yuan in the file, 分 inside
    WHOLE = "whole"
    RATE = "rate"  # yearly rate, parts per million inside
    DEGREES = "degrees"
    CHOICE = "choice"
    CHOICES = "choices"  # several, separated by a comma or ；
    TICK = "tick"  # yes, no, unknown
    NUMBERS = "numbers"  # several identifiers
    PHONES = "phones"
    ADDRESS = "address"
    CONTACTS = "contacts"
    ID_NUMBER = "id_number"


class Accept(StrEnum):
    """What happens when some rows are refused."""

    ALL_OR_NOTHING = "all-or-nothing"
    GOOD_ROWS = "good-rows"


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of a kind, as templates, `--describe` and the mapping screen show it.

    `heading` is in the language in force; `headings` are all spellings that are recognised.
    `choices` maps a code to its words, for choices only.
    """

    key: str
    heading: str
    headings: tuple[str, ...]
    type: FieldType
    required: bool
    doc: str
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of file: its fields in template order and which of them name a record."""

    kind: Kind
    fields: tuple[FieldRow, ...]
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth telling about a file that refuses nothing; `code` becomes a sentence."""

    code: str
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column of the file.

    Attributes:
        position: from 0.
        field: the field it is read as; None: not imported.
        note: why it is not ("column_unknown", "column_computed", ...), None when it is.
        samples: the first few values, as found.
    """

    position: int
    heading: str
    field: str | None
    note: str | None
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilePreview:
    """What a file looks like before anything is imported.

    `encoding` None for workbooks, `sheet` None for text files. `rows` are the first 50 below the
    heading, as found. `heading_row` counts from 1 as a spreadsheet does. `missing` are required
    fields without a column.
    """

    path: Path
    kind: Kind
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    sheets: tuple[str, ...]
    heading_row: int
    columns: tuple[ColumnRow, ...]
    rows: tuple[tuple[str, ...], ...]
    missing: tuple[str, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """What to import and how.

    Attributes:
        source: who the file comes from; its column mapping is kept under this name.
        mapping: heading to field key (None: leave out); None: the kept one, else guessed.
        errors_to: where refused rows are written, with their reasons; None: nowhere.
        command_id: sending the same request twice does it once.
    """

    actor: Actor
    kind: Kind
    path: Path
    source: str = ""
    mapping: Mapping[str, str | None] | None = None
    encoding: str | None = None
    sheet: str | None = None
    accept: Accept = Accept.ALL_OR_NOTHING
    errors_to: Path | None = None
    command_id: CommandId = field(default_factory=new_command_id)


@dataclass(frozen=True, slots=True)
class CellError:
    """Why a row is refused. `row` as a spreadsheet counts; `code` and `facts` are a sentence.

    `column` is the heading in the file, empty when the reason is not in one cell.
    """

    row: int
    column: str
    value: str
    code: str
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportCheck:
    """What an import would do. `errors` are the first ones; `sums` are 分 by field key."""

    kind: Kind
    read: int
    inserted: int
    updated: int
    unchanged: int
    refused: int
    errors: tuple[CellError, ...]
    notes: tuple[Note, ...]
    sums: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did. `batch` None: nothing was written (refused rows, all or nothing)."""

    kind: Kind
    batch: BatchId | None
    read: int
    inserted: int
    updated: int
    unchanged: int
    refused: int
    errors: tuple[CellError, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class BatchRow:
    """An import that was done. `undo_until` None: it can no longer be taken back."""

    batch_id: BatchId
    kind: Kind
    source: str
    file_name: str
    done_at: datetime
    done_by: str
    read: int
    inserted: int
    updated: int
    unchanged: int
    refused: int
    state: BatchState
    undone_at: datetime | None
    undo_until: datetime | None


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """An arrival that was refused (or waits); `code` and `facts` are a sentence."""

    arrival_id: int
    kind: str
    source: str
    key: str
    received_at: datetime
    state: InboxState
    code: str | None
    facts: Facts


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """What the import screen opens with.

    `refused` are the latest refused arrivals, `refused_count` all of them; `sources` are the
    names files were imported under.
    """

    batches: tuple[BatchRow, ...]
    refused: tuple[ArrivalRow, ...]
    refused_count: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrainResult:
    """What draining arrivals did; `waiting` is what is left."""

    taken: int
    inserted: int
    updated: int
    unchanged: int
    refused: int
    repeated: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is. `stage` is reading, checking or writing; `total` None: not known."""

    stage: str
    done: int
    total: int | None
