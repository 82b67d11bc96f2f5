"""A day of the visit schedule: lanes, progress, what waits to be planned, its week."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from supervisor.models import tables
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.database import Database
from supervisor.models.ids import BranchId, TeamId
from supervisor.models.queries.schedule import schedule_day
from supervisor.models.rows.schedule import Course, ScheduleAsk, ScheduleDay
from tests import factories as f
from tests.factories import TODAY, Ref

NOW = datetime(2026, 11, 23, 2, 38, tzinfo=UTC)
DAY = timedelta(days=1)


def the_day(session: Session, branch: int, on: date = TODAY, **values: Any) -> ScheduleDay:
    """The day as a supervisor sees it."""
    return schedule_day(session, ScheduleAsk(BranchId(branch), on, NOW, **values))


def a_pair(session: Session, branch: int, **values: Any) -> tuple[int, int]:
    """Two people who usually go together."""
    first, second = (f.a_staff(session, branch, **values) for _ in range(2))
    f.put(session, tables.Pair, branch_id=branch, first_id=first, second_id=second)
    return first, second


def at(hour: int, day: date = TODAY) -> datetime:
    """An hour of Shanghai."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - 8 * timedelta(hours=1)


def a_visit_at(session: Session, case: Ref, hour: int, pair: tuple[int, int], **more: Any) -> Ref:
    """A plan of a pair for an hour of today."""
    people = {"agent_id": pair[0], "second_agent_id": pair[1]}
    window = {"window_from": at(hour), "window_until": at(hour + 1)}
    return f.a_plan(session, case, **{**people, **window, **more})


def test_that_every_pair_has_a_lane_and_others_come_after(database: Database) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        one, two = a_pair(session, branch), a_pair(session, branch)
        cases = [f.a_case(session, branch) for _ in range(5)]
        a_visit_at(session, cases[0], 14, two)
        a_visit_at(session, cases[1], 11, two)
        f.a_plan(session, cases[2], agent_id=one[0])
        f.a_plan(session, cases[3])
        f.a_plan(session, cases[4], TODAY + DAY, agent_id=one[0])
        refresh_cases(session, cases)
        day = the_day(session, branch)
    assert [lane.key for lane in day.lanes] == [one, two, (one[0], None), (None, None)]
    assert [card.case_id for card in day.lanes[1].cards] == [cases[1].id, cases[0].id]
    assert (day.lanes[0].capacity, day.lanes[1].doors) == (8, 2)


def test_that_absence_takes_the_capacity_of_the_pair(database: Database) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        _first, second = a_pair(session, branch, daily_capacity=6)
        f.put(session, tables.Absence, staff_id=second, from_on=TODAY, until_on=TODAY)
        assert the_day(session, branch).lanes[0].capacity == 0
        assert the_day(session, branch, TODAY + DAY).lanes[0].capacity == 6


@pytest.mark.parametrize(
    ("hour", "values", "visited", "course"),
    [
        (11, {}, False, Course.PLANNED),
        (10, {}, False, Course.PLANNED),
        (9, {}, False, Course.NOT_BACK),
        (10, {"state": "on_site"}, False, Course.UNDER_WAY),
        (9, {"state": "on_site"}, False, Course.NOT_BACK),
        (9, {"state": "reported"}, False, Course.REPORTED),
        (9, {}, True, Course.REPORTED),
    ],
)
def test_that_progress_follows_the_clock_and_what_was_reported(
    sqlite_database: Database, hour: int, values: dict[str, Any], visited: bool, course: Course
) -> None:
    with sqlite_database.transaction() as session:
        branch = f.a_branch(session)
        case = f.a_case(session, branch)
        plan = a_visit_at(session, case, hour, a_pair(session, branch), **values)
        if visited:
            f.a_visit(session, case, plan_id=plan.id)
        day = the_day(session, branch)
    assert dict(day.progress) == {course: 1}


def test_that_called_back_visits_have_no_card_and_households_are_counted(
    database: Database,
) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        pair = a_pair(session, branch)
        home: dict[str, Any] = {"household_key": "k1"}
        one, two = (f.a_case(session, branch, borrower=f.a_borrower(session, branch, **home))
                    for _ in range(2))  # fmt: skip
        a_visit_at(session, one, 14, pair)
        a_visit_at(session, two, 15, pair, state="recalled")
        refresh_cases(session, [one, two])
        day = the_day(session, branch)
    (card,) = day.cards
    assert (card.case_id, card.household_n, card.name) == (one.id, 2, "王**")


def test_that_the_pool_holds_what_can_be_planned_longest_unvisited_first(
    database: Database,
) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        team = f.a_team(session, branch)
        mine = f.a_staff(session, branch, team_id=team)
        other = f.a_staff(session, branch)
        cases = [f.a_case(session, branch, agent_id=mine) for _ in range(5)]
        theirs = f.a_case(session, branch, agent_id=other)
        f.a_visit(session, cases[0], TODAY - 2 * DAY)
        f.a_visit(session, cases[1], TODAY - 9 * DAY)
        f.a_plan(session, cases[2], TODAY + DAY)
        f.a_hold(session, cases[3])
        f.a_case(session, branch, ended_on=TODAY)
        f.a_case(session, branch, contracts=[])
        refresh_cases(session, [*cases, theirs])
        day = the_day(session, branch, teams=(TeamId(team),))
        whole = the_day(session, branch)
    assert [one.case_id for one in day.pool] == [cases[4].id, cases[1].id, cases[0].id]
    assert (day.pool_total, whole.pool_total) == (3, 4)


def test_that_the_week_runs_from_monday_with_its_workdays_and_recalls(database: Database) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        case = f.a_case(session, branch)
        f.a_plan(session, case, TODAY + 2 * DAY)
        f.a_complaint(session, case)
        refresh_cases(session, [case])
        day = the_day(session, branch, TODAY + 3 * DAY)
    assert [one.on for one in day.week] == [TODAY + n * DAY for n in range(7)]
    assert [(one.plans, one.recalls) for one in day.week][2] == (1, 1)
    assert [one.is_workday for one in day.week] == [True] * 5 + [False] * 2


def test_that_many_visits_are_read_with_as_many_statements_as_few(database: Database) -> None:
    counted: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
    with database.transaction() as session:
        branch = f.a_branch(session)
        pair = a_pair(session, branch)
        numbers = []
        for size in (1, 20):
            for _ in range(size):
                a_visit_at(session, f.a_case(session, branch), 14, pair)
            counted.clear()
            the_day(session, branch)
            numbers.append(len(counted))
    assert numbers[0] == numbers[1] <= 8
