"""Which rows make no sense although every cell could be read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from supervisor.clock import business_date
from supervisor.models.commands.import_context import Context
from supervisor.models.commands.import_plan import Row


@dataclass(frozen=True, slots=True)
class Parent:
    """The case or contract a row hangs on; `since` the day a case was placed."""

    branch_id: int
    id: int
    since: Any = None


Judge = Callable[[Context, Row, "Parent"], tuple[str, str] | None]
"""(field key, refusal code) for a row that makes no sense, None for one that does."""


def judge_plan(context: Context, row: Row, parent: Parent) -> tuple[str, str] | None:
    """A plan has an end after its start, on one day."""
    del context, parent
    row["plan_on"] = business_date(row["window_from"])
    if row["window_until"] <= row["window_from"]:
        return "window_until", "end_before_start"
    if business_date(row["window_until"] - timedelta(microseconds=1)) != row["plan_on"]:
        return "window_until", "window_over_midnight"
    return None


def judge_visit(context: Context, row: Row, parent: Parent) -> tuple[str, str] | None:
    """A visit comes after its case, ends after it began, and is somewhere whole."""
    del context
    row["visited_on"] = business_date(row["started_at"])
    if parent.since is not None and row["visited_on"] < parent.since:
        return "started_at", "visit_before_case"
    if row.get("ended_at") is not None and row["ended_at"] < row["started_at"]:
        return "ended_at", "end_before_start"
    if (row.get("latitude") is None) != (row.get("longitude") is None):
        return "latitude", "position_half"
    return _people(row)


def _people(row: Row) -> tuple[str, str] | None:
    second = row.get("second_agent_id")
    if second is not None and second == row.get("agent_id"):
        return "second_agent", "second_agent_same"
    return None


def judge_promise(context: Context, row: Row, parent: Parent) -> tuple[str, str] | None:
    """A promise is for some money, later."""
    del context, parent
    if row["due_on"] < row["made_on"]:
        return "due_on", "promise_due_before_made"
    return ("amount", "amount_zero") if row["amount_fen"] == 0 else None


def judge_payment(context: Context, row: Row, parent: Parent) -> tuple[str, str] | None:
    """A payment is some money; below zero is a reversal."""
    del context, parent
    return ("amount", "amount_zero") if row["amount_fen"] == 0 else None
