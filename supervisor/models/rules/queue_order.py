"""Why a case stands where it stands: the eight levels of the queue, in plain Python.

This is the one definition. `queries.queue_conditions` says the same in SQL, and a property test
holds the two together. Nothing here is stored: every answer depends on the day asked for.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from supervisor.clock import SHANGHAI, business_date
from supervisor.models.enums import Bucket, PlanGap, QueueLevel, QueueReason, RecallCause

FIRST_LOOK = timedelta(hours=4)
"""A critical flag wants its first look within this time (house parameter)."""
NOT_READY = PlanGap.SECOND_PERSON | PlanGap.NOTICE | PlanGap.DEVICE
"""What tomorrow's visit must not lack."""
REST = 1_000_000_000
"""Rank of a case nothing is urgent about and that owes nothing; higher scores come before it."""
HELD_LAST = REST + 1
"""Rank of a resting case nothing is urgent about."""
BUCKET_DAYS = (0, 30, 60, 90, 120, 150, 180)
"""Last day past due of M0, M1 ... M6."""


@dataclass(frozen=True, slots=True)
class QueueDay:
    """The day the queue is judged on, and the house parameters in force.

    Attributes:
        bands_fen: amount bands, upper ends exclusive in 分, ascending; the band's number counts.
    """

    as_of: date
    now: datetime
    untouched_days: int = 7
    hold_ending_days: int = 3
    bands_fen: tuple[int, ...] = (500_000, 1_000_000, 2_000_000, 5_000_000)

    @property
    def tomorrow(self) -> date:
        """The business date after `as_of`."""
        return self.as_of + timedelta(days=1)

    @property
    def untouched_since(self) -> date:
        """Last visit on or before this day: untouched."""
        return self.as_of - timedelta(days=self.untouched_days)

    @property
    def ending_until(self) -> date:
        """Holds and retentions that end by this day are ending."""
        return self.as_of + timedelta(days=self.hold_ending_days)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the judgement looks at. Columns of the case, but `overdue_fen` is as of the day."""

    branch_id: int
    case_id: int
    case_no: str
    placed_on: date
    overdue_fen: int = 0
    oldest_due_on: date | None = None
    last_visit_on: date | None = None
    promise_due_on: date | None = None
    next_plan_on: date | None = None
    next_plan_gaps: int = 0
    recall_cause: RecallCause | None = None
    hold_from_on: date | None = None
    hold_until_on: date | None = None
    retained_until_on: date | None = None
    critical_since: datetime | None = None
    follow_up_due_at: datetime | None = None
    payments_known_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The reason of a case on a day.

    Attributes:
        days: days late (follow-up, promise, unreported visit), days left (hold, retention; below
            zero: past) or days untouched; None where the reason counts no days.
        due_at: when a critical flag's first look, or a follow-up, is or was due.
    """

    reason: QueueReason
    days: int | None = None
    due_at: datetime | None = None


LEVELS = {
    QueueReason.CRITICAL_FLAG: QueueLevel.CRITICAL_FLAG,
    QueueReason.RECALL: QueueLevel.RECALL,
    QueueReason.FOLLOW_UP_OVERDUE: QueueLevel.FOLLOW_UP_OVERDUE,
    QueueReason.PROMISE_DUE_TODAY: QueueLevel.PROMISE,
    QueueReason.PROMISE_AWAITING_DATA: QueueLevel.PROMISE,
    QueueReason.PROMISE_BROKEN: QueueLevel.PROMISE,
    QueueReason.VISIT_NOT_READY: QueueLevel.VISIT_NOT_READY,
    QueueReason.HOLD_ENDING: QueueLevel.HOLD_ENDING,
    QueueReason.RETENTION_ENDING: QueueLevel.HOLD_ENDING,
    QueueReason.VISIT_TODAY: QueueLevel.VISIT_DUE,
    QueueReason.VISIT_UNREPORTED: QueueLevel.VISIT_DUE,
    QueueReason.UNTOUCHED: QueueLevel.VISIT_DUE,
    QueueReason.ON_HOLD: QueueLevel.REST,
    QueueReason.DAYS_OVERDUE: QueueLevel.REST,
}
"""The level each reason belongs to."""


def judging_instant(as_of: date, now: datetime) -> datetime:
    """The instant due times are judged on: `now`, or noon of `as_of` when that is another day."""
    if business_date(now) == as_of:
        return now
    return datetime.combine(as_of, time(12), SHANGHAI)


def days_past_due(oldest_due_on: date | None, as_of: date) -> int:
    """Days since the oldest unpaid instalment fell due; 0 if it has not, or nothing is owed."""
    return max(0, (as_of - oldest_due_on).days) if oldest_due_on else 0


def bucket_of(dpd: int) -> Bucket:
    """The stage of days past due."""
    return Bucket(bisect_left(BUCKET_DAYS, dpd))


def amount_band(overdue_fen: int, bands_fen: tuple[int, ...]) -> int:
    """Number of the amount band, from 1."""
    return 1 + sum(overdue_fen >= end for end in bands_fen)


def is_held(facts: CaseFacts, as_of: date) -> bool:
    """A hold is in force: both its days included, without an end until somebody ends it."""
    if facts.hold_from_on is None or facts.hold_from_on > as_of:
        return False
    return facts.hold_until_on is None or facts.hold_until_on >= as_of


def standing(facts: CaseFacts, day: QueueDay) -> Standing:
    """The most pressing reason of a case on a day."""
    return _from_events(facts, day) or _from_plans(facts, day) or _rest(facts, day)


def rank(facts: CaseFacts, day: QueueDay) -> int:
    """Place in the default order before ties: the level 1 to 7, else by days x amount band."""
    level = LEVELS[standing(facts, day).reason]
    if level is not QueueLevel.REST:
        return int(level)
    if is_held(facts, day.as_of):
        return HELD_LAST
    dpd = days_past_due(facts.oldest_due_on, day.as_of)
    return REST - dpd * amount_band(facts.overdue_fen, day.bands_fen)


def order_key(facts: CaseFacts, day: QueueDay) -> tuple[int, int, str, int, int]:
    """Sort key of the default order: total, so that no line ever jitters."""
    return (
        rank(facts, day),
        -facts.overdue_fen,
        facts.case_no,
        facts.branch_id,
        facts.case_id,
    )


def _from_events(facts: CaseFacts, day: QueueDay) -> Standing | None:
    """Levels 1 to 4: something happened that cannot wait."""
    if facts.critical_since is not None:
        return Standing(QueueReason.CRITICAL_FLAG, due_at=facts.critical_since + FIRST_LOOK)
    soon = (day.as_of, day.tomorrow)
    if facts.recall_cause is not None and facts.next_plan_on in soon:
        return Standing(QueueReason.RECALL)
    due_at = facts.follow_up_due_at
    if due_at is not None and due_at < day.now:
        late = (day.as_of - business_date(due_at)).days
        return Standing(QueueReason.FOLLOW_UP_OVERDUE, late, due_at)
    due_on = facts.promise_due_on
    if due_on is not None and due_on <= day.as_of:
        return Standing(_promise_reason(due_on, facts, day), (day.as_of - due_on).days)
    return None


def _promise_reason(due_on: date, facts: CaseFacts, day: QueueDay) -> QueueReason:
    """Broken only once payment data cover the due date and one day of grace (T+1)."""
    if due_on == day.as_of:
        return QueueReason.PROMISE_DUE_TODAY
    known = facts.payments_known_on
    if known is not None and known > due_on:
        return QueueReason.PROMISE_BROKEN
    return QueueReason.PROMISE_AWAITING_DATA


def _from_plans(facts: CaseFacts, day: QueueDay) -> Standing | None:
    """Levels 5 to 7: something is planned, ending or missing."""
    if facts.next_plan_on == day.tomorrow and facts.next_plan_gaps & NOT_READY:
        return Standing(QueueReason.VISIT_NOT_READY)
    return _ending(facts, day) or _visit_due(facts, day)


def _ending(facts: CaseFacts, day: QueueDay) -> Standing | None:
    until = facts.hold_until_on
    if is_held(facts, day.as_of) and until is not None and until <= day.ending_until:
        return Standing(QueueReason.HOLD_ENDING, (until - day.as_of).days)
    retained = facts.retained_until_on
    if retained is not None and retained <= day.ending_until:
        return Standing(QueueReason.RETENTION_ENDING, (retained - day.as_of).days)
    return None


def _visit_due(facts: CaseFacts, day: QueueDay) -> Standing | None:
    plan = facts.next_plan_on
    if plan == day.as_of:
        return Standing(QueueReason.VISIT_TODAY)
    if plan is not None and plan < day.as_of:
        return Standing(QueueReason.VISIT_UNREPORTED, (day.as_of - plan).days)
    touched = facts.last_visit_on or facts.placed_on
    if touched <= day.untouched_since and not is_held(facts, day.as_of):
        return Standing(QueueReason.UNTOUCHED, (day.as_of - touched).days)
    return None


def _rest(facts: CaseFacts, day: QueueDay) -> Standing:
    if is_held(facts, day.as_of):
        until = facts.hold_until_on
        left = (until - day.as_of).days if until is not None else None
        return Standing(QueueReason.ON_HOLD, left)
    return Standing(QueueReason.DAYS_OVERDUE)
