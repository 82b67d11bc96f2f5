"""Statements of the queue are kept by shape; instant, branches and numbers are parameters."""

from dataclasses import replace
from datetime import timedelta

import pytest

from supervisor.models.database import Database
from supervisor.models.ids import BranchId
from supervisor.models.queries import queue_rows
from supervisor.models.queries.case_queue import count, page
from supervisor.models.queries.queue_asked import asked
from supervisor.models.queries.queue_conditions import Holding
from supervisor.models.queries.queue_lines import Stored
from supervisor.models.rows.case_queue import QueueRequest
from tests.factories import TODAY
from tests.models.queries.queue_world import NOW, asking, fill

LATER = NOW + timedelta(hours=9)


def test_that_a_kept_statement_answers_for_another_branch_and_instant(database: Database) -> None:
    world = fill(database, 6)
    shapes = set()
    for branch, now in ((1, NOW), (2, LATER), (2, NOW), (1, LATER)):
        request = QueueRequest(asking(now=now, branches=(BranchId(branch),)), limit=1_000)
        expected = [
            facts.case_id for facts in world.ordered(TODAY, now) if facts.branch_id == branch
        ]
        assert [row.case_id for row in database.read(page, request).rows] == expected
        shapes.add(replace(database.read(asked, request).shape, holding=Holding.RAW))
    assert len(shapes) == 1


def test_that_a_kept_statement_finds_other_pasted_numbers(database: Database) -> None:
    world = fill(database, 6)
    for case in [case for case in world.cases if case["ended_on"] is None][:3]:
        request = QueueRequest(asking(numbers=(case["case_no"],)))
        assert case["id"] in [row.case_id for row in database.read(page, request).rows]
    assert database.read(count, QueueRequest(asking(numbers=("no such number",)))) == 0


@pytest.mark.parametrize("sqlite", [True, False])
def test_that_what_is_read_has_the_names_of_a_stored_case(sqlite: bool) -> None:
    columns = queue_rows._statement(sqlite).selected_columns
    assert tuple(column.name for column in columns) == Stored._fields
