"""Courses, and who is to take them."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from supervisor.models.enums_training import AssignmentState
from supervisor.models.ids import BranchId, CourseId, FlagId, StaffId, TrainingId
from supervisor.models.queries.incident_conditions import FLAG_PREFIX, scope
from supervisor.models.rows.training import (
    CourseFilter,
    CourseRow,
    TrainingFilter,
    TrainingPage,
    TrainingRow,
)
from supervisor.models.tables import Branch, Staff, TrainingAssignment, TrainingCourse


def _state(as_of: date) -> dict[AssignmentState, ColumnElement[bool]]:
    taken = TrainingAssignment.done_on.is_not(None)
    late = TrainingAssignment.due_on < as_of
    return {
        AssignmentState.OPEN: and_(~taken, ~late),
        AssignmentState.EXPIRED: and_(~taken, late),
        AssignmentState.DONE: taken,
    }


def courses(session: Session, wanted: CourseFilter) -> tuple[CourseRow, ...]:
    """Courses by name, those in use first."""
    states = _state(wanted.as_of)
    counts = {state: func.count(case((states[state], 1))) for state in AssignmentState}
    counted = select(TrainingAssignment.course_id, *counts.values()).group_by(
        TrainingAssignment.course_id
    )
    branches = scope(wanted.branches, wanted.allowed)
    if branches is not None:
        counted = counted.where(TrainingAssignment.branch_id.in_(branches))
    people = {row[0]: tuple(row[1:]) for row in session.execute(counted)}
    stmt = select(TrainingCourse.__table__).order_by(
        TrainingCourse.active.desc(), TrainingCourse.name, TrainingCourse.id
    )
    if wanted.active_only:
        stmt = stmt.where(TrainingCourse.active)
    return tuple(_course(row, people.get(row.id, (0, 0, 0))) for row in session.execute(stmt))


def _course(row: Any, counts: tuple[int, ...]) -> CourseRow:
    return CourseRow(
        course_id=CourseId(row.id),
        version=row.version,
        code=row.code,
        name=row.name,
        minutes=row.minutes,
        themes=tuple(theme for theme in row.themes.split(",") if theme),
        active=row.active,
        open=counts[0],
        expired=counts[1],
        done=counts[2],
    )


def assignments(session: Session, wanted: TrainingFilter) -> TrainingPage:
    """Expired first, then by due date; taken ones last, the latest first."""
    states = _state(wanted.as_of)
    limits = _limits(wanted)
    counted = _from(select(*(func.count(case((states[one], 1))) for one in AssignmentState))).where(
        *limits
    )
    counts = dict(zip(AssignmentState, session.execute(counted).one(), strict=True))
    chosen = or_(*(states[one] for one in wanted.states)) if wanted.states else None
    stmt = _from(
        select(
            TrainingAssignment.__table__,
            Staff.name.label("staff"),
            Staff.staff_no,
            Branch.name.label("branch"),
            TrainingCourse.name.label("course"),
        )
    ).where(*limits)
    if chosen is not None:
        stmt = stmt.where(chosen)
    taken = TrainingAssignment.done_on
    stmt = stmt.order_by(
        case((taken.is_(None), 0), else_=1),
        taken.desc(),
        TrainingAssignment.due_on,
        TrainingAssignment.id,
    ).limit(wanted.limit)
    rows = tuple(_row(row, wanted.as_of) for row in session.execute(stmt))
    return TrainingPage(rows, sum(counts[one] for one in wanted.states or counts), counts)


def _from(stmt: Any) -> Any:
    return (
        stmt.select_from(TrainingAssignment)
        .join(Staff, Staff.id == TrainingAssignment.staff_id)
        .join(Branch, Branch.id == TrainingAssignment.branch_id)
        .join(TrainingCourse, TrainingCourse.id == TrainingAssignment.course_id)
    )


def _limits(wanted: TrainingFilter) -> list[ColumnElement[bool]]:
    branches = scope(wanted.branches, wanted.allowed)
    found: list[ColumnElement[bool]] = []
    if branches is not None:
        found.append(TrainingAssignment.branch_id.in_(branches))
    if wanted.staff:
        found.append(TrainingAssignment.staff_id.in_(wanted.staff))
    if wanted.courses:
        found.append(TrainingAssignment.course_id.in_(wanted.courses))
    if wanted.flag_id is not None:
        found.append(TrainingAssignment.flag_id == wanted.flag_id)
    text = wanted.search.strip()
    if text:
        found.append(
            or_(
                Staff.name == text,
                Staff.staff_no == text,
                TrainingCourse.code == text,
                TrainingCourse.name.contains(text, autoescape=True),
            )
        )
    return found


def _row(row: Any, as_of: date) -> TrainingRow:
    left = (row.due_on - as_of).days
    expired = AssignmentState.EXPIRED if left < 0 else AssignmentState.OPEN
    return TrainingRow(
        training_id=TrainingId(row.id),
        version=row.version,
        branch_id=BranchId(row.branch_id),
        branch=row.branch,
        staff_id=StaffId(row.staff_id),
        staff=row.staff,
        staff_no=row.staff_no,
        course_id=CourseId(row.course_id),
        course=row.course,
        flag_id=None if row.flag_id is None else FlagId(row.flag_id),
        flag_no="" if row.flag_id is None else f"{FLAG_PREFIX}{row.flag_id}",
        why=row.why,
        due_on=row.due_on,
        done_on=row.done_on,
        assigned_by=row.assigned_by,
        state=expired if row.done_on is None else AssignmentState.DONE,
        days_left=left if row.done_on is None else None,
    )
