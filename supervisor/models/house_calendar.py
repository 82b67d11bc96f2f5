"""The house's working days and office hours as they stand; for queries and commands alike."""

from dataclasses import replace
from datetime import time

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.models.rules.parameters import (
    EVERY_BRANCH,
    PARAMETERS,
    WORK_FROM,
    WORK_UNTIL,
    WORKING_DAYS,
)
from supervisor.models.rules.workdays import Calendar, YearDays, official
from supervisor.models.rules.working_days import kept_years
from supervisor.models.tables import Parameter


def house_years(session: Session) -> dict[int, YearDays]:
    """The years the house set itself."""
    return kept_years(_value(session, WORKING_DAYS) or "")


def calendar_of(session: Session) -> Calendar:
    """The calendar due times, schedule and targets go by: the house's years, else the announced."""
    years = house_years(session)
    return replace(official(), house=years) if years else official()


def office_hours(session: Session) -> tuple[time, time]:
    """When offices open and close on a working day, Shanghai time."""
    opens, closes = (
        time.fromisoformat(_value(session, key) or PARAMETERS[key].default)
        for key in (WORK_FROM, WORK_UNTIL)
    )
    return opens, closes


def _value(session: Session, key: str) -> str | None:
    return session.scalar(
        select(Parameter.value).where(Parameter.branch_id == EVERY_BRANCH, Parameter.key == key)
    )
