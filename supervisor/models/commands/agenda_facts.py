"""What a case has to show for itself besides money: one SQL expression per derived block.

Each function gives at most one line per case. Which row is "the" row is decided by a total order,
so that both engines choose alike.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, Mapped
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from supervisor.models.commands.agenda_money import BRANCH
from supervisor.models.enums import (
    ContactParty,
    FlagState,
    PlanGap,
    PlanState,
    RecallCause,
    Severity,
    Tick,
    VisitOutcome,
)
from supervisor.models.tables import (
    Complaint,
    ContactAttempt,
    Flag,
    FollowUp,
    Hold,
    Payment,
    Promise,
    Visit,
    VisitPlan,
)

NOT_COMPLETED = (VisitOutcome.ABORTED, VisitOutcome.NOT_DONE)
"""Outcomes of visits that do not count as completed."""

STANDING = (PlanState.PLANNED, PlanState.EN_ROUTE, PlanState.ON_SITE)
"""States of a plan that still stands."""

NOTHING = 0


class BusinessDay(FunctionElement[date]):
    """The Shanghai calendar day of an instant."""

    type = Date()
    inherit_cache = True


@compiles(BusinessDay, "sqlite")
def _business_day_sqlite(element: BusinessDay, compiler: SQLCompiler, **kw: Any) -> str:
    return f"date({compiler.process(element.clauses, **kw)}, '+8 hours')"


@compiles(BusinessDay, "postgresql")
def _business_day_postgresql(element: BusinessDay, compiler: SQLCompiler, **kw: Any) -> str:
    return f"(({compiler.process(element.clauses, **kw)}) AT TIME ZONE 'Asia/Shanghai')::date"


def _completed() -> ColumnElement[bool]:
    return Visit.outcome.not_in(NOT_COMPLETED)


def last_visit(scope: ColumnElement[bool]) -> CTE:
    """The latest completed visit, and how many there were."""
    place = func.row_number().over(
        partition_by=Visit.case_id,
        order_by=(Visit.visited_on.desc(), Visit.started_at.desc(), Visit.id.desc()),
    )
    ranked = (
        select(
            Visit.case_id,
            Visit.visited_on,
            Visit.outcome,
            place.label("place"),
            func.count().over(partition_by=Visit.case_id).label("visits"),
        )
        .where(Visit.branch_id == BRANCH, _completed(), scope)
        .subquery()
    )
    return (
        select(ranked.c.case_id, ranked.c.visited_on, ranked.c.outcome, ranked.c.visits)
        .where(ranked.c.place == 1)
        .cte("last_visit")
    )


def open_promise(scope: ColumnElement[bool]) -> CTE:
    """The latest promise, if money has not fulfilled it and nobody has asked since it was due."""
    place = func.row_number().over(
        partition_by=Promise.case_id,
        order_by=(Promise.made_on.desc(), Promise.due_on.desc(), Promise.id.desc()),
    )
    latest = (
        select(
            Promise.case_id,
            Promise.due_on,
            Promise.amount_fen,
            Promise.paid_fen,
            place.label("place"),
        )
        .where(Promise.branch_id == BRANCH, Promise.withdrawn.is_(False), scope)
        .subquery()
    )
    visited_since = exists().where(
        Visit.branch_id == BRANCH,
        Visit.case_id == latest.c.case_id,
        Visit.visited_on > latest.c.due_on,
        _completed(),
    )
    reached_since = exists().where(
        ContactAttempt.branch_id == BRANCH,
        ContactAttempt.case_id == latest.c.case_id,
        ContactAttempt.effective == Tick.YES,
        ContactAttempt.party == ContactParty.DEBTOR,
        BusinessDay(ContactAttempt.at) > latest.c.due_on,
    )
    return (
        select(latest.c.case_id, latest.c.due_on, latest.c.amount_fen, latest.c.paid_fen)
        .where(
            latest.c.place == 1,
            latest.c.paid_fen < latest.c.amount_fen,
            ~visited_since,
            ~reached_since,
        )
        .cte("open_promise")
    )


def _gap(lacking: ColumnElement[bool], gap: PlanGap) -> ColumnElement[int]:
    return case((lacking, literal(int(gap), Integer())), else_=literal(NOTHING, Integer()))


def next_plan(scope: ColumnElement[bool]) -> CTE:
    """The earliest plan that still stands and that no visit has answered."""
    answered = exists().where(
        Visit.branch_id == BRANCH,
        Visit.case_id == VisitPlan.case_id,
        or_(
            Visit.plan_id == VisitPlan.id,
            Visit.visited_on > VisitPlan.plan_on,
            and_(Visit.visited_on == VisitPlan.plan_on, Visit.plan_id.is_(None)),
        ),
    )
    place = func.row_number().over(
        partition_by=VisitPlan.case_id,
        order_by=(VisitPlan.plan_on, VisitPlan.window_from, VisitPlan.id),
    )
    gaps = (
        _gap(VisitPlan.second_agent_id.is_(None), PlanGap.SECOND_PERSON)
        + _gap(VisitPlan.notice_sent_at.is_(None), PlanGap.NOTICE)
        + _gap(VisitPlan.device_id.is_(None), PlanGap.DEVICE)
        + _gap(VisitPlan.file_ready != Tick.YES, PlanGap.FILE)
    )
    ranked = (
        select(
            VisitPlan.case_id,
            VisitPlan.id.label("plan_id"),
            VisitPlan.plan_on,
            VisitPlan.window_from,
            VisitPlan.recorded_at,
            gaps.label("gaps"),
            place.label("place"),
        )
        .where(VisitPlan.branch_id == BRANCH, VisitPlan.state.in_(STANDING), ~answered, scope)
        .subquery()
    )
    return select(ranked).where(ranked.c.place == 1).cte("next_plan")


def _newer(
    recorded_at: Mapped[datetime] | InstrumentedAttribute[datetime],
    row_id: Mapped[int] | InstrumentedAttribute[int],
    plan: CTE,
) -> ColumnElement[bool]:
    """Recorded after the plan; ids come from one counter and decide within one instant."""
    return or_(
        recorded_at > plan.c.recorded_at,
        and_(recorded_at == plan.c.recorded_at, row_id > plan.c.plan_id),
    )


def recall(plan: CTE, contracts: CTE, money: CTE) -> CTE:
    """Why the next plan must be called back, the plainest cause first."""
    paid_since = exists().where(
        contracts.c.case_id == plan.c.case_id,
        Payment.branch_id == BRANCH,
        Payment.contract_id == contracts.c.contract_id,
        Payment.amount_fen > 0,
        _newer(Payment.recorded_at, Payment.id, plan),
    )
    held_since = exists().where(
        Hold.branch_id == BRANCH,
        Hold.case_id == plan.c.case_id,
        Hold.ended_at.is_(None),
        Hold.from_on <= plan.c.plan_on,
        or_(Hold.until_on.is_(None), Hold.until_on >= plan.c.plan_on),
        _newer(Hold.recorded_at, Hold.id, plan),
    )
    complained_since = exists().where(
        Complaint.branch_id == BRANCH,
        Complaint.case_id == plan.c.case_id,
        Complaint.closed_on.is_(None),
        Complaint.received_at > plan.c.recorded_at,
    )
    critical = exists().where(
        Flag.branch_id == BRANCH, Flag.case_id == plan.c.case_id, _awaits_first_look()
    )
    cause = case(
        (and_(money.c.overdue_fen == 0, paid_since), RecallCause.PAID.value),
        (held_since, RecallCause.HOLD.value),
        (complained_since, RecallCause.COMPLAINT.value),
        (critical, RecallCause.CRITICAL_FLAG.value),
    )
    return (
        select(plan.c.case_id, cause.label("cause"))
        .select_from(plan)
        .outerjoin(money, money.c.case_id == plan.c.case_id)
        .cte("recall")
    )


def open_hold(scope: ColumnElement[bool]) -> CTE:
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
        select(Hold.case_id, Hold.from_on, Hold.until_on, Hold.reason, place.label("place"))
        .where(Hold.branch_id == BRANCH, Hold.ended_at.is_(None), scope)
        .subquery()
    )
    return select(ranked).where(ranked.c.place == 1).cte("open_hold")


def _awaits_first_look() -> ColumnElement[bool]:
    return and_(
        Flag.severity == Severity.CRITICAL,
        Flag.looked_at.is_(None),
        Flag.state != FlagState.CLOSED,
    )


def _grouped(query: Select[Any], case_id: Any, name: str) -> CTE:
    return query.group_by(case_id).cte(name)


def open_flags(scope: ColumnElement[bool]) -> CTE:
    """Flags not closed, and since when a critical one awaits its first look."""
    return _grouped(
        select(
            Flag.case_id,
            func.count().label("flags"),
            func.min(case((_awaits_first_look(), Flag.raised_at))).label("critical_since"),
        ).where(Flag.branch_id == BRANCH, Flag.state != FlagState.CLOSED, scope),
        Flag.case_id,
        "open_flags",
    )


def open_follow_up(scope: ColumnElement[bool]) -> CTE:
    """When the earliest open follow-up is due."""
    return _grouped(
        select(FollowUp.case_id, func.min(FollowUp.due_at).label("due_at")).where(
            FollowUp.branch_id == BRANCH, FollowUp.done_at.is_(None), scope
        ),
        FollowUp.case_id,
        "open_follow_up",
    )


def open_complaint(scope: ColumnElement[bool]) -> CTE:
    """Cases with an open complaint."""
    return _grouped(
        select(Complaint.case_id, func.count().label("complaints")).where(
            Complaint.branch_id == BRANCH, Complaint.closed_on.is_(None), scope
        ),
        Complaint.case_id,
        "open_complaint",
    )
