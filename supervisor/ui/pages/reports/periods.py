"""Periods people ask reports for, and the one each kind begins with."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from supervisor.i18n import tr
from supervisor.models.enums_reports import ReportKind
from supervisor.models.rules.workdays import Calendar, official

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


class Preset(StrEnum):
    """A period by name; CUSTOM: days typed."""

    LAST_WEEK = "last_week"
    THIS_WEEK = "this_week"
    LAST_MONTH = "last_month"
    THIS_MONTH = "this_month"
    LAST_QUARTER = "last_quarter"
    NEXT_WORKDAY = "next_workday"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Period:
    """Business dates, both included."""

    first: date
    last: date


def preset_text(preset: Preset) -> str:
    """What people call it."""
    return {
        Preset.LAST_WEEK: tr("Last full week"),
        Preset.THIS_WEEK: tr("This week so far"),
        Preset.LAST_MONTH: tr("Last full month"),
        Preset.THIS_MONTH: tr("This month so far"),
        Preset.LAST_QUARTER: tr("Last thirteen weeks"),
        Preset.NEXT_WORKDAY: tr("Next working day"),
        Preset.CUSTOM: tr("Days of your own"),
    }[preset]


_BEGINNINGS = {
    ReportKind.ROLL_RATE: Preset.LAST_MONTH,
    ReportKind.VISIT_SHEET: Preset.NEXT_WORKDAY,
    ReportKind.TRAINING: Preset.LAST_QUARTER,
    ReportKind.EVIDENCE: Preset.LAST_QUARTER,
}


def beginning(kind: ReportKind) -> Preset:
    """The period a kind is offered with: the last full week unless it is of another rhythm."""
    return _BEGINNINGS.get(kind, Preset.LAST_WEEK)


def period_of(preset: Preset, today: date, calendar: Calendar | None = None) -> Period:
    """The days of a preset, seen from today; those of CUSTOM are the last full week.

    `calendar`: the house's working days; None: those announced.

    >>> period_of(Preset.LAST_WEEK, date(2026, 11, 23))
    Period(first=datetime.date(2026, 11, 16), last=datetime.date(2026, 11, 22))
    """
    monday, first = today - today.weekday() * DAY, today.replace(day=1)
    if preset is Preset.NEXT_WORKDAY:
        day = (calendar or official()).next_workday(today)
        return Period(day, day)
    ends = {
        Preset.THIS_WEEK: Period(monday, today),
        Preset.LAST_MONTH: Period((first - DAY).replace(day=1), first - DAY),
        Preset.THIS_MONTH: Period(first, today),
        Preset.LAST_QUARTER: Period(monday - 13 * WEEK, monday - DAY),
    }
    return ends.get(preset, Period(monday - WEEK, monday - DAY))
