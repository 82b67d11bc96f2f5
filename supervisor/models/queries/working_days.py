"""Which days the house works on: its own years before the announced ones."""

from dataclasses import replace
from datetime import time

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.models.rows.working_days import DaysFrom, WorkingDays, YearLine
from supervisor.models.rules.parameters import PARAMETERS, WORK_FROM, WORK_UNTIL, WORKING_DAYS
from supervisor.models.rules.workdays import Calendar, YearDays, official
from supervisor.models.rules.working_days import kept_years
from supervisor.models.tables import Parameter

EVERY_BRANCH = 0


def house_years(session: Session) -> dict[int, YearDays]:
    """The years the house set itself."""
    text = session.scalar(
        select(Parameter.value).where(
            Parameter.branch_id == EVERY_BRANCH, Parameter.key == WORKING_DAYS
        )
    )
    return kept_years(text or "")


def calendar_of(session: Session) -> Calendar:
    """The calendar due times, schedule and targets go by."""
    years = house_years(session)
    return replace(official(), house=years) if years else official()


def calendar(session: Session, _nothing: None = None) -> Calendar:
    """As `calendar_of`, in the shape readers are asked in."""
    return calendar_of(session)


def working_days(session: Session, _nothing: None = None) -> WorkingDays:
    """Every year somebody said something of, up to the next one."""
    known = calendar_of(session)
    this = clock.today().year
    years = sorted({*known.announced, *known.house, this, this + 1})
    return WorkingDays(
        years=tuple(_line(known, year) for year in years),
        opens=_time(session, WORK_FROM),
        closes=_time(session, WORK_UNTIL),
    )


def _line(known: Calendar, year: int) -> YearLine:
    source = DaysFrom.FIXED
    if year in known.house:
        source = DaysFrom.HOUSE
    elif year in known.announced:
        source = DaysFrom.ANNOUNCED
    days = known.year(year)
    return YearLine(year, source, tuple(sorted(days.rest)), tuple(sorted(days.work)))


def _time(session: Session, key: str) -> time:
    text = session.scalar(
        select(Parameter.value).where(Parameter.branch_id == EVERY_BRANCH, Parameter.key == key)
    )
    return time.fromisoformat(text or PARAMETERS[key].default)
