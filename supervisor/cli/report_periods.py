"""Which days a report is about, as they are written on the command line."""

import re
from datetime import date, timedelta

import click

from supervisor.errors import BadInputError

_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)
Days = tuple[date, date]


class Week(click.ParamType[Days]):
    """An ISO week written as 2026-W47: Monday to Sunday."""

    name = "week"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Days:
        """Its days, or a usage error."""
        del param, ctx
        if isinstance(value, tuple):
            return value
        found = _WEEK.fullmatch(str(value).strip())
        try:
            first = date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else None
        except ValueError:
            first = None
        if first is None:
            raise BadInputError("argument_not_a_week", value=str(value))
        return first, first + A_WEEK - A_DAY


class Month(click.ParamType[Days]):
    """A month written as 2026-11: its first to its last day."""

    name = "month"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Days:
        """Its days, or a usage error."""
        del param, ctx
        if isinstance(value, tuple):
            return value
        found = _MONTH.fullmatch(str(value).strip())
        try:
            first = date(int(found[1]), int(found[2]), 1) if found else None
        except ValueError:
            first = None
        if first is None:
            raise BadInputError("argument_not_a_month", value=str(value))
        return first, end_of_month(first)


WEEK, MONTH = Week(), Month()


def end_of_month(first: date) -> date:
    """The last day of the month that begins on `first`."""
    return (first + timedelta(days=31)).replace(day=1) - A_DAY


def last_week(today: date) -> Days:
    """The last week that is over: Monday to Sunday."""
    monday = today - timedelta(days=today.weekday())
    return monday - A_WEEK, monday - A_DAY


def last_month(today: date) -> Days:
    """The last month that is over."""
    last = today.replace(day=1) - A_DAY
    return last.replace(day=1), last
