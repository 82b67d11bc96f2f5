"""The start page: how today's visits go and how many cases stand for which reason."""

from dataclasses import dataclass
from datetime import date, datetime

from supervisor.models.enums import Bucket, QueueReason
from supervisor.models.ids import BranchId, StaffId


@dataclass(frozen=True, slots=True)
class OverviewFilter:
    """Which day and instant, and which branches (empty: all the person may see)."""

    as_of: date
    now: datetime
    branches: tuple[BranchId, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitProgressRow:
    """Today's plans that stand, by how far they got; `planned` holds all the others.

    Attributes:
        planned: visits planned for the day, called back and cancelled ones left out.
        under_way: set out or at the door.
        reported: a report is in.
        not_back: the window is over and no report is in.
        recalled: called back or cancelled.
        pairs: different leading agents with a plan.
    """

    planned: int
    under_way: int
    reported: int
    not_back: int
    recalled: int
    pairs: int


@dataclass(frozen=True, slots=True)
class ReasonCountRow:
    """How many cases stand for one reason, with their overdue amount (分)."""

    reason: QueueReason
    cases: int
    overdue_fen: int


@dataclass(frozen=True, slots=True)
class AgentProgressRow:
    """Today's plans of one leading agent; the counts mean what they mean in `VisitProgressRow`."""

    agent_id: StaffId | None
    agent: str
    agent_no: str
    planned: int
    under_way: int
    reported: int
    not_back: int


@dataclass(frozen=True, slots=True)
class StageRow:
    """Cases in hand of one stage, with their overdue amount (分)."""

    bucket: Bucket
    cases: int
    overdue_fen: int


@dataclass(frozen=True, slots=True)
class CompositionRow:
    """What is in hand: by stage, and how many cases wait for a hold to end or for an agent."""

    stages: tuple[StageRow, ...]
    on_hold: int
    unassigned: int


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """The start page. `payments_known_on`: the oldest day up to which payment data reach."""

    as_of: date
    visits: VisitProgressRow
    agents: tuple[AgentProgressRow, ...]
    reasons: tuple[ReasonCountRow, ...]
    cases: int
    overdue_fen: int
    payments_known_on: date | None
