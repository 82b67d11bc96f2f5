"""Today, this week, this month: their days, those they are compared with, and their names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from supervisor.i18n import tr

TODAY, WEEK, MONTH = "today", "week", "month"
LAST_MONTH, WEEKS = "last_month", "weeks"
SPARK_WEEKS = 8


@dataclass(frozen=True, slots=True)
class Period:
    """Days so far, and as many of the period before; all included."""

    key: str
    first: date
    last: date
    before_first: date
    before_last: date


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def period(key: str, today: date) -> Period:
    """The period up to `today`; today is compared with the same weekday a week ago."""
    if key == LAST_MONTH:
        last = today.replace(day=1) - timedelta(days=1)
        return replace(period(MONTH, last), key=key)
    if key == WEEKS:
        first, back = weeks_back(today, SPARK_WEEKS)[0], timedelta(weeks=SPARK_WEEKS)
        return Period(key, first, today, first - back, today - back)
    if key == MONTH:
        first = today.replace(day=1)
        end_before = first - timedelta(days=1)
        before = end_before.replace(day=1)
        return Period(key, first, today, before, min(end_before, _same_day(before, today)))
    first = today if key == TODAY else monday_of(today)
    week = timedelta(days=7)
    return Period(key, first, today, first - week, today - week)


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


def name(of: Period) -> str:
    """What the period is called."""
    return dict(choices() + longer_choices())[of.key]


def before_name(of: Period) -> str:
    """What it is compared with."""
    return _BEFORE[of.key]()


_BEFORE: Mapping[str, Callable[[], str]] = {
    TODAY: lambda: tr("the same day last week"),
    WEEK: lambda: tr("the same days last week"),
    MONTH: lambda: tr("the same days last month"),
    LAST_MONTH: lambda: tr("the month before"),
    WEEKS: lambda: tr("the 8 weeks before"),
}
