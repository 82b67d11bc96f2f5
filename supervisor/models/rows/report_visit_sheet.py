"""What a team takes along: preparation of each visit (product.md 4.1, 4.2 and 8), masked.

Answered by `queries.report_case`: `visit_sheet(session, ReportAsk) -> VisitSheetContent`.
"""

from dataclasses import dataclass
from datetime import datetime

from supervisor.models.rows.case_file import (
    AmountsRow,
    BorrowerRow,
    ContractRow,
    EntryRow,
    HoldRow,
    PreparationRow,
)
from supervisor.models.rows.case_queue import CaseQueueRow
from supervisor.models.rows.report_parts import ReportHead
from supervisor.models.rows.schedule import VisitCard


@dataclass(frozen=True, slots=True)
class Stop:
    """A visit to make.

    Attributes:
        plan: the planned visit; None: none is planned yet.
        people: names of those who go.
        preparation: the lines of 上门准备, with what blocks.
        before: last visits, promises and payments, newest first, at most `BEFORE`.
    """

    plan: VisitCard | None
    people: tuple[str, ...]
    case: CaseQueueRow
    borrower: BorrowerRow
    contracts: tuple[ContractRow, ...]
    amounts: AmountsRow
    preparation: tuple[PreparationRow, ...]
    holds: tuple[HoldRow, ...]
    before: tuple[EntryRow, ...]


@dataclass(frozen=True, slots=True)
class VisitSheetContent:
    """Visits of a day by team and time, or of the one case asked for. `made_at`: of the data."""

    head: ReportHead
    stops: tuple[Stop, ...]
    made_at: datetime


BEFORE = 8
"""Entries of the past on a sheet."""
