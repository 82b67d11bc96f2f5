"""Whether a collector may be given work on a day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from supervisor.models.changes import Refusal
from supervisor.models.commands.selection import refuse
from supervisor.models.ids import StaffId
from supervisor.models.rows.judged import JudgedCase
from supervisor.models.tables import Absence, Staff


@dataclass(frozen=True, slots=True)
class Collector:
    """What an order must know of a person; unknown dates are None and forbid nothing."""

    staff_id: StaffId
    branch_id: int
    staff_no: str
    active: bool
    exam_valid_until: date | None
    training_valid_until: date | None
    away: bool


def collector(session: Session, staff_id: int | None, on: date) -> Collector | None:
    """The person as of a day; None when nobody is asked for or there is no such person."""
    if staff_id is None:
        return None
    away = exists().where(
        Absence.staff_id == Staff.id, Absence.from_on <= on, Absence.until_on >= on
    )
    row = session.execute(
        select(
            Staff.id,
            Staff.branch_id,
            Staff.staff_no,
            Staff.active,
            Staff.exam_valid_until,
            Staff.training_valid_until,
            away,
        ).where(Staff.id == staff_id)
    ).one_or_none()
    return None if row is None else Collector(StaffId(row[0]), *row[1:])


def objection_to(person: Collector | None, case: JudgedCase, on: date) -> Refusal | None:
    """Why this person cannot be given this case on a day; None: they can."""
    if person is None:
        return refuse(case, "agent_unknown")
    if person.branch_id != case.branch_id:
        return refuse(case, "agent_other_branch", staff_no=person.staff_no)
    if not person.active:
        return refuse(case, "agent_inactive", staff_no=person.staff_no)
    for until in (person.training_valid_until, person.exam_valid_until):
        if until is not None and until < on:
            return refuse(
                case, "agent_training_expired", staff_no=person.staff_no, on=until.isoformat()
            )
    return None
