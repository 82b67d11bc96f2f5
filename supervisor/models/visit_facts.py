"""What is counted of every completed visit, as SQL: the only place that says it.

The summary is made of these facts, reads of days that changed since ask for them directly, and the
plain computation of the tests holds both to account.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from supervisor.models.enums import FlagCategory, Tick, VisitOutcome
from supervisor.models.enums_incidents import ClosingReason, Verdict
from supervisor.models.rules.measures.definitions import YIELD_DAYS
from supervisor.models.sql_days import DaysLater, MinuteOfDay
from supervisor.models.standing import bucket_of, standing
from supervisor.models.tables import Case, CaseContract, Flag, Payment, Promise, Visit

COUNTERS = (
    "visits",
    "met",
    "promised",
    "refusal",
    "conflict",
    "legal_risk",
    "flagged",
    "hours_yes",
    "hours_no",
    "two_people",
    "recorded_yes",
    "recorded_no",
    "id_yes",
    "id_no",
    "position_yes",
    "position_no",
    "no_position",
    "no_end",
    "late",
    "late_unknown",
    "yield_fen",
)
"""Columns that add up, in the summary and in the facts alike."""

LATE_MINUTES = 24 * 60
"""A visit entered later than a day after its end is counted as entered late."""
NOT_DONE = (VisitOutcome.ABORTED, VisitOutcome.NOT_DONE)
_NOTHING = (Verdict.NOT_UPHELD, Verdict.FALSE_ALARM, Verdict.DUPLICATE)
_GONE = (ClosingReason.WITHDRAWN, ClosingReason.DUPLICATE)


def completed(visit: Any = Visit) -> ColumnElement[bool]:
    """A visit that took place."""
    found: ColumnElement[bool] = visit.outcome.not_in(NOT_DONE)
    return found


def stands() -> ColumnElement[bool]:
    """A flag nobody found to be nothing: those not judged yet count, withdrawn ones do not."""
    return or_(Flag.verdict.is_(None), Flag.verdict.not_in(_NOTHING)) & or_(
        Flag.closing_reason.is_(None), Flag.closing_reason.not_in(_GONE)
    )


@dataclass(frozen=True, slots=True)
class Quiet:
    """Lawful hours of the house: from `until` in the morning to `since` in the evening."""

    until: time
    since: time


def visit_facts(
    quiet: Quiet,
    conditions: Sequence[ColumnElement[bool]],
    days: Callable[[str], FromClause] | None = None,
    *,
    with_bucket: bool,
    paid_until: date | None = None,
) -> CTE:
    """One row for each completed visit: keys, then `COUNTERS`.

    Keys: branch_id (who did it), day, agent_id, second_agent_id, hour, product, case_id, bucket (-1
    without `with_bucket`).

    Args:
        quiet: the lawful hours.
        conditions: on `Visit`.
        days: (branch_id, day) of visits to look at under a name, where only some days are wanted;
            each use has a name of its own, see `queries.measure_visits.dirty_days`.
        with_bucket: work out the bucket on the day of the visit; it costs.
        paid_until: money valued later does not count.
    """
    stmt = select(
        Visit.done_by_branch_id.label("branch_id"),
        Visit.visited_on.label("day"),
        Visit.agent_id,
        Visit.second_agent_id,
        (MinuteOfDay(Visit.started_at) // 60).label("hour"),
        Case.product,
        Visit.case_id,
    )
    where = [completed(), *conditions]
    start = visits_from(None if days is None else days("dirty")).join(
        Case, and_(Case.branch_id == Visit.branch_id, Case.id == Visit.case_id)
    )
    if with_bucket:
        # Without money since, the case owes what it owed then: what it keeps of itself says so.
        later = money_since(Visit.visited_on)
        points = (
            select(Visit.branch_id, Visit.case_id, Visit.visited_on.label("on_day"))
            .select_from(visits_from(None if days is None else days("dirty_points")))
            .where(*where, later)
            .distinct()
            .cte("points")
        )
        then = standing(points)
        start = start.outerjoin(
            then,
            and_(
                then.c.branch_id == Visit.branch_id,
                then.c.case_id == Visit.case_id,
                then.c.on_day == Visit.visited_on,
            ),
        )
        bucket: ColumnElement[int] = case(
            (later, bucket_of(then.c.oldest_due_on, Visit.visited_on)),
            else_=bucket_of(Case.oldest_due_on, Visit.visited_on),
        )
    else:
        bucket = literal(-1)
    counters = _counters(quiet, paid_until)
    return (
        stmt.add_columns(bucket.label("bucket"))
        .add_columns(*(counters[name].label(name) for name in COUNTERS))
        .select_from(start)
        .where(*where)
        .cte("facts")
    )


def visits_from(source: FromClause | None) -> Any:
    """All visits, or those of the days of `source`."""
    if source is None:
        return Visit.__table__
    return source.join(
        Visit,
        and_(Visit.done_by_branch_id == source.c.branch_id, Visit.visited_on == source.c.day),
    )


def one(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """1 where it holds, else 0."""
    return case((condition, 1), else_=0)


@lru_cache(maxsize=64)
def _counters(quiet: Quiet, paid_until: date | None) -> dict[str, ColumnElement[Any]]:
    met = Visit.outcome == VisitOutcome.MET_DEBTOR
    hours_no, hours_yes = _hours(quiet)
    return {
        "visits": literal(1),
        "met": one(met),
        "promised": one(and_(met, _promised())),
        **{category.value: one(flagged(category)) for category in FlagCategory},
        "flagged": one(flagged()),
        "hours_yes": one(hours_yes),
        "hours_no": one(hours_no),
        "two_people": one(and_(Visit.agent_id.is_not(None), Visit.second_agent_id.is_not(None))),
        **_ticks("recorded", Visit.recorded),
        **_ticks("id", Visit.id_shown),
        **_ticks("position", Visit.position_matched),
        "no_position": one(or_(Visit.latitude.is_(None), Visit.longitude.is_(None))),
        "no_end": one(Visit.ended_at.is_(None)),
        "late": one(Visit.late_entry_minutes > LATE_MINUTES),
        "late_unknown": one(Visit.late_entry_minutes.is_(None)),
        "yield_fen": _yield(paid_until),
    }


def _ticks(name: str, column: Any) -> dict[str, ColumnElement[int]]:
    return {f"{name}_yes": one(column == Tick.YES), f"{name}_no": one(column == Tick.NO)}


def _hours(quiet: Quiet) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Whether a visit lay outside lawful hours, and whether it surely did not.

    Without an end only a start outside is known.
    """
    opens, closes = (at.hour * 60 + at.minute for at in (quiet.until, quiet.since))
    start, end = MinuteOfDay(Visit.started_at), MinuteOfDay(Visit.ended_at)
    early = or_(start < opens, start >= closes)
    # Past midnight the minutes begin anew: an end before its start lies in the night as well.
    late = and_(Visit.ended_at.is_not(None), or_(end > closes, end < start))
    outside = or_(early, late)
    inside = and_(~early, Visit.ended_at.is_not(None), end <= closes, end >= start)
    return outside, inside


def _promised() -> ColumnElement[bool]:
    """The report names a promise, or one is recorded for the visit and was not withdrawn."""
    said = ("," + Visit.talk_results + ",").like("%,PTP,%")
    recorded = (
        select(Promise.id)
        .where(
            Promise.branch_id == Visit.branch_id,
            Promise.case_id == Visit.case_id,
            Promise.visit_id == Visit.id,
            Promise.withdrawn.is_(False),
        )
        .correlate(Visit)
        .exists()
    )
    return or_(said, recorded)


def flagged(category: FlagCategory | None = None) -> ColumnElement[bool]:
    """The visit has a flag that stands, of any category or of this one."""
    wanted = [] if category is None else [Flag.category == category]
    return (
        select(Flag.id)
        .where(
            Flag.branch_id == Visit.branch_id,
            Flag.case_id == Visit.case_id,
            Flag.visit_id == Visit.id,
            stands(),
            *wanted,
        )
        .correlate(Visit)
        .exists()
    )


def money_since(day: Any) -> ColumnElement[bool]:
    """The case of a visit has a payment valued on a day or later."""
    return _payments(Payment.id).where(Payment.value_on >= day).correlate(Visit).exists()


def _payments(column: Any) -> Select[Any]:
    """Payments of the case of a visit."""
    return (
        select(column)
        .select_from(CaseContract)
        .join(
            Payment,
            and_(
                Payment.branch_id == CaseContract.branch_id,
                Payment.contract_id == CaseContract.contract_id,
            ),
        )
        .where(CaseContract.branch_id == Visit.branch_id, CaseContract.case_id == Visit.case_id)
    )


def _yield(paid_until: date | None) -> ColumnElement[int]:
    """Money valued from the visit on, for so many days, or until the next visit of the case."""
    following = aliased(Visit)
    later = or_(
        following.visited_on > Visit.visited_on,
        and_(
            following.visited_on == Visit.visited_on,
            or_(
                following.started_at > Visit.started_at,
                and_(following.started_at == Visit.started_at, following.id > Visit.id),
            ),
        ),
    )
    next_on = (
        select(func.min(following.visited_on))
        .where(
            following.branch_id == Visit.branch_id,
            following.case_id == Visit.case_id,
            following.visited_on >= Visit.visited_on,
            later,
            completed(following),
        )
        .correlate(Visit)
        .scalar_subquery()
    )
    limits = [] if paid_until is None else [Payment.value_on <= paid_until]
    stmt = _payments(func.coalesce(func.sum(Payment.amount_fen), 0)).where(
        Payment.value_on >= Visit.visited_on,
        Payment.value_on <= DaysLater(Visit.visited_on, YIELD_DAYS),
        or_(next_on.is_(None), Payment.value_on < next_on),
        *limits,
    )
    return stmt.correlate(Visit).scalar_subquery()
