"""改派: give cases to another agent (and second agent) of the same branch."""

from collections.abc import Callable
from dataclasses import replace

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
from supervisor.models.orders import ReassignCases, ShareCases
from supervisor.models.rows.judged import Judged, JudgedCase


def preview_reassign(session: Session, order: ReassignCases) -> Judged:
    """What `reassign_cases` would do; writes nothing."""
    return judge_reassign(session, order, lock=False)


def judge_reassign(session: Session, order: ReassignCases, *, lock: bool) -> Judged:
    """Which cases the agent can be given; the one judgement of preview and command."""
    today = clock.today()
    agent = collector(session, order.agent_id, today)
    second = collector(session, order.second_agent_id, today)

    def objection(case: JudgedCase) -> Refusal | None:
        refusal = objection_to(agent, case, today)
        if refusal is None and order.second_agent_id is not None:
            refusal = objection_to(second, case, today)
        if refusal is not None:
            return refusal
        if order.agent_id == order.second_agent_id:
            return refuse(case, "second_is_agent")
        if new_pair(order, case) == Pair(case.agent_id, case.second_agent_id):
            return refuse(case, "already_with_agent")
        return None

    return judge(session, order.actor, order.cases, objection, lock=lock)


def new_pair(order: ReassignCases, case: JudgedCase) -> Pair:
    """Who holds the case afterwards: a second agent who is not named stays, unless promoted."""
    second = order.second_agent_id or case.second_agent_id
    return Pair(order.agent_id, None if second == order.agent_id else second)


def reassign_cases(session: Session, order: ReassignCases) -> Changes:
    """Give the accepted cases to the agent; their coming visits and their history follow."""
    judged = judge_reassign(session, order, lock=True)
    changes = carry_out(
        session,
        order,
        judged,
        lambda case: new_pair(order, case),
        answers_request=order.second_agent_id is not None,
    )
    return replace(changes, facts={"agent_id": order.agent_id})


def carry_out(
    session: Session,
    order: ReassignCases | ShareCases,
    judged: Judged,
    pair_of: Callable[[JudgedCase], Pair],
    *,
    answers_request: bool,
) -> Changes:
    """Write the new holders of the accepted cases; one trace, one undo.

    `answers_request`: a second person is given, so that nobody asks for one any more.
    """
    trace = Trace(order)
    write_cases(
        session,
        trace,
        judged.accepted,
        lambda case: {
            "agent_id": pair_of(case).agent_id,
            "second_agent_id": pair_of(case).second_agent_id,
            "second_person_asked": case.second_person_asked and not answers_request,
        },
    )
    hand_over(session, trace, judged.accepted, pair_of, order.reason)
    plans = plans_follow(session, trace, judged.accepted, pair_of)
    refresh(session, judged.accepted)
    trace.save(session)
    return Changes(
        act=Act.REASSIGNED,
        topics=frozenset({Topic.CASES, Topic.PLANS} if plans else {Topic.CASES}),
        counts={"cases": len(judged.accepted), "plans": plans, "refused": len(judged.refused)},
        refused=judged.refused,
        undo_id=order.command_id if judged.accepted else None,
    )
