"""Writing judged cases: new values with a version, who held them, what agenda follows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.selection import by_branch
from supervisor.models.commands.trace import Trace
from supervisor.models.enums import PlanState
from supervisor.models.ledger import allocate_ids
from supervisor.models.rows.judged import JudgedCase
from supervisor.models.tables import Assignment, Case, VisitPlan

_case = cast("Table", Case.__table__)
_plan = cast("Table", VisitPlan.__table__)


@dataclass(frozen=True, slots=True)
class Pair:
    """Who shall hold a case."""

    agent_id: int | None
    second_agent_id: int | None


def write_cases(
    session: Session,
    trace: Trace,
    cases: Sequence[JudgedCase],
    new: Callable[[JudgedCase], Mapping[str, Any]],
) -> None:
    """Give each case its new values (all cases the same columns) and the next version."""
    rows = []
    for case in cases:
        values = new(case)
        before = {name: getattr(case, name) for name in values}
        trace.changed(
            Case,
            (case.branch_id, case.case_id),
            before,
            version=case.version + 1,
            case_id=case.case_id,
            subject=case.case_no,
        )
        rows.append({**values, "of_branch": case.branch_id, "of_id": case.case_id})
    if not rows:
        return
    stmt = (
        update(_case)
        .where(_case.c.branch_id == bindparam("of_branch"), _case.c.id == bindparam("of_id"))
        .values(
            version=_case.c.version + 1,
            **{name: bindparam(name) for name in rows[0] if not name.startswith("of_")},
        )
    )
    session.connection().execute(stmt, rows)


def refresh(session: Session, cases: Sequence[JudgedCase]) -> None:
    """Bring the derived columns of these cases up to their facts."""
    refresh_cases(session, [(case.branch_id, case.case_id) for case in cases])


def hand_over(
    session: Session,
    trace: Trace,
    cases: Sequence[JudgedCase],
    to: Callable[[JudgedCase], Pair],
    reason: str,
) -> None:
    """End the running assignments of these cases and begin new ones."""
    now = clock.now()
    keys = [(case.branch_id, case.case_id) for case in cases]
    for branch_id, part in by_branch(keys):
        _end_assignments(session, trace, branch_id, part, now)
    ids = allocate_ids(session, len(cases))
    rows = []
    for case, id_ in zip(cases, ids, strict=True):
        pair = to(case)
        rows.append(
            {
                "branch_id": case.branch_id,
                "id": id_,
                "case_id": case.case_id,
                "agent_id": pair.agent_id,
                "second_agent_id": pair.second_agent_id,
                "from_at": now,
                "reason": reason,
                "by": trace.order.actor.name,
                "done_by_branch_id": case.branch_id,
                "recorded_at": now,
            }
        )
        trace.created(Assignment, (case.branch_id, id_), case_id=case.case_id, subject=case.case_no)
    if rows:
        session.execute(insert(Assignment), rows)


def _end_assignments(
    session: Session, trace: Trace, branch_id: int, case_ids: list[int], now: datetime
) -> None:
    running = (
        Assignment.branch_id == branch_id,
        Assignment.case_id.in_(case_ids),
        Assignment.until_at.is_(None),
    )
    for row in session.execute(select(Assignment.id, Assignment.case_id).where(*running)):
        trace.changed(Assignment, (branch_id, row.id), {"until_at": None}, case_id=row.case_id)
    session.execute(
        update(Assignment).where(*running).values(until_at=now, version=Assignment.version + 1),
        execution_options={"synchronize_session": False},
    )


def plans_follow(
    session: Session,
    trace: Trace,
    cases: Sequence[JudgedCase],
    to: Callable[[JudgedCase], Pair],
) -> int:
    """Give coming planned visits to the new people of their cases; gives how many changed.

    A plan of other people than the case had (somebody stands in) keeps its agent; a missing
    second person is filled in.
    """
    rows = []
    held: dict[tuple[int, int], JudgedCase] = {
        (case.branch_id, case.case_id): case for case in cases
    }
    for branch_id, part in by_branch(held):
        for plan in _coming_plans(session, branch_id, part):
            case = held[branch_id, plan.case_id]
            new = _plan_pair(plan, case, to(case))
            if new == Pair(plan.agent_id, plan.second_agent_id):
                continue
            before = {"agent_id": plan.agent_id, "second_agent_id": plan.second_agent_id}
            trace.changed(
                VisitPlan,
                (branch_id, plan.id),
                before,
                version=plan.version + 1,
                case_id=plan.case_id,
            )
            rows.append(
                {
                    "of_branch": branch_id,
                    "of_id": plan.id,
                    "agent_id": new.agent_id,
                    "second_agent_id": new.second_agent_id,
                }
            )
    if rows:
        session.connection().execute(_PLAN_PEOPLE, rows)
    return len(rows)


_PLAN_PEOPLE = (
    update(_plan)
    .where(_plan.c.branch_id == bindparam("of_branch"), _plan.c.id == bindparam("of_id"))
    .values(
        version=_plan.c.version + 1,
        agent_id=bindparam("agent_id"),
        second_agent_id=bindparam("second_agent_id"),
    )
)


def _coming_plans(session: Session, branch_id: int, case_ids: list[int]) -> Sequence[Any]:
    return session.execute(
        select(
            VisitPlan.id,
            VisitPlan.case_id,
            VisitPlan.version,
            VisitPlan.agent_id,
            VisitPlan.second_agent_id,
        )
        .where(
            VisitPlan.branch_id == branch_id,
            VisitPlan.case_id.in_(case_ids),
            VisitPlan.state == PlanState.PLANNED,
            VisitPlan.plan_on >= clock.today(),
        )
        .order_by(VisitPlan.id)
        .with_for_update(key_share=True)
    ).all()


def _plan_pair(plan: Any, case: JudgedCase, new: Pair) -> Pair:
    agent = new.agent_id if plan.agent_id in {None, case.agent_id} else plan.agent_id
    second = (
        new.second_agent_id
        if plan.second_agent_id in {None, case.second_agent_id}
        else (plan.second_agent_id)
    )
    return Pair(agent, None if second == agent else second)
