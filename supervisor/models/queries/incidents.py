"""Incidents as a list, as counts, by age, and how they come and go."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ScalarSelect, Select, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from supervisor.clock import business_date
from supervisor.models.enums import CausedBy, FlagCategory, FlagState, Severity
from supervisor.models.enums_incidents import ClosingReason, Verdict
from supervisor.models.ids import BranchId, CaseId, FlagId
from supervisor.models.queries.incident_conditions import (
    FLAG_PREFIX,
    conditions,
    held,
    is_late,
    of_case,
    scope,
    start_of,
    step_due,
)
from supervisor.models.rows.incidents import (
    AgeingRow,
    BurnDownRow,
    FlagRef,
    IncidentCounts,
    IncidentFilter,
    IncidentPage,
    IncidentRow,
)
from supervisor.models.rules.queue_order import days_past_due
from supervisor.models.tables import (
    Borrower,
    BorrowerName,
    Branch,
    Case,
    Flag,
    FollowUp,
    Staff,
    Visit,
)

_AGES = (0, 3, 7, 14)
"""Whole days up to which an age belongs to a step; the last step is open."""
USUAL_DAYS = 14
"""How many days a curve shows unless a period is given."""

_agent = aliased(Staff)
_second = aliased(Staff)


def incidents(session: Session, wanted: IncidentFilter) -> IncidentPage:
    """The list, most pressing first, with counts over everything the filter finds."""
    counts = _by_state(session, wanted)
    rows = session.execute(
        lines(wanted).where(*conditions(wanted)).order_by(*_pressing(wanted)).limit(wanted.limit)
    )
    states = wanted.states or frozenset(FlagState)
    return IncidentPage(
        rows=tuple(a_line(row, wanted) for row in rows),
        total=sum(counts.values()),
        matching=sum(count for state, count in counts.items() if state in states),
        by_state=counts,
    )


def _shows_names() -> ScalarSelect[Any]:
    """Whether the branch of a flag shows full names.

    Looked up, not joined: roles behind row-level security have no statistics to plan by, and a
    join on the one branch made them expect one borrower of thousands.
    """
    return (
        select(Branch.shows_names)
        .where(Branch.id == Flag.branch_id)
        .correlate(Flag)
        .scalar_subquery()
    )


def lines(wanted: IncidentFilter) -> Select[*tuple[Any, ...]]:
    """Everything a line needs, one row for each flag."""
    return (
        select(
            Flag.__table__,
            Case.case_no,
            Case.contract_no,
            Case.oldest_due_on,
            case(
                (_shows_names(), func.coalesce(BorrowerName.full_name, Borrower.masked_name)),
                else_=Borrower.masked_name,
            ).label("borrower"),
            Visit.visit_no,
            _agent.name.label("agent_name"),
            _agent.staff_no.label("agent_no"),
            _second.name.label("second_name"),
            _second.staff_no.label("second_no"),
            step_due().label("step_due_at"),
            is_late(wanted.now).label("late"),
            held().label("held"),
        )
        .join(Case, of_case())
        .join(
            Borrower,
            and_(Borrower.branch_id == Case.branch_id, Borrower.id == Case.borrower_id),
        )
        .outerjoin(
            BorrowerName,
            and_(
                BorrowerName.branch_id == Case.branch_id,
                BorrowerName.borrower_id == Case.borrower_id,
            ),
        )
        .outerjoin(Visit, and_(Visit.branch_id == Flag.branch_id, Visit.id == Flag.visit_id))
        .outerjoin(_agent, _agent.id == Flag.agent_id)
        .outerjoin(_second, _second.id == Flag.second_agent_id)
    )


def _pressing(wanted: IncidentFilter) -> tuple[Any, ...]:
    severe = case(
        (Flag.severity == Severity.CRITICAL, 0),
        (Flag.severity == Severity.MAJOR, 1),
        (Flag.severity == Severity.MINOR, 2),
        else_=3,
    )
    return (
        case((Flag.closed_at.is_(None), 0), else_=1),
        case((is_late(wanted.now), 0), else_=1),
        severe,
        case((Flag.due_at.is_(None), 1), else_=0),
        Flag.due_at,
        Flag.raised_at.desc(),
        Flag.branch_id,
        Flag.id,
    )


def a_line(row: Any, wanted: IncidentFilter) -> IncidentRow:
    """One line from a row of `lines`."""
    hidden = wanted.deidentified
    people = [
        (name, number)
        for name, number in ((row.agent_name, row.agent_no), (row.second_name, row.second_no))
        if name is not None
    ]
    closed = row.closed_at is not None
    return IncidentRow(
        ref=FlagRef(BranchId(row.branch_id), FlagId(row.id), row.version),
        flag_no=f"{FLAG_PREFIX}{row.id}",
        category=FlagCategory(row.category),
        severity=Severity(row.severity),
        caused_by=CausedBy(row.caused_by),
        state=FlagState(row.state),
        lead_rule=row.lead_rule,
        lead_reason=row.lead_reason,
        case_id=CaseId(row.case_id),
        case_no="" if hidden else row.case_no,
        contract_no="" if hidden else row.contract_no or "",
        borrower="" if hidden else row.borrower or "",
        days_past_due=days_past_due(row.oldest_due_on, wanted.as_of),
        agents=tuple(name for name, _ in people),
        agent_nos=tuple(number for _, number in people),
        visit_no="" if hidden else row.visit_no or "",
        happened_at=row.happened_at or row.raised_at,
        raised_at=row.raised_at,
        looked_at=row.looked_at,
        closed_at=row.closed_at,
        due_at=None if closed else row.due_at,
        step_due_at=row.step_due_at,
        late=bool(row.late),
        owner=row.owner,
        verdict=Verdict(row.verdict) if row.verdict else None,
        closing_reason=ClosingReason(row.closing_reason) if row.closing_reason else None,
        reopened=row.reopened,
        escalated_at=row.escalated_at,
        held=bool(row.held),
    )


def _by_state(session: Session, wanted: IncidentFilter) -> dict[FlagState, int]:
    stmt = (
        select(Flag.state, func.count())
        .where(*conditions(wanted, states=False))
        .group_by(Flag.state)
    )
    found = {FlagState(state): count for state, count in session.execute(stmt)}
    return {state: found.get(state, 0) for state in FlagState}


def incident_counts(session: Session, wanted: IncidentFilter) -> IncidentCounts:
    """Counts of open flags and steps, for the badge and the tray."""
    branches = scope(wanted.branches, wanted.allowed)
    new = Flag.state == FlagState.NEW

    def many(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    flags = select(
        many(and_(new, Flag.severity == Severity.CRITICAL)),
        many(new),
        many(Flag.due_at < wanted.now),
        many(Flag.state == FlagState.AWAITING_REVIEW),
        many(Flag.state == FlagState.AWAITING_DECISION),
    ).where(Flag.closed_at.is_(None))
    evening = start_of(wanted.as_of + timedelta(days=1))
    steps = select(many(FollowUp.due_at < wanted.now), many(FollowUp.due_at < evening)).where(
        FollowUp.done_at.is_(None), FollowUp.flag_id.is_not(None), FollowUp.due_at < evening
    )
    waiting = select(func.count()).select_from(Visit).where(Visit.judged_with.is_(None))
    if branches is not None:
        flags = flags.where(Flag.branch_id.in_(branches))
        steps = steps.where(FollowUp.branch_id.in_(branches))
        waiting = waiting.where(Visit.branch_id.in_(branches))
    critical, fresh, late, review, decision = session.execute(flags).one()
    steps_late, steps_today = session.execute(steps).one()
    return IncidentCounts(
        critical_new=critical,
        new=fresh,
        late=late,
        steps_late=steps_late,
        steps_today=steps_today,
        awaiting_review=review,
        awaiting_decision=decision,
        to_judge=session.scalar(waiting) or 0,
    )


def ageing(session: Session, wanted: IncidentFilter) -> tuple[AgeingRow, ...]:
    """Open flags by whole days since they were raised, by category and who caused them."""
    stmt = select(Flag.category, Flag.caused_by, Flag.raised_at).where(
        *conditions(wanted, states=False), Flag.closed_at.is_(None)
    )
    found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * (len(_AGES) + 1))
    for category, caused_by, raised_at in session.execute(stmt):
        age = max((wanted.as_of - business_date(raised_at)).days, 0)
        found[category, caused_by][sum(age > most for most in _AGES)] += 1
    return tuple(
        AgeingRow(
            FlagCategory(category),
            CausedBy(cause),
            (counts[0], counts[1], counts[2], counts[3], counts[4]),
        )
        for (category, cause), counts in sorted(found.items())
    )


def burn_down(session: Session, wanted: IncidentFilter) -> tuple[BurnDownRow, ...]:
    """Day by day: raised, closed, and open at the end; two weeks unless a period is given."""
    last = min(wanted.raised_until or wanted.as_of, wanted.as_of)
    first = wanted.raised_from or last - timedelta(days=USUAL_DAYS - 1)
    every = _without_period(wanted)
    ends = start_of(last + timedelta(days=1))
    begins = start_of(first)
    stmt = select(Flag.raised_at, Flag.closed_at).where(
        *conditions(every, states=False),
        Flag.raised_at < ends,
        (Flag.closed_at.is_(None)) | (Flag.closed_at >= begins),
    )
    raised: Counter[date] = Counter()
    closed: Counter[date] = Counter()
    open_before = 0
    for raised_at, closed_at in session.execute(stmt):
        if raised_at < begins:
            open_before += 1
        else:
            raised[business_date(raised_at)] += 1
        if closed_at is not None and closed_at < ends:
            closed[business_date(closed_at)] += 1
    days = []
    for place in range((last - first).days + 1):
        day = first + timedelta(days=place)
        open_before += raised[day] - closed[day]
        days.append(BurnDownRow(day, raised[day], closed[day], open_before))
    return tuple(days)


def _without_period(wanted: IncidentFilter) -> IncidentFilter:
    return replace(wanted, raised_from=None, raised_until=None, open_only=False, late_only=False)
