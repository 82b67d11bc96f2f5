"""Every measure answers whatever it may be asked, alone or with others; groups add up.

That the answers are true: `tests.evaluation.measures`.
"""

from dataclasses import replace
from datetime import date

import pytest

from supervisor import clock
from supervisor.models.database import Database
from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.ids import BranchId, StaffId
from supervisor.models.queries.measures import measure, measures
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.rules.measures.definitions import MEASURES
from tests.factories import TODAY
from tests.models.measures.world import FIRST, a_world

M = MeasureId


def test_that_every_measure_answers_every_way_it_can_be_asked(database: Database) -> None:
    with database.transaction() as session:
        world = a_world(session, 61, cases=25, visits=60)
    assert set(MEASURES) == set(MeasureId)
    agent = StaffId(world.staff[world.branches[0]][0])
    for name, definition in MEASURES.items():
        wanted = MeasureFilter(name, FIRST, TODAY, TODAY, clock.now())
        whole = database.read(measure, wanted)
        assert all(row.low is None or row.value is not None for row in whole.rows)
        for row in whole.rows:
            if row.low is not None and row.high is not None and row.value is not None:
                assert row.low - 1e-9 <= row.value <= row.high + 1e-9, row
        for by in sorted(definition.by):
            database.read(measure, replace(wanted, by=(by,)))
        empty = replace(wanted, allowed=(BranchId(999_999),))
        for row in database.read(measure, empty).rows:
            assert row.n == 0 or name is M.TARGET_PROGRESS, row
        database.read(measure, replace(wanted, agents=(agent,)))


def test_that_many_at_once_say_what_each_says_alone(database: Database) -> None:
    with database.transaction() as session:
        world = a_world(session, 81, cases=25, visits=60)
    whole = MeasureFilter(M.IN_HAND, date(2026, 10, 1), TODAY, TODAY, clock.now())
    asked = tuple(
        replace(whole, measure=name, branches=branches)
        for branches in ((), (BranchId(world.branches[0]),))
        for name in MeasureId
    )
    together = database.read(measures, asked)
    assert together == tuple(database.read(measure, one) for one in asked)


@pytest.mark.parametrize("by", [Dimension.BRANCH, Dimension.AGENT, Dimension.BUCKET])
def test_that_groups_add_up_to_the_whole(database: Database, by: Dimension) -> None:
    with database.transaction() as session:
        a_world(session, 71, cases=40, visits=100)
    wanted = MeasureFilter(M.RECOVERY_CASES, date(2026, 10, 1), TODAY, TODAY, clock.now())
    (whole,) = database.read(measure, wanted).rows
    parts = database.read(measure, replace(wanted, by=(by,))).rows
    assert sum(row.numerator for row in parts) == whole.numerator
    assert sum(row.n for row in parts) == whole.n
