"""The commands the queue gives, and how a bulk order is judged before it is given."""

from collections.abc import Callable
from typing import Any

from supervisor.models.changes import Actor, Changes
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
    "add_note",
    "add_plan",
    "end_holds",
    "remove_view",
    "reveal_private",
    "save_view",
    "undo",
]


def undo(actor: Actor, undo_id: CommandId) -> tuple[Command, Order]:
    """The order that takes a command back."""
    return take_back, Undo(actor=actor, undo_id=undo_id)
