"""Whose figures over which days: what every report query asks with, and the head it prints."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.errors import BadInputError, NotAllowedError
from supervisor.models.enums import Bucket
from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.enums_reports import ReportKind
from supervisor.models.house_calendar import calendar_of
from supervisor.models.ids import BranchId, StaffId
from supervisor.models.queries.demo import is_demo
from supervisor.models.queries.directory import COLLECTOR
from supervisor.models.queries.incident_conditions import scope
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.rows.report_parts import ReportBranch, ReportHead
from supervisor.models.rows.reports import ReportAsk
from supervisor.models.tables import Branch, Staff, Team

A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)
MANY = 100_000
"""A limit where all lines are wanted."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks about which branches. `branches` None: of every branch there is."""

    ask: ReportAsk
    branches: tuple[BranchId, ...] | None

    @property
    def first(self) -> date:
        """First day of the period."""
        return self.ask.request.from_on

    @property
    def last(self) -> date:
        """Last day of the period."""
        return self.ask.request.to_on

    @property
    def month(self) -> date:
        """First day of the month the period ends in."""
        return self.last.replace(day=1)

    @property
    def the_branch(self) -> BranchId | None:
        """The branch, where it is exactly one."""
        return self.branches[0] if self.branches is not None and len(self.branches) == 1 else None

    def measure(
        self,
        measure: MeasureId,
        first: date | None = None,
        last: date | None = None,
        by: tuple[Dimension, ...] = (),
        *,
        agents: tuple[StaffId, ...] = (),
        buckets: tuple[Bucket, ...] = (),
    ) -> MeasureFilter:
        """A measure over the period, or over these days."""
        return MeasureFilter(
            measure=measure,
            first_on=first or self.first,
            last_on=last or self.last,
            as_of=self.ask.as_of,
            now=self.ask.now,
            branches=self.branches or (),
            allowed=self.ask.actor.branches,
            by=by,
            agents=agents,
            buckets=buckets,
        )

    def incidents(
        self, first: date | None = None, last: date | None = None, **more: Any
    ) -> IncidentFilter:
        """Flags, of all times unless days are given."""
        wanted = IncidentFilter(
            as_of=self.ask.as_of,
            now=self.ask.now,
            branches=self.branches or (),
            allowed=self.ask.actor.branches,
            raised_from=first,
            raised_until=last,
            limit=MANY,
        )
        return replace(wanted, **more)


def scope_of(session: Session, ask: ReportAsk) -> Scope:
    """The branches asked for, each of which must be there and the actor's.

    Raises:
        BadInputError: the period is upside down or lies ahead, or there is no such branch.
        NotAllowedError: a branch is not the actor's.
    """
    request = ask.request
    if request.from_on > request.to_on:
        raise BadInputError("report_period_backwards")
    if request.from_on > ask.as_of and request.kind is not ReportKind.VISIT_SHEET:
        raise BadInputError("report_period_future")
    allowed = ask.actor.branches
    if request.branch_ids is None:
        return Scope(ask, allowed)
    if allowed is not None and not set(request.branch_ids) <= set(allowed):
        raise NotAllowedError("branch_not_yours")
    there = set(session.scalars(select(Branch.id).where(Branch.id.in_(request.branch_ids))))
    if not request.branch_ids or there != set(request.branch_ids):
        raise BadInputError("report_branch_unknown")
    return Scope(ask, tuple(sorted(request.branch_ids)))


def one_branch(found: Scope) -> BranchId:
    """The only branch of the scope.

    Raises:
        BadInputError: there are several.
    """
    if found.the_branch is None:
        raise BadInputError("report_one_branch")
    return found.the_branch


def head_of(session: Session, found: Scope, *, monthly: bool = False) -> ReportHead:
    """What stands above the report."""
    rows = _branches(session, found)
    known = [row.payments_known_on for row in rows if row.payments_known_on is not None]
    month = [found.month + A_DAY * n for n in range(31)]
    works = calendar_of(session).is_workday
    workdays = [day for day in month if day.month == found.month.month and works(day)]
    return ReportHead(
        branches=tuple(ReportBranch(BranchId(row.id), row.code, row.name) for row in rows),
        teams=_teams(session, [row.id for row in rows]) if len(rows) == 1 else (),
        issue=f"{found.last:%Y-%m}" if monthly else issue_of(found.last),
        from_on=found.first,
        to_on=found.last,
        payments_known_on=min(known, default=None),
        workdays_gone=sum(day <= found.last for day in workdays),
        workdays=len(workdays),
        is_demo=is_demo(session),
    )


def issue_of(day: date) -> str:
    """The ISO week of a day: 2026W46."""
    year, week, _ = day.isocalendar()
    return f"{year}W{week:02d}"


def _branches(session: Session, found: Scope) -> Sequence[Any]:
    stmt = select(Branch.id, Branch.code, Branch.name, Branch.payments_known_on)
    if found.branches is not None:
        stmt = stmt.where(Branch.id.in_(found.branches))
    return session.execute(stmt.order_by(Branch.code, Branch.id)).all()


def _teams(session: Session, branches: Sequence[int]) -> tuple[str, ...]:
    stmt = select(Team.name).where(Team.branch_id.in_(branches)).order_by(Team.code, Team.id)
    return tuple(session.scalars(stmt))


@dataclass(frozen=True, slots=True)
class Member:
    """A collector of the scope and their team."""

    staff_id: StaffId
    staff_no: str
    name: str
    team_id: int | None
    team: str
    active: bool


def members(session: Session, found: Scope, also: Sequence[int] = ()) -> tuple[Member, ...]:
    """Active collectors and whoever is named in `also`, by team and staff number."""
    stmt = (
        select(Staff.id, Staff.staff_no, Staff.name, Staff.team_id, Staff.active, Staff.roles,
               Staff.branch_id, Team.name.label("team"))
        .outerjoin(Team, Team.id == Staff.team_id)
        .order_by(Team.code.is_(None), Team.code, Team.id, Staff.staff_no, Staff.id)
    )  # fmt: skip
    named = set(also)
    inside = None if found.branches is None else set(found.branches)
    return tuple(
        Member(StaffId(row.id), row.staff_no, row.name, row.team_id, row.team or "", row.active)
        for row in session.execute(stmt)
        if row.id in named
        or (
            row.active
            and COLLECTOR in row.roles.split(",")
            and (inside is None or row.branch_id in inside)
        )
    )


def filtered(found: Scope) -> tuple[BranchId, ...] | None:
    """The branches, as conditions of a statement of our own; None is all."""
    return scope(found.branches or (), found.ask.actor.branches)
