"""The house's own working days: read from a file, kept as text, checked before they count."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from supervisor.errors import BadInputError
from supervisor.models.rules.workdays import YearDays, is_weekday

Years = Mapping[int, YearDays]
FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_CHANGED = 120
"""Days of one year that may differ from Monday to Friday; more is a slip of the pen."""


def kept_text(years: Years) -> str:
    """The house's years as they are kept: the same years give the same text."""
    return json.dumps({str(year): _lists(years[year]) for year in sorted(years)}, sort_keys=True)


def kept_years(text: str) -> dict[int, YearDays]:
    """The house's years from what `kept_text` made."""
    return {int(year): _of(int(year), lists) for year, lists in json.loads(text or "{}").items()}


def years_of_file(text: str) -> dict[int, YearDays]:
    """Years from a file in the form of `resources/calendar/cn.toml`.

    Raises:
        BadInputError: it has another form, or a day that is none.
    """
    try:
        found = {int(year): _of(int(year), lists) for year, lists in tomllib.loads(text).items()}
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise BadInputError("calendar_not_readable", reason=str(error)[:200]) from error
    if not found:
        raise BadInputError("calendar_not_readable", reason="")
    return found


def checked(year: int, days: YearDays) -> YearDays:
    """The days that differ from Monday to Friday.

    Raises:
        BadInputError: a day of another year, one that is both, or far too many of them.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadInputError("calendar_year_bad", year=year)
    both = days.rest & days.work
    if both:
        raise BadInputError("calendar_day_twice", day=min(both).isoformat())
    stray = [day for day in days.rest | days.work if day.year != year]
    if stray:
        raise BadInputError("calendar_day_elsewhere", day=min(stray).isoformat(), year=year)
    rest = frozenset(day for day in days.rest if is_weekday(day))
    work = frozenset(day for day in days.work if not is_weekday(day))
    if len(rest) + len(work) > MOST_CHANGED:
        raise BadInputError("calendar_too_many", year=year, most=MOST_CHANGED)
    return YearDays(rest, work)


def with_day(days: YearDays, day: date, *, works: bool) -> YearDays:
    """The year with one day that offices work or rest on."""
    rest, work = days.rest - {day}, days.work - {day}
    if works == is_weekday(day):
        return YearDays(rest, work)
    return YearDays(rest, work | {day}) if works else YearDays(rest | {day}, work)


def _lists(days: YearDays) -> dict[str, list[str]]:
    return {"rest": _short(days.rest), "work": _short(days.work)}


def _short(days: Iterable[date]) -> list[str]:
    return [f"{day:%m-%d}" for day in sorted(days)]


def _of(year: int, lists: Any) -> YearDays:
    unknown = set(lists) - {"rest", "work"}
    if unknown:
        raise ValueError(", ".join(sorted(unknown)))
    rest, work = (
        frozenset(date.fromisoformat(f"{year:04d}-{text}") for text in lists.get(key, ()))
        for key in ("rest", "work")
    )
    return YearDays(rest, work)
