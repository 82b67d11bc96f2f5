"""Bring a flag into another state: its columns, its history, its case, the answer of the order."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from supervisor.models.changes import Changes
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.flag_writing import Pad
from supervisor.models.commands.incident_hours import due_hours
from supervisor.models.commands.summary_marks import mark_visits
from supervisor.models.enums import Act, FlagState, Severity, Topic
from supervisor.models.enums_incidents import (
    ClosingReason,
    FlagEventKind,
    StepOutcome,
    Task,
    Verdict,
)
from supervisor.models.orders import Order
from supervisor.models.rules.incidents import STANDING
from supervisor.models.tables import Flag, FollowUp

TOPICS = frozenset({Topic.FLAGS, Topic.CASES})
_COUNTED = frozenset({"verdict", "closing_reason"})
"""What decides whether a flag is counted of its visit."""
_UNSYNCHRONISED = {"synchronize_session": False}


def move_on(
    session: Session,
    pad: Pad,
    order: Order,
    row: Any,
    kind: FlagEventKind,
    *,
    to: FlagState | None = None,
    words: str = "",
    values: dict[str, Any] | None = None,
) -> None:
    """Write a move: new columns, the next version, when the new state is due, and the event."""
    before, state = FlagState(row.state), to or FlagState(row.state)
    given: dict[str, Any] = {"version": Flag.version + 1, **(values or {})}
    if state is not before:
        hours = due_hours(session, row.branch_id)
        due = hours.due_at(state, Severity(row.severity), pad.now)
        given |= {"state": state.value, "due_at": due, "escalated_at": None}
    session.execute(
        update(Flag).where(Flag.branch_id == row.branch_id, Flag.id == row.id).values(**given),
        execution_options=_UNSYNCHRONISED,
    )
    if row.visit_id is not None and _COUNTED & given.keys():
        mark_visits(session, {(row.branch_id, row.visit_id)})
    pad.event(
        row.branch_id,
        row.id,
        kind,
        by=order.actor.name,
        role=order.actor.role,
        states=(before, state),
        words=words,
    )


def close(
    session: Session,
    pad: Pad,
    order: Order,
    row: Any,
    verdict: Verdict,
    *,
    kind: FlagEventKind = FlagEventKind.CLOSED,
    words: str = "",
    duplicate_of: int | None = None,
) -> None:
    """Close with a verdict; steps fall away when there was nothing, or when another flag has them.

    A hold stays: only the compliance officer lifts it.
    """
    duplicate = verdict is Verdict.DUPLICATE
    reason = ClosingReason.DUPLICATE if duplicate else ClosingReason.JUDGED
    values = {
        "verdict": verdict.value,
        "closing_reason": reason.value,
        "closed_at": pad.now,
        "duplicate_of": duplicate_of,
    }
    move_on(session, pad, order, row, kind, to=FlagState.CLOSED, words=words, values=values)
    if verdict not in STANDING:
        end_steps(session, pad, order, row, StepOutcome.DROPPED)


def end_steps(
    session: Session,
    pad: Pad,
    order: Order,
    row: Any,
    outcome: StepOutcome,
    step: str | None = None,
) -> None:
    """End open steps of a flag, all or those of one kind."""
    open_ones = [
        FollowUp.branch_id == row.branch_id,
        FollowUp.flag_id == row.id,
        FollowUp.done_at.is_(None),
    ]
    if step is not None:
        open_ones.append(FollowUp.step == step)
    session.execute(
        update(FollowUp)
        .where(*open_ones)
        .values(
            done_at=pad.now,
            done_by=order.actor.name,
            outcome=outcome.value,
            version=FollowUp.version + 1,
        ),
        execution_options=_UNSYNCHRONISED,
    )


def first_look_done(session: Session, pad: Pad, order: Order, row: Any) -> None:
    """The step of the first look ends with the look itself."""
    end_steps(session, pad, order, row, StepOutcome.DONE, Task.FIRST_LOOK)


def finished(session: Session, pad: Pad, row: Any, act: Act, **facts: str | int) -> Changes:
    """Write what was collected, bring the case along, and answer."""
    pad.write()
    refresh_cases(session, [(row.branch_id, row.case_id)])
    return Changes(
        act=act,
        topics=TOPICS,
        counts={"flags": 1},
        facts={"flag_id": row.id, "case_id": row.case_id, **facts},
    )
