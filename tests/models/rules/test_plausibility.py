"""Questions about visits: what raises one, what does not, and that nothing is asked twice."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from supervisor.models.enums import VisitOutcome
from supervisor.models.enums_training import QuestionKind
from supervisor.models.ids import BranchId, CaseId, StaffId, VisitId
from supervisor.models.rules.plausibility import Limits, Trace, distance_km, plain_note, questions

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
HOUSE = Limits()
HERE, FAR = (23.13, 113.27), (23.13, 113.76)
"""About 50 km apart."""


def a_trace(number: int, minute: int = 0, **values: Any) -> Trace:
    started = AT + timedelta(minutes=minute)
    given: dict[str, Any] = {
        "branch_id": BranchId(1),
        "visit_id": VisitId(number),
        "case_id": CaseId(number),
        "people": (StaffId(7),),
        "started_at": started,
        "ended_at": started + timedelta(minutes=15),
        "late_entry_minutes": number * 60,
        "position": HERE,
        "outcome": VisitOutcome.NO_ONE,
        "note": "",
        **values,
    }
    return Trace(**given)


def kinds(*traces: Trace) -> list[tuple[QuestionKind, int]]:
    return [(one.kind, one.trace.visit_id) for one in questions(traces, HOUSE)]


def test_that_a_distance_on_the_sphere_is_that_of_the_equator() -> None:
    assert distance_km((0, 0), (0, 90)) == pytest.approx(6371 * 3.14159265 / 2, rel=1e-6)
    assert distance_km(HERE, HERE) == 0


def test_that_too_fast_a_way_is_asked_about_once_for_a_pair() -> None:
    pair = (StaffId(7), StaffId(8))
    quick = [a_trace(1, people=pair), a_trace(2, 35, people=pair, position=FAR)]
    found = questions(quick, HOUSE)
    assert [(one.kind, one.trace.visit_id, one.others) for one in found] == [
        (QuestionKind.TRAVEL, 2, (1,))
    ]
    assert found[0].facts["minutes"] == 20
    assert found[0].facts["km"] == pytest.approx(50, abs=1)
    assert found[0].facts["kmh"] == pytest.approx(150, abs=2)


@pytest.mark.parametrize(
    ("minute", "values"),
    [
        (75, {"position": FAR}),  # an hour for 50 km
        (16, {"position": (23.135, 113.27)}),  # half a kilometre: positions are unsure
        (16, {"position": FAR, "people": (StaffId(9),)}),  # somebody else
    ],
)
def test_that_a_way_that_can_be_made_is_not_asked_about(
    minute: int, values: dict[str, Any]
) -> None:
    assert kinds(a_trace(1), a_trace(2, minute, **values)) == []


def test_that_two_places_at_one_time_are_asked_about_without_a_speed() -> None:
    (found,) = questions([a_trace(1), a_trace(2, 5, position=FAR)], HOUSE)
    assert found.kind is QuestionKind.TRAVEL
    assert "kmh" not in found.facts


def test_that_equal_notes_of_other_cases_are_asked_about_whatever_times_they_give() -> None:
    first, later = (
        "15:10到达,敲门无人应答,邻居称白天上班",
        "09:20 到达,敲门无人应答,邻居称白天上班。",
    )
    same_case = a_trace(3, 120, note=later, case_id=CaseId(1))
    short = [a_trace(4, 180, note="无人"), a_trace(5, 240, note="无人")]
    traces = [a_trace(1, note=first), a_trace(2, 60, note=later), same_case, *short]
    assert kinds(*traces) == [(QuestionKind.COPIED_NOTE, 2)]
    assert plain_note(first) == plain_note(later)


def test_that_a_burst_is_asked_once_at_its_first_visit() -> None:
    # Entered together in the evening: each later visit waited less.
    many = [
        a_trace(number, number * 30, late_entry_minutes=300 - number * 30) for number in range(5)
    ]
    (found,) = questions(many, HOUSE)
    assert (found.kind, found.trace.visit_id, found.others) == (QuestionKind.BURST, 0, (1, 2, 3, 4))
    assert kinds(*many[:4]) == []
    assert kinds(*[a_trace(number, number * 30) for number in range(5)]) == []


def test_that_a_meeting_of_seconds_is_asked_about_and_an_empty_house_is_not() -> None:
    brief: dict[str, Any] = {"ended_at": AT + timedelta(seconds=40)}
    met = a_trace(1, outcome=VisitOutcome.MET_DEBTOR, **brief)
    assert kinds(met) == [(QuestionKind.SHORT_STAY, 1)]
    assert kinds(a_trace(1, **brief)) == []
    assert kinds(a_trace(1, outcome=VisitOutcome.MET_DEBTOR, ended_at=None)) == []


def test_that_a_missing_position_is_asked_about_only_where_most_have_one() -> None:
    without = a_trace(3, 120, position=None)
    assert kinds(a_trace(1), a_trace(2, 60), without) == [(QuestionKind.NO_POSITION, 3)]
    elsewhere = [a_trace(n, n * 60, position=None, branch_id=BranchId(2)) for n in (4, 5)]
    assert kinds(*elsewhere) == []


def test_that_visits_that_did_not_take_place_ask_nothing() -> None:
    aborted = a_trace(2, 16, position=FAR, outcome=VisitOutcome.ABORTED)
    assert kinds(a_trace(1), aborted) == []
