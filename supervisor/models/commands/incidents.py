"""What people do with a flag on its way: look, assign, send on, return, set aside, reopen, lift."""

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from supervisor.errors import BadInputError, ConflictError
from supervisor.models.changes import Changes
from supervisor.models.commands.flag_moving import close, finished, first_look_done, move_on
from supervisor.models.commands.flag_selection import said, the_flag
from supervisor.models.commands.flag_writing import Pad
from supervisor.models.enums import Act, FlagState, Severity
from supervisor.models.enums_incidents import FlagEventKind, FlagMove, Verdict
from supervisor.models.orders_incidents import (
    AssignFlag,
    LiftHold,
    LookAtFlag,
    MarkDuplicate,
    ReopenFlag,
    ReturnFlag,
    SendToReview,
)
from supervisor.models.tables import Case, Flag, FollowUp, Hold

_UNSYNCHRONISED = {"synchronize_session": False}
_REVIEWED = frozenset({FlagState.AWAITING_DECISION, FlagState.CLOSED})
LONGEST_NAME = 200


def look_at_flag(session: Session, order: LookAtFlag) -> Changes:
    """初核: new > in_follow_up. Whoever looks owns it, with the open steps of their role.

    Raises:
        ConflictError: it is gone, changed, or was looked at before.
        NotAllowedError: not of this branch or role.
    """
    row = the_flag(session, order.actor, order.flag, FlagMove.LOOK)
    pad = Pad(session)
    name = order.actor.name
    values = {"looked_at": pad.now, "looked_by": name, "owner": row.owner or name}
    move_on(
        session,
        pad,
        order,
        row,
        FlagEventKind.LOOKED,
        to=FlagState.IN_FOLLOW_UP,
        words=order.words.strip(),
        values=values,
    )
    session.execute(
        update(FollowUp)
        .where(
            FollowUp.branch_id == row.branch_id,
            FollowUp.flag_id == row.id,
            FollowUp.done_at.is_(None),
            FollowUp.owner == "",
            FollowUp.owner_role == order.actor.role,
        )
        .values(owner=name, version=FollowUp.version + 1),
        execution_options=_UNSYNCHRONISED,
    )
    first_look_done(session, pad, order, row)
    return finished(session, pad, row, Act.FLAG_MOVED, move=FlagMove.LOOK.value)


def assign_flag(session: Session, order: AssignFlag) -> Changes:
    """Give an open flag to another owner.

    Raises:
        BadInputError: no name, or one that is too long.
        ConflictError, NotAllowedError: as for every move.
    """
    owner = order.owner.strip()
    if not owner or len(owner) > LONGEST_NAME:
        raise BadInputError("flag_owner_missing")
    row = the_flag(session, order.actor, order.flag, FlagMove.ASSIGN)
    pad = Pad(session)
    move_on(
        session,
        pad,
        order,
        row,
        FlagEventKind.ASSIGNED,
        words=order.words.strip(),
        values={"owner": owner},
    )
    return finished(session, pad, row, Act.FLAG_MOVED, move=FlagMove.ASSIGN.value)


def send_to_review(session: Session, order: SendToReview) -> Changes:
    """in_follow_up > awaiting_review."""
    row = the_flag(session, order.actor, order.flag, FlagMove.SEND_TO_REVIEW)
    pad = Pad(session)
    move_on(
        session,
        pad,
        order,
        row,
        FlagEventKind.SENT_TO_REVIEW,
        to=FlagState.AWAITING_REVIEW,
        words=order.words.strip(),
    )
    return finished(session, pad, row, Act.FLAG_MOVED, move=FlagMove.SEND_TO_REVIEW.value)


def return_flag(session: Session, order: ReturnFlag) -> Changes:
    """Back to follow-up, with a reason; reviews given so far count no more in the next round.

    Raises:
        BadInputError: no reason.
        ConflictError, NotAllowedError: as for every move.
    """
    words = said(order.words)
    row = the_flag(session, order.actor, order.flag, FlagMove.RETURN)
    pad = Pad(session)
    move_on(
        session,
        pad,
        order,
        row,
        FlagEventKind.RETURNED,
        to=FlagState.IN_FOLLOW_UP,
        words=words,
        values={"review_round": Flag.review_round + 1},
    )
    return finished(session, pad, row, Act.FLAG_MOVED, move=FlagMove.RETURN.value)


def mark_duplicate(session: Session, order: MarkDuplicate) -> Changes:
    """Close it as telling of the same event as another flag of the same borrower.

    Raises:
        BadInputError: no reason, or the other flag is none, is this one, or is itself a duplicate.
        ConflictError, NotAllowedError: as for every move.
    """
    words = said(order.reason)
    row = the_flag(session, order.actor, order.flag, FlagMove.MARK_DUPLICATE)
    other = session.execute(
        select(Flag.id, Flag.duplicate_of, Case.borrower_id)
        .join(Case, (Case.branch_id == Flag.branch_id) & (Case.id == Flag.case_id))
        .where(Flag.branch_id == row.branch_id, Flag.id == order.duplicate_of)
    ).one_or_none()
    borrower = session.scalar(
        select(Case.borrower_id).where(Case.branch_id == row.branch_id, Case.id == row.case_id)
    )
    if other is None or other.borrower_id != borrower:
        raise BadInputError("flag_duplicate_unknown")
    if other.id == row.id or other.duplicate_of is not None:
        raise BadInputError("flag_duplicate_of_itself")
    pad = Pad(session)
    close(
        session,
        pad,
        order,
        row,
        Verdict.DUPLICATE,
        words=words,
        duplicate_of=order.duplicate_of,
    )
    return finished(session, pad, row, Act.FLAG_MOVED, move=FlagMove.MARK_DUPLICATE.value)


def reopen_flag(session: Session, order: ReopenFlag) -> Changes:
    """Closed > in_follow_up; a new round of reviews; a serious one holds the next visit again.

    Raises:
        BadInputError: no reason.
        ConflictError, NotAllowedError: as for every move.
    """
    words = said(order.reason)
    row = the_flag(session, order.actor, order.flag, FlagMove.REOPEN)
    pad = Pad(session)
    reopen(session, pad, order, row, words)
    return finished(session, pad, row, Act.FLAG_MOVED, move=FlagMove.REOPEN.value)


def reopen(session: Session, pad: Pad, order: Any, row: Any, words: str) -> None:
    """Reopen a closed flag; used by appeals as well."""
    values = {
        "verdict": None,
        "closing_reason": None,
        "closed_at": None,
        "duplicate_of": None,
        "reopened": Flag.reopened + 1,
        "review_round": Flag.review_round + 1,
        "owner": row.owner or order.actor.name,
        "looked_at": row.looked_at or pad.now,
        "looked_by": row.looked_by or order.actor.name,
    }
    move_on(
        session,
        pad,
        order,
        row,
        FlagEventKind.REOPENED,
        to=FlagState.IN_FOLLOW_UP,
        words=words,
        values=values,
    )
    if row.severity == Severity.CRITICAL and not _open_hold(session, row):
        ended = session.scalar(
            select(Case.ended_on).where(Case.branch_id == row.branch_id, Case.id == row.case_id)
        )
        if ended is None:
            pad.hold({name: getattr(row, name) for name in ("branch_id", "case_id", "id")})


def _open_hold(session: Session, row: Any) -> bool:
    stmt = select(Hold.id).where(
        Hold.branch_id == row.branch_id, Hold.flag_id == row.id, Hold.ended_at.is_(None)
    )
    return session.scalar(stmt.limit(1)) is not None


def lift_hold(session: Session, order: LiftHold) -> Changes:
    """The compliance officer lifts the hold once the review is in (复核结论提交并由合规岗解除).

    Raises:
        ConflictError: the review is not in yet, or there is no hold of this flag.
        NotAllowedError: not the compliance officer.
    """
    row = the_flag(session, order.actor, order.flag, FlagMove.LIFT_HOLD)
    if not _open_hold(session, row):
        raise ConflictError("flag_holds_nothing")
    if FlagState(row.state) not in _REVIEWED:
        raise ConflictError("flag_review_not_in")
    pad = Pad(session)
    session.execute(
        update(Hold)
        .where(Hold.branch_id == row.branch_id, Hold.flag_id == row.id, Hold.ended_at.is_(None))
        .values(
            ended_at=pad.now,
            ended_by=order.actor.name,
            end_words=order.words.strip(),
            version=Hold.version + 1,
        ),
        execution_options=_UNSYNCHRONISED,
    )
    move_on(session, pad, order, row, FlagEventKind.HOLD_LIFTED, words=order.words.strip())
    return finished(session, pad, row, Act.FLAG_HOLD_LIFTED)
