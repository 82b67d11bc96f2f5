"""Follow-up steps: add, finish, drop, change; and what happens when they are late."""

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models.changes import Actor, Changes
from supervisor.models.commands.flag_moving import finished, move_on
from supervisor.models.commands.flag_selection import lock_case, said, the_flag
from supervisor.models.commands.flag_writing import Pad
from supervisor.models.commands.incident_hours import due_hours
from supervisor.models.commands.selection import may_see
from supervisor.models.enums import Act, FlagState, Role, Severity, Topic
from supervisor.models.enums_incidents import FlagEventKind, StepFamily, StepOutcome, Task
from supervisor.models.orders_incidents import (
    AddStep,
    ChangeStep,
    DropStep,
    EscalateFlags,
    FinishStep,
    StepRef,
)
from supervisor.models.rules.incidents import STEPS, family_of
from supervisor.models.tables import Flag, FollowUp

_UNSYNCHRONISED = {"synchronize_session": False}
_WORKERS = frozenset({Role.SUPERVISOR, Role.COMPLIANCE, Role.TRAINING_LEAD, Role.ADMIN})
AT_ONCE = 500
"""Flags escalated by one order."""


def _check_role(actor: Actor) -> None:
    if actor.role not in _WORKERS:
        raise NotAllowedError("flag_move_not_yours", role=actor.role.value)


def add_step(session: Session, order: AddStep) -> Changes:
    """One more step; its due time by the house's hours unless given.

    Raises:
        BadInputError: no such step, or a due time that has passed.
        ConflictError: the flag is gone or changed.
        NotAllowedError: not of this branch or role.
    """
    _check_role(order.actor)
    if order.step not in STEPS or order.step == Task.FIRST_LOOK:
        raise BadInputError("step_unknown", step=order.step)
    if order.due_at is not None and order.due_at <= clock.now():
        raise BadInputError("step_due_in_past")
    row = the_flag(session, order.actor, order.flag, None)
    pad = Pad(session)
    hours = due_hours(session, row.branch_id)
    by_house = hours.due_at(FlagState.IN_FOLLOW_UP, Severity(row.severity), pad.now)
    family = family_of(order.step)
    id_ = pad.add(
        FollowUp,
        branch_id=row.branch_id,
        case_id=row.case_id,
        flag_id=row.id,
        step=str(order.step),
        family=family,
        words=order.words.strip(),
        owner_role=Role.TRAINING_LEAD if family is StepFamily.TRAINING else order.actor.role,
        owner=order.owner.strip(),
        due_at=order.due_at or by_house,
    )
    move_on(session, pad, order, row, FlagEventKind.STEP_ADDED, words=order.words.strip())
    return finished(session, pad, row, Act.STEP_CHANGED, step_id=id_, step=str(order.step))


def _the_step(session: Session, actor: Actor, ref: StepRef) -> Any:
    _check_role(actor)
    if not may_see(actor, ref.branch_id):
        raise NotAllowedError("branch_not_yours")
    key = (FollowUp.branch_id == ref.branch_id, FollowUp.id == ref.step_id)
    case_id = session.scalar(select(FollowUp.case_id).where(*key))
    if case_id is None:
        raise ConflictError("step_not_found")
    lock_case(session, ref.branch_id, case_id)
    row = session.execute(
        select(FollowUp.__table__).where(*key).with_for_update(key_share=True)
    ).one()
    if ref.version is not None and ref.version != row.version:
        raise ConflictError("step_changed")
    if row.done_at is not None:
        raise ConflictError("step_is_over")
    return row


def finish_step(session: Session, order: FinishStep) -> Changes:
    """A step is done. The first look is not: it ends with the look itself.

    Raises:
        ConflictError: the step is gone, changed, over, or the first look.
        NotAllowedError: not of this branch or role.
    """
    row = _the_step(session, order.actor, order.step)
    if row.step == Task.FIRST_LOOK:
        raise ConflictError("step_is_first_look")
    return _end(session, order, row, StepOutcome.DONE, order.words.strip())


def drop_step(session: Session, order: DropStep) -> Changes:
    """A step is not needed; the reason stays with it.

    Raises:
        BadInputError: no reason.
        ConflictError, NotAllowedError: as for finishing.
    """
    reason = said(order.reason)
    row = _the_step(session, order.actor, order.step)
    if row.step == Task.FIRST_LOOK:
        raise ConflictError("step_is_first_look")
    return _end(session, order, row, StepOutcome.DROPPED, reason)


def _end(
    session: Session, order: FinishStep | DropStep, row: Any, outcome: StepOutcome, words: str
) -> Changes:
    values = {
        "done_at": clock.now(),
        "done_by": order.actor.name,
        "outcome": outcome.value,
        "words": words or row.words,
    }
    done = outcome is StepOutcome.DONE
    kind = FlagEventKind.STEP_DONE if done else FlagEventKind.STEP_DROPPED
    return _write(session, order, row, values, kind, words)


def change_step(session: Session, order: ChangeStep) -> Changes:
    """Another owner or due time.

    Raises:
        BadInputError: nothing to change, or a due time that has passed.
        ConflictError, NotAllowedError: as for finishing.
    """
    if order.owner is None and order.due_at is None:
        raise BadInputError("step_nothing_to_change")
    if order.due_at is not None and order.due_at <= clock.now():
        raise BadInputError("step_due_in_past")
    row = _the_step(session, order.actor, order.step)
    values: dict[str, Any] = {"escalated_at": None} if order.due_at else {}
    if order.owner is not None:
        values["owner"] = order.owner.strip()
    if order.due_at is not None:
        values["due_at"] = order.due_at
    return _write(session, order, row, values, FlagEventKind.STEP_CHANGED, order.words.strip())


def _write(
    session: Session,
    order: FinishStep | DropStep | ChangeStep,
    row: Any,
    values: dict[str, Any],
    kind: FlagEventKind,
    words: str,
) -> Changes:
    session.execute(
        update(FollowUp)
        .where(FollowUp.branch_id == row.branch_id, FollowUp.id == row.id)
        .values(version=FollowUp.version + 1, **values),
        execution_options=_UNSYNCHRONISED,
    )
    pad = Pad(session)
    if row.flag_id is not None:
        said_words = f"{row.step} {words}".strip()
        pad.event(
            row.branch_id,
            row.flag_id,
            kind,
            by=order.actor.name,
            role=order.actor.role,
            words=said_words,
        )
    return finished(session, pad, row, Act.STEP_CHANGED, step=row.step)


def anything_late(session: Session, _nothing: None = None) -> bool:
    """Whether an open flag is overdue and nobody was told yet; one look at an index."""
    return session.execute(_late().limit(1)).first() is not None


def _late() -> Any:
    return select(Flag.branch_id, Flag.id, Flag.state, Flag.case_id).where(
        Flag.closed_at.is_(None), Flag.due_at < clock.now(), Flag.escalated_at.is_(None)
    )


def escalate_flags(session: Session, order: EscalateFlags) -> Changes:
    """Mark open flags that are past their due time, once for each state; housekeeping.

    Who is told: the manager sees escalated flags first; the owner stays.
    """
    stmt = _late().order_by(Flag.branch_id, Flag.id).limit(AT_ONCE)
    if order.actor.branches is not None:
        stmt = stmt.where(Flag.branch_id.in_(order.actor.branches))
    rows = session.execute(stmt.with_for_update(skip_locked=True, key_share=True)).all()
    pad = Pad(session, block=max(len(rows), 1))
    for row in rows:
        state = FlagState(row.state)
        pad.event(row.branch_id, row.id, FlagEventKind.ESCALATED, states=(state, state))
    by_branch: dict[int, list[int]] = {}
    for row in rows:
        by_branch.setdefault(row.branch_id, []).append(row.id)
    for branch_id, ids in by_branch.items():
        session.execute(
            update(Flag)
            .where(Flag.branch_id == branch_id, Flag.id.in_(ids))
            .values(escalated_at=pad.now),
            execution_options=_UNSYNCHRONISED,
        )
    pad.write()
    topics = frozenset({Topic.FLAGS}) if rows else frozenset[Topic]()
    return Changes(act=Act.FLAGS_ESCALATED, topics=topics, counts={"flags": len(rows)})
