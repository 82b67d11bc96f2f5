"""What cells, chips and typed amounts say; no screen."""

from datetime import date, timedelta

import pytest

from supervisor.models.enums import Bucket, Mark, PlanGap, QueueReason, RecallCause, VisitOutcome
from supervisor.models.enums_queue import SortKey
from supervisor.models.ids import StaffId
from supervisor.models.rows.case_queue import Sort
from supervisor.ui.pages.case_queue import cells, filters
from supervisor.ui.pages.case_queue.more_filters import read_day
from supervisor.words.typed import read_yuan
from tests.factories import TODAY
from tests.ui.pages.queue_cases import NOW, a_row

HERE = cells.Now(TODAY, NOW)


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"reason": QueueReason.FOLLOW_UP_OVERDUE, "reason_days": 1}, "Follow-up 1 day late"),
        ({"reason": QueueReason.FOLLOW_UP_OVERDUE, "reason_days": 0}, "Follow-up late"),
        ({"reason": QueueReason.PROMISE_BROKEN, "reason_days": 2}, "Promise not kept, 2 days"),
        ({"reason": QueueReason.UNTOUCHED, "reason_days": 9}, "No visit for 9 days"),
        ({"reason": QueueReason.HOLD_ENDING, "reason_days": 0}, "Hold ends today"),
        ({"reason": QueueReason.RETENTION_ENDING, "reason_days": 2}, "Retention ends in 2 days"),
        ({"reason": QueueReason.VISIT_UNREPORTED, "reason_days": 1}, "Visit unreported, 1 day"),
        ({"reason": QueueReason.DAYS_OVERDUE, "dpd": 74}, "74 days past due"),
        (
            {"reason": QueueReason.RECALL, "recall_cause": RecallCause.PAID},
            "Recall: Borrower has paid",
        ),
        (
            {
                "reason": QueueReason.VISIT_NOT_READY,
                "next_plan_gaps": PlanGap.SECOND_PERSON | PlanGap.NOTICE,
            },
            "Tomorrow: second person, notice missing",
        ),
    ],
)
def test_that_the_reason_says_its_days(values: dict[str, object], text: str) -> None:
    assert cells.reason_text(a_row(**values)) == text


def test_that_every_reason_has_words_and_a_tone() -> None:
    for reason in QueueReason:
        assert cells.reason_text(a_row(reason=reason, reason_days=3))
    loud = {reason for reason in QueueReason if cells.tone_of(reason) is cells.Tone.CRIT}
    assert loud == {
        QueueReason.CRITICAL_FLAG,
        QueueReason.RECALL,
        QueueReason.FOLLOW_UP_OVERDUE,
    }


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (138, "2 h 18 min left"),
        (-61, "1 h 1 min late"),
        (2880, "2 days left"),
        (-1500, "1 day late"),
    ],
)
def test_that_due_times_are_relative(minutes: int, text: str) -> None:
    assert cells.due_text(NOW + timedelta(minutes=minutes), NOW) == text


def test_that_a_missing_second_person_is_only_wanted_where_one_is_asked_for() -> None:
    assert cells.second_text(a_row()) == "—"
    assert cells.second_text(a_row(second_person_asked=True)) == "wanted"
    planned = a_row(next_plan_at=NOW, next_plan_gaps=PlanGap.SECOND_PERSON)
    assert cells.second_missing(planned)
    assert cells.second_text(a_row(second_agent="罗某", second_agent_no="05")) == "罗某 05"


def test_that_a_past_promise_is_only_not_kept_once_payment_data_reach_beyond_it() -> None:
    due = TODAY - timedelta(days=2)
    row = a_row(promise_due_on=due, promise_fen=1_200_000)
    assert cells.promise_text(row, TODAY) == "not kept"
    unknown = a_row(promise_due_on=due, promise_fen=1_200_000, data_known_on=due)
    assert cells.promise_text(unknown, TODAY) == "awaiting payment data"
    today = a_row(promise_due_on=TODAY, promise_fen=1_200_000)
    assert cells.promise_text(today, TODAY) == "today 12,000.00"


def test_that_the_next_step_names_the_most_pressing_thing() -> None:
    assert cells.next_step_text(a_row(), HERE) == "Nothing arranged"
    flagged = a_row(reason=QueueReason.CRITICAL_FLAG, next_plan_at=NOW)
    assert cells.next_step_text(flagged, HERE) == "On hold, awaiting review"
    planned = a_row(next_plan_at=NOW + timedelta(days=1))
    assert cells.next_step_text(planned, HERE) == "tomorrow 10:38 visit"
    recalled = a_row(recall_cause=RecallCause.PAID, next_plan_at=NOW)
    assert cells.next_step_text(recalled, HERE) == "Recall today 10:38"


def test_that_masked_names_are_spoken_as_masked() -> None:
    said = cells.spoken(a_row())
    assert "**" not in said
    assert "(masked)" in said
    assert "HT2026031842" in said


def test_that_every_condition_has_one_chip_and_can_be_taken_off() -> None:
    plain = filters.blank(TODAY, NOW)
    full = filters.replace(
        plain,
        buckets=frozenset({Bucket.M2, Bucket.M3, Bucket.M4}),
        agents=(StaffId(7),),
        marks=frozenset({Mark.A}),
        overdue_min_fen=300_000,
        outcomes=frozenset({VisitOutcome.NO_ONE}),
        untouched_days_min=15,
        untouched_days_max=30,
        visited_from=TODAY - timedelta(days=7),
        visited_weekdays=frozenset({0}),
        visited_hours=frozenset({9}),
        held=False,
        search="王",
        numbers=("HT1", "HT2"),
    )
    found = {one.key: one.text for one in filters.conditions(full)}
    assert found["stage"] == "Stage M2–M4"
    assert found["overdue"] == "Overdue ≥ 3,000 CNY"
    assert found["numbers"] == "2 pasted numbers"
    assert found["untouched"] == "Days since visit 15–30"
    assert found["visited"].endswith(" Mon 9h")
    assert len(found) == 10
    for key in found:
        full = filters.without(full, key)
    assert full == plain


def test_that_clearing_keeps_the_order() -> None:
    sort = Sort(SortKey.OVERDUE, descending=True)
    wanted = filters.replace(filters.blank(TODAY, NOW), search="王", sort=sort)
    assert filters.cleared(wanted) == filters.replace(filters.blank(TODAY, NOW), sort=sort)
    assert not filters.is_default_order(wanted)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("3000", 300_000),
        ("３，０００．５", 300_050),
        ("1.2万", 1_200_000),
        (" ", None),
        ("0.01", 1),
    ],
)
def test_that_amounts_are_read_as_people_type_them(typed: str, fen: int | None) -> None:
    assert read_yuan(typed) == fen


@pytest.mark.parametrize("typed", ["abc", "-5", "1.234567", "三千"])
def test_that_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_yuan(typed)


def test_that_days_are_read_in_several_spellings() -> None:
    day = date(2026, 11, 23)
    for typed in ("2026-11-23", "2026/11/23", "20261123", "11-23"):
        assert read_day(typed, TODAY) == day
    assert read_day("", TODAY) is None


def test_that_a_pasted_column_is_told_from_an_ordinary_line() -> None:
    assert filters.pasted_numbers("王小明") == ()
    column = "HT001\t王\nHT002\t李\r\nHT001\n\n"
    assert filters.pasted_numbers(column) == ("HT001", "HT002")
