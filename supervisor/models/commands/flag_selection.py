"""The flag an order names: found, locked behind its case, checked against the table of moves."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models.changes import Actor
from supervisor.models.commands.selection import may_see
from supervisor.models.enums import FlagState
from supervisor.models.enums_incidents import FlagMove
from supervisor.models.rows.incidents import FlagRef
from supervisor.models.rules.incidents import objection
from supervisor.models.tables import Case, Flag

LONGEST = 4_000
"""Characters of a reason or a text."""


def lock_case(session: Session, branch_id: int, case_id: int) -> Any:
    """The case first: every writer locks in this order."""
    return session.execute(
        select(Case.id, Case.case_no, Case.ended_on)
        .where(Case.branch_id == branch_id, Case.id == case_id)
        .with_for_update(key_share=True)
    ).one()


def the_flag(session: Session, actor: Actor, ref: FlagRef, move: FlagMove | None) -> Any:
    """The row of the flag, locked. `move` None: only that it is there and may be seen.

    Raises:
        ConflictError: it is gone, changed since it was read, or cannot be moved so from its state.
        NotAllowedError: its branch is not the actor's, or the move is not of their role.
    """
    if not may_see(actor, ref.branch_id):
        raise NotAllowedError("branch_not_yours")
    key = (Flag.branch_id == ref.branch_id, Flag.id == ref.flag_id)
    case_id = session.scalar(select(Flag.case_id).where(*key))
    if case_id is None:
        raise ConflictError("flag_not_found")
    lock_case(session, ref.branch_id, case_id)
    row = session.execute(
        select(Flag.__table__).where(*key).with_for_update(key_share=True)
    ).one_or_none()
    if row is None:
        raise ConflictError("flag_not_found")
    if move is not None:
        check_move(actor, move, FlagState(row.state))
    if ref.version is not None and ref.version != row.version:
        raise ConflictError("flag_changed")
    return row


def check_move(actor: Actor, move: FlagMove, state: FlagState) -> None:
    """Refuse what the table of moves does not allow."""
    code = objection(move, state, actor.role)
    if code == "flag_move_not_yours":
        raise NotAllowedError(code, move=move.value, role=actor.role.value)
    if code is not None:
        raise ConflictError(code, move=move.value, state=state.value)


def said(text: str, *, code: str = "flag_reason_missing") -> str:
    """A reason or text that says something and is not too long.

    Raises:
        BadInputError: it does not, or it is.
    """
    words = text.strip()
    if not words:
        raise BadInputError(code)
    if len(words) > LONGEST:
        raise BadInputError("note_too_long", longest=LONGEST)
    return words
