"""Orders about the days and hours offices work."""

from dataclasses import dataclass
from datetime import date, time

from supervisor.models.orders import Order


@dataclass(frozen=True, slots=True)
class YearOrder:
    """A year as the house works it; `announced`: as it was announced, the days are left out."""

    year: int
    rest: tuple[date, ...] = ()
    work: tuple[date, ...] = ()
    announced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SetWorkingDays(Order):
    """`commands.working_days.set_working_days`: days of rest and make-up days of years.

    Due times that were given already stay as they are.
    """

    years: tuple[YearOrder, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOfficeHours(Order):
    """`commands.working_days.set_office_hours`: the same on every working day, Shanghai time."""

    opens: time
    closes: time
    reason: str
