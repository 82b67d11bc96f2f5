"""Measures as they are asked for and answered.

Answered by `queries.measures`: `measure(session, MeasureFilter) -> MeasureReport`, and for a page
`measures(session, tuple[MeasureFilter, ...]) -> tuple[MeasureReport, ...]`.
"""

from dataclasses import dataclass
from datetime import date, datetime

from supervisor.models.enums import Bucket, Product
from supervisor.models.enums_measures import Basis, Dimension, MeasureId, ReachedBy
from supervisor.models.ids import BranchId, StaffId, TeamId

Key = int | str | date | None
"""An id, a code or a day, by dimension; None: nobody, or not known."""


@dataclass(frozen=True, slots=True)
class MeasureFilter:
    """One measure over the business dates `first_on` to `last_on`, both included.

    Attributes:
        as_of: value dates and events after this day do not count; what is known today does.
        now: the instant due times are judged on.
        branches: who did it (visits, promises) or holds it (cases); empty: all that may be seen.
        allowed: the branches the person may see; None is all.
        by: what to break the answer down by, in this order.
    """

    measure: MeasureId
    first_on: date
    last_on: date
    as_of: date
    now: datetime
    branches: tuple[BranchId, ...] = ()
    allowed: tuple[BranchId, ...] | None = None
    teams: tuple[TeamId, ...] = ()
    agents: tuple[StaffId, ...] = ()
    buckets: tuple[Bucket, ...] = ()
    products: tuple[Product, ...] = ()
    channels: tuple[ReachedBy, ...] = ()
    by: tuple[Dimension, ...] = ()

    @property
    def until(self) -> date:
        """The last day that counts."""
        return min(self.last_on, self.as_of)


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted for one row, before it becomes a value.

    Attributes:
        group: one key for each dimension asked for.
        part: which row of a measure that has several ("recorded", "M1>M2"); else empty.
        numerator, denominator: what the value is made of; money in 分.
        n: how many visits, cases or promises it rests on.
        unknown: how many of which it is not known (yet); they are in no denominator.
        value: given where it is not numerator / denominator (a median).
        low, high: given where the interval is not one of a share.
        note: a code that qualifies the row (`Standing` of a fair comparison); else empty.
    """

    numerator: float
    denominator: float | None
    n: int
    unknown: int = 0
    group: tuple[Key, ...] = ()
    part: str = ""
    basis: Basis = Basis.NUMBER
    value: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A figure with what it is made of; `few`: below the minimum n, not to be shown as percent.

    `value`, `low` and `high` are in the unit of the measure; None where there is nothing.
    """

    group: tuple[Key, ...]
    part: str
    basis: Basis
    value: float | None
    low: float | None
    high: float | None
    numerator: float
    denominator: float | None
    n: int
    unknown: int
    few: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class MeasureReport:
    """The answer: rows in the order of their groups and parts.

    `payments_known_on`: the oldest day payment data of the branches reach; None: not known.
    """

    measure: MeasureId
    first_on: date
    last_on: date
    as_of: date
    by: tuple[Dimension, ...]
    rows: tuple[MeasureRow, ...]
    payments_known_on: date | None


@dataclass(frozen=True, slots=True)
class SummaryCheck:
    """Whether the visit summary is true.

    Attributes:
        days: days of branches that are summed up; dirty: those that wait.
        wrong: summed up and not what the raw rows say; named: the first of them.
    """

    days: int
    dirty: int
    wrong: int
    named: tuple[tuple[int, date], ...]
