"""Planned visits: made where every known rule allows them, cancelled or called back."""

from datetime import date

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models.changes import Changes
from supervisor.models.commands.case_writing import Pair, refresh, write_cases
from supervisor.models.commands.parameters import time_of
from supervisor.models.commands.people import collector, objection_to
from supervisor.models.commands.plan_checking import check_candidates
from supervisor.models.commands.plan_facts import STANDING as OPEN_STATES
from supervisor.models.commands.plan_facts import Candidate
from supervisor.models.commands.plan_judging import blocked_by
from supervisor.models.commands.plan_selection import not_under_way
from supervisor.models.commands.selection import as_error, may_see, refuse, the_case
from supervisor.models.commands.trace import Trace
from supervisor.models.enums import Act, PlanState, Topic
from supervisor.models.ids import CaseId
from supervisor.models.ledger import allocate_ids
from supervisor.models.orders import AddPlan, CancelPlan, CaseRef
from supervisor.models.rows.judged import JudgedCase
from supervisor.models.rules.parameters import QUIET_FROM, QUIET_UNTIL
from supervisor.models.tables import Hold, VisitPlan

TOPICS = frozenset({Topic.CASES, Topic.PLANS})


def add_plan(session: Session, order: AddPlan) -> Changes:
    """Plan a visit; without people named, those of the case go.

    Raises:
        BadInputError: the window or the people cannot be.
        ConflictError: the case is gone, ended, changed, resting that day, visited already then, or
            a rule in force on the day blocks the visit.
    """
    case = the_case(session, order.actor, order.case)
    plan_on = _day_of(order)
    _refuse_quiet_hours(session, order)
    _refuse_resting(session, case, plan_on)
    _refuse_overlap(session, case, order)
    pair = Pair(
        order.agent_id or case.agent_id,
        order.second_agent_id or _other(case.second_agent_id, order.agent_id),
    )
    _refuse_people(session, case, pair, plan_on)
    _refuse_rules(session, case, order, pair)
    (plan_id,) = allocate_ids(session, 1)
    session.execute(
        insert(VisitPlan).values(
            branch_id=case.branch_id,
            id=plan_id,
            case_id=case.case_id,
            plan_no=f"PL{plan_id}",
            plan_on=plan_on,
            window_from=order.window_from,
            window_until=order.window_until,
            address_kind=order.address_kind,
            agent_id=pair.agent_id,
            second_agent_id=pair.second_agent_id,
            target_fen=order.target_fen,
            strategy=order.strategy,
            recorded_at=clock.now(),
        )
    )
    trace = Trace(order)
    write_cases(session, trace, [case], lambda _: {})
    trace.created(
        VisitPlan, (case.branch_id, plan_id), version=1, case_id=case.case_id, subject=case.case_no
    )
    refresh(session, [case])
    trace.save(session)
    return Changes(
        act=Act.PLAN_ADDED,
        topics=TOPICS,
        counts={"plans": 1},
        undo_id=order.command_id,
        created={"plan": plan_id},
        facts={"case_id": case.case_id},
    )


def _other(second_agent_id: int | None, agent_id: int | None) -> int | None:
    """The case's second person, unless they now go as the first."""
    return None if second_agent_id == agent_id else second_agent_id


def _day_of(order: AddPlan) -> date:
    plan_on = clock.business_date(order.window_from)
    if order.window_from >= order.window_until:
        raise BadInputError("plan_window_backwards")
    if clock.business_date(order.window_until) != plan_on:
        raise BadInputError("plan_window_two_days")
    if order.window_until <= clock.now():
        raise BadInputError("plan_in_past")
    if order.target_fen is not None and order.target_fen < 0:
        raise BadInputError("plan_target_negative")
    return plan_on


def _refuse_quiet_hours(session: Session, order: AddPlan) -> None:
    branch_id = order.case.branch_id
    earliest = time_of(session, QUIET_UNTIL, branch_id)
    latest = time_of(session, QUIET_FROM, branch_id)
    begins = order.window_from.astimezone(clock.SHANGHAI).time()
    ends = order.window_until.astimezone(clock.SHANGHAI).time()
    if begins < earliest or ends > latest:
        raise BadInputError(
            "plan_in_quiet_hours",
            earliest=earliest.strftime("%H:%M"),
            latest=latest.strftime("%H:%M"),
        )


def _refuse_resting(session: Session, case: JudgedCase, plan_on: date) -> None:
    hold = session.execute(
        select(Hold.reason)
        .where(
            Hold.branch_id == case.branch_id,
            Hold.case_id == case.case_id,
            Hold.ended_at.is_(None),
            Hold.from_on <= plan_on,
            or_(Hold.until_on.is_(None), Hold.until_on >= plan_on),
        )
        .limit(1)
    ).scalar()
    if hold is not None:
        raise ConflictError("plan_while_held", case_no=case.case_no, reason=hold)


def _refuse_overlap(session: Session, case: JudgedCase, order: AddPlan) -> None:
    overlapping = session.scalar(
        select(VisitPlan.id)
        .where(
            VisitPlan.branch_id == case.branch_id,
            VisitPlan.case_id == case.case_id,
            VisitPlan.state.in_(OPEN_STATES),
            VisitPlan.window_from < order.window_until,
            VisitPlan.window_until > order.window_from,
        )
        .limit(1)
    )
    if overlapping is not None:
        raise ConflictError("plan_there_already", case_no=case.case_no)


def _refuse_people(session: Session, case: JudgedCase, pair: Pair, plan_on: date) -> None:
    if pair.agent_id is not None and pair.agent_id == pair.second_agent_id:
        raise BadInputError("second_is_agent")
    for staff_id in (pair.agent_id, pair.second_agent_id):
        if staff_id is None:
            continue
        person = collector(session, staff_id, plan_on)
        refusal = objection_to(person, case, plan_on)
        if refusal is None and person is not None and person.away:
            refusal = refuse(case, "agent_away", staff_no=person.staff_no, on=plan_on.isoformat())
        if refusal is not None:
            raise as_error(refusal)


def _refuse_rules(session: Session, case: JudgedCase, order: AddPlan, pair: Pair) -> None:
    plan = Candidate(
        case_id=case.case_id,
        window_from=order.window_from,
        window_until=order.window_until,
        agent_id=pair.agent_id,
        second_agent_id=pair.second_agent_id,
        device_id=None,
        address_kind=order.address_kind,
    )
    names = {int(case.case_id): case.case_no}
    (check,) = check_candidates(session, case.branch_id, [plan], names)
    if check.blocked:
        raise as_error(blocked_by(case, check))


def cancel_plan(session: Session, order: CancelPlan) -> Changes:
    """Cancel a planned visit, or call it back (撤回).

    Raises:
        ConflictError: there is no such plan, or it is over.
        NotAllowedError: its branch is not the actor's.
    """
    if not may_see(order.actor, order.branch_id):
        raise NotAllowedError("branch_not_yours")
    key = (VisitPlan.branch_id == order.branch_id, VisitPlan.id == order.plan_id)
    case_id = session.scalar(select(VisitPlan.case_id).where(*key))
    if case_id is None:
        raise ConflictError("plan_not_found")
    # The case first: every writer locks in this order.
    ref = CaseRef(order.branch_id, CaseId(case_id))
    case = the_case(session, order.actor, ref, ended=True)
    plan = session.execute(
        select(VisitPlan.state, VisitPlan.words, VisitPlan.version)
        .where(*key)
        .with_for_update(key_share=True)
    ).one()
    if plan.state not in OPEN_STATES:
        raise ConflictError("plan_is_over", case_no=case.case_no)
    if not order.recalled:
        under_way = not_under_way(plan, case)
        if under_way is not None:
            raise as_error(under_way)
    state = PlanState.RECALLED if order.recalled else PlanState.CANCELLED
    session.execute(
        update(VisitPlan)
        .where(*key)
        .values(state=state, words=order.words, version=VisitPlan.version + 1)
    )
    trace = Trace(order)
    write_cases(session, trace, [case], lambda _: {})
    trace.changed(
        VisitPlan,
        (order.branch_id, order.plan_id),
        {"state": plan.state, "words": plan.words},
        version=plan.version + 1,
        case_id=case.case_id,
        subject=case.case_no,
    )
    refresh(session, [case])
    trace.save(session)
    return Changes(
        act=Act.PLAN_CHANGED,
        topics=TOPICS,
        counts={"plans": 1},
        undo_id=order.command_id,
        facts={"case_id": case.case_id, "state": state},
    )
