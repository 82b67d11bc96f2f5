"""The judgement of `rules.queue_order` and every condition of the filter, as SQL.

A property test holds these expressions against the plain Python: same rank, same reason, same
amount, on both engines. Only comparisons with days and instants computed beforehand are used, so
that both engines say the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import IntEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    ScalarSelect,
    and_,
    bindparam,
    case,
    false,
    func,
    literal,
    or_,
    select,
)

from supervisor.models.enums import QueueLevel, QueueReason
from supervisor.models.rules.queue_order import HELD_LAST, LEVELS, NOT_READY, REST, QueueDay
from supervisor.models.sql_days import DaysApart
from supervisor.models.tables import Branch, Case, CaseContract, Contract, Instalment, Payment

Condition = ColumnElement[bool]
REASONS = tuple(LEVELS)
"""Reasons by the number `reason` gives them."""
VISIT_PLANNED = 6
"""Level 7 as far as a plan, not a missing visit, is the reason."""
JUDGED_AT: BindParameter[datetime] = bindparam("judged_at", type_=Case.follow_up_due_at.type)
"""The instant due times are judged on: a parameter, so that a statement serves at any time."""
HERE: BindParameter[int] = bindparam("branches", type_=Case.branch_id.type, expanding=True)
"""The branches asked for: a parameter, so that a statement serves any of them."""
_DAYS_KEPT = 16


@dataclass(frozen=True, slots=True)
class Days:
    """The day asked for; branches may differ in their house parameters."""

    house: QueueDay
    branches: Mapping[int, QueueDay] = field(hash=False)

    def at(self, now: datetime) -> "Days":
        """The same day, judged on another instant."""
        return Days(
            replace(self.house, now=now),
            {branch: replace(day, now=now) for branch, day in self.branches.items()},
        )

    def of(self, branch_id: int) -> QueueDay:
        """The day as a branch judges it."""
        return self.branches.get(branch_id, self.house)

    def sql(self, choose: Callable[[QueueDay], date]) -> ColumnElement[date]:
        """A date of the day, by branch only where branches differ."""
        usual = literal(choose(self.house), Date())
        others = {
            branch: literal(choose(day), Date())
            for branch, day in self.branches.items()
            if choose(day) != choose(self.house)
        }
        return case(others, value=Case.branch_id, else_=usual) if others else usual


class Holding(IntEnum):
    """Where the overdue amounts of the cases asked about stand on a day, ever further away."""

    NOW = 0  # `overdue_fen` of every case
    NEXT = 1  # of some `next_overdue_fen`, their due date has passed
    RAW = 2  # of some in raw rows alone


def fresh(as_of: date) -> Condition:
    """`overdue_fen` holds on the day."""
    return and_(
        or_(Case.overdue_from_on.is_(None), Case.overdue_from_on <= as_of),
        or_(Case.overdue_until_on.is_(None), Case.overdue_until_on >= as_of),
    )


def following(as_of: date) -> Condition:
    """`next_overdue_fen` holds on the day."""
    return and_(
        Case.overdue_until_on < as_of,
        or_(Case.next_overdue_until_on.is_(None), Case.next_overdue_until_on >= as_of),
    )


def outside(as_of: date | BindParameter[date]) -> tuple[Condition, Condition]:
    """No stored amount holds on the day: it is too late, or too early; each has its index."""
    return Case.next_overdue_until_on < as_of, Case.overdue_from_on > as_of


def overdue(as_of: date, holding: Holding) -> ColumnElement[int]:
    """逾期应还 as of the day: a stored amount where one holds, else from raw rows.

    What `holding` rules out is not even mentioned: it spares the engines and us a long statement.
    """
    if holding is Holding.NOW:
        return Case.overdue_fen.expression
    if holding is Holding.NEXT:
        return case((fresh(as_of), Case.overdue_fen), else_=Case.next_overdue_fen)
    return case(
        (fresh(as_of), Case.overdue_fen),
        (following(as_of), Case.next_overdue_fen),
        else_=overdue_from_raw(as_of),
    )


def overdue_from_raw(as_of: date | BindParameter[date]) -> ScalarSelect[int]:
    """Per contract what fell due before the day less what was paid by it, never below zero."""
    due = (
        select(
            func.sum(
                Instalment.principal_fen
                + Instalment.interest_fen
                + Instalment.fee_fen
                + Instalment.penalty_fen
            )
        )
        .where(
            Instalment.branch_id == Contract.branch_id,
            Instalment.contract_id == Contract.id,
            or_(Instalment.due_on < as_of, Contract.accelerated_on < as_of),
        )
        .correlate(Contract)
        .scalar_subquery()
    )
    paid = (
        select(func.sum(Payment.amount_fen))
        .where(
            Payment.branch_id == Contract.branch_id,
            Payment.contract_id == Contract.id,
            Payment.value_on <= as_of,
        )
        .correlate(Contract)
        .scalar_subquery()
    )
    owed = func.coalesce(due, 0) - func.coalesce(paid, 0)
    return (
        select(func.coalesce(func.sum(case((owed > 0, owed), else_=0)), 0))
        .select_from(CaseContract)
        .join(
            Contract,
            and_(
                Contract.branch_id == CaseContract.branch_id,
                Contract.id == CaseContract.contract_id,
            ),
        )
        .where(CaseContract.branch_id == Case.branch_id, CaseContract.case_id == Case.id)
        .correlate(Case)
        .scalar_subquery()
    )


def held(as_of: date) -> Condition:
    """A hold is in force; never null."""
    return and_(
        func.coalesce(Case.hold_from_on <= as_of, false()),
        or_(Case.hold_until_on.is_(None), Case.hold_until_on >= as_of),
    )


def _hold_ending(days: Days) -> Condition:
    as_of = days.house.as_of
    return and_(
        Case.hold_from_on <= as_of,
        Case.hold_until_on >= as_of,
        Case.hold_until_on <= days.sql(lambda day: day.ending_until),
    )


def _untouched(days: Days) -> Condition:
    touched = func.coalesce(Case.last_visit_on, Case.placed_on)
    return and_(touched <= days.sql(lambda day: day.untouched_since), ~held(days.house.as_of))


@lru_cache(_DAYS_KEPT)
def levels(days: Days) -> tuple[Condition, ...]:
    """What puts a case on level 1 to 7, each without regard to the levels before it.

    Each of the first six starts from one column of a small partial index. The instant is the
    parameter `JUDGED_AT`.
    """
    day = days.house
    return (
        Case.critical_since.is_not(None),
        and_(Case.recall_cause.is_not(None), Case.next_plan_on.in_((day.as_of, day.tomorrow))),
        Case.follow_up_due_at < JUDGED_AT,
        Case.promise_due_on <= day.as_of,
        and_(
            Case.next_plan_on == day.tomorrow,
            Case.next_plan_gaps.bitwise_and(int(NOT_READY)) != 0,
        ),
        or_(_hold_ending(days), Case.retained_until_on <= days.sql(lambda d: d.ending_until)),
        or_(Case.next_plan_on <= day.as_of, _untouched(days)),
    )


@lru_cache(_DAYS_KEPT)
def place(days: Days) -> ColumnElement[int]:
    """`queue_order.rank` as far as no amount is needed: level 1 to 7, `HELD_LAST`, or `REST`."""
    return case(
        *((condition, level) for level, condition in enumerate(levels(days), 1)),
        (held(days.house.as_of), HELD_LAST),
        else_=REST,
    )


@lru_cache(_DAYS_KEPT)
def delay(days: Days) -> ColumnElement[int]:
    """Days past due as of the day, never below zero."""
    as_of = days.house.as_of
    late = DaysApart(literal(as_of, Date()), Case.oldest_due_on)
    return case((Case.oldest_due_on < as_of, late), else_=0)


def rank(
    days: Days,
    place: ColumnElement[int],
    delay: ColumnElement[int],
    amount: ColumnElement[int],
) -> ColumnElement[int]:
    """`queue_order.rank`, from what `place` and `delay` gave and the amount as of the day."""
    bands = days.house.bands_fen
    ends = [(amount < end, number) for number, end in enumerate(bands, 1)]
    band = case(*ends, else_=len(bands) + 1) if ends else literal(1)
    return case((place == REST, REST - delay * band), else_=place)


def reason(days: Days, known: Any = None) -> ColumnElement[int]:
    """`queue_order.standing`, as the number of the reason in `REASONS`.

    `known`: the column of the day up to which payments are known, where the branch is joined; else
    it is looked up for each case that promised.
    """
    day = days.house
    number = {one: place for place, one in enumerate(REASONS)}
    at = levels(days)
    if known is None:
        known = (
            select(Branch.payments_known_on)
            .where(Branch.id == Case.branch_id)
            .correlate(Case)
            .scalar_subquery()
        )
    promise = case(
        (Case.promise_due_on == day.as_of, number[QueueReason.PROMISE_DUE_TODAY]),
        (known > Case.promise_due_on, number[QueueReason.PROMISE_BROKEN]),
        else_=number[QueueReason.PROMISE_AWAITING_DATA],
    )
    return case(
        (at[0], number[QueueReason.CRITICAL_FLAG]),
        (at[1], number[QueueReason.RECALL]),
        (at[2], number[QueueReason.FOLLOW_UP_OVERDUE]),
        (at[3], promise),
        (at[4], number[QueueReason.VISIT_NOT_READY]),
        (_hold_ending(days), number[QueueReason.HOLD_ENDING]),
        (at[5], number[QueueReason.RETENTION_ENDING]),
        (Case.next_plan_on == day.as_of, number[QueueReason.VISIT_TODAY]),
        (Case.next_plan_on < day.as_of, number[QueueReason.VISIT_UNREPORTED]),
        (_untouched(days), number[QueueReason.UNTOUCHED]),
        (held(day.as_of), number[QueueReason.ON_HOLD]),
        else_=number[QueueReason.DAYS_OVERDUE],
    )


def standing_for(days: Days, wanted: frozenset[QueueReason]) -> Condition | None:
    """Cases that may stand for one of these reasons, by their small indexes; None: any case may."""
    each = levels(days)
    places = set()
    for one in wanted:
        if one in {QueueReason.VISIT_TODAY, QueueReason.VISIT_UNREPORTED}:
            places.add(VISIT_PLANNED)
        elif LEVELS[one] < QueueLevel.VISIT_DUE:
            places.add(LEVELS[one] - 1)
        else:
            return None
    planned = Case.next_plan_on <= days.house.as_of
    return or_(*(planned if place == VISIT_PLANNED else each[place] for place in sorted(places)))
