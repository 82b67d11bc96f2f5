"""Branches, teams and people as choices."""

from supervisor.models.database import Database
from supervisor.models.queries.directory import directory
from tests.factories import TODAY, a_branch, a_case, a_staff, a_team, an_actor


def test_that_the_cascade_shows_only_what_may_be_seen(database: Database) -> None:
    with database.transaction() as session:
        here, there = a_branch(session, code="A"), a_branch(session, code="B")
        team = a_team(session, here, name="一组")
        lin = a_staff(session, here, team_id=team, staff_no="2", daily_capacity=6)
        a_staff(session, here, staff_no="1", active=False)
        a_staff(session, here, roles="supervisor")
        a_staff(session, there)
        a_case(session, here, agent_id=lin)
        a_case(session, here, agent_id=lin)
        a_case(session, here, agent_id=lin)
        a_case(session, here, agent_id=lin, ended_on=TODAY)
    everything = database.read(directory, an_actor())
    assert [row.branch_id for row in everything.branches] == [here, there]
    assert len(everything.staff) == 3
    mine = database.read(directory, an_actor(branches=[here]))
    assert [row.code for row in mine.branches] == ["A"]
    assert [row.name for row in mine.teams] == ["一组"]
    assert [(row.staff_no, row.open_cases, row.active) for row in mine.staff] == [
        ("1", 0, False),
        ("2", 3, True),
    ]
    assert mine.staff[1].team_id == team
    assert mine.staff[1].daily_capacity == 6
