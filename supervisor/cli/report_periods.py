"""Which days a report is about, as they are written on the command line."""

import re
from datetime import date, timedelta

import click

from supervisor.errors import BadInputError

A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)
Days = tuple[date, date]


class _Days(click.ParamType[Days]):
    """Days written in two numbers, read off by `pattern`."""

    pattern: re.Pattern[str]
    refusal: str

    def days(self, year: int, part: int) -> Days:
        """First and last day; ValueError: there are no such days."""
        raise LookupError(type(self).__name__, year, part)

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Days:
        """Its days, or a usage error."""
        del param, ctx
        if isinstance(value, tuple):
            return value
        found = self.pattern.fullmatch(str(value).strip())
        try:
            if found is not None:
                return self.days(int(found[1]), int(found[2]))
        except ValueError:
            pass
        raise BadInputError(self.refusal, value=str(value))


class Week(_Days):
    """An ISO week written as 2026-W47: Monday to Sunday."""

    name = "week"
    pattern = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)
    refusal = "argument_not_a_week"

    def days(self, year: int, part: int) -> Days:
        """Monday to Sunday."""
        first = date.fromisocalendar(year, part, 1)
        return first, first + A_WEEK - A_DAY


class Month(_Days):
    """A month written as 2026-11: its first to its last day."""

    name = "month"
    pattern = re.compile(r"(\d{4})-(\d{1,2})")
    refusal = "argument_not_a_month"

    def days(self, year: int, part: int) -> Days:
        """First to last."""
        first = date(year, part, 1)
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
