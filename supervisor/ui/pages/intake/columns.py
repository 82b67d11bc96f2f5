"""Columns of the tables of the import page: refused rows, imports so far, refused arrivals."""

from supervisor import clock
from supervisor.i18n import tr
from supervisor.models.enums import Kind
from supervisor.models.enums_intake import BatchState
from supervisor.models.rows.intake import ArrivalRow, BatchRow, CellError
from supervisor.ui.tables.column import Align, Column, Look
from supervisor.words import sentence, word
from supervisor.words.formats import MISSING, count, full_moment, moment
from supervisor.words.intake import why_refused


def error_columns() -> tuple[Column[CellError], ...]:
    """Row, column, what was found, and why it is refused."""
    return (
        Column(
            "row",
            lambda: tr("Row"),
            lambda e: count(e.row),
            lambda e: e.row,
            Align.RIGHT,
            72,
        ),
        Column("column", lambda: tr("Column"), lambda e: e.column, lambda e: e.column, width=140),
        Column(
            "value",
            lambda: tr("Found in the file"),
            lambda e: e.value,
            lambda e: e.value,
            width=220,
        ),
        Column(
            "reason",
            lambda: tr("Why refused"),
            lambda e: sentence(e.code, e.facts),
            lambda e: e.code,
            width=420,
            grows=True,
        ),
    )


def batch_columns() -> tuple[Column[BatchRow], ...]:
    """What came in, when, from where, and how it went."""
    number = Align.RIGHT
    return (
        Column(
            "done_at",
            lambda: tr("Imported at"),
            lambda b: moment(b.done_at, clock.today()),
            lambda b: b.done_at,
            width=110,
            tooltip=lambda b: full_moment(b.done_at),
        ),
        Column("kind", lambda: tr("Kind"), lambda b: word(b.kind), lambda b: b.kind, width=130),
        Column(
            "file",
            lambda: tr("File"),
            lambda b: b.file_name,
            lambda b: b.file_name,
            width=240,
            grows=True,
        ),
        Column(
            "source",
            lambda: tr("Source"),
            lambda b: b.source or MISSING,
            lambda b: b.source,
            width=120,
        ),
        Column(
            "new", lambda: tr("New"), lambda b: count(b.inserted), lambda b: b.inserted, number, 80
        ),
        Column(
            "changed",
            lambda: tr("Changed"),
            lambda b: count(b.updated),
            lambda b: b.updated,
            number,
            80,
        ),
        Column(
            "same",
            lambda: tr("Unchanged"),
            lambda b: count(b.unchanged),
            lambda b: b.unchanged,
            number,
            90,
        ),
        Column(
            "refused",
            lambda: tr("Refused"),
            lambda b: count(b.refused),
            lambda b: b.refused,
            number,
            80,
            look=lambda b: Look(tone="warn" if b.refused else "text"),
        ),
        Column("by", lambda: tr("By"), lambda b: b.done_by, lambda b: b.done_by, width=120),
        Column("state", lambda: tr("State"), state_words, lambda b: b.state, width=220),
    )


def arrival_columns() -> tuple[Column[ArrivalRow], ...]:
    """What was sent, by whom, and why it was refused."""
    return (
        Column(
            "received_at",
            lambda: tr("Received"),
            lambda a: moment(a.received_at, clock.today()),
            lambda a: a.received_at,
            width=110,
            tooltip=lambda a: full_moment(a.received_at),
        ),
        Column("source", lambda: tr("Source"), lambda a: a.source, lambda a: a.source, width=130),
        Column("kind", lambda: tr("Kind"), kind_words, lambda a: a.kind, width=110),
        Column("key", lambda: tr("Key"), lambda a: a.key, lambda a: a.key, width=160),
        Column(
            "reason",
            lambda: tr("Why refused"),
            why_refused,
            lambda a: a.code or "",
            width=420,
            grows=True,
        ),
    )


def kind_words(arrival: ArrivalRow) -> str:
    """The kind of an arrival; a sender may have written one that does not exist."""
    known = {kind.value: kind for kind in Kind}
    return word(known[arrival.kind]) if arrival.kind in known else arrival.kind


def state_words(batch: BatchRow) -> str:
    """How an import stands: taken back, can be, or no longer can be."""
    if batch.state is BatchState.UNDONE:
        return tr("Was taken back")
    if batch.undo_until is None:
        return tr("Done")
    return tr("Can be taken back until {time}", time=moment(batch.undo_until, clock.today()))
