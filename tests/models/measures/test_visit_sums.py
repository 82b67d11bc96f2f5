"""Sums over visits: summary and raw rows together say what a plain computation says."""

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from supervisor import clock
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.summaries import CleanSummary, clean_summary, rebuild_summary
from supervisor.models.database import Database
from supervisor.models.enums import Bucket, Product
from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.ids import BranchId, StaffId, TeamId
from supervisor.models.queries.measure_visits import cut_for, visit_sums
from supervisor.models.queries.summary_check import verify_summary
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.rules.measures.grouping import day_key, sort_key
from supervisor.models.tables import SummaryDirty
from supervisor.models.visit_facts import COUNTERS
from tests.evaluation.measures.frames import visit_frame
from tests.evaluation.measures.rows import everything
from tests.factories import TODAY, an_actor, an_order
from tests.models.measures.world import FIRST, World, a_world

BY: tuple[tuple[Dimension, ...], ...] = (
    (),
    (Dimension.BRANCH,),
    (Dimension.DAY,),
    (Dimension.WEEK, Dimension.BRANCH),
    (Dimension.HOUR, Dimension.WEEKDAY),
    (Dimension.AGENT,),
    (Dimension.TEAM,),
    (Dimension.BUCKET, Dimension.PRODUCT),
    (Dimension.MONTH, Dimension.AGENT, Dimension.BUCKET),
)


def clean(database: Database, most: int = 10_000) -> int:
    order = CleanSummary(actor=an_actor(), most=most)
    return database.write(clean_summary, order).counts["left"]


def a_question(chance: random.Random, world: World, by: tuple[Dimension, ...]) -> MeasureFilter:
    first = FIRST + timedelta(days=chance.randint(0, 40))
    wanted = MeasureFilter(
        MeasureId.MET_RATE,
        first,
        first + timedelta(days=chance.randint(0, 60)),
        TODAY - timedelta(days=chance.choice([0, 0, 12, 30])),
        clock.now(),
        by=by,
    )
    branch = chance.choice(world.branches)
    people = world.staff[branch]
    limits: list[dict[str, Any]] = [
        {},
        {"branches": (BranchId(branch),)},
        {"allowed": (BranchId(branch),)},
        {"agents": (StaffId(people[0]),)},
        {"agents": (StaffId(people[0]), StaffId(people[1]))},
        {"buckets": (Bucket.M1, Bucket.M3)},
        {"products": (Product.CASH_LOAN, Product.CAR_LOAN)},
    ]
    return replace(wanted, **chance.choice(limits))


def plain(frame: pl.DataFrame, wanted: MeasureFilter, teams: dict[int, int | None]) -> Any:
    """The answer by polars; a person's lines are doubled where broken down by person."""
    lines = frame.filter(pl.col("day").is_between(wanted.first_on, wanted.until))
    branches = wanted.branches or wanted.allowed
    if branches:
        lines = lines.filter(pl.col("branch").is_in(branches))
    if Dimension.AGENT in wanted.by:
        second = lines.filter(pl.col("second").is_not_null()).with_columns(agent=pl.col("second"))
        lines = pl.concat([lines, second])
        if wanted.agents:
            lines = lines.filter(pl.col("agent").is_in(wanted.agents))
    elif wanted.agents:
        took_part = pl.col("agent").is_in(wanted.agents) | pl.col("second").is_in(wanted.agents)
        lines = lines.filter(took_part)
    if wanted.buckets:
        lines = lines.filter(pl.col("bucket").is_in([int(one) for one in wanted.buckets]))
    if wanted.products:
        lines = lines.filter(pl.col("product").is_in([one.value for one in wanted.products]))
    found: dict[tuple[Any, ...], dict[str, int]] = {}
    for line in lines.iter_rows(named=True):
        group = tuple(_key(name, line, teams) for name in wanted.by)
        sums = found.setdefault(group, dict.fromkeys(COUNTERS, 0))
        for name in COUNTERS:
            sums[name] += line[name]
    return dict(sorted(found.items(), key=lambda one: sort_key(one[0])))


def _key(name: Dimension, line: dict[str, Any], teams: dict[int, int | None]) -> Any:
    if name in {Dimension.DAY, Dimension.WEEK, Dimension.MONTH, Dimension.WEEKDAY}:
        return day_key(name, line["day"])
    if name is Dimension.TEAM:
        return teams.get(line["agent"])
    return line[name.value]


@pytest.mark.parametrize("seed", [1, 2])
def test_that_sums_are_those_of_a_plain_computation(database: Database, seed: int) -> None:
    chance = random.Random(seed)
    with database.transaction() as session:
        world = a_world(session, seed)
        refresh_cases(session, None)  # buckets rest on what cases keep of themselves
        found = everything(session)
    teams = {id_: row.team_id for id_, row in found.staff.items()}
    database.write(rebuild_summary, an_order())
    frames: dict[date, pl.DataFrame] = {}
    for round_ in range(3):  # all dirty, half clean, all clean
        for by in BY * 2:
            wanted = a_question(chance, world, by)
            frame = frames.setdefault(wanted.as_of, visit_frame(found, wanted.as_of))
            expected = plain(frame, wanted, teams)
            answer = database.read(_sums, wanted)
            assert answer == expected, (round_, wanted)
        clean(database, 40 if round_ == 0 else 10_000)
    check = database.read(verify_summary, None)
    assert (check.wrong, check.dirty) == (0, 0)
    assert check.days > 0


def _sums(session: Any, wanted: MeasureFilter) -> Any:
    return visit_sums(session, wanted, money=True)


def test_that_every_way_of_reading_is_used() -> None:
    wanted = MeasureFilter(MeasureId.MET_RATE, FIRST, TODAY, TODAY, clock.now())
    used = {cut_for(replace(wanted, by=by)) for by in BY}
    assert used == {"hour", "agent", "case", None}
    two = (StaffId(1), StaffId(2))
    assert cut_for(replace(wanted, agents=two[:1])) == "agent"
    assert cut_for(replace(wanted, agents=two)) is None
    assert cut_for(replace(wanted, teams=(TeamId(1),))) is None


def test_that_a_read_writes_nothing(database: Database) -> None:
    with database.transaction() as session:
        a_world(session, 3, cases=5, visits=10)
    database.write(rebuild_summary, an_order())
    wanted = MeasureFilter(MeasureId.MET_RATE, FIRST, TODAY, TODAY, clock.now())
    before = database.read(verify_summary, None)
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        else:
            connection.exec_driver_sql("PRAGMA query_only=ON")
        from sqlalchemy.orm import Session

        visit_sums(Session(connection), wanted, money=True)
    assert database.read(verify_summary, None) == before
    assert before.dirty > 0


def test_that_a_mark_made_while_cleaning_stays(database: Database) -> None:
    with database.transaction() as session:
        world = a_world(session, 4, cases=5, visits=10)
    database.write(rebuild_summary, an_order())
    clean(database)
    with database.transaction() as session:
        session.add(SummaryDirty(branch_id=world.branches[0], day=TODAY))
    assert database.read(verify_summary, None).dirty == 1
    assert clean(database) == 0
