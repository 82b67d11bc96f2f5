"""What rules look at in planned visits, read for many plans at once.

A fixed number of statements for each branch, however many plans. Nothing here depends on today: a
plan is judged on its own day, by everything known of the borrower.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from supervisor.clock import business_date
from supervisor.models.commands.borrower_past import (
    BLOCK,
    Pasts,
    agreement_on,
    dispute_on,
    held_on,
    pasts_of,
)
from supervisor.models.enums import AddressKind, HoldReason, PlanState, Tick
from supervisor.models.rules.packs.codes import Status, TargetRole
from supervisor.models.rules.packs.facts import PlanFacts
from supervisor.models.tables import (
    Case,
    CaseContract,
    Device,
    Instalment,
    Staff,
    Visit,
    VisitPlan,
)

STANDING = (PlanState.PLANNED, PlanState.EN_ROUTE, PlanState.ON_SITE)
"""States of a plan that still stands."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A visit as it is planned, or as it might be (`plan_id` None)."""

    case_id: int
    window_from: datetime
    window_until: datetime
    agent_id: int | None
    second_agent_id: int | None
    device_id: int | None
    plan_id: int | None = None
    address_kind: AddressKind = AddressKind.HOME
    notice_sent_at: datetime | None = None

    @property
    def on(self) -> date:
        """The business date of the visit."""
        return business_date(self.window_from)

    @property
    def people(self) -> frozenset[int]:
        """Who goes."""
        return frozenset({self.agent_id, self.second_agent_id} - {None})  # type: ignore[arg-type]


def candidate_of(row: Any) -> Candidate:
    """A stored plan as it is."""
    return Candidate(
        case_id=row.case_id,
        window_from=row.window_from,
        window_until=row.window_until,
        agent_id=row.agent_id,
        second_agent_id=row.second_agent_id,
        device_id=row.device_id,
        plan_id=row.id,
        address_kind=AddressKind(row.address_kind),
        notice_sent_at=row.notice_sent_at,
    )


def facts_of_plans(
    session: Session, branch_id: int, plans: Sequence[Candidate]
) -> tuple[PlanFacts, ...]:
    """The facts of each plan, in their order; other plans of the list count as made."""
    cases = {plan.case_id for plan in plans}
    pasts = pasts_of(session, branch_id, cases)
    known = _Known(
        pasts=pasts,
        others=_others(session, branch_id, pasts, plans),
        staff=_staff(session, plans),
        devices=_devices(session, plans),
        last_due=_last_due(session, branch_id, cases),
        barred=_barred(session, branch_id, pasts),
    )
    return tuple(_facts(plan, known) for plan in plans)


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything read for a list of plans."""

    pasts: Pasts
    others: dict[int, list[Candidate]]
    staff: dict[int, Any]
    devices: dict[int, Any]
    last_due: dict[int, date]
    barred: dict[int, datetime]


def _parts(ids: Collection[int]) -> list[list[int]]:
    whole = sorted(ids)
    return [whole[start : start + BLOCK] for start in range(0, len(whole), BLOCK)]


def _others(
    session: Session, branch_id: int, pasts: Pasts, plans: Sequence[Candidate]
) -> dict[int, list[Candidate]]:
    """Standing plans by case, those of the list as the list has them."""
    found: dict[int, list[Candidate]] = defaultdict(list)
    mine = {plan.plan_id for plan in plans}
    answered = select(Visit.plan_id).where(
        Visit.branch_id == branch_id, Visit.plan_id.is_not(None), Visit.case_id == VisitPlan.case_id
    )
    for part in _parts(pasts.cases):
        stmt = (
            select(*PLAN_COLUMNS)
            .where(
                VisitPlan.branch_id == branch_id,
                VisitPlan.case_id.in_(part),
                VisitPlan.state.in_(STANDING),
                VisitPlan.id.not_in(answered),
            )
            .order_by(VisitPlan.id)
        )
        for row in session.execute(stmt):
            if row.id not in mine:
                found[row.case_id].append(candidate_of(row))
    for plan in plans:
        found[plan.case_id].append(plan)
    return found


PLAN_COLUMNS = (
    VisitPlan.branch_id,
    VisitPlan.id,
    VisitPlan.case_id,
    VisitPlan.plan_no,
    VisitPlan.version,
    VisitPlan.window_from,
    VisitPlan.window_until,
    VisitPlan.address_kind,
    VisitPlan.agent_id,
    VisitPlan.second_agent_id,
    VisitPlan.device_id,
    VisitPlan.notice_sent_at,
    VisitPlan.state,
)


def _staff(session: Session, plans: Sequence[Candidate]) -> dict[int, Any]:
    ids: set[int] = set().union(*(plan.people for plan in plans))
    stmt = select(Staff.id, Staff.active, Staff.exam_valid_until, Staff.training_valid_until)
    return {row.id: row for row in session.execute(stmt.where(Staff.id.in_(ids)))}


def _devices(session: Session, plans: Sequence[Candidate]) -> dict[int, Any]:
    ids = {plan.device_id for plan in plans if plan.device_id is not None}
    stmt = select(Device.id, Device.active, Device.checked_on).where(Device.id.in_(ids))
    return {row.id: row for row in session.execute(stmt)}


def _last_due(session: Session, branch_id: int, cases: Collection[int]) -> dict[int, date]:
    found: dict[int, date] = {}
    for part in _parts(cases):
        stmt = (
            select(CaseContract.case_id, func.max(Instalment.due_on))
            .join(
                Instalment,
                (Instalment.branch_id == CaseContract.branch_id)
                & (Instalment.contract_id == CaseContract.contract_id),
            )
            .where(CaseContract.branch_id == branch_id, CaseContract.case_id.in_(part))
            .group_by(CaseContract.case_id)
        )
        found.update({row[0]: row[1] for row in session.execute(stmt)})
    return found


def _barred(session: Session, branch_id: int, pasts: Pasts) -> dict[int, datetime]:
    """Since when a borrower is not to be contacted, by case of theirs that says so."""
    found: dict[int, datetime] = {}
    for part in _parts(pasts.cases):
        stmt = select(Case.id, Case.do_not_contact_at).where(
            Case.branch_id == branch_id, Case.id.in_(part), Case.do_not_contact_at.is_not(None)
        )
        found.update({row.id: row.do_not_contact_at for row in session.execute(stmt)})
    return found


def _facts(plan: Candidate, known: _Known) -> PlanFacts:
    history = known.pasts.before(plan.case_id, plan.window_from)
    sisters = known.pasts.sisters(plan.case_id)
    visited = history.visits_on or ()
    history = replace(history, visits_on=(*visited, *_planned_days(plan, known, sisters, visited)))
    people = [known.staff[one] for one in (plan.agent_id, plan.second_agent_id) if one is not None]
    device = known.devices.get(plan.device_id) if plan.device_id is not None else None
    deceased = HoldReason.DECEASED in held_on(history, plan.on)
    return PlanFacts(
        on=plan.on,
        start_at=plan.window_from,
        end_at=plan.window_until,
        staff=tuple(str(one.id) for one in people),
        staff_active=tuple(_tick(one.active) for one in people),
        exam_valid_until=tuple(one.exam_valid_until for one in people),
        training_valid_until=tuple(one.training_valid_until for one in people),
        address_kind=plan.address_kind,
        target_role=TargetRole.DEBTOR,  # a case is its borrower's
        debtor_status=Status.DECEASED if deceased else None,
        agreement=agreement_on(history, plan.on),
        dispute=dispute_on(history, plan.on),
        do_not_contact=_do_not_contact(plan, known, sisters),
        device_assigned=_tick(device is not None and device.active),
        device_checked_on=None if device is None else device.checked_on,
        notice_sent_at=plan.notice_sent_at,
        last_due_on=known.last_due.get(plan.case_id),
        history=history,
    )


def _tick(value: bool) -> Tick:  # noqa: FBT001 - a plain conversion
    return Tick.YES if value else Tick.NO


def _planned_days(
    plan: Candidate, known: _Known, sisters: Sequence[int], visited: Sequence[date]
) -> list[date]:
    """Days somebody will be at this door anyway, each once.

    Cases of one borrower are visited together: the same people on the same day are one visit. A
    day on which a visit was reported already counts.
    """
    days: set[date] = set()
    for case_id in sisters:
        for other in known.others.get(case_id, ()):
            itself = other is plan or (plan.plan_id is not None and other.plan_id == plan.plan_id)
            together = other.on == plan.on and other.people == plan.people
            if not itself and not together and other.on not in visited:
                days.add(other.on)
    return sorted(days)


def _do_not_contact(plan: Candidate, known: _Known, sisters: Sequence[int]) -> Tick:
    since = [known.barred[case_id] for case_id in sisters if case_id in known.barred]
    if not since:
        return Tick.UNKNOWN
    return _tick(min(since) <= plan.window_from)
