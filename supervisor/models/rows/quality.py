"""Quality sheets (质检单).

Answered by `queries.quality`: `sheet_of(session, SheetAsk) -> SheetView | None`,
`quality_summary(session, QualityFilter) -> QualitySummary`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from supervisor.models.changes import Actor
from supervisor.models.enums import Role, VisitOutcome
from supervisor.models.enums_training import SheetAnswer, SheetGroup, SheetItem
from supervisor.models.ids import BranchId, SheetId, StaffId, VisitId


@dataclass(frozen=True, slots=True)
class Tally:
    """How items were answered; those that did not arise are apart."""

    yes: int = 0
    partly: int = 0
    no: int = 0
    not_applicable: int = 0

    @property
    def of(self) -> int:
        """Items that arose."""
        return self.yes + self.partly + self.no

    @property
    def share(self) -> float | None:
        """Yes counts whole, partly half, of what arose; None when nothing did."""
        return (self.yes + self.partly / 2) / self.of if self.of else None

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.yes + other.yes,
            self.partly + other.partly,
            self.no + other.no,
            self.not_applicable + other.not_applicable,
        )


@dataclass(frozen=True, slots=True)
class SheetAsk:
    """The sheets of one visit, as this person may see them."""

    branch_id: BranchId
    visit_id: VisitId
    actor: Actor


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One edition of somebody's sheet."""

    sheet_id: SheetId
    reviewer: str
    role: Role
    saved_at: datetime
    answers: Mapping[SheetItem, SheetAnswer]
    words: str


@dataclass(frozen=True, slots=True)
class SheetView:
    """The visit, the actor's own newest sheet, and everybody's editions, newest first."""

    branch_id: BranchId
    visit_id: VisitId
    started_at: datetime
    outcome: VisitOutcome
    agents: tuple[str, ...]
    mine: SheetRow | None
    editions: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class QualityFilter:
    """Visits of these business dates whose sheets count; the newest of each reviewer."""

    as_of: date
    first_on: date | None = None
    last_on: date | None = None
    branches: tuple[BranchId, ...] = ()
    allowed: tuple[BranchId, ...] | None = None
    staff: tuple[StaffId, ...] = ()


@dataclass(frozen=True, slots=True)
class QualitySummary:
    """How items were answered over all sheets: `sheets` of `visits`, parts and single items."""

    sheets: int
    visits: int
    groups: Mapping[SheetGroup, Tally] = field(default_factory=dict)
    items: Mapping[SheetItem, Tally] = field(default_factory=dict)
