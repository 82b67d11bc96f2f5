"""What a case has to show for itself besides money: one SQL expression per derived block.

Each function gives at most one line per case. Which row is "the" row is decided by a total order,
so that both engines choose alike.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    Subquery,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from supervisor.models.base import Id, UtcDateTime
from supervisor.models.commands.agenda_money import BRANCH
from supervisor.models.enums import (
    ContactParty,
    FlagState,
    PlanGap,
    PlanState,
    Severity,
    Tick,
    VisitOutcome,
)
from supervisor.models.sql_days import BusinessDay
from supervisor.models.tables import (
    Complaint,
    ContactAttempt,
    Flag,
    FollowUp,
    Hold,
    Promise,
    Visit,
    VisitPlan,
)

NOT_COMPLETED = (VisitOutcome.ABORTED, VisitOutcome.NOT_DONE)
"""Outcomes of visits that do not count as completed."""

STANDING = (PlanState.PLANNED, PlanState.EN_ROUTE, PlanState.ON_SITE)
"""States of a plan that still stands."""


def last_visit(scope: ColumnElement[bool]) -> Subquery:
    """The latest completed visit, and how many there were."""
    place = func.row_number().over(
        partition_by=Visit.case_id,
        order_by=(Visit.visited_on.desc(), Visit.started_at.desc(), Visit.id.desc()),
    )
    ranked = (
        select(
            Visit.case_id,
            Visit.visited_on.label("last_visit_on"),
            Visit.outcome.label("last_visit_outcome"),
            place.label("place"),
            func.count().over(partition_by=Visit.case_id).label("visit_count"),
        )
        .where(Visit.branch_id == BRANCH, Visit.outcome.not_in(NOT_COMPLETED), scope)
        .subquery()
    )
    return _first_of(ranked)


def last_reached(scope: ColumnElement[bool]) -> Subquery:
    """The day the debtor was last spoken to without a visit."""
    return (
        select(ContactAttempt.case_id, func.max(BusinessDay(ContactAttempt.at)).label("reached_on"))
        .where(
            ContactAttempt.branch_id == BRANCH,
            ContactAttempt.effective == Tick.YES,
            ContactAttempt.party == ContactParty.DEBTOR,
            scope,
        )
        .group_by(ContactAttempt.case_id)
        .subquery()
    )


def latest_promise(scope: ColumnElement[bool]) -> Subquery:
    """The latest promise not withdrawn, kept or not."""
    place = func.row_number().over(
        partition_by=Promise.case_id,
        order_by=(Promise.made_on.desc(), Promise.due_on.desc(), Promise.id.desc()),
    )
    ranked = (
        select(
            Promise.case_id,
            Promise.due_on.label("promise_due_on"),
            Promise.amount_fen.label("promise_fen"),
            Promise.paid_fen.label("promise_paid_fen"),
            place.label("place"),
        )
        .where(Promise.branch_id == BRANCH, Promise.withdrawn.is_(False), scope)
        .subquery()
    )
    return _first_of(ranked)


def _gaps() -> ColumnElement[int]:
    lacking = (
        (VisitPlan.second_agent_id.is_(None), PlanGap.SECOND_PERSON),
        (VisitPlan.notice_sent_at.is_(None), PlanGap.NOTICE),
        (VisitPlan.device_id.is_(None), PlanGap.DEVICE),
        (VisitPlan.file_ready != Tick.YES, PlanGap.FILE),
    )
    bits: ColumnElement[int] = literal(0, Integer())
    for missing, gap in lacking:
        bits = bits + case((missing, literal(int(gap), Integer())), else_=literal(0, Integer()))
    return bits


def next_plan(plans: ColumnElement[bool], visits: ColumnElement[bool]) -> CTE:
    """The earliest plan that still stands and that no visit has answered.

    A visit answers the plan it names, every plan for an earlier day, and, naming none, a plan
    for its own day. Given the scope on plans and on visits.
    """
    standing = select(
        VisitPlan.case_id,
        VisitPlan.id.label("next_plan_id"),
        VisitPlan.plan_on.label("next_plan_on"),
        VisitPlan.window_from.label("next_plan_at"),
        VisitPlan.recorded_at.label("planned_at"),
        _gaps().label("next_plan_gaps"),
        VisitPlan.recall_rules,
        cast(null(), Date()).label("visited_on"),
        cast(null(), Date()).label("unnamed_on"),
    ).where(
        VisitPlan.branch_id == BRANCH,
        VisitPlan.state.in_(STANDING),
        VisitPlan.id.not_in(
            select(Visit.plan_id).where(
                Visit.branch_id == BRANCH, Visit.plan_id.is_not(None), visits
            )
        ),
        plans,
    )
    visited = (
        select(
            Visit.case_id,
            cast(null(), Id),
            cast(null(), Date()),
            cast(null(), UtcDateTime()),
            cast(null(), UtcDateTime()),
            cast(null(), Integer()),
            cast(null(), Text()),
            func.max(Visit.visited_on),
            func.max(case((Visit.plan_id.is_(None), Visit.visited_on))),
        )
        .where(Visit.branch_id == BRANCH, visits)
        .group_by(Visit.case_id)
    )
    both = union_all(standing, visited).subquery()
    named = ("case_id", "next_plan_id", "next_plan_on", "next_plan_at", "planned_at")
    kept = [*(both.c[name] for name in named), both.c.next_plan_gaps, both.c.recall_rules]
    beside = select(
        *kept,
        func.max(both.c.visited_on).over(partition_by=both.c.case_id).label("visited_on"),
        func.max(both.c.unnamed_on).over(partition_by=both.c.case_id).label("unnamed_on"),
    ).subquery()
    plan = beside.c
    place = func.row_number().over(
        partition_by=plan.case_id,
        order_by=(plan.next_plan_on, plan.next_plan_at, plan.next_plan_id),
    )
    ranked = (
        select(*(plan[column.name] for column in kept), place.label("place"))
        .where(
            plan.next_plan_id.is_not(None),
            or_(plan.visited_on.is_(None), plan.visited_on <= plan.next_plan_on),
            or_(plan.unnamed_on.is_(None), plan.unnamed_on < plan.next_plan_on),
        )
        .subquery()
    )
    return _chosen(ranked).cte("next_plan")


def hold_over_plan(plan: CTE, scope: ColumnElement[bool]) -> Subquery:
    """Cases whose next plan falls into an open hold recorded after the plan.

    Ids come from one counter and decide within one instant.
    """
    newer = or_(
        Hold.recorded_at > plan.c.planned_at,
        and_(Hold.recorded_at == plan.c.planned_at, Hold.id > plan.c.next_plan_id),
    )
    return (
        select(plan.c.case_id, func.count().label("holds_over_plan"))
        .join(Hold, Hold.case_id == plan.c.case_id)
        .where(
            Hold.branch_id == BRANCH,
            Hold.ended_at.is_(None),
            Hold.from_on <= plan.c.next_plan_on,
            or_(Hold.until_on.is_(None), Hold.until_on >= plan.c.next_plan_on),
            newer,
            scope,
        )
        .group_by(plan.c.case_id)
        .subquery()
    )


def open_hold(scope: ColumnElement[bool]) -> Subquery:
    """The open hold that reaches furthest; one without an end reaches furthest of all."""
    place = func.row_number().over(
        partition_by=Hold.case_id,
        order_by=(
            case((Hold.until_on.is_(None), 0), else_=1),
            Hold.until_on.desc(),
            Hold.from_on,
            Hold.id,
        ),
    )
    ranked = (
        select(
            Hold.case_id,
            Hold.from_on.label("hold_from_on"),
            Hold.until_on.label("hold_until_on"),
            Hold.reason.label("hold_reason"),
            place.label("place"),
        )
        .where(Hold.branch_id == BRANCH, Hold.ended_at.is_(None), scope)
        .subquery()
    )
    return _first_of(ranked)


def open_flags(scope: ColumnElement[bool]) -> Subquery:
    """Flags not closed, and since when a critical one awaits its first look."""
    awaits_look = and_(Flag.severity == Severity.CRITICAL, Flag.looked_at.is_(None))
    return (
        select(
            Flag.case_id,
            func.count().label("flag_count"),
            func.min(case((awaits_look, Flag.raised_at))).label("critical_since"),
        )
        .where(Flag.branch_id == BRANCH, Flag.state != FlagState.CLOSED, scope)
        .group_by(Flag.case_id)
        .subquery()
    )


def open_follow_up(scope: ColumnElement[bool]) -> Subquery:
    """When the earliest open follow-up is due."""
    return (
        select(FollowUp.case_id, func.min(FollowUp.due_at).label("follow_up_due_at"))
        .where(FollowUp.branch_id == BRANCH, FollowUp.done_at.is_(None), scope)
        .group_by(FollowUp.case_id)
        .subquery()
    )


def open_complaint(scope: ColumnElement[bool]) -> Subquery:
    """When the latest of the open complaints was received."""
    return (
        select(Complaint.case_id, func.max(Complaint.received_at).label("complained_at"))
        .where(Complaint.branch_id == BRANCH, Complaint.closed_on.is_(None), scope)
        .group_by(Complaint.case_id)
        .subquery()
    )


def _chosen(ranked: Subquery) -> Select[Any]:
    kept = [column for column in ranked.c if column.name != "place"]
    return select(*kept).where(ranked.c.place == 1)


def _first_of(ranked: Subquery) -> Subquery:
    """The row in first place of each case."""
    return _chosen(ranked).subquery()


def together(cases: Select[Any], blocks: Sequence[FromClause]) -> Subquery:
    """All blocks side by side, one line per case.

    Stacked and grouped instead of joined: a planner without statistics joins such blocks by
    comparing every line with every line.
    """
    columns = {column.name: column for block in blocks for column in block.c}
    del columns["case_id"]
    empty = [cast(null(), column.type).label(name) for name, column in columns.items()]
    stack = [cases.add_columns(*empty)]
    for block in blocks:
        values = [
            block.c[name] if name in block.c else cast(null(), column.type)
            for name, column in columns.items()
        ]
        stack.append(select(block.c.case_id, *values))
    all_of_it = union_all(*stack).subquery()
    return (
        select(all_of_it.c.case_id, *(func.max(all_of_it.c[name]).label(name) for name in columns))
        .group_by(all_of_it.c.case_id)
        .subquery("together")
    )
