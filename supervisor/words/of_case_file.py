"""Words for the case panel and the state of a database."""

from enum import Enum

from supervisor.i18n import mark
from supervisor.models.rows.case_file import (
    EntryKind,
    InstalmentState,
    TickState,
)

WORDS: dict[type[Enum], dict[Enum, str]] = {
    InstalmentState: {
        InstalmentState.PAID: mark("Paid"),
        InstalmentState.PART_PAID: mark("Part paid"),
        InstalmentState.OVERDUE: mark("Overdue"),
        InstalmentState.NOT_DUE: mark("Not yet due"),
    },
    EntryKind: {
        EntryKind.VISIT: mark("Visit"),
        EntryKind.PHONE: mark("Phone"),
        EntryKind.SMS: mark("Text message"),
        EntryKind.LETTER: mark("Letter"),
        EntryKind.PAYMENT: mark("Payment"),
        EntryKind.PROMISE: mark("Promise"),
        EntryKind.PLAN: mark("Visit plan"),
        EntryKind.ASSIGNMENT: mark("Assignment"),
        EntryKind.HOLD: mark("Hold"),
        EntryKind.COMPLAINT: mark("Complaint"),
        EntryKind.FLAG: mark("Flag"),
        EntryKind.NOTE: mark("Note"),
        EntryKind.PLACED: mark("Placed"),
    },
    TickState: {
        TickState.DONE: mark("Done"),
        TickState.OPEN: mark("Open"),
        TickState.ADVICE: mark("Advice"),
        TickState.BLOCKED: mark("Blocked"),
    },
}
"""English source words by enum class and member."""
