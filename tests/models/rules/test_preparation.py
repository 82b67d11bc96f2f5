"""The six lines of the preparation."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from supervisor.models.enums import Tick
from supervisor.models.rows.case_file import TickState
from supervisor.models.rules.preparation import Planned, Prepared, preparation, yuan

READY = Planned(
    plan_on=date(2026, 11, 24),
    window_from=datetime(2026, 11, 24, 2, tzinfo=UTC),
    window_until=datetime(2026, 11, 24, 4, tzinfo=UTC),
    target_fen=320_000,
    strategy="先听原因",
    notice_sent=True,
    notice_delivered=Tick.YES,
    file_ready=Tick.YES,
    second_person=True,
    device=True,
)
KNOWN = Prepared(READY, None, 500_000, False, (), time(8), time(20))


def states(known: Prepared) -> dict[str, tuple[TickState, str]]:
    """State and code by line."""
    return {row.item: (row.state, row.code) for row in preparation(known)}


def test_that_a_visit_with_everything_is_ready() -> None:
    assert [row.state for row in preparation(KNOWN)] == [TickState.DONE] * 6
    assert [row.item for row in preparation(KNOWN)] == [
        "file",
        "target",
        "moment",
        "strategy",
        "notice",
        "people",
    ]


def test_that_without_a_plan_everything_is_open() -> None:
    found = states(replace(KNOWN, plan=None))
    assert found["moment"] == (TickState.OPEN, "prep_no_plan")
    assert found["people"] == (TickState.OPEN, "prep_people_missing")
    assert found["target"] == (TickState.ADVICE, "prep_target_advice")


def test_that_holds_and_quiet_hours_block_the_moment() -> None:
    assert states(replace(KNOWN, held=True))["moment"] == (TickState.BLOCKED, "prep_on_hold")
    late = replace(READY, window_until=datetime(2026, 11, 24, 12, 1, tzinfo=UTC))
    assert states(replace(KNOWN, plan=late))["moment"][1] == "prep_quiet_hours"
    to_the_minute = replace(READY, window_until=datetime(2026, 11, 24, 12, 0, tzinfo=UTC))
    assert states(replace(KNOWN, plan=to_the_minute))["moment"][0] is TickState.DONE


def test_that_two_fruitless_mornings_advise_an_afternoon() -> None:
    morning = datetime(2026, 11, 10, 2, tzinfo=UTC)
    afternoon = datetime(2026, 11, 10, 7, tzinfo=UTC)
    assert states(replace(KNOWN, fruitless=(morning, morning)))["moment"][0] is TickState.ADVICE
    assert states(replace(KNOWN, fruitless=(morning, afternoon)))["moment"][0] is TickState.DONE


def test_that_nothing_overdue_blocks_the_target() -> None:
    assert states(replace(KNOWN, overdue_fen=0))["target"][0] is TickState.BLOCKED


def test_that_an_undelivered_notice_is_advice_and_an_unsent_one_open() -> None:
    undelivered = replace(READY, notice_delivered=Tick.NO)
    assert states(replace(KNOWN, plan=undelivered))["notice"][0] is TickState.ADVICE
    unsent = replace(READY, notice_sent=False)
    assert states(replace(KNOWN, plan=unsent))["notice"][0] is TickState.OPEN


def test_that_missing_people_and_devices_are_told_apart() -> None:
    alone = replace(READY, second_person=False)
    bare = replace(READY, device=False)
    assert states(replace(KNOWN, plan=alone))["people"][1] == "prep_second_missing"
    assert states(replace(KNOWN, plan=bare))["people"][1] == "prep_device_missing"


def test_that_amounts_are_written_with_separators() -> None:
    assert [yuan(320_000), yuan(5), yuan(-123_456_789)] == ["3,200.00", "0.05", "-1,234,567.89"]
