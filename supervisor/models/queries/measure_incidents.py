"""Flags, steps, complaints and rules: how they were handled, by branch."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, case, func, literal, null, or_, select
from sqlalchemy.orm import Session

from supervisor.models.enums import FlagState, Severity
from supervisor.models.enums_incidents import ClosingReason, StepOutcome
from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.house_calendar import calendar_of
from supervisor.models.queries.asked_branches import branches_of, given, in_scope
from supervisor.models.queries.house_numbers import house_numbers
from supervisor.models.queries.incident_conditions import start_of
from supervisor.models.queries.measure_visits import tallies, visit_sums
from supervisor.models.queries.rule_precision import rule_precision
from supervisor.models.rows.incidents import PrecisionFilter
from supervisor.models.rows.measures import Counted, Key, MeasureFilter
from supervisor.models.rules.incidents import DueHours
from supervisor.models.rules.parameters import FIRST_LOOK_HOURS
from supervisor.models.sql_days import MinutesApart
from supervisor.models.tables import Complaint, Flag, FollowUp
from supervisor.models.visit_tallies import BREACH_FLAGS, BREACHES, UNKNOWN

Found = dict[tuple[Key, ...], list[int]]
"""Hits, known and unknown by group."""


def incident_rows(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    """The rows of one of these measures."""
    yield from _ASKED[wanted.measure](session, wanted)


def _group(wanted: MeasureFilter, branch_id: int) -> tuple[Key, ...]:
    return tuple(branch_id for _ in wanted.by)


def _during(column: Any, wanted: MeasureFilter) -> list[Any]:
    return [
        column >= start_of(wanted.first_on),
        column < start_of(wanted.until + timedelta(days=1)),
    ]


def _scoped(table: Any, wanted: MeasureFilter) -> list[Any]:
    branches = branches_of(wanted)
    return [] if branches is None else [table.branch_id.in_(branches)]


def _empty(wanted: MeasureFilter) -> Found:
    found: Found = defaultdict(lambda: [0, 0, 0])
    if not wanted.by:
        _ = found[()]
    return found


def _counted(found: Found) -> Iterator[Counted]:
    for group, (hits, known, unknown) in sorted(found.items()):
        yield Counted(hits, known, known, unknown, group)


def _first_look(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    """Looked at within the working hours of its severity / flags raised; not yet due: unknown."""
    first_look, found = _first_look_hours(session), _empty(wanted)
    hours = DueHours(calendar=calendar_of(session), first_look=first_look)
    raised = [
        *_during(Flag.raised_at, wanted),
        in_scope(Flag.branch_id, branches_of(wanted)),
        Flag.closing_reason.is_distinct_from(ClosingReason.HISTORIC),
        Flag.closing_reason.is_distinct_from(ClosingReason.WITHDRAWN),
    ]
    # Working hours pass no faster than the clock: who looked within them by the clock was in time.
    soon = or_(
        *(
            and_(Flag.severity == one, MinutesApart(Flag.looked_at, Flag.raised_at) < of * 60 - 1)
            for one, of in first_look.items()
        )
    )
    branch = Flag.branch_id if Dimension.BRANCH in wanted.by else literal(0)
    late = {name: case((soon, null()), else_=getattr(Flag, name)) for name in _LOOK}
    named = (column.label(name) for name, column in late.items())
    each = select(branch.label("branch"), Flag.severity, *named).where(*raised).subquery("each")
    keys = list(each.c)
    stmt: Any = select(*keys, func.count()).group_by(*keys)
    for branch_id, severity, raised_at, looked_at, flags in session.execute(stmt, given(wanted)):
        counts = found[_group(wanted, branch_id)]
        if raised_at is None:  # soon
            counts[0], counts[1] = counts[0] + flags, counts[1] + flags
            continue
        due = hours.due_at(FlagState.NEW, Severity(severity), raised_at)
        if looked_at is None and due is not None and due >= wanted.now:
            counts[2] += flags
            continue
        counts[1] += flags
        if looked_at is not None and due is not None and looked_at <= due:
            counts[0] += flags
    yield from _counted(found)


_LOOK = ("raised_at", "looked_at")


def _first_look_hours(session: Session) -> dict[Severity, float]:
    numbers = house_numbers(session, [f"{FIRST_LOOK_HOURS}_{one.value}" for one in Severity])
    return {one: float(numbers[f"{FIRST_LOOK_HOURS}_{one.value}"]) for one in Severity}


def _follow_ups(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    """Done by their due time / steps that fell due; dropped ones do not count."""
    due = [
        *_during(FollowUp.due_at, wanted),
        *_scoped(FollowUp, wanted),
        FollowUp.due_at <= wanted.now,
        FollowUp.outcome.is_distinct_from(StepOutcome.DROPPED),
    ]
    on_time = func.sum(case((FollowUp.done_at <= FollowUp.due_at, 1), else_=0))
    stmt = (
        select(FollowUp.branch_id, on_time, func.count()).where(*due).group_by(FollowUp.branch_id)
    )
    found = _empty(wanted)
    for branch_id, hits, of in session.execute(stmt):
        counts = found[_group(wanted, branch_id)]
        counts[0] += int(hits or 0)
        counts[1] += int(of)
    yield from _counted(found)


def _complaints(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    """Complaints received / completed visits."""
    stmt = (
        select(Complaint.branch_id, func.count())
        .where(*_during(Complaint.received_at, wanted), *_scoped(Complaint, wanted))
        .group_by(Complaint.branch_id)
    )
    found = _empty(wanted)
    for branch_id, hits in session.execute(stmt):
        found[_group(wanted, branch_id)][0] += int(hits)
    for group, sums in visit_sums(session, wanted).items():
        found[group][1] += sums["visits"]
    yield from _counted(found)


def _precision(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    """Findings that stood up / judged ones, by rule; unknown: findings nobody judged yet."""
    asked = PrecisionFilter(
        branches=wanted.branches,
        allowed=wanted.allowed,
        closed_from=wanted.first_on,
        closed_until=wanted.until,
    )
    for one in rule_precision(session, asked):
        if one.judged:
            waiting = max(0, one.hits - one.judged)
            yield Counted(one.upheld, one.judged, one.judged, waiting, (), one.rule_id)


_ASKED: dict[MeasureId, Callable[[Session, MeasureFilter], Iterator[Counted]]] = {
    MeasureId.FLAG_FIRST_LOOK: _first_look,
    MeasureId.FOLLOW_UP_ON_TIME: _follow_ups,
    MeasureId.COMPLAINT_RATE: _complaints,
    MeasureId.PRECISION: _precision,
}


def legal_risk_accounts(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    """Breaches found = flags + merged into one of them; unknown: visits a rule lacked a fact of."""
    found: Counter[str] = Counter()
    for _day, what, n in tallies(session, wanted, "%"):
        found[what] += n
    breaches, flags = found[BREACHES], found[BREACH_FLAGS]
    for part, count in (("breaches", breaches), ("flags", flags), ("merged", breaches - flags)):
        yield Counted(count, None, breaches, found[UNKNOWN], (), part, value=float(count))
