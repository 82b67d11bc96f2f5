"""What the queue asks of the core: one place that knows the names of queries and commands."""

from collections.abc import Callable
from typing import Any

from supervisor.models.changes import Actor, Changes
from supervisor.models.commands.exports import log_export
from supervisor.models.commands.holds import end_holds, hold_cases, preview_hold
from supervisor.models.commands.marks import mark_cases, preview_mark
from supervisor.models.commands.notes import add_note
from supervisor.models.commands.plans import add_plan
from supervisor.models.commands.reassign import preview_reassign, reassign_cases
from supervisor.models.commands.reveal import reveal_private
from supervisor.models.commands.second_person import preview_second_person, request_second_person
from supervisor.models.commands.undo import undo as take_back
from supervisor.models.commands.views import remove_view, save_view
from supervisor.models.ids import CommandId
from supervisor.models.orders import (
    HoldCases,
    MarkCases,
    Order,
    ReassignCases,
    RequestSecondPerson,
    Undo,
)
from supervisor.models.queries.case_file import case_file
from supervisor.models.queries.case_queue import count, page, totals
from supervisor.models.queries.directory import directory
from supervisor.models.queries.numbers import PastedNumbers, unknown_numbers
from supervisor.models.queries.private import ADDRESS, ID_NUMBER, PHONE, private_items
from supervisor.models.queries.saved_views import definition_of, saved_views
from supervisor.models.rows.case_file import PrivateItems
from supervisor.models.rows.case_queue import CaseQueueFilter, QueueRequest

MOST_IN_ONE_ORDER = 5_000
"""Cases one bulk order takes; a larger list is reassigned in parts."""

MOST_EXPORTED = 200_000
"""Rows one workbook takes."""

Command = Callable[..., Changes]
BULK: dict[type[Order], tuple[Command, Callable[..., Any]]] = {
    ReassignCases: (reassign_cases, preview_reassign),
    HoldCases: (hold_cases, preview_hold),
    MarkCases: (mark_cases, preview_mark),
    RequestSecondPerson: (request_second_person, preview_second_person),
}
"""Bulk orders: the command, and the same judgement without writing."""

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
    "log_export",
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


def request(actor: Actor, wanted: CaseQueueFilter, offset: int = 0, limit: int = 1) -> QueueRequest:
    """A window of the queue as far as the person may see."""
    return QueueRequest(wanted, actor.branches, offset, limit)


def undo(actor: Actor, undo_id: CommandId) -> tuple[Command, Order]:
    """The order that takes a command back."""
    return take_back, Undo(actor=actor, undo_id=undo_id)


_READ = {"phones": PHONE, "addresses": ADDRESS, "id_number": ID_NUMBER}


def private(session: Any, about: tuple[int, int, tuple[str, ...]]) -> PrivateItems | None:
    """Unmasked items of a case (branch, case, items), after the audit has learned why."""
    branch_id, case_id, items = about
    return private_items(session, branch_id, case_id, tuple(_READ[item] for item in items))
