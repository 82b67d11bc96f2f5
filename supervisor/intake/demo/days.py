"""Days and minutes as integers, and their text as both engines store it.

A *day* is a proleptic ordinal (`date.toordinal`); an *instant* counts minutes of Shanghai time
since ordinal 0. China has kept one offset since 1991, so plain arithmetic is exact.
"""

from datetime import date

import numpy as np

from supervisor.intake.demo.stream import Floats, Ints, whole

MINUTES_PER_DAY = 1440
SHANGHAI_MINUTES = 480
NONE = -1
"""Stands for a missing day, instant or reference in integer arrays."""

_BACK_DAYS = 366 * 12
_AHEAD_DAYS = 366 * 7

_SPRING_FESTIVALS = (
    (2023, 1, 22),
    (2024, 2, 10),
    (2025, 1, 29),
    (2026, 2, 17),
    (2027, 2, 6),
    (2028, 1, 26),
    (2029, 2, 13),
    (2030, 2, 3),
    (2031, 1, 23),
    (2032, 2, 11),
)
_WEEKDAY_WEIGHTS = (1.0, 1.0, 1.0, 1.0, 1.0, 0.85, 0.3)
"""How readily a pair goes out, Monday first."""

_HOLIDAY_WEIGHT = 0.02


class DayBook:
    """Text of days and instants around `today`, looked up instead of formatted."""

    def __init__(self, today: date) -> None:
        self.today = today.toordinal()
        self._first = self.today - _BACK_DAYS
        self._days = [
            date.fromordinal(day).isoformat()
            for day in range(self._first, self.today + _AHEAD_DAYS)
        ]
        self._times = [
            f" {minute // 60:02d}:{minute % 60:02d}:00.000000" for minute in range(MINUTES_PER_DAY)
        ]

    def days(self, values: Ints) -> list[str | None]:
        """ISO dates; `NONE` becomes None."""
        days, first = self._days, self._first
        return [days[day - first] if day >= 0 else None for day in values.tolist()]

    def instants(self, values: Ints) -> list[str | None]:
        """UTC times as stored; `NONE` becomes None."""
        utc = values - SHANGHAI_MINUTES
        days, times, first = self._days, self._times, self._first
        return [
            days[day - first] + times[minute] if day >= 0 else None
            for day, minute in zip(
                (utc // MINUTES_PER_DAY).tolist(), (utc % MINUTES_PER_DAY).tolist(), strict=True
            )
        ]

    def day(self, value: int) -> str:
        """One ISO date."""
        return self._days[value - self._first]

    def instant(self, value: int) -> str:
        """One UTC time as stored."""
        utc = value - SHANGHAI_MINUTES
        return self._days[utc // MINUTES_PER_DAY - self._first] + self._times[utc % MINUTES_PER_DAY]


def at(day: Ints, minute: "Ints | int") -> Ints:
    """The instant `minute` minutes into each Shanghai day."""
    return np.asarray(day * MINUTES_PER_DAY + minute, dtype=np.int64)


def weekday(day: Ints) -> Ints:
    """Monday 0 to Sunday 6."""
    return np.asarray((day + 6) % 7, dtype=np.int64)


def outing_weights(first: int, count: int) -> Floats:
    """How readily pairs go out on `count` days from `first`: little on Sundays and holidays."""
    days = whole(range(first, first + count))
    weights = np.asarray(_WEEKDAY_WEIGHTS)[weekday(days)]
    holidays = _holidays(first, first + count)
    weights[[index for index, day in enumerate(days.tolist()) if day in holidays]] = _HOLIDAY_WEIGHT
    return np.asarray(weights, dtype=np.float64)


def _holidays(first: int, end: int) -> frozenset[int]:
    found: set[int] = set()
    for year in range(date.fromordinal(first).year, date.fromordinal(end).year + 1):
        for month, day, length in ((1, 1, 1), (5, 1, 3), (10, 1, 7)):
            start = date(year, month, day).toordinal()
            found.update(range(start, start + length))
    for year, month, day in _SPRING_FESTIVALS:
        eve = date(year, month, day).toordinal() - 1
        found.update(range(eve, eve + 8))
    return frozenset(found)


class MonthBook:
    """Due dates: the same day of the month, month after month."""

    def __init__(self, today: date) -> None:
        first_year = today.year - 11
        self._first_month = first_year * 12
        self._starts = whole(
            [
                date(month // 12, month % 12 + 1, 1).toordinal()
                for month in range(first_year * 12, (today.year + 6) * 12)
            ]
        )

    def split(self, day: Ints) -> tuple[Ints, Ints]:
        """(month number, day of month not after the 28th) of each day."""
        month = np.searchsorted(self._starts, day, side="right") - 1
        inside = np.minimum(day - self._starts[month], 27)
        return np.asarray(month, dtype=np.int64), np.asarray(inside, dtype=np.int64)

    def join(self, month: Ints, inside: Ints) -> Ints:
        """The day of month number and day of month."""
        return np.asarray(self._starts[month] + inside, dtype=np.int64)
