"""The complaint ledger (投诉台账).

Answered by `queries.complaints`: `complaint_ledger(session, ComplaintFilter) -> ComplaintPage`.
"""

from dataclasses import dataclass
from datetime import date, datetime

from supervisor.models.enums import ComplaintChannel
from supervisor.models.enums_incidents import ComplaintOutcome, ComplaintState
from supervisor.models.ids import BranchId, CaseId, ComplaintId, StaffId, VisitId


@dataclass(frozen=True, slots=True)
class ComplaintFilter:
    """Conditions, all joined by AND; None or empty means no condition.

    `received_from` and `received_until` are business dates, both included. `search`: complaint
    number, case number, masked name, staff name.
    """

    as_of: date
    branches: tuple[BranchId, ...] = ()
    states: frozenset[ComplaintState] = frozenset()
    channels: frozenset[ComplaintChannel] = frozenset()
    received_from: date | None = None
    received_until: date | None = None
    late_only: bool = False
    cases: tuple[CaseId, ...] = ()
    search: str = ""
    limit: int = 500
    allowed: tuple[BranchId, ...] | None = None


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """One complaint; its clock is computed, never stored.

    Attributes:
        clock_days: 15; 30 or 60 once it was extended with a reason.
        due_on: the last business date for the answer by that clock.
        days_left: to that date, negative when late; None once answered.
        visit_id: the visit it is about, where it is known.
    """

    branch_id: BranchId
    complaint_id: ComplaintId
    version: int
    complaint_no: str
    case_id: CaseId
    case_no: str
    borrower: str
    channel: ComplaintChannel
    state: ComplaintState
    received_at: datetime
    about: str
    clock_days: int
    due_on: date
    days_left: int | None
    late: bool
    answered_on: date | None
    outcome: ComplaintOutcome | None
    answer: str
    closed_on: date | None
    extended_because: str
    visit_no: str
    visit_id: VisitId | None
    person_id: StaffId | None
    person: str


@dataclass(frozen=True, slots=True)
class ComplaintPage:
    """Lines, nearest due first; open ones before answered ones. Counts cover the whole filter."""

    rows: tuple[ComplaintRow, ...]
    total: int
    open: int
    late: int
