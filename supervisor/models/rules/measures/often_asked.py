"""Periods whose facts are kept ready, for they are asked for every day."""

from collections.abc import Iterator
from datetime import date, timedelta

MONTHS = 12
"""So many months that are over."""
QUARTERS = 3
"""So many month ends with the three months up to them."""
WEEKS = (1, 8, 9)
"""Weeks from their Monday on, the running one included."""
LENGTHS = (1, 7, 28, 30, 90, 92)
"""Days up to today, today included."""


def periods(today: date) -> Iterator[tuple[date, date]]:
    """First and last day of each, both included; those that end today first."""
    starts = {today - timedelta(days=length - 1) for length in LENGTHS}
    starts |= {today.replace(day=1), _month(today, 1), _month(today, 2)}
    monday = today - timedelta(days=today.weekday())
    starts |= {monday - timedelta(weeks=weeks - 1) for weeks in WEEKS}
    yield from ((start, today) for start in sorted(starts))
    for back in range(MONTHS):
        last_on = _month(today, back) - timedelta(days=1)
        yield last_on.replace(day=1), last_on
        if back < QUARTERS:
            yield _month(last_on, 2), last_on


def _month(day: date, back: int) -> date:
    """The first of the month so many months before."""
    number = day.year * 12 + day.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)
