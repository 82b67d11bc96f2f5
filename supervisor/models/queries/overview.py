"""The start page: today's visits as they stand, and how many cases need somebody, by reason."""

from datetime import date

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from supervisor.models.changes import Actor
from supervisor.models.enums import PlanState, QueueReason
from supervisor.models.ids import BranchId
from supervisor.models.queries import case_queue
from supervisor.models.rows.case_queue import CaseQueueFilter, QueueRequest
from supervisor.models.rows.overview import (
    OverviewFilter,
    OverviewRow,
    ReasonCountRow,
    VisitProgressRow,
)
from supervisor.models.tables import Branch, Visit, VisitPlan

NEEDS_SOMEBODY = tuple(
    reason
    for reason in QueueReason
    if reason not in {QueueReason.ON_HOLD, QueueReason.DAYS_OVERDUE}
)
"""Reasons that ask for an act; the rest of the queue waits its turn."""

_GONE = (PlanState.CANCELLED, PlanState.RECALLED)
_UNDER_WAY = (PlanState.EN_ROUTE, PlanState.ON_SITE)


def overview(session: Session, asked: tuple[OverviewFilter, Actor]) -> OverviewRow:
    """Everything the start page shows of the branches the actor may see."""
    wanted, actor = asked
    scope = _scope(wanted, actor)
    queue = CaseQueueFilter(as_of=wanted.as_of, now=wanted.now, branches=wanted.branches)
    whole = case_queue.totals(session, QueueRequest(queue, actor.branches))
    return OverviewRow(
        as_of=wanted.as_of,
        visits=_visits(session, wanted, scope),
        reasons=_reasons(session, wanted, actor),
        cases=whole.cases,
        overdue_fen=whole.overdue_fen,
        payments_known_on=_known_on(session, scope),
    )


def _scope(wanted: OverviewFilter, actor: Actor) -> tuple[BranchId, ...] | None:
    """The branches asked for as far as the actor may see them; None is all."""
    if actor.branches is None:
        return wanted.branches or None
    if not wanted.branches:
        return actor.branches
    return tuple(one for one in wanted.branches if one in actor.branches)


def _known_on(session: Session, scope: tuple[BranchId, ...] | None) -> date | None:
    statement = select(func.min(Branch.payments_known_on))
    if scope is not None:
        statement = statement.where(Branch.id.in_(scope))
    return session.scalar(statement)


def _visits(
    session: Session, wanted: OverviewFilter, scope: tuple[BranchId, ...] | None
) -> VisitProgressRow:
    report = (
        select(Visit.id)
        .where(
            Visit.branch_id == VisitPlan.branch_id,
            Visit.case_id == VisitPlan.case_id,
            Visit.plan_id == VisitPlan.id,
        )
        .correlate(VisitPlan)
        .exists()
    )
    gone = VisitPlan.state.in_(_GONE)
    reported = (VisitPlan.state == PlanState.REPORTED) | report
    late = and_(~gone, ~reported, VisitPlan.window_until < wanted.now)
    statement = select(
        _count(~gone),
        _count(and_(~reported, VisitPlan.state.in_(_UNDER_WAY))),
        _count(and_(~gone, reported)),
        _count(late),
        _count(gone),
        func.count(case((~gone, VisitPlan.agent_id)).distinct()),
    ).where(VisitPlan.plan_on == wanted.as_of)
    if scope is not None:
        statement = statement.where(VisitPlan.branch_id.in_(scope))
    numbers = session.execute(statement).one()
    return VisitProgressRow(*(int(number or 0) for number in numbers))


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _reasons(session: Session, wanted: OverviewFilter, actor: Actor) -> tuple[ReasonCountRow, ...]:
    found = []
    for reason in NEEDS_SOMEBODY:
        queue = CaseQueueFilter(
            as_of=wanted.as_of,
            now=wanted.now,
            branches=wanted.branches,
            reasons=frozenset({reason}),
        )
        some = case_queue.totals(session, QueueRequest(queue, actor.branches))
        if some.cases:
            found.append(ReasonCountRow(reason, some.cases, some.overdue_fen))
    return tuple(found)
