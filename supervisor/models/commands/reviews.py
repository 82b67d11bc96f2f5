"""Judging a flag: reviews without sight of each other, the decision, statements and appeals."""

from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models.changes import Changes
from supervisor.models.commands.flag_moving import close, end_steps, finished, move_on
from supervisor.models.commands.flag_selection import said, the_flag
from supervisor.models.commands.flag_writing import Pad
from supervisor.models.commands.incidents import reopen
from supervisor.models.enums import Act, CausedBy, FlagState, Role, Severity
from supervisor.models.enums_incidents import (
    AppealKind,
    AppealOutcome,
    FlagEventKind,
    FlagMove,
    StepOutcome,
    Task,
    Verdict,
)
from supervisor.models.ids import FlagId
from supervisor.models.orders import Order
from supervisor.models.orders_incidents import (
    AnswerAppeal,
    DecideFlag,
    RecordStatement,
    SubmitReview,
)
from supervisor.models.rows.incidents import FlagRef
from supervisor.models.rules.incidents import STANDING, lacks_compliance, verdicts_for
from supervisor.models.tables import Appeal, Review

_ANSWERERS = frozenset({Role.COMPLIANCE, Role.MANAGER, Role.TRAINING_LEAD})


def submit_review(session: Session, order: SubmitReview) -> Changes:
    """A judgement with its reason, given without sight of the others.

    When as many as the flag needs agree it closes; when they differ it awaits a decision.

    Raises:
        BadInputError: no reason, or a verdict that does not fit who caused it.
        ConflictError: the reviewer gave one before, or a serious flag still lacks compliance.
        NotAllowedError: not of this branch or role.
    """
    reason = said(order.reason)
    row = the_flag(session, order.actor, order.flag, FlagMove.REVIEW)
    _check_verdict(row, order.verdict)
    given = _given(session, row)
    _check_reviewer(session, order, row, given)
    pad = Pad(session)
    # Two hats on one head are no blind look.
    blind = all(one.reviewer != order.actor.name for one in given)
    _write_review(session, pad, order, row, reason, number=len(given) + 1, blind=blind)
    pad_event = FlagEventKind.REVIEWED
    move_on(session, pad, order, row, pad_event)
    verdicts = {Verdict(one.verdict) for one in given} | {order.verdict}
    if len(given) + 1 >= row.reviews_needed:
        if len(verdicts) == 1:
            close(session, pad, order, row, order.verdict)
        else:
            move_on(
                session,
                pad,
                order,
                row,
                FlagEventKind.DISAGREED,
                to=FlagState.AWAITING_DECISION,
            )
    return finished(session, pad, row, Act.FLAG_REVIEWED, number=len(given) + 1)


def _check_verdict(row: Any, verdict: Verdict) -> None:
    if verdict not in verdicts_for(CausedBy(row.caused_by)):
        raise BadInputError("flag_verdict_unfit", verdict=verdict.value, caused_by=row.caused_by)


def _given(session: Session, row: Any) -> list[Any]:
    stmt = (
        select(Review.number, Review.reviewer, Review.role, Review.verdict)
        .where(
            Review.branch_id == row.branch_id,
            Review.flag_id == row.id,
            Review.round == row.review_round,
            Review.decides.is_(False),
        )
        .order_by(Review.number)
    )
    return list(session.execute(stmt))


def _check_reviewer(session: Session, order: SubmitReview, row: Any, given: list[Any]) -> None:
    """Another person each time; on one desk the same person in another role."""
    one_desk = session.get_bind().dialect.name == "sqlite"
    for one in given:
        same = one.reviewer == order.actor.name
        if same and not (one_desk and one.role != order.actor.role):
            raise ConflictError("flag_reviewed_by_you")
    roles = [*(Role(one.role) for one in given), order.actor.role]
    if lacks_compliance(Severity(row.severity), roles, row.reviews_needed):
        raise ConflictError("flag_review_needs_compliance")


def _write_review(
    session: Session,
    pad: Pad,
    order: SubmitReview | DecideFlag,
    row: Any,
    reason: str,
    *,
    number: int,
    blind: bool,
    decides: bool = False,
) -> None:
    session.execute(
        insert(Review).values(
            branch_id=row.branch_id,
            id=pad.new_id(),
            recorded_at=pad.now,
            flag_id=row.id,
            round=row.review_round,
            number=number,
            reviewer=order.actor.name,
            role=order.actor.role,
            verdict=order.verdict.value,
            reason=reason,
            blind=blind,
            decides=decides,
        )
    )


def decide_flag(session: Session, order: DecideFlag) -> Changes:
    """裁定: awaiting_decision > closed, by somebody who did not review it.

    Raises:
        BadInputError: no reason, or a verdict that does not fit.
        ConflictError: the decider was one of the reviewers.
        NotAllowedError: not of this branch or role.
    """
    reason = said(order.reason)
    row = the_flag(session, order.actor, order.flag, FlagMove.DECIDE)
    _check_verdict(row, order.verdict)
    given = _given(session, row)
    one_desk = session.get_bind().dialect.name == "sqlite"
    for one in given:
        same = one.reviewer == order.actor.name
        if same and not (one_desk and one.role != order.actor.role):
            raise ConflictError("flag_reviewed_by_you")
    pad = Pad(session)
    _write_review(
        session, pad, order, row, reason, number=len(given) + 1, blind=False, decides=True
    )
    close(session, pad, order, row, order.verdict, kind=FlagEventKind.DECIDED, words=reason)
    return finished(session, pad, row, Act.FLAG_MOVED, move=FlagMove.DECIDE.value)


def record_statement(session: Session, order: RecordStatement) -> Changes:
    """催收员陈述 or 申诉, as the person concerned gave it; written down by the supervisor.

    Raises:
        BadInputError: no text, or somebody who was not at the visit.
        ConflictError: an appeal although nothing was found against our side.
        NotAllowedError: not of this branch.
    """
    text = said(order.text)
    row = the_flag(session, order.actor, order.flag, None)
    if order.staff_id not in {row.agent_id, row.second_agent_id}:
        raise BadInputError("flag_person_not_concerned")
    is_appeal = order.kind is AppealKind.APPEAL
    if is_appeal and not _against_us(row):
        raise ConflictError("flag_nothing_to_appeal")
    pad = Pad(session)
    appeal_id = pad.new_id()
    session.execute(
        insert(Appeal).values(
            branch_id=row.branch_id,
            id=appeal_id,
            recorded_at=pad.now,
            flag_id=row.id,
            staff_id=order.staff_id,
            kind=order.kind.value,
            text=text,
            recorded_by=order.actor.name,
        )
    )
    kind = FlagEventKind.APPEALED if is_appeal else FlagEventKind.STATEMENT
    move_on(session, pad, order, row, kind)
    if not is_appeal:
        end_steps(session, pad, order, row, StepOutcome.DONE, Task.STATEMENT)
    return finished(session, pad, row, Act.STATEMENT_RECORDED, appeal_id=appeal_id)


def _against_us(row: Any) -> bool:
    return (
        row.state == FlagState.CLOSED
        and row.caused_by == CausedBy.OUR_SIDE
        and row.verdict is not None
        and Verdict(row.verdict) in STANDING
    )


def answer_appeal(session: Session, order: AnswerAppeal) -> Changes:
    """Answer an appeal; granted reopens the flag.

    Raises:
        BadInputError: no words.
        ConflictError: there is no such appeal, or it was answered before.
        NotAllowedError: not of this branch or role.
    """
    answer = said(order.answer)
    if order.actor.role not in _ANSWERERS:
        raise NotAllowedError("flag_move_not_yours", role=order.actor.role.value)
    key = (Appeal.branch_id == order.branch_id, Appeal.id == order.appeal_id)
    flag_id = session.scalar(select(Appeal.flag_id).where(*key))
    if flag_id is None:
        raise ConflictError("appeal_not_found")
    row = the_flag(session, order.actor, FlagRef(order.branch_id, FlagId(flag_id)), None)
    appeal = session.execute(
        select(Appeal.kind, Appeal.outcome).where(*key).with_for_update(key_share=True)
    ).one()
    if appeal.kind != AppealKind.APPEAL or appeal.outcome is not None:
        raise ConflictError("appeal_answered_before")
    pad = Pad(session)
    session.execute(
        update(Appeal)
        .where(*key)
        .values(
            outcome=order.outcome.value,
            answer=answer,
            answered_by=order.actor.name,
            answered_at=pad.now,
            version=Appeal.version + 1,
        ),
        execution_options={"synchronize_session": False},
    )
    _answered(session, pad, order, row, order.outcome)
    return finished(session, pad, row, Act.STATEMENT_RECORDED, appeal_id=int(order.appeal_id))


def _answered(session: Session, pad: Pad, order: Order, row: Any, outcome: AppealOutcome) -> None:
    move_on(session, pad, order, row, FlagEventKind.APPEAL_ANSWERED)
    if outcome is AppealOutcome.GRANTED and row.state == FlagState.CLOSED:
        reopen(session, pad, order, row, "")
