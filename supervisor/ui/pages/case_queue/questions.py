"""What the queue asks of the core: one place that knows the names of queries and commands."""

from typing import TYPE_CHECKING, Any

from supervisor import clock, late
from supervisor.models.changes import Actor
from supervisor.models.queries.case_queue import count, page, totals
from supervisor.models.queries.directory import directory
from supervisor.models.queries.numbers import PastedNumbers, unknown_numbers
from supervisor.models.queries.saved_views import definition_of, saved_views
from supervisor.models.rows.case_queue import CaseQueueFilter, CaseQueueRow, QueueRequest

if TYPE_CHECKING:
    from supervisor.models.rows.case_file import CaseFileRow, PrivateItems
    from supervisor.ui.pages.case_queue.ordering import (
        BULK,
        add_note,
        add_plan,
        end_holds,
        remove_view,
        reveal_private,
        save_view,
        undo,
    )

MOST_IN_ONE_ORDER = 5_000
"""Cases one bulk order takes; a larger list is reassigned in parts."""

MOST_EXPORTED = 200_000
"""Rows one workbook takes."""

__all__ = [
    "BULK",
    "MOST_EXPORTED",
    "MOST_IN_ONE_ORDER",
    "PastedNumbers",
    "add_note",
    "add_plan",
    "case_file",
    "count",
    "definition_of",
    "directory",
    "end_holds",
    "page",
    "private",
    "remove_view",
    "request",
    "reveal_private",
    "save_view",
    "saved_views",
    "totals",
    "undo",
    "unknown_numbers",
]

# Nobody orders anything before the first page stands.
__getattr__ = late.names(
    __name__,
    {
        "supervisor.ui.pages.case_queue.ordering": (
            "BULK",
            "add_note",
            "add_plan",
            "end_holds",
            "remove_view",
            "reveal_private",
            "save_view",
            "undo",
        )
    },
)


def request(actor: Actor, wanted: CaseQueueFilter, offset: int = 0, limit: int = 1) -> QueueRequest:
    """A window of the queue as far as the person may see."""
    return QueueRequest(wanted, actor.branches, offset, limit)


# The thread that reads the first case loads what reads it.


def case_file(session: Any, row: CaseQueueRow) -> "CaseFileRow | None":
    """Everything of one case (`queries.case_file`), now."""
    from supervisor.models.queries import case_file as room  # noqa: PLC0415
    from supervisor.models.rows.case_file import CaseFileFilter  # noqa: PLC0415

    wanted = CaseFileFilter(row.branch_id, row.case_id, clock.today(), clock.now())
    return room.case_file(session, wanted)


def private(session: Any, about: tuple[int, int, tuple[str, ...]]) -> "PrivateItems | None":
    """Unmasked items of a case (branch, case, items), after the audit has learned why."""
    from supervisor.models.queries import private as room  # noqa: PLC0415

    branch_id, case_id, items = about
    names = {"phones": room.PHONE, "addresses": room.ADDRESS, "id_number": room.ID_NUMBER}
    return room.private_items(session, branch_id, case_id, tuple(names[item] for item in items))
