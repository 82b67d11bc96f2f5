"""Working days as screen and command line show them.

Answered by `queries.working_days.working_days(session, None) -> WorkingDays`.
"""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class DaysFrom(StrEnum):
    """Who says which days of a year are worked on."""

    HOUSE = "house"
    ANNOUNCED = "announced"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year: days of rest from Monday to Friday, weekend days worked on, in order.

    `source` FIXED: nobody has announced the year; only the holidays that never move are known.
    """

    year: int
    source: DaysFrom
    rest: tuple[date, ...]
    work: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The years known, in order, and the house's office hours (Shanghai time)."""

    years: tuple[YearLine, ...]
    opens: time
    closes: time
