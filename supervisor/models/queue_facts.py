"""How open cases of a branch stand in the queue on a day, kept for pages over many branches.

`rules.queue_order` judges each case once. Two things change without anybody writing and are left
to the reader: whether a follow-up is late by now, and how far payment data reach.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.models.enums import QueueReason
from supervisor.models.rules.measures.columns import NEVER, Array, CaseColumns, Debts, number_of
from supervisor.models.rules.measures.folded import alike, summed
from supervisor.models.rules.measures.periods import PeriodFacts
from supervisor.models.rules.parameters import PARAMETERS
from supervisor.models.rules.queue_order import (
    LEVELS,
    CaseFacts,
    QueueDay,
    bucket_of,
    days_past_due,
    is_held,
    standing,
)
from supervisor.models.tables import Case, Parameter

QUEUE, STANDING = "queue", "stand"
"""Parts of `CasePeriodKept`: each open case, and cases that stand alike counted."""
REASONS = tuple(LEVELS)
"""Reasons by their number here."""
NO_TIME = -1
"""No follow-up is due."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_JUDGED = (
    *("placed_on", "oldest_due_on", "last_visit_on", "promise_due_on", "next_plan_on"),
    *("next_plan_gaps", "recall_cause", "hold_from_on", "hold_until_on", "retained_until_on"),
    *("critical_since", "follow_up_due_at"),
)
_DAYS = ("untouched_days", "hold_ending_days")
_KEYS = ("reason", "bucket", "held", "due", "promised")
_BEFORE_FOLLOW_UPS = (QueueReason.CRITICAL_FLAG, QueueReason.RECALL)


def moment(at: datetime) -> int:
    """An instant as whole microseconds."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def sign_of(day: QueueDay) -> str:
    """The house parameters a standing rests on; under others what is kept is not true."""
    return f"{day.untouched_days},{day.hold_ending_days}"


def queue_day(session: Session, branch_id: int, as_of: date) -> QueueDay:
    """The day as a branch judges it, before any follow-up is late."""
    stmt = (
        select(Parameter.key, Parameter.value)
        .where(Parameter.branch_id.in_((0, branch_id)), Parameter.key.in_(_DAYS))
        .order_by(Parameter.branch_id)
    )
    untouched, ending = (int(PARAMETERS[key].default) for key in _DAYS)
    for key, value in session.execute(stmt):
        untouched, ending = (int(value), ending) if key == _DAYS[0] else (untouched, int(value))
    return QueueDay(as_of, _EPOCH, untouched_days=untouched, hold_ending_days=ending)


def queue_facts(session: Session, branch_id: int, columns: CaseColumns, as_of: date) -> PeriodFacts:
    """Every open case of the branch; `columns` are its cases as they are now.

    Of each: `id`, `reason`, `bucket`, `held`, `overdue`, `due` (of its follow-up, microseconds) and
    `promised` (the day of a promise nobody has data about yet).
    """
    day = queue_day(session, branch_id, as_of)
    stmt = (
        select(Case.id, *(getattr(Case, name) for name in _JUDGED))
        .where(Case.branch_id == branch_id, Case.ended_on.is_(None))
        .order_by(Case.id)
    )
    rows = [_judged(branch_id, row, day) for row in session.execute(stmt).mappings()]
    names = ("id", *_KEYS)
    made = np.array(rows, dtype=np.int64).reshape(len(rows), len(names)).T
    arrays: dict[str, Array] = dict(zip(names, made, strict=True))
    places = np.searchsorted(columns["id"], arrays["id"])
    days = np.full(len(places), number_of(as_of))
    arrays["overdue"] = Debts(columns).at(places, days).overdue
    return PeriodFacts((sign_of(day),), arrays)


def _judged(branch_id: int, row: Mapping[Any, Any], day: QueueDay) -> tuple[int, ...]:
    facts = CaseFacts(branch_id, row["id"], "", **{name: row[name] for name in _JUDGED})
    reason, due = standing(facts, day).reason, facts.follow_up_due_at
    waits = reason is QueueReason.PROMISE_AWAITING_DATA and facts.promise_due_on is not None
    return (
        facts.case_id,
        REASONS.index(reason),
        int(bucket_of(days_past_due(facts.oldest_due_on, day.as_of))),
        int(is_held(facts, day.as_of)),
        NO_TIME if due is None or reason in _BEFORE_FOLLOW_UPS else moment(due),
        number_of(facts.promise_due_on) if waits and facts.promise_due_on else NEVER,
    )


def stood_alike(facts: PeriodFacts) -> PeriodFacts:
    """Cases nothing tells apart as one row with a `weight`."""
    first, group = alike([facts[name] for name in _KEYS])
    arrays = {name: facts[name][first] for name in _KEYS}
    arrays["overdue"] = summed(group, facts["overdue"], len(first))
    arrays["weight"] = np.bincount(group, minlength=len(first))
    return PeriodFacts(facts.reasons, arrays)


@dataclass(frozen=True, slots=True)
class Judging:
    """What a reader adds: the instant, and of each row how far payment data of its branch reach."""

    now: datetime
    known: Array

    def reasons(self, arrays: Mapping[str, Array]) -> Array:
        """The number of the reason of each row by now."""
        broken = REASONS.index(QueueReason.PROMISE_BROKEN)
        late = REASONS.index(QueueReason.FOLLOW_UP_OVERDUE)
        due = arrays["due"]
        reason = np.where(self.known > arrays["promised"], broken, arrays["reason"])
        return np.where((due != NO_TIME) & (due < moment(self.now)), late, reason)
