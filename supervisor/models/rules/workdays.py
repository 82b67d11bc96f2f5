"""Working days and working hours: when something is due that has so many hours.

Public holidays and make-up days come from `resources/calendar`; a year that is not announced yet
counts Monday to Friday with the fixed holidays and is provisional.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from supervisor import paths
from supervisor.clock import SHANGHAI

_WEEKEND = 5
"""Saturday, as `date.weekday` counts."""
_FIXED = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""Month and day of public holidays that no announcement moves."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Office hours in Shanghai time, the same on every working day."""

    opens: time = time(9)
    closes: time = time(18)

    @property
    def length(self) -> timedelta:
        """How long a working day is; never less than an hour."""
        day = date(2026, 1, 1)
        span = datetime.combine(day, self.closes) - datetime.combine(day, self.opens)
        return max(span, timedelta(hours=1))


OFFICE_HOURS = Hours()


@dataclass(frozen=True, slots=True)
class _Year:
    rest: frozenset[tuple[int, int]]
    work: frozenset[tuple[int, int]]


@cache
def _years() -> Mapping[int, _Year]:
    raw = tomllib.loads((paths.resources() / "calendar" / "cn.toml").read_text(encoding="utf-8"))
    return {
        int(year): _Year(_days(lists["rest"]), _days(lists["work"])) for year, lists in raw.items()
    }


def _days(texts: list[str]) -> frozenset[tuple[int, int]]:
    return frozenset((int(text[:2]), int(text[3:])) for text in texts)


def is_provisional(day: date) -> bool:
    """Whether the holidays of that year are not known yet."""
    return day.year not in _years()


def is_workday(day: date) -> bool:
    """Whether the office works on that day."""
    year, place = _years().get(day.year), (day.month, day.day)
    weekday = day.weekday() < _WEEKEND
    if year is None:
        return weekday and place not in _FIXED
    return place in year.work or (weekday and place not in year.rest)


def next_workday(day: date) -> date:
    """The next day the office works, after a day."""
    following = day + timedelta(days=1)
    while not is_workday(following):
        following += timedelta(days=1)
    return following


def workdays(first: date, count: int) -> tuple[date, ...]:
    """So many working days from a day on, that day included if it is one."""
    found: list[date] = []
    day = first - timedelta(days=1)
    while len(found) < count:
        day = next_workday(day)
        found.append(day)
    return tuple(found)


def after_working_hours(start: datetime, hours: float, office: Hours = OFFICE_HOURS) -> datetime:
    """The instant at which so many working hours have passed since `start`.

    Time outside office hours does not count. Never falls on the opening of a day when it can be
    the closing of the one before.
    """
    left = timedelta(hours=hours)
    moment = start.astimezone(SHANGHAI)
    while True:
        opens = datetime.combine(moment.date(), office.opens, SHANGHAI)
        closes = opens + office.length
        begins = max(moment, opens)
        if is_workday(moment.date()) and begins < closes:
            if left <= closes - begins:
                return (begins + left).astimezone(UTC)
            left -= closes - begins
        moment = datetime.combine(moment.date() + timedelta(days=1), office.opens, SHANGHAI)
