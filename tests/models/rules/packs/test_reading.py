from datetime import UTC, date, datetime
from typing import Any

import pytest

from supervisor import words
from supervisor.errors import BadInputError
from supervisor.models.enums import Tick
from supervisor.models.rows.packs import Subject
from supervisor.models.rules.packs.facts import ContactFacts, VisitFacts
from supervisor.models.rules.packs.reading import facts_of


def _visit(**table: Any) -> VisitFacts:
    found = facts_of({"on": "2026-11-18", **table}).facts
    assert isinstance(found, VisitFacts)
    return found


def test_that_a_line_is_a_visit_unless_it_says_otherwise() -> None:
    assert facts_of({"on": "2026-11-18"}).subject is Subject.VISIT
    assert facts_of({"kind": "house", "on": "2026-11-18"}).subject is Subject.HOUSE


def test_that_missing_keys_and_null_are_unknown() -> None:
    assert _visit() == _visit(recorded=None, outcome=None, history={}) == _visit(recorded="unknown")
    assert _visit().recorded is Tick.UNKNOWN
    assert _visit().history.holds is None


def test_that_ticks_may_be_written_as_true_and_false() -> None:
    assert _visit(recorded=True, id_shown=False) == _visit(recorded="yes", id_shown="no")


def test_that_instants_without_an_offset_are_shanghai_time() -> None:
    found = facts_of({"start_at": "2026-11-18T01:30"}).facts
    assert isinstance(found, VisitFacts)
    assert found.start_at == datetime(2026, 11, 17, 17, 30, tzinfo=UTC)
    assert found.on == date(2026, 11, 18)


def test_that_the_day_is_that_of_the_first_instant_on_the_clock_that_counts() -> None:
    call = {"kind": "contact", "at": "2026-11-18T22:00:00-07:00"}
    assert facts_of(call).facts.on == date(2026, 11, 19)
    assert facts_of({**call, "timezone": "America/Denver"}).facts.on == date(2026, 11, 18)


def test_that_history_is_read_with_its_lists() -> None:
    found = facts_of(
        {
            "kind": "contact",
            "at": "2026-11-18T10:00",
            "history": {
                "attempts": [{"at": "2026-11-17T10:00", "channel": "sms", "connected": True}],
                "holds": [{"reason": "SOLD", "from_on": "2026-11-01", "until_on": None}],
                "visits_on": [],
            },
        }
    ).facts
    assert isinstance(found, ContactFacts)
    assert found.history.attempts is not None
    assert found.history.attempts[0].connected is Tick.YES
    assert found.history.visits_on == ()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ([], "The line is not a JSON object."),
        ({"kind": "ghost"}, "There is no kind ghost. Known: visit, plan,"),
        ({"recoded": True}, "recoded is not a known fact of a visit. Is recorded meant?"),
        ({"zzz": 1}, "zzz is not a known fact of a visit."),
        ({"kind": "plan", "recorded": True}, "recorded is not a known fact of a plan."),
        ({"history": {"visit_on": []}}, "visit_on is not a known fact of a history."),
        ({"history": {"holds": [{"reson": 1}]}}, "reson is not a known fact of a hold."),
        ({"history": []}, "history: […] cannot be read."),
        ({"history": {"holds": [{"reason": "SOLD"}]}}, "holds: […] cannot be read."),
        ({"recorded": "maybe"}, "recorded: maybe cannot be read."),
        ({"recorded": ["yes"]}, "recorded: […] cannot be read."),
        ({"outcome": "GONE"}, "outcome: GONE cannot be read."),
        ({"talk_results": "PTP"}, "talk_results: PTP cannot be read."),
        ({"start_at": "2026-11-18"}, "start_at: 2026-11-18 cannot be read."),
        ({"start_at": "0001-01-01T00:00"}, "start_at: 0001-01-01T00:00 cannot be read."),
        ({"last_due_on": "9999-12-31"}, "last_due_on: 9999-12-31 cannot be read."),
        ({"start_at": 7}, "start_at: 7 cannot be read."),
        ({"last_due_on": "2026-13-01"}, "last_due_on: 2026-13-01 cannot be read."),
        ({"late_entry_minutes": 10**12}, "late_entry_minutes: 1000000000000 cannot be read."),
        ({"late_entry_minutes": True}, "late_entry_minutes: True cannot be read."),
        ({"timezone": "Mars/Base"}, "timezone: Mars/Base cannot be read."),
        ({"timezone": "../etc"}, "timezone: ../etc cannot be read."),
        ({"staff": [""]}, "staff: […] cannot be read."),
        ({"id": {}}, "id: {…} cannot be read."),
        (
            {"start_at": "2026-11-19T00:10"},
            "on and start_at name different days; start_at is on 2026-11-19.",
        ),
        ({"on": None}, "The day is not known: give on or start_at."),
    ],
)
def test_that_what_cannot_be_read_is_a_sentence(line: Any, sentence: str) -> None:
    with pytest.raises(BadInputError) as raised:
        facts_of({"on": "2026-11-18", **line} if isinstance(line, dict) else line)
    assert sentence in words.sentence_of(raised.value)
