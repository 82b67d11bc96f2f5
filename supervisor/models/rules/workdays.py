"""Working days and working hours: when something is due that has so many hours.

Public holidays and make-up days come from `resources/calendar`, or from the house for years it sets
itself; a year that neither has counts Monday to Friday with the fixed holidays and is provisional.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
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
class YearDays:
    """One year: days of rest from Monday to Friday, and weekend days worked on (调休)."""

    rest: frozenset[date]
    work: frozenset[date]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days offices work: what the house says of a year, else what was announced."""

    announced: Mapping[int, YearDays]
    house: Mapping[int, YearDays] = field(default_factory=dict)

    def year(self, year: int) -> YearDays:
        """The days of a year; of one that nobody announced the fixed holidays."""
        return self.house.get(year) or self.announced.get(year) or _unannounced(year)

    def is_provisional(self, day: date) -> bool:
        """Whether the holidays of that year are not known yet."""
        return day.year not in self.house and day.year not in self.announced

    def is_workday(self, day: date) -> bool:
        """Whether the office works on that day."""
        year = self.year(day.year)
        return day in year.work or (is_weekday(day) and day not in year.rest)

    def next_workday(self, day: date) -> date:
        """The next day the office works, after a day."""
        following = day + timedelta(days=1)
        while not self.is_workday(following):
            following += timedelta(days=1)
        return following

    def workdays(self, first: date, count: int) -> tuple[date, ...]:
        """So many working days from a day on, that day included if it is one."""
        found: list[date] = []
        day = first - timedelta(days=1)
        while len(found) < count:
            day = self.next_workday(day)
            found.append(day)
        return tuple(found)


def is_weekday(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() < _WEEKEND


@cache
def _unannounced(year: int) -> YearDays:
    fixed = (date(year, month, day) for month, day in _FIXED)
    return YearDays(frozenset(day for day in fixed if is_weekday(day)), frozenset())


@cache
def official() -> Calendar:
    """The announcements this version brings, without anything of the house."""
    text = (paths.resources() / "calendar" / "cn.toml").read_text(encoding="utf-8")
    return Calendar(
        {int(year): _listed(int(year), days) for year, days in tomllib.loads(text).items()}
    )


def _listed(year: int, lists: Mapping[str, list[str]]) -> YearDays:
    return YearDays(*(
        frozenset(date.fromisoformat(f"{year:04d}-{text}") for text in lists[key])
        for key in ("rest", "work")
    ))  # fmt: skip


def is_provisional(day: date) -> bool:
    """As `Calendar.is_provisional`, by the announcements."""
    return official().is_provisional(day)


def is_workday(day: date) -> bool:
    """As `Calendar.is_workday`, by the announcements."""
    return official().is_workday(day)


def next_workday(day: date) -> date:
    """As `Calendar.next_workday`, by the announcements."""
    return official().next_workday(day)


def workdays(first: date, count: int) -> tuple[date, ...]:
    """As `Calendar.workdays`, by the announcements."""
    return official().workdays(first, count)


def after_working_hours(
    start: datetime,
    hours: float,
    office: Hours = OFFICE_HOURS,
    calendar: Calendar | None = None,
) -> datetime:
    """The instant at which so many working hours have passed since `start`.

    `calendar` None: the announcements.

    Time outside office hours does not count. Never falls on the opening of a day when it can be
    the closing of the one before.
    """
    days = calendar or official()
    left = timedelta(hours=hours)
    moment = start.astimezone(SHANGHAI)
    while True:
        opens = datetime.combine(moment.date(), office.opens, SHANGHAI)
        closes = opens + office.length
        begins = max(moment, opens)
        if days.is_workday(moment.date()) and begins < closes:
            if left <= closes - begins:
                return (begins + left).astimezone(UTC)
            left -= closes - begins
        moment = datetime.combine(moment.date() + timedelta(days=1), office.opens, SHANGHAI)
