"""What changed since somebody last looked; answered by `queries.overview_since`."""

from dataclasses import dataclass
from datetime import date, datetime

from supervisor.models.ids import BranchId


@dataclass(frozen=True, slots=True)
class SinceFilter:
    """From an instant on; `allowed`: the branches the person may see, None is all."""

    since: datetime
    as_of: date
    branches: tuple[BranchId, ...] = ()
    allowed: tuple[BranchId, ...] | None = None


@dataclass(frozen=True, slots=True)
class SinceRow:
    """Counts since the instant; cases by business date, from its day on.

    Attributes:
        critical: of the flags raised, the serious ones.
        steps_done: steps of follow-up that were done.
        placed, ended: cases.
        imports, imported: batches taken in and their new and changed rows; None where the person
            does not see every branch: a batch belongs to none.
    """

    flags_raised: int
    critical: int
    flags_closed: int
    steps_done: int
    complaints: int
    placed: int
    ended: int
    imports: int | None
    imported: int | None

    @property
    def nothing(self) -> bool:
        """Whether all of it is zero."""
        counts = (
            self.flags_raised, self.flags_closed, self.steps_done, self.complaints,
            self.placed, self.ended, self.imports or 0,
        )  # fmt: skip
        return not any(counts)
