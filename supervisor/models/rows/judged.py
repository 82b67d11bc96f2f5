"""What a bulk order would do: the cases it takes and those it leaves, with reasons."""

from dataclasses import dataclass
from datetime import date

from supervisor.models.changes import Refusal
from supervisor.models.enums import HoldReason, Mark
from supervisor.models.ids import BranchId, CaseId, StaffId
from supervisor.models.orders import CaseRef


@dataclass(frozen=True, slots=True)
class JudgedCase:
    """A case an order would change, as it is before."""

    branch_id: BranchId
    case_id: CaseId
    case_no: str
    version: int
    agent_id: StaffId | None
    second_agent_id: StaffId | None
    second_person_asked: bool
    mark: Mark | None
    hold_reason: HoldReason | None
    ended_on: date | None
    overdue_fen: int

    @property
    def ref(self) -> CaseRef:
        """The case with the version it was judged at, for the order that follows a preview."""
        return CaseRef(self.branch_id, self.case_id, self.version)


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgement of a bulk order, in preview and when it is carried out."""

    accepted: tuple[JudgedCase, ...]
    refused: tuple[Refusal, ...]
