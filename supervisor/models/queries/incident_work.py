"""What people did about a flag: steps, reviews, statements, history, and the hold."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.models.changes import Actor
from supervisor.models.enums import FlagState, HoldReason, Role
from supervisor.models.enums_incidents import (
    AppealKind,
    AppealOutcome,
    FlagEventKind,
    StepFamily,
    StepOutcome,
    Verdict,
)
from supervisor.models.ids import AppealId, StaffId, StepId
from supervisor.models.rows.incident_detail import (
    AppealRow,
    FlagEventRow,
    FlagHoldRow,
    ReviewRow,
    StepRow,
)
from supervisor.models.tables import Appeal, Case, FlagEvent, FollowUp, Hold, Review, Staff

_REVIEW_IN = frozenset({FlagState.AWAITING_DECISION, FlagState.CLOSED})


def steps_of(session: Session, flag: Any, now: datetime) -> tuple[StepRow, ...]:
    """Steps in the order they are due."""
    stmt = (
        select(FollowUp.__table__)
        .where(FollowUp.branch_id == flag.branch_id, FollowUp.flag_id == flag.id)
        .order_by(FollowUp.due_at, FollowUp.id)
    )
    return tuple(
        StepRow(
            step_id=StepId(row.id),
            version=row.version,
            step=row.step,
            family=StepFamily(row.family),
            owner_role=Role(row.owner_role),
            owner=row.owner,
            due_at=row.due_at,
            done_at=row.done_at,
            done_by=row.done_by,
            outcome=StepOutcome(row.outcome) if row.outcome else None,
            late=row.done_at is None and row.due_at < now,
            words=row.words,
        )
        for row in session.execute(stmt)
    )


def reviews_of(session: Session, flag: Any, viewer: Actor) -> tuple[ReviewRow, ...]:
    """Judgements in the order of rounds; those of others stay hidden until all are in."""
    stmt = (
        select(Review.__table__)
        .where(Review.branch_id == flag.branch_id, Review.flag_id == flag.id)
        .order_by(Review.round, Review.number)
    )
    return tuple(_review(row, flag, viewer) for row in session.execute(stmt))


def _review(row: Any, flag: Any, viewer: Actor) -> ReviewRow:
    current = row.round == flag.review_round
    waits = current and FlagState(flag.state) not in _REVIEW_IN
    mine = row.reviewer == viewer.name and row.role == viewer.role
    hidden = waits and not mine
    return ReviewRow(
        number=row.number,
        reviewer=row.reviewer,
        role=Role(row.role),
        submitted_at=row.recorded_at,
        blind=row.blind,
        hidden=hidden,
        verdict=None if hidden else Verdict(row.verdict),
        reason="" if hidden else row.reason,
        current=current,
        decides=row.decides,
    )


def appeals_of(session: Session, flag: Any) -> tuple[AppealRow, ...]:
    """Statements and appeals in the order they were recorded."""
    stmt = (
        select(Appeal.__table__, Staff.name.label("staff"))
        .outerjoin(Staff, Staff.id == Appeal.staff_id)
        .where(Appeal.branch_id == flag.branch_id, Appeal.flag_id == flag.id)
        .order_by(Appeal.recorded_at, Appeal.id)
    )
    return tuple(
        AppealRow(
            appeal_id=AppealId(row.id),
            version=row.version,
            kind=AppealKind(row.kind),
            staff_id=StaffId(row.staff_id),
            staff=row.staff or "",
            text=row.text,
            recorded_by=row.recorded_by,
            at=row.recorded_at,
            outcome=AppealOutcome(row.outcome) if row.outcome else None,
            answer=row.answer,
            answered_by=row.answered_by,
            answered_at=row.answered_at,
        )
        for row in session.execute(stmt)
    )


def events_of(session: Session, flag: Any) -> tuple[FlagEventRow, ...]:
    """The history, oldest first."""
    stmt = (
        select(FlagEvent.__table__)
        .where(FlagEvent.branch_id == flag.branch_id, FlagEvent.flag_id == flag.id)
        .order_by(FlagEvent.recorded_at, FlagEvent.id)
    )
    return tuple(
        FlagEventRow(
            at=row.recorded_at,
            by=row.by,
            role=row.role,
            kind=FlagEventKind(row.kind),
            from_state=FlagState(row.from_state) if row.from_state else None,
            to_state=FlagState(row.to_state) if row.to_state else None,
            words=row.words,
        )
        for row in session.execute(stmt)
    )


def hold_of(session: Session, flag: Any, viewer: Actor) -> FlagHoldRow | None:
    """The latest hold the flag placed."""
    stmt = (
        select(Hold.reason, Hold.from_on, Hold.ended_at, Hold.ended_by, Case.next_plan_at)
        .join(Case, (Case.branch_id == Hold.branch_id) & (Case.id == Hold.case_id))
        .where(
            Hold.branch_id == flag.branch_id,
            Hold.case_id == flag.case_id,
            Hold.flag_id == flag.id,
        )
        .order_by(Hold.id.desc())
        .limit(1)
    )
    row = session.execute(stmt).one_or_none()
    if row is None:
        return None
    stands = row.ended_at is None
    review_in = FlagState(flag.state) in _REVIEW_IN
    return FlagHoldRow(
        reason=HoldReason(row.reason),
        from_on=row.from_on,
        plan_at=row.next_plan_at if stands else None,
        lifted_at=row.ended_at,
        lifted_by=row.ended_by or "",
        may_lift=stands and review_in and viewer.role is Role.COMPLIANCE,
    )
