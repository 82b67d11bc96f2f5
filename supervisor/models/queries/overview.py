"""The start page: today's visits as they stand, and how many cases need somebody, by reason."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, islice
from operator import attrgetter
from typing import Any

from sqlalchemy import func, or_, select, text
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from supervisor.models.changes import Actor
from supervisor.models.enums import Bucket, PlanState, QueueReason
from supervisor.models.ids import BranchId, StaffId
from supervisor.models.queries import case_queue
from supervisor.models.queries.asked_branches import HERE, in_scope
from supervisor.models.rows.case_queue import CaseQueueFilter, QueueRequest, Standing
from supervisor.models.rows.overview import (
    AgentProgressRow,
    CompositionRow,
    OverviewFilter,
    OverviewRow,
    ReasonCountRow,
    StageRow,
    VisitProgressRow,
)
from supervisor.models.tables import Branch, Staff, Visit, VisitPlan

MOST_AGENTS = 60
"""People listed with their day; more than a branch has."""

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
    found = _standings(session, QueueRequest(queue, actor.branches))
    plans = _plans(session, wanted, scope)
    return OverviewRow(
        as_of=wanted.as_of,
        visits=_visits(plans),
        agents=_agents(plans),
        reasons=_reasons(found),
        cases=sum(one.cases for one in found),
        overdue_fen=sum(one.overdue_fen for one in found),
        payments_known_on=_known_on(session, scope),
    )


def _standings(session: Session, request: QueueRequest) -> Sequence[Standing]:
    from supervisor.models.queries.standings import standings  # noqa: PLC0415 - not for the start

    return standings(session, request)


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


def composition(session: Session, asked: tuple[OverviewFilter, Actor]) -> CompositionRow:
    """Cases in hand by stage; those on hold and those nobody has."""
    wanted, actor = asked
    every = CaseQueueFilter(as_of=wanted.as_of, now=wanted.now, branches=wanted.branches)

    def request(**only: Any) -> QueueRequest:
        return QueueRequest(replace(every, **only), actor.branches)

    found = _standings(session, request())
    stages = [_stage(bucket, found) for bucket in Bucket]
    return CompositionRow(
        stages=tuple(stages),
        on_hold=sum(one.cases for one in found if one.held),
        unassigned=case_queue.count(session, request(unassigned=True)),
    )


def _stage(bucket: Bucket, found: Sequence[Standing]) -> StageRow:
    here = [one for one in found if one.stage is bucket]
    return StageRow(bucket, sum(one.cases for one in here), sum(one.overdue_fen for one in here))


def _plans(
    session: Session, wanted: OverviewFilter, scope: tuple[BranchId, ...] | None
) -> Sequence[Any]:
    """Plans of today counted by person and by how they stand, by branch and staff number.

    Whether a visit reports a plan is looked up once for each plan.
    """
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
    whose = (Staff.branch_id, Staff.staff_no, VisitPlan.agent_id, Staff.name)
    statement = (
        select(
            *whose,
            VisitPlan.state,
            or_(VisitPlan.state == PlanState.REPORTED, report).label("is_reported"),
            (VisitPlan.window_until < wanted.now).label("is_over"),
            func.count().label("plans"),
        )
        .outerjoin(Staff, Staff.id == VisitPlan.agent_id)
        .where(*_today(wanted, scope))
        .group_by(*whose, VisitPlan.state, text("is_reported"), text("is_over"))
        .order_by(*whose)
    )
    return session.execute(statement, {HERE.key: list(scope or ())}).all()


def _steps(rows: Sequence[Any]) -> tuple[int, int, int, int]:
    """How many plans stand, are under way, are reported and are not back."""
    standing = [one for one in rows if one.state not in _GONE]
    return (
        _count(standing),
        _count(one for one in rows if not one.is_reported and one.state in _UNDER_WAY),
        _count(one for one in standing if one.is_reported),
        _count(one for one in standing if not one.is_reported and one.is_over),
    )


def _visits(rows: Sequence[Any]) -> VisitProgressRow:
    people = {one.agent_id for one in rows if one.state not in _GONE}
    gone = _count(one for one in rows if one.state in _GONE)
    return VisitProgressRow(*_steps(rows), gone, len(people - {None}))


def _agents(rows: Sequence[Any]) -> tuple[AgentProgressRow, ...]:
    """Who is out today, by branch and staff number: people are never ranked."""
    standing = (one for one in rows if one.state not in _GONE)
    by_person = groupby(standing, key=attrgetter("agent_id", "name", "staff_no"))
    return tuple(
        AgentProgressRow(
            StaffId(agent_id) if agent_id is not None else None,
            name or "",
            number or "",
            *_steps(tuple(own)),
        )
        for (agent_id, name, number), own in islice(by_person, MOST_AGENTS)
    )


def _today(wanted: OverviewFilter, scope: tuple[BranchId, ...] | None) -> list[ColumnElement[bool]]:
    return [VisitPlan.plan_on == wanted.as_of, in_scope(VisitPlan.branch_id, scope)]


def _count(rows: Iterable[Any]) -> int:
    return sum(int(one.plans) for one in rows)


def _reasons(found: Sequence[Standing]) -> tuple[ReasonCountRow, ...]:
    made = []
    for reason in NEEDS_SOMEBODY:
        here = [one for one in found if one.reason is reason]
        if here:
            cases = sum(one.cases for one in here)
            made.append(ReasonCountRow(reason, cases, sum(one.overdue_fen for one in here)))
    return tuple(made)
