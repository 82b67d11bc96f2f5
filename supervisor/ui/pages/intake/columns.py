"""Columns of the two tables of the import page: refused rows, and imports done so far."""

from supervisor import clock
from supervisor.i18n import tr
from supervisor.models.enums import BatchState
from supervisor.models.rows.intake import BatchRow, CellError
from supervisor.ui.tables.column import Align, Column, Look
from supervisor.words import sentence, word
from supervisor.words.formats import count, moment


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
            lambda: tr("Reason"),
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
            lambda: tr("Imported"),
            lambda b: moment(b.done_at, clock.today()),
            lambda b: b.done_at,
            width=110,
        ),
        Column("kind", lambda: tr("Kind"), lambda b: word(b.kind), lambda b: b.kind, width=110),
        Column(
            "file",
            lambda: tr("File"),
            lambda b: b.file_name,
            lambda b: b.file_name,
            width=240,
            grows=True,
        ),
        Column("source", lambda: tr("Source"), lambda b: b.source, lambda b: b.source, width=120),
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
        Column("state", lambda: tr("State"), state_words, lambda b: b.state, width=150),
    )


def state_words(batch: BatchRow) -> str:
    """How an import stands: taken back, can be, or no longer can be."""
    if batch.state is BatchState.UNDONE:
        return tr("Taken back")
    if batch.undo_until is None:
        return tr("Done")
    return tr("Can be taken back until {time}", time=moment(batch.undo_until, clock.today()))
