"""The complaint ledger; the clock is computed from the day of receipt, never stored as a date."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, tuple_
from sqlalchemy.orm import Session

from supervisor.clock import business_date
from supervisor.models.enums import ComplaintChannel
from supervisor.models.enums_incidents import ComplaintOutcome, ComplaintState
from supervisor.models.ids import BranchId, CaseId, ComplaintId, StaffId, VisitId
from supervisor.models.queries.incident_conditions import scope, start_of
from supervisor.models.queries.queue_search import found_by, normalised
from supervisor.models.rows.complaints import ComplaintFilter, ComplaintPage, ComplaintRow
from supervisor.models.rules.incidents import complaint_due_on
from supervisor.models.tables import Borrower, Case, Complaint, Staff, Visit

_STATES = {
    ComplaintState.OPEN: and_(Complaint.closed_on.is_(None), Complaint.answered_on.is_(None)),
    ComplaintState.ANSWERED: and_(
        Complaint.closed_on.is_(None), Complaint.answered_on.is_not(None)
    ),
    ComplaintState.CLOSED: Complaint.closed_on.is_not(None),
}


def complaint_ledger(session: Session, wanted: ComplaintFilter) -> ComplaintPage:
    """Open ones by their due date, then answered and closed ones, newest first."""
    rows = [_row(found, wanted) for found in session.execute(_found(wanted))]
    if wanted.late_only:
        rows = [row for row in rows if row.late]
    rows.sort(key=_place)
    return ComplaintPage(
        rows=tuple(rows[: wanted.limit]),
        total=len(rows),
        open=sum(row.state is ComplaintState.OPEN for row in rows),
        late=sum(row.late for row in rows),
    )


def _place(row: ComplaintRow) -> tuple[int, float, int]:
    order = list(ComplaintState).index(row.state)
    by_due = row.due_on.toordinal() if row.state is ComplaintState.OPEN else 0.0
    return order, by_due or -row.received_at.timestamp(), row.complaint_id


def _found(wanted: ComplaintFilter) -> Any:
    return (
        select(
            Complaint.__table__,
            Case.case_no,
            Borrower.masked_name,
            Visit.id.label("visit_id"),
            Staff.name.label("person"),
        )
        .join(Case, and_(Case.branch_id == Complaint.branch_id, Case.id == Complaint.case_id))
        .join(Borrower, and_(Borrower.branch_id == Case.branch_id, Borrower.id == Case.borrower_id))
        .outerjoin(
            Visit,
            and_(Visit.branch_id == Complaint.branch_id, Visit.visit_no == Complaint.visit_no),
        )
        .outerjoin(Staff, Staff.id == Complaint.person_id)
        .where(*_conditions(wanted))
    )


def _conditions(wanted: ComplaintFilter) -> list[ColumnElement[bool]]:
    branches = scope(wanted.branches, wanted.allowed)
    found: list[ColumnElement[bool]] = []
    if branches is not None:
        found.append(Complaint.branch_id.in_(branches))
    if wanted.states:
        found.append(or_(*(_STATES[state] for state in wanted.states)))
    if wanted.channels:
        found.append(Complaint.channel.in_(wanted.channels))
    if wanted.received_from is not None:
        found.append(Complaint.received_at >= start_of(wanted.received_from))
    if wanted.received_until is not None:
        end = start_of(wanted.received_until + timedelta(days=1))
        found.append(Complaint.received_at < end)
    if wanted.cases:
        found.append(Complaint.case_id.in_(wanted.cases))
    if wanted.search.strip():
        found.append(_searched(wanted.search, branches or ()))
    return found


def _searched(text: str, branches: tuple[BranchId, ...]) -> ColumnElement[bool]:
    plain = normalised(text)
    people = select(Staff.id).where(or_(Staff.staff_no == plain, Staff.name == plain))
    ways: list[ColumnElement[bool]] = [
        Complaint.complaint_no == plain,
        Complaint.person_id.in_(people),
    ]
    hits = found_by(text, branches)
    if hits is not None:
        pairs = select(*hits.subquery().c)
        ways.append(tuple_(Complaint.branch_id, Complaint.case_id).in_(pairs))
    return or_(*ways)


def _row(row: Any, wanted: ComplaintFilter) -> ComplaintRow:
    due_on = complaint_due_on(business_date(row.received_at), row.clock_days)
    if row.closed_on is not None:
        state = ComplaintState.CLOSED
    else:
        state = ComplaintState.OPEN if row.answered_on is None else ComplaintState.ANSWERED
    left = (due_on - wanted.as_of).days if state is ComplaintState.OPEN else None
    return ComplaintRow(
        branch_id=BranchId(row.branch_id),
        complaint_id=ComplaintId(row.id),
        version=row.version,
        complaint_no=row.complaint_no,
        case_id=CaseId(row.case_id),
        case_no=row.case_no,
        borrower=row.masked_name,
        channel=ComplaintChannel(row.channel),
        state=state,
        received_at=row.received_at,
        about=row.about,
        clock_days=row.clock_days,
        due_on=due_on,
        days_left=left,
        late=left is not None and left < 0,
        answered_on=row.answered_on,
        outcome=ComplaintOutcome(row.outcome) if row.outcome else None,
        answer=row.answer,
        closed_on=row.closed_on,
        extended_because=row.extended_because,
        visit_no=row.visit_no or "",
        visit_id=None if row.visit_id is None else VisitId(row.visit_id),
        person_id=None if row.person_id is None else StaffId(row.person_id),
        person=row.person or "",
    )
