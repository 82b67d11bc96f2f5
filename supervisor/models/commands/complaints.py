"""The complaint ledger: extend the clock, answer, close, and say what it is about."""

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models.changes import Actor, Changes
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.flag_selection import lock_case, said
from supervisor.models.commands.selection import may_see
from supervisor.models.enums import Act, Role, Topic
from supervisor.models.orders_incidents import (
    AnswerComplaint,
    CloseComplaint,
    ComplaintRef,
    ExtendComplaint,
    LinkComplaint,
)
from supervisor.models.rules.incidents import next_clock
from supervisor.models.tables import Complaint, Staff, Visit

TOPICS = frozenset({Topic.COMPLAINTS, Topic.CASES})
ANSWERERS = frozenset({Role.SUPERVISOR, Role.MANAGER, Role.COMPLIANCE})


def _the_complaint(session: Session, actor: Actor, ref: ComplaintRef) -> Any:
    if actor.role not in ANSWERERS:
        raise NotAllowedError("complaint_not_yours", role=actor.role.value)
    if not may_see(actor, ref.branch_id):
        raise NotAllowedError("branch_not_yours")
    key = (Complaint.branch_id == ref.branch_id, Complaint.id == ref.complaint_id)
    case_id = session.scalar(select(Complaint.case_id).where(*key))
    if case_id is None:
        raise ConflictError("complaint_not_found")
    lock_case(session, ref.branch_id, case_id)
    row = session.execute(
        select(Complaint.__table__).where(*key).with_for_update(key_share=True)
    ).one()
    if ref.version is not None and ref.version != row.version:
        raise ConflictError("complaint_changed")
    if row.closed_on is not None:
        raise ConflictError("complaint_is_closed", on=row.closed_on.isoformat())
    return row


def _write(session: Session, row: Any, what: str, **values: Any) -> Changes:
    session.execute(
        update(Complaint)
        .where(Complaint.branch_id == row.branch_id, Complaint.id == row.id)
        .values(version=Complaint.version + 1, **values),
        execution_options={"synchronize_session": False},
    )
    refresh_cases(session, [(row.branch_id, row.case_id)])
    return Changes(
        act=Act.COMPLAINT_CHANGED,
        topics=TOPICS,
        counts={"complaints": 1},
        facts={"complaint_id": row.id, "case_id": row.case_id, "what": what},
    )


def extend_complaint(session: Session, order: ExtendComplaint) -> Changes:
    """15 > 30 > 60 days, with the reason the complainant is told.

    Raises:
        BadInputError: no reason.
        ConflictError: gone, changed, answered, closed, or extended as far as it goes.
        NotAllowedError: not of this branch or role.
    """
    because = said(order.because)
    row = _the_complaint(session, order.actor, order.complaint)
    if row.answered_on is not None:
        raise ConflictError("complaint_is_answered", on=row.answered_on.isoformat())
    days = next_clock(row.clock_days)
    if days is None:
        raise ConflictError("complaint_clock_ended", days=row.clock_days)
    return _write(session, row, "extended", clock_days=days, extended_because=because)


def answer_complaint(session: Session, order: AnswerComplaint) -> Changes:
    """The written answer went out.

    Raises:
        BadInputError: no words, or a day before receipt or still to come.
        ConflictError: gone, changed, answered before or closed.
        NotAllowedError: not of this branch or role.
    """
    answer = said(order.answer)
    row = _the_complaint(session, order.actor, order.complaint)
    if row.answered_on is not None:
        raise ConflictError("complaint_is_answered", on=row.answered_on.isoformat())
    received_on = clock.business_date(row.received_at)
    if not received_on <= order.answered_on <= clock.today():
        raise BadInputError("complaint_answer_day_bad", on=order.answered_on.isoformat())
    return _write(
        session,
        row,
        "answered",
        answered_on=order.answered_on,
        outcome=order.outcome.value,
        answer=answer,
    )


def close_complaint(session: Session, order: CloseComplaint) -> Changes:
    """Close an answered complaint.

    Raises:
        ConflictError: gone, changed, closed before, or not answered yet.
        NotAllowedError: not of this branch or role.
    """
    row = _the_complaint(session, order.actor, order.complaint)
    if row.answered_on is None:
        raise ConflictError("complaint_not_answered")
    words = order.words.strip()
    text = f"{row.answer}\n{words}".strip() if words else row.answer
    return _write(session, row, "closed", closed_on=clock.today(), answer=text)


def link_complaint(session: Session, order: LinkComplaint) -> Changes:
    """Which visit and which of our people it is about.

    Raises:
        BadInputError: no such visit in this branch, or no such person.
        ConflictError: gone, changed or closed.
        NotAllowedError: not of this branch or role.
    """
    row = _the_complaint(session, order.actor, order.complaint)
    number = (order.visit_no or "").strip() or None
    if number is not None:
        visit = select(Visit.id).where(Visit.branch_id == row.branch_id, Visit.visit_no == number)
        if session.scalar(visit) is None:
            raise BadInputError("complaint_visit_unknown", visit_no=number)
    person = order.person_id
    if person is not None and session.scalar(select(Staff.id).where(Staff.id == person)) is None:
        raise BadInputError("agent_unknown")
    return _write(session, row, "linked", visit_no=number, person_id=person)
