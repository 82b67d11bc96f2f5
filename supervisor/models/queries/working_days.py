"""Which days the house works on: its own years before the announced ones."""

from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.models.house_calendar import calendar_of, office_hours
from supervisor.models.rows.working_days import DaysFrom, WorkingDays, YearLine
from supervisor.models.rules.workdays import Calendar


def calendar(session: Session, _nothing: None = None) -> Calendar:
    """As `house_calendar.calendar_of`, in the shape readers are asked in."""
    return calendar_of(session)


def working_days(session: Session, _nothing: None = None) -> WorkingDays:
    """Every year somebody said something of, up to the next one."""
    known = calendar_of(session)
    this = clock.today().year
    years = sorted({*known.announced, *known.house, this, this + 1})
    opens, closes = office_hours(session)
    return WorkingDays(
        years=tuple(_line(known, year) for year in years), opens=opens, closes=closes
    )


def _line(known: Calendar, year: int) -> YearLine:
    source = DaysFrom.FIXED
    if year in known.house:
        source = DaysFrom.HOUSE
    elif year in known.announced:
        source = DaysFrom.ANNOUNCED
    days = known.year(year)
    return YearLine(year, source, tuple(sorted(days.rest)), tuple(sorted(days.work)))
