"""The queue's SQL against the plain rules: random worlds, random days, both engines."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from supervisor.models import tables
from supervisor.models.database import Database
from supervisor.models.enums import QueueReason
from supervisor.models.enums_queue import SortKey
from supervisor.models.ids import BranchId
from supervisor.models.queries import queue_asked, queue_scan
from supervisor.models.queries.case_queue import anchors, count, page, position_of, totals
from supervisor.models.rows.case_queue import QueuePage, QueueRequest, Sort
from supervisor.models.rules import queue_order
from supervisor.models.rules.queue_order import QueueDay
from tests.factories import TODAY, put
from tests.models.queries.queue_world import NOW, World, asking, fill

EVERYTHING = 1_000


def ids(answer: QueuePage) -> list[int]:
    return [int(row.case_id) for row in answer.rows]


def days(seed: int) -> list[int]:
    """Today, and days on which many stored amounts do not hold."""
    maker = random.Random(seed)
    return [0, maker.randrange(1, 20), -maker.randrange(1, 20)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_that_order_reason_and_amount_are_those_of_the_rules(database: Database, seed: int) -> None:
    world = fill(database, seed)
    for shift in days(seed):
        as_of = TODAY + timedelta(days=shift)
        judged = QueueDay(as_of, queue_order.judging_instant(as_of, NOW))
        expected = world.ordered(as_of, NOW)
        answer = database.read(page, QueueRequest(asking(as_of), limit=EVERYTHING))
        assert ids(answer) == [facts.case_id for facts in expected]
        for row, facts in zip(answer.rows, expected, strict=True):
            stands = queue_order.standing(facts, judged)
            assert (row.reason, row.reason_days, row.reason_due_at, row.overdue_fen) == (
                stands.reason,
                stands.days,
                stands.due_at,
                facts.overdue_fen,
            )


@pytest.mark.parametrize("seed", [4, 5])
def test_that_any_window_is_a_slice_of_the_whole(database: Database, seed: int) -> None:
    world, maker = fill(database, seed), random.Random(seed)
    for shift in days(seed):
        as_of = TODAY + timedelta(days=shift)
        expected = [facts.case_id for facts in world.ordered(as_of, NOW)]
        known = database.read(anchors, QueueRequest(asking(as_of), limit=7))
        places = [maker.randrange(len(expected)) for _ in range(10)]
        for first in (*places, len(expected), len(expected) + 2):
            length = maker.randrange(1, 30)
            near = QueueRequest(asking(as_of), offset=first, limit=length)
            wanted = expected[first : first + length]
            assert ids(database.read(page, near)) == wanted
            assert ids(database.read(page, replace(near, anchors=known))) == wanted


def test_that_a_branch_gives_its_part_of_the_order_and_its_total(database: Database) -> None:
    world = fill(database, 6)
    expected = [facts.case_id for facts in world.ordered(TODAY, NOW) if facts.branch_id == 2]
    wanted = asking(branches=(BranchId(2),))
    answer = database.read(page, QueueRequest(wanted, limit=EVERYTHING))
    assert ids(answer) == expected
    assert answer.total == len(expected)
    middle = database.read(page, QueueRequest(wanted, offset=5, limit=4))
    assert ids(middle) == expected[5:9]
    assert database.read(_position, (wanted, (2, expected[7]))) == 7


def _position(session, about):
    return position_of(session, QueueRequest(about[0]), about[1])


def test_that_scope_narrows_and_never_widens(database: Database) -> None:
    fill(database, 6)
    seen = QueueRequest(asking(), scope=(BranchId(1), BranchId(3)), limit=EVERYTHING)
    assert {row.branch_id for row in database.read(page, seen).rows} == {1, 3}
    other = QueueRequest(asking(branches=(BranchId(2),)), scope=(BranchId(1),))
    assert database.read(page, other).rows == ()


@pytest.mark.parametrize("seed", [7, 8])
def test_that_totals_add_up_what_the_rules_say(database: Database, seed: int) -> None:
    world = fill(database, seed)
    for shift in days(seed):
        as_of = TODAY + timedelta(days=shift)
        expected = world.ordered(as_of, NOW)
        answer = database.read(totals, QueueRequest(asking(as_of)))
        assert answer.cases == len(expected)
        assert answer.overdue_fen == sum(facts.overdue_fen for facts in expected)
        assert answer.promises_due_today == sum(f.promise_due_on == as_of for f in expected)


@pytest.mark.parametrize("some", [(), (BranchId(1), BranchId(2))])
def test_that_every_reason_finds_exactly_its_cases(
    database: Database, some: tuple[BranchId, ...]
) -> None:
    world = fill(database, 9)
    judged = QueueDay(TODAY, NOW)
    pairs = [frozenset({one}) for one in QueueReason]
    pairs.append(frozenset({QueueReason.VISIT_TODAY, QueueReason.PROMISE_BROKEN}))
    seen = set()
    for reasons in pairs:
        expected = [
            facts.case_id
            for facts in world.ordered(TODAY, NOW)
            if queue_order.standing(facts, judged).reason in reasons
            and (not some or facts.branch_id in some)
        ]
        seen |= set(expected)
        wanted = QueueRequest(asking(reasons=reasons, branches=some), limit=EVERYTHING)
        assert ids(database.read(page, wanted)) == expected
        assert database.read(count, wanted) == len(expected)
    assert len(seen) > 40


@pytest.mark.parametrize("key", list(SortKey))
def test_that_every_sort_is_total_mirrored_and_the_same_by_index_and_by_pass(
    database: Database, key: SortKey
) -> None:
    fill(database, 10, cases=90)
    for shift in (0, 4):
        as_of = TODAY + timedelta(days=shift)
        both = []
        for descending in (False, True):
            request = QueueRequest(
                asking(as_of, sort=Sort(key, descending=descending)), limit=EVERYTHING
            )
            whole = ids(database.read(page, request))
            assert whole == database.read(_by_pass, request)
            part = ids(database.read(page, replace(request, offset=11, limit=33)))
            assert part == whole[11:44]
            both.append(whole)
        assert both[0] == (both[1] if key is SortKey.DEFAULT else both[1][::-1])


def _by_pass(session, request):
    question = queue_asked.asked(session, request)
    return [key[1] for key in queue_scan.keys(question, request.offset, request.limit)]


def test_that_a_branch_may_have_house_parameters_of_its_own(database: Database) -> None:
    world: World = fill(database, 11)
    with database.transaction() as session:
        put(session, tables.Parameter, branch_id=0, key="untouched_days", value="3", version=1)
        put(session, tables.Parameter, branch_id=2, key="untouched_days", value="9", version=1)
    expected = {}
    for facts in world.ordered(TODAY, NOW):
        days_set = 9 if facts.branch_id == 2 else 3
        judged = QueueDay(TODAY, NOW, untouched_days=days_set)
        expected[facts.case_id] = (
            queue_order.order_key(facts, judged),
            queue_order.standing(facts, judged).reason,
        )
    answer = database.read(page, QueueRequest(asking(), limit=EVERYTHING))
    assert ids(answer) == sorted(expected, key=lambda number: expected[number][0])
    assert [row.reason for row in answer.rows] == [expected[n][1] for n in ids(answer)]
