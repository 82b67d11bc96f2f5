"""人员负荷: every open case of a branch once, added up by whoever holds it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from supervisor.errors import NotAllowedError
from supervisor.models.house_calendar import calendar_of
from supervisor.models.ids import CaseId, StaffId, TeamId
from supervisor.models.load_facts import doors, locks, past
from supervisor.models.queries import queue_conditions as judge
from supervisor.models.queries.directory import COLLECTOR
from supervisor.models.queries.house_numbers import house_number
from supervisor.models.rows.fair_split import Lock
from supervisor.models.rows.workloads import (
    Away,
    LoadCase,
    LoadPerson,
    LoadTeam,
    WorkloadAsk,
    Workloads,
)
from supervisor.models.rules.difficulty import difficulty
from supervisor.models.rules.measures.definitions import UNTOUCHED_BANDS
from supervisor.models.rules.parameters import CASE_CAP
from supervisor.models.rules.queue_order import bucket_of
from supervisor.models.tables import Absence, Borrower, Branch, Case, Staff, Team

HORIZON = 10
"""So many working days ahead presence is looked at for a fair share (house parameter)."""
_BAND_ENDS = tuple(low for low, _ in UNTOUCHED_BANDS[1:])


def workloads(session: Session, ask: WorkloadAsk) -> Workloads:
    """Loads of a branch as of a day, and the cases they are made of.

    Raises:
        NotAllowedError: the branch is not the actor's.
    """
    allowed = ask.actor.branches
    if allowed is not None and ask.branch_id not in allowed:
        raise NotAllowedError("branch_not_yours")
    if ask.tomorrow is None:
        ask = replace(ask, tomorrow=calendar_of(session).next_workday(ask.on))
    conflicts, refused = past(session, ask.branch_id)
    locked = locks(session, ask.branch_id)
    cases, unassigned = _cases(session, ask, conflicts, refused, locked)
    branch = session.execute(
        select(Branch.name, Branch.payments_known_on).where(Branch.id == ask.branch_id)
    ).one_or_none()
    return Workloads(
        branch_id=ask.branch_id,
        branch="" if branch is None else branch.name,
        on=ask.on,
        tomorrow=ask.ahead,
        cap=house_number(session, CASE_CAP, (ask.branch_id,)),
        teams=_teams(session, ask, cases),
        cases=cases,
        conflicts=conflicts,
        unassigned=unassigned,
        payments_known_on=None if branch is None else branch.payments_known_on,
    )


def _cases(
    session: Session,
    ask: WorkloadAsk,
    conflicts: Mapping[int, frozenset[int]],
    refused: frozenset[int],
    locked: Mapping[int, Lock],
) -> tuple[tuple[LoadCase, ...], int]:
    """Cases somebody holds, by number, and how many nobody holds."""
    stmt = (
        select(
            Case.id,
            Case.version,
            Case.case_no,
            Case.borrower_id,
            Borrower.household_key,
            Borrower.area,
            Case.agent_id,
            Case.second_agent_id,
            judge.overdue(ask.on, judge.Holding.RAW).label("overdue_fen"),
            Case.settle_fen,
            Case.oldest_due_on,
            Case.placed_on,
            Case.last_visit_on,
            Case.follow_up_due_at,
            Case.next_plan_on,
        )
        .join(Borrower, and_(Borrower.branch_id == Case.branch_id, Borrower.id == Case.borrower_id))
        .where(Case.branch_id == ask.branch_id, Case.ended_on.is_(None))
        .order_by(Case.case_no, Case.id)
    )
    found: list[LoadCase] = []
    unassigned = 0
    for row in session.execute(stmt):
        if row.agent_id is None:
            unassigned += 1
            continue
        due, borrower = row.oldest_due_on, row.borrower_id
        overdue = int(row.overdue_fen)  # PostgreSQL sums raw rows into decimals
        bucket = bucket_of(0 if due is None else max(0, (ask.on - due).days))
        late = row.follow_up_due_at
        found.append(
            LoadCase(
                case_id=CaseId(row.id),
                version=row.version,
                case_no=row.case_no,
                borrower_id=borrower,
                door=row.household_key or f"borrower:{borrower}",
                area=row.area,
                agent_id=StaffId(row.agent_id),
                second_agent_id=row.second_agent_id,
                overdue_fen=overdue,
                settle_fen=row.settle_fen,
                difficulty=difficulty(
                    bucket,
                    overdue,
                    conflict=borrower in conflicts,
                    refusal=borrower in refused,
                ),
                idle=max(0, (ask.on - max(row.placed_on, row.last_visit_on or row.placed_on)).days),
                late=late is not None and late < ask.now,
                planned_on=row.next_plan_on,
                lock=locked.get(row.id),
            )
        )
    return tuple(found), unassigned


def _teams(session: Session, ask: WorkloadAsk, cases: Sequence[LoadCase]) -> tuple[LoadTeam, ...]:
    """Teams by code, people by number; who belongs to none comes last."""
    held: dict[int, list[LoadCase]] = defaultdict(list)
    for case in cases:
        held[case.agent_id].append(case)
    ahead = calendar_of(session).workdays(ask.on, HORIZON)
    away = _absences(session, ask, max(ask.ahead, ahead[-1]))
    going = doors(session, ask.branch_id, ask.ahead)
    stmt = (
        select(
            Staff.id,
            Staff.staff_no,
            Staff.name,
            Staff.team_id,
            Staff.roles,
            Staff.active,
            Staff.daily_capacity,
            Staff.exam_valid_until,
            Staff.training_valid_until,
            Team.name.label("team"),
        )
        .outerjoin(Team, Team.id == Staff.team_id)
        .where(or_(Staff.branch_id == ask.branch_id, Staff.id.in_(held)))
        .order_by(Team.code.is_(None), Team.code, Team.id, Staff.staff_no, Staff.id)
    )
    teams: dict[int | None, tuple[str, list[LoadPerson]]] = {}
    for row in session.execute(stmt):
        works = row.active and COLLECTOR in row.roles.split(",")
        if works or row.id in held:
            person = _person(row, ask, held[row.id], away.get(row.id, ()), going, ahead)
            teams.setdefault(row.team_id, (row.team or "", []))[1].append(person)
    return tuple(
        LoadTeam(None if team is None else TeamId(team), name, tuple(people))
        for team, (name, people) in teams.items()
    )


def _person(
    row: Any,
    ask: WorkloadAsk,
    cases: Sequence[LoadCase],
    away: tuple[Away, ...],
    going: Mapping[int, int],
    ahead: Sequence[date],
) -> LoadPerson:
    def is_away(day: date) -> bool:
        return any(one.from_on <= day <= one.until_on for one in away)

    idle = [0, 0, 0, 0]
    for case in cases:
        idle[bisect_right(_BAND_ENDS, case.idle)] += 1
    ends = [until for until in (row.exam_valid_until, row.training_valid_until) if until]
    unfit = min(ends, default=None)
    works = row.active and not is_away(ask.ahead)
    return LoadPerson(
        staff_id=StaffId(row.id),
        staff_no=row.staff_no,
        name=row.name,
        team_id=row.team_id,
        active=row.active,
        unfit_since=unfit if unfit is not None and unfit < ask.on else None,
        cases=len(cases),
        overdue_fen=sum(case.overdue_fen for case in cases),
        settle_fen=sum(case.settle_fen for case in cases),
        difficulty=sum(case.difficulty for case in cases),
        idle=(idle[0], idle[1], idle[2], idle[3]),
        late=sum(case.late for case in cases),
        areas=len({case.area for case in cases}),
        doors=going.get(row.id, 0),
        capacity=row.daily_capacity if works else 0,
        daily=row.daily_capacity,
        away=away,
        presence=sum(not is_away(day) for day in ahead) if row.active else 0,
    )


def _absences(session: Session, ask: WorkloadAsk, last: date) -> dict[int, tuple[Away, ...]]:
    """Absences that reach into the days up to the last one looked at, by person."""
    stmt = (
        select(Absence.staff_id, Absence.from_on, Absence.until_on, Absence.reason)
        .join(Staff, Staff.id == Absence.staff_id)
        .where(
            Staff.branch_id == ask.branch_id,
            Absence.until_on >= ask.on,
            Absence.from_on <= last,
        )
        .order_by(Absence.staff_id, Absence.from_on, Absence.id)
    )
    found: dict[int, tuple[Away, ...]] = {}
    for row in session.execute(stmt):
        found[row.staff_id] = (
            *found.get(row.staff_id, ()),
            Away(row.from_on, row.until_on, row.reason),
        )
    return found
