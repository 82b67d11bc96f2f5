"""The ready-made views (product.md section 7), as conditions on a day.

Each has a key; its name is given where words are. Their conditions are made anew for every day,
because some of them speak of this week.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from supervisor.models.enums import QueueReason
from supervisor.models.ids import BranchId, TeamId
from supervisor.models.rows.case_queue import CaseQueueFilter

MUST_DO = frozenset(
    {
        QueueReason.CRITICAL_FLAG,
        QueueReason.RECALL,
        QueueReason.FOLLOW_UP_OVERDUE,
        QueueReason.PROMISE_DUE_TODAY,
        QueueReason.PROMISE_AWAITING_DATA,
        QueueReason.PROMISE_BROKEN,
        QueueReason.VISIT_NOT_READY,
        QueueReason.VISIT_TODAY,
        QueueReason.VISIT_UNREPORTED,
    }
)
"""What must be done today (今日必办)."""
UNTOUCHED_DAYS = 7


@dataclass(frozen=True, slots=True)
class Asker:
    """Who looks: the branches and the team that 我的下属 means."""

    branches: tuple[BranchId, ...] | None = None
    team_id: TeamId | None = None


Conditions = dict[str, Any]


def _reasons(*reasons: QueueReason) -> Callable[[date, Asker], Conditions]:
    return lambda _day, _asker: {"reasons": frozenset(reasons)}


def _my_people(_day: date, asker: Asker) -> Conditions:
    if asker.team_id is not None:
        return {"teams": (asker.team_id,)}
    return {"branches": asker.branches or ()}


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


BUILTIN: dict[str, Callable[[date, Asker], Conditions]] = {
    "today": _reasons(*sorted(MUST_DO)),
    "first_look": _reasons(QueueReason.CRITICAL_FLAG),
    "recall": _reasons(QueueReason.RECALL),
    "unreported": _reasons(QueueReason.VISIT_TODAY, QueueReason.VISIT_UNREPORTED),
    "promise_today": lambda day, _: {"promise_due_from": day, "promise_due_until": day},
    "awaiting_data": _reasons(QueueReason.PROMISE_AWAITING_DATA),
    "promise_broken": _reasons(QueueReason.PROMISE_BROKEN),
    "plan_requested": lambda _day, _asker: {"plan_requested": True},
    "untouched": lambda _day, _asker: {"untouched_days_min": UNTOUCHED_DAYS, "held": False},
    "ending": _reasons(QueueReason.HOLD_ENDING, QueueReason.RETENTION_ENDING),
    "new_this_week": lambda day, _: {"placed_from": _monday(day), "placed_until": day},
    "my_people": _my_people,
}
"""The ready-made views in the order of the panel."""


def wanted_by(key: str, as_of: date, now: datetime, asker: Asker) -> CaseQueueFilter:
    """The conditions of a ready-made view on a day."""
    return CaseQueueFilter(as_of=as_of, now=now, **BUILTIN[key](as_of, asker))
