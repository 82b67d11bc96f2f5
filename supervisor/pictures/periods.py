"""Periods, ready-made or of one's own: their days, those they are compared with, their names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from supervisor.i18n import ntr, tr

TODAY, WEEK, MONTH = "today", "week", "month"
LAST_MONTH, WEEKS, NINETY = "last_month", "weeks", "ninety"
OWN = "own"
"""A period of one's own is called "own:2026-10-01:2026-10-15", its days included."""
SPARK_WEEKS = 8
NINETY_DAYS = 90
MOST_DAYS = 366
"""A period of one's own is no longer: figures of years are not what these pages are for."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days so far, and as many of the period before; all included.

    Attributes:
        key: what kind it is; `OWN` for all of one's own.
    """

    key: str
    first: date
    last: date
    before_first: date
    before_last: date


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def period(key: str, today: date) -> Period:
    """The period up to `today`; today is compared with the same weekday a week ago.

    Raises:
        KeyError: there is no such period.
    """
    days = own_days(key)
    if days is not None:
        return _before_it(OWN, *days)
    if key not in _BEFORE:
        raise KeyError(key)
    return _ready(key, today)


def _ready(key: str, today: date) -> Period:
    if key == LAST_MONTH:
        last = today.replace(day=1) - timedelta(days=1)
        return replace(period(MONTH, last), key=key)
    if key == WEEKS:
        first, back = weeks_back(today, SPARK_WEEKS)[0], timedelta(weeks=SPARK_WEEKS)
        return Period(key, first, today, first - back, today - back)
    if key == NINETY:
        return _before_it(key, today - timedelta(days=NINETY_DAYS - 1), today)
    if key == MONTH:
        first = today.replace(day=1)
        end_before = first - timedelta(days=1)
        before = end_before.replace(day=1)
        return Period(key, first, today, before, min(end_before, _same_day(before, today)))
    first = today if key == TODAY else monday_of(today)
    week = timedelta(days=7)
    return Period(key, first, today, first - week, today - week)


def _before_it(key: str, first: date, last: date) -> Period:
    """Compared with as many days right before it."""
    long = last - first + timedelta(days=1)
    return Period(key, first, last, first - long, first - timedelta(days=1))


def own_key(first: date, last: date) -> str:
    """What a period of one's own is called."""
    return f"{OWN}:{first}:{last}"


def own_days(key: str) -> tuple[date, date] | None:
    """First and last day of a period of one's own; None for others and for what is none."""
    kind, *days = key.split(":")
    if kind != OWN or len(days) != 2:
        return None
    try:
        first, last = (date.fromisoformat(day) for day in days)
    except ValueError:
        return None
    return (first, last) if first <= last < first + timedelta(days=MOST_DAYS) else None


def is_known(key: str, ready: Sequence[tuple[str, str]]) -> bool:
    """Whether a page that offers `ready` can show it."""
    return own_days(key) is not None or key in {one for one, _ in ready}


def _same_day(month: date, day: date) -> date:
    return month + timedelta(days=day.day - 1)


def weeks_back(today: date, count: int) -> tuple[date, ...]:
    """Mondays of the last `count` weeks, the running one last."""
    last = monday_of(today)
    return tuple(last - timedelta(weeks=back) for back in reversed(range(count)))


def choices() -> list[tuple[str, str]]:
    """Keys with what people call them."""
    return [(TODAY, tr("Today")), (WEEK, tr("This week")), (MONTH, tr("This month"))]


def longer_choices() -> list[tuple[str, str]]:
    """Keys of what a page of outcomes looks at, with what people call them."""
    return [*choices()[1:], (LAST_MONTH, tr("Last month")), (WEEKS, tr("8 weeks"))]


def comparison_choices() -> list[tuple[str, str]]:
    """Keys of what people are compared over: long enough for 30 cases each."""
    last = (LAST_MONTH, tr("Last month"))
    return [(NINETY, tr("90 days")), (MONTH, tr("This month")), last]


def name(of: Period) -> str:
    """What the period is called."""
    known = dict(choices() + longer_choices() + comparison_choices())
    return known.get(of.key) or period_text(of.first, of.last)


def before_name(of: Period) -> str:
    """What it is compared with."""
    if of.key == OWN:
        n = (of.last - of.first).days + 1
        return ntr("the {n} day before", "the {n} days before", n)
    return _BEFORE[of.key]()


def period_text(first: date, last: date) -> str:
    """From one day to another: "11-16 to 11-23"; with the year where that is not the same."""
    style = "%m-%d" if first.year == last.year else "%Y-%m-%d"
    begins, ends = f"{first:{style}}", f"{last:{style}}"
    return begins if first == last else tr("{first} to {last}", first=begins, last=ends)


_BEFORE: Mapping[str, Callable[[], str]] = {
    TODAY: lambda: tr("the same day last week"),
    WEEK: lambda: tr("the same days last week"),
    MONTH: lambda: tr("the same days last month"),
    LAST_MONTH: lambda: tr("the month before"),
    WEEKS: lambda: tr("the 8 weeks before"),
    NINETY: lambda: tr("the 90 days before"),
}
