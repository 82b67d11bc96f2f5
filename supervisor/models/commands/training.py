"""Courses, who is to take them, and that they were taken."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models.changes import Actor, Changes, Refusal
from supervisor.models.commands.flag_moving import end_steps, move_on
from supervisor.models.commands.flag_selection import said, the_flag
from supervisor.models.commands.flag_writing import Pad
from supervisor.models.commands.selection import may_see
from supervisor.models.enums import Act, Role, Topic
from supervisor.models.enums_incidents import FlagEventKind, StepOutcome, Task
from supervisor.models.ids import BranchId, FlagId
from supervisor.models.ledger import allocate_ids
from supervisor.models.orders_training import (
    AssignTraining,
    FinishTraining,
    SaveCourse,
    TrainingRef,
    WithdrawTraining,
)
from supervisor.models.rows.incidents import FlagRef
from supervisor.models.rows.packs import Step
from supervisor.models.tables import Flag, Staff, TrainingAssignment, TrainingCourse

TOPICS = frozenset({Topic.FLAGS})
COURSE_KEEPERS = frozenset({Role.TRAINING_LEAD, Role.ADMIN})
ASSIGNERS = frozenset({Role.TRAINING_LEAD, Role.SUPERVISOR, Role.COMPLIANCE, Role.ADMIN})
_LONGEST_CODE, _LONGEST_NAME, _LONGEST_MINUTES = 40, 200, 10_000
_COURSE_STEPS = (Task.OPENING_COURSE, Task.DEESCALATION_COURSE, Task.RULE_REFRESHER, Step.COACHING)
_UNSYNCHRONISED = {"synchronize_session": False}


def _allowed(actor: Actor, roles: frozenset[Role]) -> None:
    if actor.role not in roles:
        raise NotAllowedError("training_not_yours", role=actor.role.value)


def save_course(session: Session, order: SaveCourse) -> Changes:
    """Add a course, change it, or take it out of use.

    Raises:
        BadInputError: no code or name, one that is too long, or a length that is none.
        ConflictError: the code is taken, or the course is gone or was changed.
        NotAllowedError: not of this role.
    """
    _allowed(order.actor, COURSE_KEEPERS)
    values = _course_values(order)
    taken = session.scalar(select(TrainingCourse.id).where(TrainingCourse.code == values["code"]))
    if taken is not None and taken != order.course_id:
        raise ConflictError("course_code_taken", course=values["code"])
    if order.course_id is None:
        (course_id,) = allocate_ids(session, 1)
        session.execute(
            insert(TrainingCourse).values(id=course_id, recorded_at=clock.now(), **values)
        )
    else:
        course_id = order.course_id
        old = session.scalar(
            select(TrainingCourse.version).where(TrainingCourse.id == course_id).with_for_update()
        )
        if old is None:
            raise ConflictError("course_not_found")
        if order.version is not None and order.version != old:
            raise ConflictError("course_changed")
        session.execute(
            update(TrainingCourse)
            .where(TrainingCourse.id == course_id)
            .values(version=TrainingCourse.version + 1, **values),
            execution_options=_UNSYNCHRONISED,
        )
    return Changes(
        act=Act.COURSE_CHANGED,
        topics=TOPICS,
        counts={"courses": 1},
        created={"course": int(course_id)} if order.course_id is None else {},
        facts={"course_id": int(course_id), "course": values["code"]},
    )


def _course_values(order: SaveCourse) -> dict[str, Any]:
    code, name = order.code.strip(), order.name.strip()
    if not code or not name:
        raise BadInputError("course_name_missing")
    if len(code) > _LONGEST_CODE or len(name) > _LONGEST_NAME or "," in code:
        raise BadInputError("course_name_bad", longest=_LONGEST_NAME)
    if not 1 <= order.minutes <= _LONGEST_MINUTES:
        raise BadInputError("course_minutes_bad", longest=_LONGEST_MINUTES)
    themes = [theme.strip() for theme in order.themes if theme.strip()]
    if any("," in theme for theme in themes):
        raise BadInputError("course_theme_bad")
    return {
        "code": code,
        "name": name,
        "minutes": order.minutes,
        "themes": ",".join(dict.fromkeys(themes)),
        "active": order.active,
    }


def assign_training(session: Session, order: AssignTraining) -> Changes:
    """Let people take a course; those who have it open already are left out and named.

    With a flag its history tells of it, and the step to book a training ends.

    Raises:
        BadInputError: nobody named, or a due day that has passed.
        ConflictError: no such course in use, no such flag, or nobody is left to assign it to.
        NotAllowedError: not of this branch or role.
    """
    _allowed(order.actor, ASSIGNERS)
    if not order.staff:
        raise BadInputError("training_nobody")
    if order.due_on < clock.today():
        raise BadInputError("training_due_passed", on=order.due_on.isoformat())
    course = session.execute(
        select(TrainingCourse.id, TrainingCourse.code).where(
            TrainingCourse.id == order.course_id, TrainingCourse.active
        )
    ).one_or_none()
    if course is None:
        raise ConflictError("course_not_found")
    flag = None if order.flag is None else the_flag(session, order.actor, order.flag, None)
    people, refused = _people(session, order)
    if not people:
        raise ConflictError(refused[0].code, **refused[0].facts)
    pad = Pad(session)
    ids = list(allocate_ids(session, len(people)))
    rows = [
        {
            "id": id_,
            "branch_id": one.branch_id,
            "staff_id": one.id,
            "course_id": order.course_id,
            "flag_id": None if flag is None else flag.id,
            "why": order.why.strip(),
            "due_on": order.due_on,
            "assigned_by": order.actor.name,
            "recorded_at": pad.now,
        }
        for id_, one in zip(ids, people, strict=True)
    ]
    session.execute(insert(TrainingAssignment), rows)
    if flag is not None:
        kind = FlagEventKind.TRAINING_ASSIGNED
        move_on(session, pad, order, flag, kind, words=course.code)
        end_steps(session, pad, order, flag, StepOutcome.DONE, Step.BOOK_TRAINING)
    pad.write()
    return Changes(
        act=Act.TRAINING_ASSIGNED,
        topics=TOPICS,
        counts={"people": len(people)},
        refused=tuple(refused),
        created={"training": int(ids[0])},
        facts={"course": course.code, **({} if flag is None else {"flag_id": flag.id})},
    )


def _people(session: Session, order: AssignTraining) -> tuple[list[Any], list[Refusal]]:
    wanted = list(dict.fromkeys(order.staff))
    rows = {
        row.id: row
        for row in session.execute(
            select(Staff.id, Staff.branch_id, Staff.name, Staff.active)
            .where(Staff.id.in_(wanted))
            .order_by(Staff.id)
            .with_for_update(key_share=True)
        )
    }
    open_ones = set(
        session.scalars(
            select(TrainingAssignment.staff_id).where(
                TrainingAssignment.staff_id.in_(wanted),
                TrainingAssignment.course_id == order.course_id,
                TrainingAssignment.done_on.is_(None),
            )
        )
    )
    people, refused = [], []
    for id_ in wanted:
        row = rows.get(id_)
        code = _refusal(order.actor, row, open_ones)
        if code is None:
            people.append(row)
        else:
            # Somebody of another branch is not named: only the number that was asked for.
            name = row.name if row is not None and may_see(order.actor, row.branch_id) else str(id_)
            refused.append(Refusal(name, code, {"person": name}))
    return people, refused


def _refusal(actor: Actor, row: Any, open_ones: set[int]) -> str | None:
    if row is None:
        return "training_person_unknown"
    if not may_see(actor, row.branch_id):
        return "branch_not_yours"
    if not row.active:
        return "training_person_left"
    return "training_open_already" if row.id in open_ones else None


def _the_training(session: Session, actor: Actor, ref: TrainingRef) -> Any:
    _allowed(actor, ASSIGNERS)
    row = session.execute(
        select(TrainingAssignment.__table__)
        .where(TrainingAssignment.id == ref.training_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise ConflictError("training_not_found")
    if not may_see(actor, row.branch_id):
        raise NotAllowedError("branch_not_yours")
    if ref.version is not None and ref.version != row.version:
        raise ConflictError("training_changed")
    if row.done_on is not None:
        raise ConflictError("training_is_done", on=row.done_on.isoformat())
    return row


def finish_training(session: Session, order: FinishTraining) -> Changes:
    """The course was taken; the last one for a flag ends the flag's training steps.

    Raises:
        BadInputError: a day still to come, or one before it was assigned.
        ConflictError: gone, changed, or taken before.
        NotAllowedError: not of this branch or role.
    """
    row = _the_training(session, order.actor, order.training)
    if not clock.business_date(row.recorded_at) <= order.done_on <= clock.today():
        raise BadInputError("training_day_bad", on=order.done_on.isoformat())
    session.execute(
        update(TrainingAssignment)
        .where(TrainingAssignment.id == row.id)
        .values(done_on=order.done_on, version=TrainingAssignment.version + 1),
        execution_options=_UNSYNCHRONISED,
    )
    _tell_flag(session, order, row, order.done_on)
    return _changed(row, "done")


def _tell_flag(session: Session, order: FinishTraining, row: Any, done_on: date) -> None:
    """Its history, and its training steps once nobody has the course before them any more."""
    if row.flag_id is None:
        return
    branch = session.scalar(select(Flag.branch_id).where(Flag.id == row.flag_id))
    if branch is None or not may_see(order.actor, branch):
        return  # the case moved on to a branch of others
    flag = the_flag(session, order.actor, FlagRef(BranchId(branch), FlagId(row.flag_id)), None)
    pad = Pad(session)
    words = done_on.isoformat()
    move_on(session, pad, order, flag, FlagEventKind.TRAINING_DONE, words=words)
    left = select(TrainingAssignment.id).where(
        TrainingAssignment.flag_id == row.flag_id, TrainingAssignment.done_on.is_(None)
    )
    if session.scalar(left.limit(1)) is None:
        _end_all(session, pad, order, flag, _COURSE_STEPS)
    pad.write()


def _end_all(
    session: Session, pad: Pad, order: FinishTraining, flag: Any, steps: Sequence[str]
) -> None:
    for step in steps:
        end_steps(session, pad, order, flag, StepOutcome.DONE, step)


def withdraw_training(session: Session, order: WithdrawTraining) -> Changes:
    """Take back what was assigned by mistake; the audit keeps that it was there.

    Raises:
        BadInputError: no reason.
        ConflictError: gone, changed, or taken.
        NotAllowedError: not of this branch or role.
    """
    said(order.because)
    row = _the_training(session, order.actor, order.training)
    session.execute(
        delete(TrainingAssignment).where(TrainingAssignment.id == row.id),
        execution_options=_UNSYNCHRONISED,
    )
    return _changed(row, "withdrawn")


def _changed(row: Any, what: str) -> Changes:
    facts = {"training_id": row.id, "course_id": row.course_id, "what": what}
    if row.flag_id is not None:
        facts["flag_id"] = row.flag_id
    return Changes(act=Act.TRAINING_CHANGED, topics=TOPICS, counts={"trainings": 1}, facts=facts)
