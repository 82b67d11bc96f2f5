"""Branches, teams and people as choices: the cascade branch > team > agent."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from supervisor.models.changes import Actor
from supervisor.models.ids import BranchId, StaffId, TeamId
from supervisor.models.rows.directory import BranchRow, DirectoryRow, StaffRow, TeamRow
from supervisor.models.tables import Branch, Case, Staff, Team

COLLECTOR = "collector"


def directory(session: Session, actor: Actor) -> DirectoryRow:
    """Everything the actor may choose from; people are collectors, with their open cases."""
    allowed = actor.branches
    return DirectoryRow(
        _branches(session, allowed), _teams(session, allowed), _staff(session, allowed)
    )


def branches(session: Session, actor: Actor) -> tuple[BranchRow, ...]:
    """The branches the actor may see, by code."""
    return _branches(session, actor.branches)


def _branches(session: Session, allowed: tuple[BranchId, ...] | None) -> tuple[BranchRow, ...]:
    statement = select(
        Branch.id, Branch.code, Branch.name, Branch.shows_names, Branch.payments_known_on
    ).order_by(Branch.code, Branch.id)
    if allowed is not None:
        statement = statement.where(Branch.id.in_(allowed))
    return tuple(
        BranchRow(BranchId(id_), code, name, shows_names, known_on)
        for id_, code, name, shows_names, known_on in session.execute(statement)
    )


def _teams(session: Session, allowed: tuple[BranchId, ...] | None) -> tuple[TeamRow, ...]:
    statement = select(Team.id, Team.branch_id, Team.name).order_by(
        Team.branch_id, Team.code, Team.id
    )
    if allowed is not None:
        statement = statement.where(Team.branch_id.in_(allowed))
    return tuple(
        TeamRow(TeamId(id_), BranchId(branch_id), name)
        for id_, branch_id, name in session.execute(statement)
    )


def _staff(session: Session, allowed: tuple[BranchId, ...] | None) -> tuple[StaffRow, ...]:
    # Counted from the index over open cases, one range per person; never from the cases.
    open_cases = (
        select(func.count())
        .where(Case.agent_id == Staff.id, Case.ended_on.is_(None))
        .correlate(Staff)
        .scalar_subquery()
    )
    statement = select(
        Staff.id,
        Staff.branch_id,
        Staff.team_id,
        Staff.staff_no,
        Staff.name,
        Staff.active,
        Staff.daily_capacity,
        Staff.training_valid_until,
        Staff.roles,
        open_cases.label("open_cases"),
    ).order_by(Staff.branch_id, Staff.staff_no, Staff.id)
    if allowed is not None:
        statement = statement.where(Staff.branch_id.in_(allowed))
    return tuple(
        StaffRow(
            staff_id=StaffId(row.id),
            branch_id=BranchId(row.branch_id),
            team_id=TeamId(row.team_id) if row.team_id is not None else None,
            staff_no=row.staff_no,
            name=row.name,
            active=row.active,
            daily_capacity=row.daily_capacity,
            open_cases=row.open_cases,
            training_valid_until=row.training_valid_until,
        )
        for row in session.execute(statement)
        if COLLECTOR in row.roles.split(",")
    )
