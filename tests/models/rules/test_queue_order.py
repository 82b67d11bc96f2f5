"""Why a case stands where it stands, rule by rule."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisor.models.enums import Bucket, PlanGap, QueueReason, RecallCause
from supervisor.models.rules import queue_order
from supervisor.models.rules.queue_order import CaseFacts, QueueDay, Standing

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 2, 38, tzinfo=UTC)
DAY = QueueDay(TODAY, NOW)


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


def a_case(**facts: Any) -> CaseFacts:
    given = {"branch_id": 1, "case_id": 1, "case_no": "A", "placed_on": TODAY, **facts}
    return CaseFacts(**given)


def test_that_a_quiet_case_stands_for_its_days_overdue() -> None:
    assert queue_order.standing(a_case(), DAY) == Standing(QueueReason.DAYS_OVERDUE)


@pytest.mark.parametrize(
    ("facts", "reason", "days"),
    [
        ({"critical_since": NOW}, QueueReason.CRITICAL_FLAG, None),
        (
            {"recall_cause": RecallCause.PAID, "next_plan_on": on(0)},
            QueueReason.RECALL,
            None,
        ),
        (
            {"recall_cause": RecallCause.PAID, "next_plan_on": on(1)},
            QueueReason.RECALL,
            None,
        ),
        (
            {"recall_cause": RecallCause.PAID, "next_plan_on": on(2)},
            QueueReason.DAYS_OVERDUE,
            None,
        ),
        ({"follow_up_due_at": NOW - timedelta(days=2)}, QueueReason.FOLLOW_UP_OVERDUE, 2),
        ({"follow_up_due_at": NOW}, QueueReason.DAYS_OVERDUE, None),
        ({"promise_due_on": on(0)}, QueueReason.PROMISE_DUE_TODAY, 0),
        ({"promise_due_on": on(1)}, QueueReason.DAYS_OVERDUE, None),
        ({"promise_due_on": on(-3)}, QueueReason.PROMISE_AWAITING_DATA, 3),
        (
            {"promise_due_on": on(-3), "payments_known_on": on(-3)},
            QueueReason.PROMISE_AWAITING_DATA,
            3,
        ),
        (
            {"promise_due_on": on(-3), "payments_known_on": on(-2)},
            QueueReason.PROMISE_BROKEN,
            3,
        ),
        (
            {"next_plan_on": on(1), "next_plan_gaps": int(PlanGap.NOTICE)},
            QueueReason.VISIT_NOT_READY,
            None,
        ),
        (
            {"next_plan_on": on(1), "next_plan_gaps": int(PlanGap.FILE)},
            QueueReason.DAYS_OVERDUE,
            None,
        ),
        ({"hold_from_on": on(-9), "hold_until_on": on(3)}, QueueReason.HOLD_ENDING, 3),
        ({"hold_from_on": on(-9), "hold_until_on": on(0)}, QueueReason.HOLD_ENDING, 0),
        ({"hold_from_on": on(-9), "hold_until_on": on(4)}, QueueReason.ON_HOLD, 4),
        ({"hold_from_on": on(-9), "hold_until_on": on(-1)}, QueueReason.DAYS_OVERDUE, None),
        ({"hold_from_on": on(-9)}, QueueReason.ON_HOLD, None),
        ({"hold_from_on": on(1)}, QueueReason.DAYS_OVERDUE, None),
        ({"retained_until_on": on(3)}, QueueReason.RETENTION_ENDING, 3),
        ({"retained_until_on": on(-2)}, QueueReason.RETENTION_ENDING, -2),
        ({"retained_until_on": on(4)}, QueueReason.DAYS_OVERDUE, None),
        ({"next_plan_on": on(0)}, QueueReason.VISIT_TODAY, None),
        ({"next_plan_on": on(-2)}, QueueReason.VISIT_UNREPORTED, 2),
        ({"last_visit_on": on(-7), "placed_on": on(-90)}, QueueReason.UNTOUCHED, 7),
        ({"last_visit_on": on(-6), "placed_on": on(-90)}, QueueReason.DAYS_OVERDUE, None),
        ({"placed_on": on(-8)}, QueueReason.UNTOUCHED, 8),
        ({"placed_on": on(-8), "hold_from_on": on(-1)}, QueueReason.ON_HOLD, None),
    ],
)
def test_that_the_reason_follows_from_the_facts(
    facts: dict[str, Any], reason: QueueReason, days: int | None
) -> None:
    stands = queue_order.standing(a_case(**facts), DAY)
    assert (stands.reason, stands.days) == (reason, days)


def test_that_first_look_and_follow_up_say_when_they_are_due() -> None:
    flagged = queue_order.standing(a_case(critical_since=NOW), DAY)
    assert flagged.due_at == NOW + timedelta(hours=4)
    late = NOW - timedelta(hours=1)
    assert queue_order.standing(a_case(follow_up_due_at=late), DAY).due_at == late


def test_that_the_most_pressing_reason_wins_and_levels_rise() -> None:
    steps: list[dict[str, Any]] = [
        {"critical_since": NOW},
        {"recall_cause": RecallCause.HOLD, "next_plan_on": on(1), "next_plan_gaps": 1},
        {"follow_up_due_at": NOW - timedelta(days=1)},
        {"promise_due_on": on(-1)},
        {"next_plan_on": on(1), "next_plan_gaps": 1},
        {"retained_until_on": on(1)},
        {"placed_on": on(-20)},
    ]
    everything: dict[str, Any] = {}
    for number, step in reversed(list(enumerate(steps, 1))):
        everything.update(step)
        assert queue_order.rank(a_case(**everything), DAY) == number


def test_that_the_rest_goes_by_days_times_amount_band_and_held_cases_last() -> None:
    due = on(-60)
    small = a_case(oldest_due_on=due, overdue_fen=499_999)
    large = a_case(oldest_due_on=due, overdue_fen=500_000)
    older = a_case(oldest_due_on=on(-121), overdue_fen=499_999)
    settled = a_case()
    held = a_case(oldest_due_on=on(-900), overdue_fen=10**9, hold_from_on=on(0))
    ranks = [queue_order.rank(case, DAY) for case in (older, large, small, settled, held)]
    assert ranks == sorted(set(ranks))
    assert ranks[0] > 8


def test_that_ties_go_by_amount_then_number_then_branch() -> None:
    cases = [
        a_case(critical_since=NOW, overdue_fen=2, case_no="B"),
        a_case(critical_since=NOW, overdue_fen=1, case_no="A"),
        a_case(critical_since=NOW, overdue_fen=1, case_no="A", branch_id=2),
        a_case(critical_since=NOW, overdue_fen=1, case_no="B", branch_id=1),
    ]
    shuffled = [cases[2], cases[0], cases[3], cases[1]]
    assert sorted(shuffled, key=lambda one: queue_order.order_key(one, DAY)) == cases


def test_that_another_day_is_judged_at_its_noon() -> None:
    assert queue_order.judging_instant(TODAY, NOW) == NOW
    noon = queue_order.judging_instant(on(-1), NOW)
    assert noon == datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("dpd", "bucket"),
    [
        (0, Bucket.M0),
        (1, Bucket.M1),
        (30, Bucket.M1),
        (31, Bucket.M2),
        (180, Bucket.M6),
        (181, Bucket.M6_PLUS),
    ],
)
def test_that_buckets_are_thirty_days_each(dpd: int, bucket: Bucket) -> None:
    assert queue_order.bucket_of(dpd) is bucket


@given(days=st.integers(-1000, 4000), fen=st.integers(0, 10**12))
def test_that_a_rank_never_leaves_its_room(days: int, fen: int) -> None:
    case = a_case(oldest_due_on=on(-days), overdue_fen=fen)
    assert 8 < queue_order.rank(case, DAY) <= queue_order.REST
    assert queue_order.days_past_due(case.oldest_due_on, TODAY) == max(0, days)
