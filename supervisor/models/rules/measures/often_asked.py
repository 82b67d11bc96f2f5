"""Periods whose facts are kept ready, for they are asked for every day."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

MONTHS = 12
"""So many months that are over."""
QUARTERS = 3
"""So many month ends with the three months up to them."""
WEEKS = (1, 8, 9)
"""Weeks from their Monday on, the running one included."""
LENGTHS = (1, 7, 28, 30, 90, 92)
"""Days up to today, today included."""
SPARKS = 8
"""Weeks drawn in the small, the running one included."""
INTAKES = 13
"""Months of placement kept for recovery curves."""


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


def compared(today: date, known: Collection[date]) -> Iterator[tuple[date, date]]:
    """What those up to today are compared with, and the weeks before: these are kept folded alone.

    `known`: days payment data may reach to; money is compared over as many days as are known.
    """
    monday = today - timedelta(days=today.weekday())
    yield from ((monday - timedelta(weeks=n), _before(monday, n - 1)) for n in range(1, SPARKS))
    for first, last, before_first, before_last in _befores(today):
        for reach in (last, *known):
            gone = max(min(reach, last) - first, timedelta())
            yield before_first, min(before_first + gone, before_last)


def _befores(today: date) -> Iterator[tuple[date, date, date, date]]:
    """Ready periods with the days they are compared with."""
    monday, week = today - timedelta(days=today.weekday()), timedelta(weeks=1)
    yield today, today, today - week, today - week
    yield monday, today, monday - week, today - week
    eight = monday - (SPARKS - 1) * week
    yield eight, today, eight - SPARKS * week, today - SPARKS * week
    for last in (today, _before(today.replace(day=1))):
        before = _month(last, 1)
        same_day = before + timedelta(days=last.day - 1)
        yield last.replace(day=1), last, before, min(same_day, _before(last.replace(day=1)))
    for length in LENGTHS[1:]:
        first = today - timedelta(days=length - 1)
        yield first, today, first - timedelta(days=length), _before(first)


def intake_months(today: date) -> Iterator[tuple[date, date]]:
    """Months whose intakes are kept for recovery curves, the running one first."""
    for back in range(INTAKES):
        yield _month(today, back), _before(_month(today, back - 1))


def months_of(first: date, last: date) -> Iterator[tuple[date, date]]:
    """First and last days of the months these days lie in."""
    begin = first.replace(day=1)
    while begin <= last:
        after = _month(begin, -1)
        yield begin, _before(after)
        begin = after


def _before(day: date, weeks: int = 0) -> date:
    return day - timedelta(weeks=weeks, days=1)


def _month(day: date, back: int) -> date:
    """The first of the month so many months before."""
    number = day.year * 12 + day.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)
