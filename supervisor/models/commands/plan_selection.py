"""The planned visits an order names: their cases locked first, then the plans; all checked."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.models.changes import Actor, Refusal
from supervisor.models.commands.selection import by_branch, judge, refuse
from supervisor.models.enums import PlanState
from supervisor.models.ids import CaseId
from supervisor.models.orders import CaseRef
from supervisor.models.orders_plans import PlanRef
from supervisor.models.rows.judged import JudgedCase
from supervisor.models.tables import VisitPlan

UNDER_WAY = frozenset({PlanState.EN_ROUTE.value, PlanState.ON_SITE.value})


@dataclass(frozen=True, slots=True)
class ChosenPlan:
    """A plan an order takes, as it lies, with its case."""

    row: Any
    case: JudgedCase


Objection = Callable[[Any, JudgedCase], Refusal | None]


def the_plans(
    session: Session,
    actor: Actor,
    refs: Iterable[PlanRef],
    objection: Objection,
    *,
    lock: bool,
    ended: bool = False,
) -> tuple[list[ChosenPlan], list[Refusal]]:
    """Which of the named plans an order takes, in the order they were named.

    `ended`: a plan of a case that left the queue will do as well.
    """
    wanted = {(ref.branch_id, ref.plan_id): ref for ref in refs}
    case_of = _cases(session, wanted)
    cases = judge(
        session,
        actor,
        {CaseRef(key[0], CaseId(case_id)) for key, case_id in case_of.items()},
        lock=lock,
        ended=ended,
    )
    accepted = {(case.branch_id, case.case_id): case for case in cases.accepted}
    rows = _rows(session, sorted(case_of), lock=lock)
    chosen: list[ChosenPlan] = []
    refused = list(cases.refused)
    for key, ref in wanted.items():
        row = rows.get(key)
        if row is None:
            refused.append(Refusal(subject=str(key[1]), code="plan_not_found"))
            continue
        case = accepted.get((key[0], CaseId(row.case_id)))
        if case is None:
            continue
        reason = _general(ref, row, case) or objection(row, case)
        if reason is None:
            chosen.append(ChosenPlan(row, case))
        else:
            refused.append(reason)
    return chosen, refused


def _general(ref: PlanRef, row: Any, case: JudgedCase) -> Refusal | None:
    if ref.version is not None and ref.version != row.version:
        return refuse(case, "plan_changed")
    if row.state != PlanState.PLANNED and row.state not in UNDER_WAY:
        return refuse(case, "plan_is_over")
    return None


def not_under_way(row: Any, case: JudgedCase) -> Refusal | None:
    """Whoever is on the way is told by telephone, not by a changed plan."""
    return refuse(case, "plan_under_way") if row.state in UNDER_WAY else None


def _cases(session: Session, keys: Iterable[tuple[Any, Any]]) -> dict[tuple[Any, Any], int]:
    found: dict[tuple[Any, Any], int] = {}
    for branch_id, part in by_branch(keys):
        stmt = select(VisitPlan.id, VisitPlan.case_id).where(
            VisitPlan.branch_id == branch_id, VisitPlan.id.in_(part)
        )
        found.update({(branch_id, row.id): row.case_id for row in session.execute(stmt)})
    return found


def _rows(session: Session, keys: Sequence[tuple[Any, Any]], *, lock: bool) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for branch_id, part in by_branch(keys):
        stmt = (
            select(*VisitPlan.__table__.c)
            .where(VisitPlan.branch_id == branch_id, VisitPlan.id.in_(part))
            .order_by(VisitPlan.id)
        )
        if lock:
            stmt = stmt.with_for_update(key_share=True)
        found.update({(branch_id, row.id): row for row in session.execute(stmt)})
    return found
