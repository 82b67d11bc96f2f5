"""Whether visits somebody would like can be: hours, people, other plans, and all rules in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.clock import SHANGHAI, business_date
from supervisor.models.changes import Refusal
from supervisor.models.commands.parameters import time_of
from supervisor.models.commands.plan_changes import People
from supervisor.models.commands.plan_checking import check_candidates
from supervisor.models.commands.plan_facts import STANDING, Candidate
from supervisor.models.commands.selection import refuse
from supervisor.models.rows.judged import JudgedCase
from supervisor.models.rows.plan_checks import PlanCheck, PlanMark
from supervisor.models.rows.planning import Planning, PlanProposal, RefusedVisit
from supervisor.models.rules.parameters import QUIET_FROM, QUIET_UNTIL
from supervisor.models.tables import VisitPlan


@dataclass(frozen=True, slots=True)
class Wish:
    """A visit somebody would like: the case, and the plan as it would be."""

    case: JudgedCase
    plan: Candidate


def settled(session: Session, wishes: Sequence[Wish], refused: Sequence[RefusedVisit]) -> Planning:
    """Hours, people, other plans of the case, then all rules."""
    left: list[Wish] = []
    found = list(refused)
    people, hours = People(session), _Hours(session)
    overlapping = _overlapping(session, wishes)
    for wish in wishes:
        reason = (
            hours.objection(wish)
            or _objection_to_people(people, wish)
            or _objection_to_overlap(wish, overlapping)
        )
        if reason is None:
            left.append(wish)
        else:
            found.append(RefusedVisit(reason))
    accepted: list[PlanProposal] = []
    for wish, check in zip(left, _checks(session, left), strict=True):
        if check.blocked:
            found.append(RefusedVisit(blocked_by(wish.case, check), check))
        else:
            plan = wish.plan
            accepted.append(
                PlanProposal(wish.case, check, plan.agent_id, plan.second_agent_id, plan.device_id)
            )
    return Planning(tuple(accepted), tuple(found))


class _Hours:
    """The hours of each branch, read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[int, tuple[time, time]] = {}

    def objection(self, wish: Wish) -> Refusal | None:
        branch_id = wish.case.branch_id
        if branch_id not in self._known:
            self._known[branch_id] = (
                time_of(self._session, QUIET_UNTIL, branch_id),
                time_of(self._session, QUIET_FROM, branch_id),
            )
        earliest, latest = self._known[branch_id]
        begins = wish.plan.window_from.astimezone(SHANGHAI)
        ends = wish.plan.window_until.astimezone(SHANGHAI)
        if begins.date() != ends.date() or ends.time() > latest:
            return refuse(wish.case, "plan_after_hours", latest=latest.strftime("%H:%M"))
        if begins.time() < earliest:
            return refuse(
                wish.case,
                "plan_in_quiet_hours",
                earliest=earliest.strftime("%H:%M"),
                latest=latest.strftime("%H:%M"),
            )
        return None


def _objection_to_people(people: People, wish: Wish) -> Refusal | None:
    plan = wish.plan
    if plan.agent_id is None:
        return refuse(wish.case, "plan_nobody")
    if plan.agent_id == plan.second_agent_id:
        return refuse(wish.case, "second_is_agent")
    first = people.objection(plan.agent_id, wish.case, plan.on)
    if first is not None or plan.second_agent_id is None:
        return first
    return people.objection(plan.second_agent_id, wish.case, plan.on)


def _overlapping(session: Session, wishes: Sequence[Wish]) -> dict[int, list[Any]]:
    """Standing plans of these cases on these days."""
    found: dict[int, list[Any]] = {}
    stmt = select(
        VisitPlan.id, VisitPlan.case_id, VisitPlan.window_from, VisitPlan.window_until
    ).where(
        VisitPlan.branch_id.in_({wish.case.branch_id for wish in wishes}),
        VisitPlan.case_id.in_({wish.case.case_id for wish in wishes}),
        VisitPlan.plan_on.in_({wish.plan.on for wish in wishes}),
        VisitPlan.state.in_(STANDING),
    )
    for row in session.execute(stmt):
        found.setdefault(row.case_id, []).append(row)
    return found


def _objection_to_overlap(wish: Wish, known: dict[int, list[Any]]) -> Refusal | None:
    for other in known.get(wish.case.case_id, ()):
        if other.id != wish.plan.plan_id and business_date(other.window_from) == wish.plan.on:
            return refuse(wish.case, "plan_there_already", case_no=wish.case.case_no)
    return None


def _checks(session: Session, wishes: Sequence[Wish]) -> list[PlanCheck]:
    found: dict[int, PlanCheck] = {}
    for branch_id in sorted({wish.case.branch_id for wish in wishes}):
        mine = [(n, wish) for n, wish in enumerate(wishes) if wish.case.branch_id == branch_id]
        names = {int(wish.case.case_id): wish.case.case_no for _, wish in mine}
        checks = check_candidates(session, branch_id, [wish.plan for _, wish in mine], names)
        found.update({n: check for (n, _), check in zip(mine, checks, strict=True)})
    return [found[n] for n in range(len(wishes))]


def blocked_by(case: JudgedCase, check: PlanCheck) -> Refusal:
    """Which rules block the visit, and from when on none would."""
    rules = ",".join(rule.rule_id for rule in check.of(PlanMark.BLOCKED))
    free = check.allowed_from
    if free is None:
        return refuse(case, "plan_blocked", rules=rules)
    local = free.astimezone(SHANGHAI)
    return refuse(case, "plan_blocked_until", rules=rules, free=f"{local:%Y-%m-%d %H:%M}")
