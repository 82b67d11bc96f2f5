"""The course of a flag as plain rules: moves, verdicts, hours, steps, clock of complaints."""

from datetime import UTC, date, datetime, time
from itertools import product

import pytest

from supervisor.models.enums import CausedBy, FlagCategory, FlagState, Role, Severity
from supervisor.models.enums_incidents import FlagMove, StepFamily, Task, Verdict
from supervisor.models.rows.packs import Step
from supervisor.models.rules.incidents import (
    DueHours,
    complaint_due_on,
    family_of,
    moves_for,
    next_clock,
    objection,
    reviews_needed,
    steps_for,
    verdicts_for,
)
from supervisor.models.rules.intervals import wilson
from supervisor.models.rules.workdays import (
    Hours,
    after_working_hours,
    is_provisional,
    is_workday,
)

NEW, FOLLOWED, REVIEW, DECISION, CLOSED = FlagState
STATES = tuple(FlagState)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-18T09:00", 4, "2026-11-18T13:00"),
        ("2026-11-18T16:00", 4, "2026-11-19T11:00"),
        ("2026-11-18T14:00", 4, "2026-11-18T18:00"),
        ("2026-11-18T20:30", 4, "2026-11-19T13:00"),
        ("2026-11-18T07:00", 9, "2026-11-18T18:00"),
        ("2026-11-20T17:00", 2, "2026-11-23T10:00"),  # over a weekend
        ("2026-09-30T17:00", 2, "2026-10-08T10:00"),  # over the national holiday
        ("2026-10-09T17:00", 2, "2026-10-10T10:00"),  # a Saturday made up for it
        ("2026-11-18T09:00", 27, "2026-11-20T18:00"),
    ],
)
def test_that_due_times_count_working_hours_alone(start: str, hours: float, due: str) -> None:
    assert after_working_hours(at(start), hours) == at(due)


def test_that_a_house_may_keep_other_hours() -> None:
    night = Hours(time(8), time(20))
    assert after_working_hours(at("2026-11-18T19:00"), 2, night) == at("2026-11-19T09:00")


def test_that_years_nobody_announced_count_weekdays_and_fixed_holidays() -> None:
    assert is_provisional(date(2031, 1, 1))
    assert not is_provisional(date(2026, 1, 1))
    assert not is_workday(date(2031, 10, 1))  # a Wednesday
    assert is_workday(date(2031, 10, 8))
    assert not is_workday(date(2031, 10, 4))  # a Saturday


def test_that_closed_flags_are_due_never_and_worse_ones_sooner() -> None:
    hours, start = DueHours(), at("2026-11-18T09:00")
    assert hours.due_at(CLOSED, Severity.CRITICAL, start) is None
    for state in STATES[:3]:
        dues = [hours.due_at(state, severity, start) for severity in Severity]
        assert all(due is not None for due in dues)
        assert dues == sorted(dues, reverse=True)  # type: ignore[type-var]


WAY = {
    (FlagMove.LOOK, NEW),
    (FlagMove.SEND_TO_REVIEW, FOLLOWED),
    (FlagMove.RETURN, REVIEW),
    (FlagMove.RETURN, DECISION),
    (FlagMove.REVIEW, REVIEW),
    (FlagMove.DECIDE, DECISION),
    (FlagMove.REOPEN, CLOSED),
    *((FlagMove.ASSIGN, state) for state in STATES[:4]),
    *((FlagMove.MARK_DUPLICATE, state) for state in STATES[1:4]),
    *((FlagMove.LIFT_HOLD, state) for state in STATES),
}
"""Written out once more, so that a slip in the table does not go unseen."""


def test_that_only_the_written_moves_are_allowed_and_each_by_somebody() -> None:
    for move, state in product(FlagMove, FlagState):
        someone = any(objection(move, state, role) is None for role in Role)
        assert someone == ((move, state) in WAY), (move, state)


def test_that_only_the_compliance_officer_lifts_holds_and_collectors_data_moves_nothing() -> None:
    for state in FlagState:
        lifters = {role for role in Role if FlagMove.LIFT_HOLD in moves_for(state, role)}
        assert lifters == {Role.COMPLIANCE}
        assert moves_for(state, Role.INGEST) == frozenset()
        assert moves_for(state, Role.AUDITOR) == frozenset()


def test_that_conduct_and_events_are_judged_by_different_words() -> None:
    ours = verdicts_for(CausedBy.OUR_SIDE)
    assert ours == (Verdict.UPHELD, Verdict.PARTLY_UPHELD, Verdict.NOT_UPHELD)
    for cause in (CausedBy.CUSTOMER, CausedBy.THIRD_PARTY, CausedBy.UNKNOWN):
        assert verdicts_for(cause) == (Verdict.TRUE, Verdict.FALSE_ALARM)


def test_that_serious_flags_and_our_conduct_are_seen_by_two_and_a_sample_of_the_rest() -> None:
    assert reviews_needed(1, Severity.CRITICAL, CausedBy.CUSTOMER, 0) == 2
    assert reviews_needed(1, Severity.MAJOR, CausedBy.OUR_SIDE, 0) == 2
    assert reviews_needed(1, Severity.MAJOR, CausedBy.CUSTOMER, 0) == 1
    drawn = [reviews_needed(id_, Severity.MINOR, CausedBy.CUSTOMER, 20) for id_ in range(2_000)]
    assert 320 <= drawn.count(2) <= 480
    again = [reviews_needed(id_, Severity.MINOR, CausedBy.CUSTOMER, 20) for id_ in range(2_000)]
    assert drawn == again


def test_that_steps_answer_in_all_three_ways_and_minor_flags_get_none() -> None:
    for category in FlagCategory:
        steps = steps_for(category, Severity.CRITICAL, CausedBy.OUR_SIDE)
        assert steps[0].step == Task.FIRST_LOOK
        assert {step.family for step in steps} == set(StepFamily)
        assert all(family_of(step.step) is step.family for step in steps)
        assert any(step.owner is Role.COMPLIANCE for step in steps)
        assert steps_for(category, Severity.MINOR, CausedBy.OUR_SIDE) == ()
        major = steps_for(category, Severity.MAJOR, CausedBy.CUSTOMER)
        assert all(step.owner is not Role.COMPLIANCE for step in major)
    assert family_of(Step.SEND_NOTICE) is StepFamily.NOTICE


def test_that_statements_and_courses_follow_our_conduct_alone() -> None:
    ours = {step.step for step in steps_for(FlagCategory.LEGAL_RISK, Severity.MAJOR,
                                            CausedBy.OUR_SIDE)}  # fmt: skip
    theirs = {step.step for step in steps_for(FlagCategory.LEGAL_RISK, Severity.MAJOR,
                                              CausedBy.CUSTOMER)}  # fmt: skip
    assert ours - theirs == {Task.STATEMENT, Task.RULE_REFRESHER}


def test_that_the_clock_of_complaints_is_15_30_60() -> None:
    assert [next_clock(days) for days in (15, 30, 60)] == [30, 60, None]
    assert complaint_due_on(date(2026, 11, 23), 15) == date(2026, 12, 8)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(47, 58, 0.6919, 0.8904), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0)],
)
def test_that_intervals_are_those_of_wilson(hits: int, of: int, low: float, high: float) -> None:
    found = wilson(hits, of)
    assert found is not None
    assert found == (pytest.approx(low, abs=5e-4), pytest.approx(high, abs=5e-4))
    assert wilson(0, 0) is None
