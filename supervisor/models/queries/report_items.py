"""Lists a report prints: open flags, late steps, complaints.

Names are masked, whatever the lists of the branch show.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from supervisor.clock import business_date
from supervisor.models.enums_incidents import ComplaintState
from supervisor.models.queries.complaints import complaint_ledger
from supervisor.models.queries.incident_conditions import FLAG_PREFIX
from supervisor.models.queries.incidents import incidents
from supervisor.models.queries.report_scope import MANY, Scope, filtered
from supervisor.models.rows.complaints import ComplaintFilter
from supervisor.models.rows.incidents import IncidentFilter, IncidentRow
from supervisor.models.rows.report_parts import MOST_LINES, ComplaintLine, LateStep, OpenItem
from supervisor.models.rules.masking import mask_name
from supervisor.models.tables import Borrower, Case, FollowUp


def items(
    session: Session, found: Scope, wanted: IncidentFilter, most: int = MOST_LINES
) -> tuple[tuple[OpenItem, ...], int]:
    """The flags of a filter, oldest first, at most so many; and how many there are."""
    page = incidents(session, wanted)
    rows = sorted(page.rows, key=lambda row: (row.raised_at, row.ref.flag_id))[:most]
    steps = _next_steps(session, rows)
    return tuple(_item(found, row, steps.get(row.ref.flag_id, "")) for row in rows), page.matching


def _item(found: Scope, row: IncidentRow, step: str) -> OpenItem:
    age = (found.ask.as_of - business_date(row.raised_at)).days
    due = [one for one in (row.due_at, row.step_due_at) if one is not None]
    return OpenItem(
        flag_no=row.flag_no,
        opened_at=row.raised_at,
        days_open=max(0, age),
        case_no=row.case_no,
        contract_no=row.contract_no,
        borrower=mask_name(row.borrower),
        category=row.category,
        severity=row.severity,
        caused_by=row.caused_by,
        state=row.state,
        step=step,
        owner=row.owner,
        due_at=min(due, default=None),
        late=row.late,
        verdict=row.verdict,
    )


def _next_steps(session: Session, rows: Sequence[IncidentRow]) -> dict[int, str]:
    """Code of the open step of each flag that is due first."""
    stmt = (
        select(FollowUp.flag_id, FollowUp.step)
        .where(
            FollowUp.branch_id.in_({row.ref.branch_id for row in rows}),
            FollowUp.flag_id.in_({row.ref.flag_id for row in rows}),
            FollowUp.done_at.is_(None),
        )
        .order_by(FollowUp.due_at.desc(), FollowUp.id.desc())
    )
    return {row.flag_id: row.step for row in session.execute(stmt)}


def late_steps(session: Session, found: Scope, most: int = MOST_LINES) -> tuple[LateStep, ...]:
    """Follow-ups past their due time when the report is taken, the oldest first."""
    stmt = (
        select(FollowUp.flag_id, FollowUp.step, FollowUp.owner, FollowUp.due_at,
               Case.case_no, Borrower.masked_name)
        .join(Case, and_(Case.branch_id == FollowUp.branch_id, Case.id == FollowUp.case_id))
        .join(Borrower, and_(Borrower.branch_id == Case.branch_id,
                             Borrower.id == Case.borrower_id))
        .where(FollowUp.done_at.is_(None), FollowUp.due_at < found.ask.now,
               FollowUp.flag_id.is_not(None))
        .order_by(FollowUp.due_at, FollowUp.id)
        .limit(most)
    )  # fmt: skip
    branches = filtered(found)
    if branches is not None:
        stmt = stmt.where(FollowUp.branch_id.in_(branches))
    return tuple(
        LateStep(
            f"{FLAG_PREFIX}{row.flag_id}",
            row.case_no,
            row.masked_name,
            row.step,
            row.owner,
            row.due_at,
        )
        for row in session.execute(stmt)
    )


def complaints(session: Session, found: Scope) -> tuple[ComplaintLine, ...]:
    """Complaints of the period, and those that still want an answer, by day of receipt."""
    wanted = ComplaintFilter(
        as_of=found.ask.as_of,
        branches=found.branches or (),
        allowed=found.ask.actor.branches,
        limit=MANY,
    )
    rows = [
        row
        for row in complaint_ledger(session, wanted).rows
        if found.first <= business_date(row.received_at) <= found.last
        or (row.state is ComplaintState.OPEN and business_date(row.received_at) <= found.last)
    ]
    made = (
        ComplaintLine(
            row.complaint_no,
            business_date(row.received_at),
            row.case_no,
            mask_name(row.borrower),
            row.channel,
            row.state,
            row.due_on,
            row.late,
        )
        for row in rows
    )
    return _by_day(made)


def _by_day(made: Iterable[ComplaintLine]) -> tuple[ComplaintLine, ...]:
    return tuple(sorted(made, key=lambda one: (one.received_on, one.complaint_no)))
