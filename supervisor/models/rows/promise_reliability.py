"""How promises turned out, by who took them and by how earlier ones of the case turned out."""

from dataclasses import dataclass
from enum import StrEnum

from supervisor.models.ids import StaffId


class PromiseHistory(StrEnum):
    """Earlier promises of the same case: those due before this one, withdrawn ones left out."""

    FIRST = "first"  # there were none
    ALL_KEPT = "all_kept"
    SOME_UNPAID = "some_unpaid"  # one or more not fully paid by its date


@dataclass(frozen=True, slots=True)
class PromiseTally:
    """Promises by how they stand.

    `kept`, `part_kept`, `broken` and `waiting` (for payment data) fell due in the period; `undue`
    were made in it and fall due later.
    """

    kept: int = 0
    part_kept: int = 0
    broken: int = 0
    waiting: int = 0
    undue: int = 0

    @property
    def known(self) -> int:
        """Those whose outcome is known."""
        return self.kept + self.part_kept + self.broken


@dataclass(frozen=True, slots=True)
class PromiserRow:
    """Promises one person took; `staff_id` None: nobody is named."""

    staff_id: StaffId | None
    name: str
    staff_no: str
    team: str
    tally: PromiseTally


@dataclass(frozen=True, slots=True)
class PromiseReliabilityRow:
    """The answer: people by team and staff number, and the histories there are."""

    people: tuple[PromiserRow, ...]
    histories: tuple[tuple[PromiseHistory, PromiseTally], ...]
