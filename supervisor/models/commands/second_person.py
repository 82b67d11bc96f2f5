"""指定同行: name the second person of cases, or ask for one."""

from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.models.changes import Changes, Refusal
from supervisor.models.commands.case_writing import (
    Pair,
    hand_over,
    plans_follow,
    refresh,
    write_cases,
)
from supervisor.models.commands.people import collector, objection_to
from supervisor.models.commands.selection import judge, refuse
from supervisor.models.commands.trace import Trace
from supervisor.models.enums import Act, Topic
from supervisor.models.orders import RequestSecondPerson
from supervisor.models.rows.judged import Judged, JudgedCase


def preview_second_person(session: Session, order: RequestSecondPerson) -> Judged:
    """What `request_second_person` would do; writes nothing."""
    return judge_second_person(session, order, lock=False)


def judge_second_person(session: Session, order: RequestSecondPerson, *, lock: bool) -> Judged:
    """Which cases the person can go along on, or still lack one."""
    today = clock.today()
    person = collector(session, order.second_agent_id, today)

    def objection(case: JudgedCase) -> Refusal | None:
        if order.second_agent_id is None:
            return _objection_to_asking(case)
        if case.agent_id == order.second_agent_id:
            return refuse(case, "second_is_agent")
        if case.second_agent_id == order.second_agent_id:
            return refuse(case, "already_with_second")
        return objection_to(person, case, today)

    return judge(session, order.actor, order.cases, objection, lock=lock)


def _objection_to_asking(case: JudgedCase) -> Refusal | None:
    if case.second_agent_id is not None:
        return refuse(case, "has_second_person")
    return refuse(case, "second_person_asked_before") if case.second_person_asked else None


def request_second_person(session: Session, order: RequestSecondPerson) -> Changes:
    """Name the second person on the accepted cases and their coming visits, or ask for one."""
    judged = judge_second_person(session, order, lock=True)
    trace, plans = Trace(order), 0
    if order.second_agent_id is None:
        write_cases(session, trace, judged.accepted, lambda _: {"second_person_asked": True})
    else:
        plans = _name(session, trace, order, judged)
    refresh(session, judged.accepted)
    trace.save(session)
    return Changes(
        act=Act.SECOND_PERSON_REQUESTED,
        topics=frozenset({Topic.CASES, Topic.PLANS} if plans else {Topic.CASES}),
        counts={"cases": len(judged.accepted), "plans": plans, "refused": len(judged.refused)},
        refused=judged.refused,
        undo_id=order.command_id if judged.accepted else None,
        facts={} if order.second_agent_id is None else {"second_agent_id": order.second_agent_id},
    )


def _name(session: Session, trace: Trace, order: RequestSecondPerson, judged: Judged) -> int:
    def pair_of(case: JudgedCase) -> Pair:
        return Pair(case.agent_id, order.second_agent_id)

    write_cases(
        session,
        trace,
        judged.accepted,
        lambda _: {"second_agent_id": order.second_agent_id, "second_person_asked": False},
    )
    hand_over(session, trace, judged.accepted, pair_of, "")
    return plans_follow(session, trace, judged.accepted, pair_of)
