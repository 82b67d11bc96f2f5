"""What collectors of a branch hold: loads, absences, tomorrow, what keeps a case where it is."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from supervisor.errors import NotAllowedError
from supervisor.models import tables
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.database import Database
from supervisor.models.enums import Bucket
from supervisor.models.enums_measures import Basis, Dimension, MeasureId
from supervisor.models.ids import BranchId
from supervisor.models.queries.measures import measure
from supervisor.models.queries.workloads import workloads
from supervisor.models.rows.fair_split import Lock
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.rows.workloads import WorkloadAsk, Workloads
from supervisor.models.rules.difficulty import difficulty
from supervisor.models.rules.workdays import next_workday, workdays
from tests import factories as f
from tests.factories import TODAY

NOW = datetime(2026, 11, 23, 2, 38, tzinfo=UTC)
DAY = timedelta(days=1)


def loads_of(session: Session, branch: int, **values: Any) -> Workloads:
    """The branch as a supervisor sees it."""
    given = {"actor": f.an_actor(), "on": TODAY, "tomorrow": TODAY + DAY, "now": NOW, **values}
    return workloads(session, WorkloadAsk(branch_id=BranchId(branch), **given))


def test_that_loads_are_added_up_by_holder_and_team(database: Database) -> None:
    with database.transaction() as session:
        branch, elsewhere = f.a_branch(session), f.a_branch(session)
        team = f.a_team(session, branch)
        one = f.a_staff(session, branch, team_id=team, staff_no="02")
        two = f.a_staff(session, branch, team_id=team, staff_no="01")
        alone = f.a_staff(session, branch, staff_no="00")
        gone = f.a_staff(session, branch, staff_no="99", active=False)
        f.a_staff(session, branch, roles="supervisor")
        cases = [f.a_case(session, branch, agent_id=one, placed_on=TODAY - n * DAY) for n in (3, 8)]
        cases += [f.a_case(session, branch, agent_id=alone), f.a_case(session, branch)]
        f.a_case(session, branch, agent_id=one, ended_on=TODAY)
        f.a_case(session, elsewhere)
        f.a_visit(session, cases[0], TODAY - 20 * DAY)
        refresh_cases(session, cases)
        found = loads_of(session, branch)
    assert [(t.team_id, [p.staff_id for p in t.people]) for t in found.teams] == [
        (team, [two, one]),
        (None, [alone]),
    ]
    load = {person.staff_id: person for person in found.people}
    assert gone not in load
    assert (load[one].cases, load[two].cases, found.unassigned) == (2, 0, 1)
    assert load[one].overdue_fen == 2 * 200_000
    assert load[one].settle_fen == 2 * 300_000
    assert load[one].difficulty == 2 * difficulty(Bucket.M2, 200_000, conflict=False, refusal=False)
    assert load[one].idle == (1, 0, 1, 0)
    assert sum(person.cases for person in found.people) == len(found.cases) == 3
    money = [fen for one in found.cases for fen in (one.overdue_fen, one.settle_fen)]
    assert {type(fen) for fen in money} == {int}


def test_that_loads_agree_with_the_measures(database: Database) -> None:
    chance = random.Random(7)
    with database.transaction() as session:
        branch = f.a_branch(session)
        people = [f.a_staff(session, branch) for _ in range(3)]
        cases = [
            f.a_case(
                session,
                branch,
                agent_id=chance.choice(people),
                placed_on=TODAY - chance.randrange(40) * DAY,
            )
            for _ in range(25)
        ]
        for case in chance.sample(cases, 15):
            f.a_visit(session, case, TODAY - chance.randrange(20) * DAY)
        refresh_cases(session, cases)
        found = loads_of(session, branch)
        by_agent = {
            measure_id: measure(
                session,
                MeasureFilter(
                    measure=measure_id,
                    first_on=TODAY,
                    last_on=TODAY,
                    as_of=TODAY,
                    now=NOW,
                    branches=(BranchId(branch),),
                    by=(Dimension.AGENT,),
                ),
            ).rows
            for measure_id in (MeasureId.WORKLOAD, MeasureId.UNTOUCHED)
        }
    held = {
        (row.group[0], row.part, row.basis): row.numerator
        for rows in by_agent.values()
        for row in rows
    }
    bands = ("0-3", "4-7", "8-14", "15+")
    for person in found.people:
        one = person.staff_id
        assert held[one, "open", Basis.NUMBER] == person.cases
        assert held[one, "open", Basis.MONEY] == person.overdue_fen
        assert held[one, "untouched", Basis.NUMBER] == sum(person.idle[2:])
        assert tuple(held[one, band, Basis.NUMBER] for band in bands) == person.idle


def test_that_a_person_who_left_is_shown_as_long_as_cases_are_theirs(database: Database) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        gone = f.a_staff(session, branch, active=False)
        f.a_case(session, branch, agent_id=gone)
        (person,) = loads_of(session, branch).people
    assert (person.staff_id, person.active, person.presence, person.capacity) == (gone, False, 0, 0)


def test_that_absence_takes_tomorrow_and_presence(database: Database) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        here, away = (f.a_staff(session, branch, daily_capacity=n, staff_no=str(n)) for n in (6, 7))
        f.put(
            session,
            tables.Absence,
            staff_id=away,
            from_on=TODAY + DAY,
            until_on=TODAY + 2 * DAY,
            reason="培训",
        )
        f.put(session, tables.Absence, staff_id=here, from_on=TODAY - 9 * DAY, until_on=TODAY - DAY)
        load = {person.staff_id: person for person in loads_of(session, branch).people}
    assert (load[here].capacity, load[here].presence, load[here].away) == (6, 10, ())
    assert (load[away].capacity, load[away].daily, load[away].presence) == (0, 7, 8)
    absence = load[away].away_on(TODAY + DAY)
    assert absence is not None
    assert absence.reason == "培训"
    assert load[away].away_on(TODAY) is None


def test_that_tomorrow_counts_addresses_of_both_partners_once(database: Database) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        first, second = (f.a_staff(session, branch, staff_no=str(n)) for n in (1, 2))
        pair = {"agent_id": first, "second_agent_id": second}
        cases = [f.a_case(session, branch) for _ in range(4)]
        f.a_plan(session, cases[0], TODAY + DAY, **pair)
        f.a_plan(session, cases[1], TODAY + DAY, **pair)
        later = datetime(2026, 11, 24, 6, tzinfo=UTC)
        f.a_plan(session, cases[2], TODAY + DAY, agent_id=first, window_from=later,
                 window_until=later + DAY / 24)  # fmt: skip
        f.a_plan(session, cases[3], TODAY + DAY, state="recalled", **pair)
        f.a_plan(session, cases[3], TODAY, **pair)
        load = {person.staff_id: person.doors for person in loads_of(session, branch).people}
    assert load == {first: 2, second: 1}


def test_that_flags_lock_cases_and_conflicts_stay_with_the_borrower(database: Database) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        one, two = (f.a_staff(session, branch, staff_no=str(n)) for n in (1, 2))
        debtor = f.a_borrower(session, branch)
        old = f.a_case(session, branch, borrower=debtor, ended_on=TODAY)
        kinds = {
            name: f.a_case(session, branch, agent_id=one)
            for name in ("free", "review", "hold", "own_hold", "alarm", "refusal")
        }
        kinds["again"] = f.a_case(session, branch, agent_id=one, borrower=debtor)
        f.a_flag(session, old, category="conflict", agent_id=two, state="closed")
        f.a_flag(session, kinds["alarm"], category="conflict", agent_id=two, verdict="false_alarm")
        f.a_flag(session, kinds["refusal"])
        review = f.a_flag(session, kinds["review"], category="legal_risk", state="awaiting_review")
        f.a_hold(session, kinds["hold"], flag_id=review.id)
        f.a_hold(session, kinds["own_hold"])
        found = loads_of(session, branch)
    case = {one.case_id: one for one in found.cases}
    lock = {name: case[ref.id].lock for name, ref in kinds.items()}  # type: ignore[index]
    assert lock == dict.fromkeys(kinds) | {"review": Lock.REVIEW, "hold": Lock.FLAG_HOLD}
    assert found.conflicts == {debtor.id: frozenset({two})}
    weight = {name: case[ref.id].difficulty for name, ref in kinds.items()}  # type: ignore[index]
    assert weight["again"] > weight["refusal"] > weight["free"] == weight["alarm"]


def test_that_cases_of_one_household_share_a_door(database: Database) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        agent = f.a_staff(session, branch)
        homes = [f.a_borrower(session, branch, household_key="home") for _ in range(2)]
        other = f.a_borrower(session, branch)
        for debtor in (*homes, other, other):
            f.a_case(session, branch, borrower=debtor, agent_id=agent)
        doors = [case.door for case in loads_of(session, branch).cases]
    assert sorted(doors.count(door) for door in set(doors)) == [2, 2]


def test_that_another_branch_is_refused(database: Database) -> None:
    with database.transaction() as session:
        mine, theirs = f.a_branch(session), f.a_branch(session)
        actor = f.an_actor(branches=(mine,))
        assert loads_of(session, mine, actor=actor).people == ()
        with pytest.raises(NotAllowedError):
            loads_of(session, theirs, actor=actor)


def test_that_more_cases_need_no_more_statements(database: Database) -> None:
    counts = []
    with database.transaction() as session:
        branch = f.a_branch(session)
        agent = f.a_staff(session, branch)
        for _ in range(2):
            for _ in range(4):
                f.a_case(session, branch, agent_id=agent)
            session.flush()
            said: list[str] = []

            def listen(_c: Any, _u: Any, text: str, *_more: Any, into: list[str] = said) -> None:
                into.append(text)

            event.listen(database.engine, "before_cursor_execute", listen)
            loads_of(session, branch)
            event.remove(database.engine, "before_cursor_execute", listen)
            counts.append(len(said))
    assert counts[0] == counts[1] <= 11


def test_that_workdays_skip_weekends() -> None:
    friday = date(2026, 11, 27)
    assert next_workday(friday) == date(2026, 11, 30)
    assert workdays(friday, 3) == (friday, date(2026, 11, 30), date(2026, 12, 1))
