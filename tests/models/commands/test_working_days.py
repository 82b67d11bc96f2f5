"""Working days of the house: who may set them, from what file, and what goes by them."""

import json
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import select

from supervisor.errors import BadInputError, NotAllowedError
from supervisor.models.changes import Actor
from supervisor.models.commands.incident_hours import due_hours
from supervisor.models.commands.working_days import set_office_hours, set_working_days
from supervisor.models.database import Database
from supervisor.models.enums import FlagState, Role, Severity
from supervisor.models.house_calendar import calendar_of
from supervisor.models.ids import BranchId
from supervisor.models.orders_calendar import SetOfficeHours, SetWorkingDays, YearOrder
from supervisor.models.queries.working_days import working_days
from supervisor.models.rows.working_days import DaysFrom
from supervisor.models.rules.workdays import YearDays, official
from supervisor.models.rules.working_days import checked, kept_text, kept_years, years_of_file
from supervisor.models.tables import AuditEvent
from tests.models.commands.incident_world import ADMIN, SUPERVISOR

THURSDAY, FRIDAY, SATURDAY = date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 28)


def a_year(actor: Actor = ADMIN, reason: str = "盘点", **values: object) -> SetWorkingDays:
    """2026 with these days only."""
    return SetWorkingDays(actor=actor, years=(YearOrder(2026, **values),), reason=reason)  # type: ignore[arg-type]


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour - 8, tzinfo=UTC)


def due(database: Database, since: datetime) -> datetime | None:
    """When a flag that needs a look within a working day is to be looked at."""
    with database.transaction() as session:
        return due_hours(session, 1).due_at(FlagState.NEW, Severity.MAJOR, since)


def test_that_due_times_go_by_the_days_and_hours_of_the_house(database: Database) -> None:
    assert due(database, at(THURSDAY, 12)) == at(FRIDAY, 12)
    database.write(set_working_days, a_year(rest=(FRIDAY,), work=(SATURDAY,)))
    assert due(database, at(THURSDAY, 12)) == at(SATURDAY, 12)
    hours = SetOfficeHours(actor=ADMIN, opens=time(9), closes=time(21), reason="晚班")
    database.write(set_office_hours, hours)
    assert due(database, at(THURSDAY, 12)) == at(THURSDAY, 21)
    database.write(set_working_days, a_year(announced=True))
    assert due(database, at(FRIDAY, 20)) == at(date(2026, 11, 30), 17)


def test_that_the_screen_knows_who_said_so_and_the_audit_why(database: Database) -> None:
    database.write(set_working_days, a_year(rest=(FRIDAY,)))
    known = database.read(working_days, None)
    source = {one.year: one.source for one in known.years}
    assert (source[2025], source[2026], source[2027]) == (
        DaysFrom.ANNOUNCED,
        DaysFrom.HOUSE,
        DaysFrom.FIXED,
    )
    with database.transaction() as session:
        told = session.scalars(select(AuditEvent.counts).order_by(AuditEvent.seq.desc())).first()
    assert told is not None
    said = str(json.loads(told))
    assert "盘点" in said
    assert "11-27" in said


@pytest.mark.parametrize(
    ("order", "error"),
    [
        (a_year(SUPERVISOR, rest=(FRIDAY,)), NotAllowedError),
        (a_year(Actor("a", Role.ADMIN, (BranchId(1),)), rest=(FRIDAY,)), NotAllowedError),
        (a_year(reason=" ", rest=(FRIDAY,)), BadInputError),
        (a_year(announced=True), BadInputError),
        (a_year(rest=(SATURDAY,), work=(SATURDAY,)), BadInputError),
        (a_year(rest=(date(2027, 1, 4),)), BadInputError),
    ],
)
def test_that_others_and_impossible_days_are_refused(
    sqlite_database: Database, order: SetWorkingDays, error: type[Exception]
) -> None:
    with pytest.raises(error):
        sqlite_database.write(set_working_days, order)
    with sqlite_database.transaction() as session:
        assert calendar_of(session) == official()


@pytest.mark.parametrize(("opens", "closes"), [(9, 9), (18, 9)])
def test_that_offices_are_open_for_an_hour_at_least(
    sqlite_database: Database, opens: int, closes: int
) -> None:
    order = SetOfficeHours(actor=ADMIN, opens=time(opens), closes=time(closes), reason="试")
    with pytest.raises(BadInputError):
        sqlite_database.write(set_office_hours, order)


def test_that_a_file_in_the_form_of_the_announcements_is_read() -> None:
    years = years_of_file('[2027]\nrest = ["01-01", "02-08"]\nwork = ["02-14"]\n')
    assert years == {
        2027: YearDays(
            frozenset({date(2027, 1, 1), date(2027, 2, 8)}), frozenset({date(2027, 2, 14)})
        )
    }
    assert kept_years(kept_text(years)) == years


@pytest.mark.parametrize(
    "text",
    ["", "[2027]\nrest = ['02-30']", "[a]\nrest = []", "[2027]\nholiday = []", "rest = [", "a = 1"],
)
def test_that_a_file_of_another_form_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadInputError) as refused:
        years_of_file(text)
    assert refused.value.code == "calendar_not_readable"


def test_that_days_that_change_nothing_are_left_out() -> None:
    days = checked(2026, YearDays(frozenset({FRIDAY, SATURDAY}), frozenset({THURSDAY})))
    assert days == YearDays(frozenset({FRIDAY}), frozenset())
