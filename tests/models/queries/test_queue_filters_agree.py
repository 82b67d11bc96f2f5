"""Any conditions, any order, any window: the queue's SQL against plain Python, on both engines."""

import random
from dataclasses import replace

import pytest

from supervisor.models.database import Database
from supervisor.models.enums_queue import SortKey
from supervisor.models.queries import queue_memory
from supervisor.models.queries.case_queue import count, page, position_of, totals
from supervisor.models.rows.case_queue import QueueRequest, Sort
from tests.models.queries.queue_plain import Plain, a_question
from tests.models.queries.queue_world import asking, fill

EVERYTHING = 1_000
QUESTIONS = 30


def test_that_any_question_is_answered_as_plain_python_answers_it(database: Database) -> None:
    world, maker = fill(database, 21), random.Random(21)
    sizes = []
    for _ in range(QUESTIONS):
        wanted = a_question(maker)
        expected = Plain(world, wanted).found()
        _check(database, QueueRequest(wanted, limit=EVERYTHING), expected, maker)
        sizes.append(len(expected))
    assert sum(size > 3 for size in sizes) > QUESTIONS / 2
    assert max(sizes) > 100


def _check(database, request, expected, maker) -> None:
    wanted = request.wanted
    ids = [facts.case_id for facts in expected]
    answer = database.read(page, request)
    assert [row.case_id for row in answer.rows] == ids, wanted
    assert [row.overdue_fen for row in answer.rows] == [one.overdue_fen for one in expected], wanted
    assert answer.total in (None, len(ids)), wanted
    assert database.read(count, request) == len(ids), wanted
    summed = database.read(totals, request)
    assert (summed.cases, summed.overdue_fen, summed.promises_due_today) == (
        len(ids),
        sum(one.overdue_fen for one in expected),
        sum(one.promise_due_on == wanted.as_of for one in expected),
    ), wanted
    if ids:
        first, length = maker.randrange(len(ids)), maker.randrange(1, 30)
        window = replace(request, offset=first, limit=length)
        part = [row.case_id for row in database.read(page, window).rows]
        assert part == ids[first : first + length], (wanted, first, length)
        ref = (expected[first].branch_id, ids[first])
        assert database.read(_position, (request, ref)) == first, wanted


def _position(session, about):
    return position_of(session, *about)


def test_that_every_column_sorts_as_it_is_read_near_and_far(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = fill(database, 22)
    monkeypatch.setattr(queue_memory, "FAR", 40)
    monkeypatch.setattr(queue_memory, "STEP", 6)
    for key in SortKey:
        for descending in (False, True):
            wanted = asking(sort=Sort(key, descending=descending))
            expected = [facts.case_id for facts in Plain(world, wanted).found()]
            for first, length in ((0, EVERYTHING), (71, 9), (133, 40)):
                request = QueueRequest(wanted, offset=first, limit=length)
                lines = [row.case_id for row in database.read(page, request).rows]
                assert lines == expected[first : first + length], (key, descending, first)
