"""补录外访: a visit as the paper form tells it, with its promise; its plan is reported."""

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import exists, insert, select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.clock import business_date
from supervisor.errors import BadInputError, ConflictError
from supervisor.models.changes import Changes
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.people import collector, objection_to
from supervisor.models.commands.selection import as_error, the_case
from supervisor.models.commands.summary_marks import mark_before_visits, mark_days
from supervisor.models.enums import Act, PlanState, Topic, VisitOutcome
from supervisor.models.ledger import allocate_ids
from supervisor.models.orders_plans import RecordVisit
from supervisor.models.rows.judged import JudgedCase
from supervisor.models.tables import Case, Promise, Visit, VisitPlan

TOPICS = frozenset({Topic.VISITS, Topic.PLANS, Topic.CASES, Topic.PROMISES})
SPOKEN = frozenset(
    {
        VisitOutcome.MET_DEBTOR,
        VisitOutcome.MET_SPOUSE,
        VisitOutcome.MET_FAMILY,
        VisitOutcome.MET_COLLEAGUE,
        VisitOutcome.MET_NEIGHBOR,
        VisitOutcome.DOOR_REFUSED,
        VisitOutcome.UNKNOWN_PERSON,
        VisitOutcome.SERIOUS_ILL,
        VisitOutcome.DISABLED,
        VisitOutcome.ABORTED,
    }
)
"""Outcomes after which there can have been a talk."""


def record_visit(session: Session, order: RecordVisit) -> Changes:
    """Write the visit, report its plan, keep its promise. It waits to be judged like any other.

    Raises:
        BadInputError: what the form says cannot be.
        ConflictError: the case or the plan is gone, changed, or the plan was reported already.
        NotAllowedError: the branch is not the actor's.
    """
    case = the_case(session, order.actor, order.case, ended=True)
    plan = _plan(session, order, case)
    _check(session, order, case)
    agent, second = _people(session, order, case, plan)
    visit_id, promise_id = allocate_ids(session, 2)
    ended = order.ended_at or order.started_at
    late = max(0, int((clock.now() - ended) / timedelta(minutes=1)))
    session.execute(
        insert(Visit).values(
            branch_id=case.branch_id,
            id=visit_id,
            case_id=case.case_id,
            visit_no=f"PV{visit_id}",
            plan_id=None if plan is None else plan.id,
            agent_id=agent,
            second_agent_id=second,
            done_by_branch_id=case.branch_id,
            visited_on=business_date(order.started_at),
            started_at=order.started_at,
            ended_at=order.ended_at,
            address_kind=order.address_kind,
            outcome=order.outcome,
            talk_results=",".join(order.talk_results),
            arrears_reason=order.arrears_reason,
            id_shown=order.id_shown,
            recorded=order.recorded,
            recording_consent=order.recording_consent,
            notice_given=order.notice_given,
            conduct=json.dumps(dict(order.conduct), sort_keys=True),
            note=order.note.strip(),
            late_entry_minutes=late,
            recorded_at=clock.now(),
        )
    )
    if order.promised_fen is not None:
        _promise(session, order, case, visit_id, promise_id, agent)
    since = business_date(order.started_at)
    key = (case.branch_id, case.case_id)
    mark_days(session, {(case.branch_id, since)})
    _touch(session, case)
    if plan is not None:
        session.execute(
            update(VisitPlan)
            .where(VisitPlan.branch_id == case.branch_id, VisitPlan.id == plan.id)
            .values(state=PlanState.REPORTED.value, version=VisitPlan.version + 1)
        )
    refresh_cases(
        session, [key], visits=None if order.promised_fen is not None else {key: [visit_id]}
    )
    mark_before_visits(session, {key: since})
    return Changes(
        act=Act.VISIT_RECORDED,
        topics=TOPICS,
        counts={"visits": 1, "promises": int(order.promised_fen is not None)},
        created={"visit": visit_id},
        facts={"case_id": case.case_id, "late_entry_minutes": late},
    )


def _touch(session: Session, case: JudgedCase) -> None:
    """Whoever looks at the case learns that it changed."""
    session.execute(
        update(Case)
        .where(Case.branch_id == case.branch_id, Case.id == case.case_id)
        .values(version=Case.version + 1)
    )


def _plan(session: Session, order: RecordVisit, case: JudgedCase) -> Any:
    ref = order.plan
    if ref is None:
        return None
    row = session.execute(
        select(*VisitPlan.__table__.c)
        .where(VisitPlan.branch_id == ref.branch_id, VisitPlan.id == ref.plan_id)
        .with_for_update(key_share=True)
    ).one_or_none()
    if row is None:
        raise ConflictError("plan_not_found")
    if (row.branch_id, row.case_id) != (case.branch_id, case.case_id):
        raise BadInputError("visit_plan_other_case")
    if ref.version is not None and ref.version != row.version:
        raise ConflictError("plan_changed", case_no=case.case_no)
    told = exists().where(Visit.branch_id == row.branch_id, Visit.plan_id == row.id)
    if row.state == PlanState.REPORTED or session.execute(select(told)).scalar_one():
        raise ConflictError("visit_reported_already", case_no=case.case_no)
    return row


def _check(session: Session, order: RecordVisit, case: JudgedCase) -> None:
    now, on = clock.now(), business_date(order.started_at)
    placed = session.scalar(
        select(Case.placed_on).where(Case.branch_id == case.branch_id, Case.id == case.case_id)
    )
    if order.started_at > now or (order.ended_at is not None and order.ended_at > now):
        raise BadInputError("visit_in_future")
    if order.ended_at is not None and order.ended_at < order.started_at:
        raise BadInputError("visit_backwards")
    if placed is not None and on < placed:
        raise BadInputError("visit_before_case")
    if order.talk_results and order.outcome not in SPOKEN:
        raise BadInputError("visit_nobody_met")
    if (order.promised_fen is None) != (order.promised_on is None):
        raise BadInputError("visit_promise_half")
    if order.promised_fen is not None and order.promised_fen <= 0:
        raise BadInputError("visit_promise_half")
    if order.promised_on is not None and order.promised_on < on:
        raise BadInputError("visit_promise_past")


def _people(
    session: Session, order: RecordVisit, case: JudgedCase, plan: Any
) -> tuple[int | None, int | None]:
    """Who went: as the form says, else as planned; a visit that was made is not refused for it."""
    agent: int | None = order.agent_id or (plan.agent_id if plan is not None else case.agent_id)
    second: int | None = order.second_agent_id
    if order.agent_id is None and second is None:
        second = plan.second_agent_id if plan is not None else case.second_agent_id
    if agent is not None and agent == second:
        raise BadInputError("second_is_agent")
    on = business_date(order.started_at)
    for staff_id in (agent, second):
        if staff_id is not None:
            refusal = objection_to(collector(session, staff_id, on), case, on)
            if refusal is not None and refusal.code in {"agent_unknown", "agent_other_branch"}:
                raise as_error(refusal)
    return agent, second


def _promise(
    session: Session,
    order: RecordVisit,
    case: JudgedCase,
    visit_id: int,
    promise_id: int,
    agent: int | None,
) -> None:
    session.execute(
        insert(Promise).values(
            branch_id=case.branch_id,
            id=promise_id,
            case_id=case.case_id,
            promise_no=f"PP{promise_id}",
            visit_id=visit_id,
            agent_id=agent,
            made_on=business_date(order.started_at),
            due_on=order.promised_on,
            amount_fen=order.promised_fen,
            done_by_branch_id=case.branch_id,
            recorded_at=clock.now(),
        )
    )
