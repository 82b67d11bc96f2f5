"""The bundle of one case: everything that happened, on every channel, and who looked, masked.

Answered by `queries.report_case`: `evidence(session, ReportAsk) -> EvidenceContent`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from supervisor.models.rows.audit import AuditCheckRow
from supervisor.models.rows.case_file import (
    AmountsRow,
    AssignmentRow,
    BorrowerRow,
    ContractRow,
    EntryRow,
    HoldRow,
    InstalmentRow,
)
from supervisor.models.rows.case_queue import CaseQueueRow
from supervisor.models.rows.complaints import ComplaintRow
from supervisor.models.rows.incident_detail import IncidentDetail
from supervisor.models.rows.report_parts import ReportHead


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An event of the audit about the case: who was shown or changed what. No private value.

    `act`: code of `enums.Act` (words as in the audit). `seq`: number in the chain.
    """

    seq: int
    at: datetime
    actor: str
    role: str
    act: str
    counts: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class EvidenceContent:
    """One case.

    Attributes:
        timeline: all entries from the placing on, oldest first.
        incidents: flags of the case with notes, rules, steps, reviews and history.
        audit: events about it, oldest first; `chain`: whether the whole audit is unbroken.
    """

    head: ReportHead
    case: CaseQueueRow
    borrower: BorrowerRow
    contracts: tuple[ContractRow, ...]
    amounts: AmountsRow
    schedule: tuple[InstalmentRow, ...]
    timeline: tuple[EntryRow, ...]
    holds: tuple[HoldRow, ...]
    assignments: tuple[AssignmentRow, ...]
    incidents: tuple[IncidentDetail, ...]
    complaints: tuple[ComplaintRow, ...]
    audit: tuple[AuditLine, ...]
    chain: AuditCheckRow
