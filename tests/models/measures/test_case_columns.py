"""What is kept of cases says what raw rows say: kept or not, marked, written, half cleaned."""

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import ExpectedError
from supervisor.models import case_facts, case_marks
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.case_summaries import (
    CleanCases,
    clean_cases,
    forget_cases,
    waiting_branches,
)
from supervisor.models.commands.reassign import reassign_cases
from supervisor.models.database import Database
from supervisor.models.enums import Kind
from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.ids import StaffId
from supervisor.models.orders import ReassignCases
from supervisor.models.queries.measures import measures
from supervisor.models.queries.promise_reliability import promise_reliability
from supervisor.models.queries.standings import standings
from supervisor.models.rows.case_queue import CaseQueueFilter, QueueRequest, Standing
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.rules.measures.definitions import MEASURES
from supervisor.models.rules.measures.often_asked import periods
from supervisor.models.tables import (
    Branch,
    CaseColumnsDirty,
    CaseColumnsKept,
    CasePeriodKept,
    Staff,
)
from tests.factories import TODAY, Ref, a_case_ref, an_actor
from tests.intake.files import a_csv, an_office, bring
from tests.models.measures.test_summary_stays_true import ACTS, Desk, visits
from tests.models.measures.world import a_world

M = MeasureId
OF_CASES = (
    *(M.IN_HAND, M.RECOVERY_AMOUNT, M.RECOVERY_CASES, M.SETTLED, M.IMPROVED, M.ROLL_MATRIX),
    *(M.RECOVERY_CURVE, M.MET_CASES, M.FUNNEL, M.UNTOUCHED, M.COVERAGE, M.INTENSITY),
    *(M.FIRST_VISIT_DELAY, M.CHANNEL_COMPARISON, M.REASONS, M.FAIR_COMPARISON, M.WORKLOAD),
    M.TARGET_PROGRESS,
)
BY = (Dimension.BRANCH, Dimension.TEAM, Dimension.AGENT, Dimension.BUCKET, Dimension.PRODUCT)


def clean(database: Database, most: int = 100) -> int:
    return database.write(clean_cases, CleanCases(actor=an_actor(), most=most)).counts["left"]


def answers(session: Session, asked: tuple[MeasureFilter, ...]) -> tuple[Any, ...]:
    return tuple(report.rows for report in measures(session, asked))


def raw_answers(session: Session, asked: tuple[MeasureFilter, ...]) -> tuple[Any, ...]:
    """As if nothing had ever been kept; what this transaction takes away is rolled back."""
    forget_cases(session)
    return answers(session, asked)


def questions(chance: random.Random) -> tuple[MeasureFilter, ...]:
    """Every measure over cases, in periods that are kept and in others."""
    kept = list(periods(TODAY))
    first = TODAY - timedelta(days=chance.randint(3, 80))
    odd = (first, first + timedelta(days=chance.randint(0, 70)))
    asked = []
    for name in OF_CASES:
        for first_on, last_on in (chance.choice(kept), odd):
            by = [one for one in BY if one in MEASURES[name].by]
            wanted = MeasureFilter(name, first_on, last_on, min(TODAY, last_on), clock.now())
            asked += [wanted, replace(wanted, by=tuple(chance.sample(by, min(1, len(by)))))]
    return tuple(asked)


def in_the_queue(session: Session) -> tuple[Standing, ...]:
    """Cases of all branches by reason, as the start page counts them; the day is not over."""
    wanted = CaseQueueFilter(as_of=TODAY, now=clock.now())
    return standings(session, QueueRequest(wanted, None))


def promised(session: Session, asked: tuple[MeasureFilter, ...]) -> tuple[Any, ...]:
    """How promises of all branches turned out in the periods asked for."""
    return tuple(promise_reliability(session, replace(one, by=())) for one in asked)


def all_is_true(database: Database, chance: random.Random, told: object) -> None:
    asked = questions(chance)
    known = database.read(answers, asked)
    standing = database.read(lambda session, _: in_the_queue(session), None)
    periods_asked = asked[:8]
    words = database.read(promised, periods_asked)
    with database.transaction() as session:
        plain = raw_answers(session, asked)
        assert standing == in_the_queue(session), told
        assert words == promised(session, periods_asked), told
        session.rollback()
    for one, found, expected in zip(asked, known, plain, strict=True):
        assert found == expected, (told, one)


@pytest.mark.parametrize("seed", [5, 6])
def test_that_kept_facts_are_those_of_raw_rows(database: Database, seed: int) -> None:
    chance = random.Random(seed)
    with database.transaction() as session:
        world = a_world(session, seed, cases=40, visits=150)
        refresh_cases(session, None)
    all_is_true(database, chance, "nothing kept")
    assert clean(database, most=1) == 1
    all_is_true(database, chance, "one of two branches kept")
    assert clean(database) == 0
    all_is_true(database, chance, "all kept")
    with database.transaction() as session:
        # Single cases wait, and another branch as a whole: true although nothing changed.
        session.add_all(
            CaseColumnsDirty(branch_id=case.branch_id, case_id=case.id)
            for case in chance.sample(world.cases, 5)
        )
        session.add(CaseColumnsDirty(branch_id=world.branches[1], case_id=0))
    all_is_true(database, chance, "some wait")
    with database.transaction() as session:
        session.execute(delete(CasePeriodKept).where(CasePeriodKept.part == "tries"))
        session.execute(
            update(CaseColumnsKept)
            .where(CaseColumnsKept.branch_id == world.branches[0])
            .values(data=b"another layout")
        )
    all_is_true(database, chance, "periods gone, columns in another layout")
    assert clean(database) == 0
    for days in (40, 1):
        with database.transaction() as session:
            reach = TODAY - timedelta(days=days)
            session.execute(update(Branch).values(payments_known_on=reach))
        all_is_true(database, chance, f"payment data reach to {days} days ago")


def reassigned(desk: Desk) -> None:
    case = desk.case()
    with desk.database.transaction() as session:
        people = session.scalars(select(Staff.id).where(Staff.branch_id == case.branch_id)).all()
    order = ReassignCases(
        actor=an_actor(),
        cases=(a_case_ref(Ref(case.branch_id, case.id), case.version),),
        agent_id=StaffId(desk.chance.choice(people)),
        reason="-",
    )
    desk.database.write(reassign_cases, order)


@pytest.mark.parametrize("seed", range(2))
def test_that_no_order_of_writes_makes_what_is_kept_lie(
    database: Database, tmp_path: Path, seed: int
) -> None:
    desk = Desk(database, tmp_path, random.Random(seed))
    an_office(database, tmp_path)
    staff = [("B2", "S9", "孙立")]
    bring(
        database, a_csv(tmp_path / "s.csv", ("Branch", "Staff number", "Name"), staff), Kind.STAFF
    )
    visits(desk)
    clean(database)
    used: set[str] = set()
    for _ in range(16):
        act = desk.chance.choice((*ACTS, reassigned, reassigned))
        desk.done.append(act.__name__)
        try:
            act(desk)
            used.add(act.__name__)
        except ExpectedError as refused:
            desk.done[-1] += f" ({refused.code})"
        all_is_true(database, desk.chance, desk.done)
        if desk.chance.random() < 0.6:
            clean(database, most=desk.chance.choice([1, 10]))
    assert len(used) >= 5, desk.done


@pytest.mark.parametrize("again", [False, True])
def test_that_a_worker_who_cleans_meanwhile_makes_nobody_count_twice(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, again: bool
) -> None:
    desk = Desk(database, tmp_path, random.Random(3))
    an_office(database, tmp_path)
    visits(desk)
    clean(database)
    visits(desk)
    with database.looking() as connection:
        marks = connection.scalars(select(CaseColumnsDirty.visit_id)).all()
    assert any(marks)
    asked = tuple(
        MeasureFilter(name, TODAY - timedelta(days=29), TODAY, TODAY, clock.now())
        for name in (M.COVERAGE, M.INTENSITY, M.UNTOUCHED, M.CHANNEL_COMPARISON)
    )
    read, turns = case_facts.periods_kept, iter([0])

    def after_the_worker(*given: Any) -> Any:
        """Marks were read; now the worker takes them away."""
        if next(turns, None) is not None:
            clean(database)
            if again:
                visits(desk)
        return read(*given)

    monkeypatch.setattr(case_facts, "periods_kept", after_the_worker)
    if again:  # every time: the last answer trusts no branch with a mark
        monkeypatch.setattr(case_marks, "_cleaned", lambda _: True)
    found = database.read(answers, asked)
    monkeypatch.undo()
    if database.is_sqlite and again:
        return  # it answered as of before those visits
    with database.transaction() as session:
        assert found == raw_answers(session, asked)
        session.rollback()


def test_that_the_worker_knows_what_waits(database: Database) -> None:
    with database.transaction() as session:
        world = a_world(session, 9, cases=6, visits=6)
    assert database.read(waiting_branches, TODAY) == world.branches
    clean(database)
    assert database.read(waiting_branches, TODAY) == []
    assert database.read(waiting_branches, TODAY + timedelta(days=1)) == world.branches
    with database.transaction() as session:
        session.add(CaseColumnsDirty(branch_id=world.branches[1], case_id=world.cases[0].id))
    assert database.read(waiting_branches, TODAY) == world.branches[1:]
