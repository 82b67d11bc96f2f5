"""Words of the incidents screen: spans by code point, countdowns, rates only with enough n."""

from datetime import date, timedelta

import pytest

from supervisor.models.enums import FlagCategory, Severity
from supervisor.models.rows.incident_detail import SpanRow
from supervisor.models.rows.incidents import RulePrecision
from supervisor.models.rows.notes import Cancel
from supervisor.ui.pages.incidents.note_segments import Segment, segments
from supervisor.ui.pages.incidents.note_view import NoteView
from supervisor.words.notes import sentences
from supervisor.words.of_incidents_screen import (
    NOTE_TITLES,
    due_text,
    evidence_text,
    note_title,
    people_text,
    precision_text,
)
from tests.ui.pages.queue_cases import NOW

TODAY = date(2026, 11, 23)


def span(start: int, end: int, number: int | None, **values: object) -> SpanRow:
    given = {"severity": Severity.MAJOR, "category": FlagCategory.REFUSAL, "cancelled": None}
    return SpanRow(start=start, end=end, number=number, **{**given, **values})  # type: ignore[arg-type]


def test_that_spans_count_code_points_and_overlaps_keep_every_number(qtbot: object) -> None:
    note = "😀客户说不要再来,未争吵"
    spans = (
        span(4, 8, 1),
        span(6, 8, 2, severity=Severity.CRITICAL),
        span(9, 12, None, cancelled=Cancel.NEGATED),
        span(0, 1, None),
        span(90, 95, 3),
    )
    assert segments(note, spans) == (
        Segment("😀客户说"),
        Segment("不要", Severity.MAJOR),
        Segment("再来", Severity.CRITICAL, None, (1, 2)),
        Segment(","),
        Segment("未争吵", None, Cancel.NEGATED),
    )
    view = NoteView()
    view.show_note(note, spans)
    assert view.toPlainText() == "😀客户说不要再来[1][2],未争吵"
    assert view.accessibleDescription() == (
        "Attention: 不要; Serious: 再来; Does not count: 未争吵"
    )


@pytest.mark.parametrize(
    ("minutes", "words", "tone"),
    [
        (138, "2 h 18 min left", "crit"),
        (300, "5 h 0 min left", ""),
        (3 * 24 * 60, "11-26 10:38", ""),
        (-30, "30 min late", "crit"),
        (-26 * 60, "1 day late", "crit"),
    ],
)
def test_that_time_is_relative_within_a_day(minutes: int, words: str, tone: str) -> None:
    assert due_text(NOW + timedelta(minutes=minutes), NOW, TODAY) == (words, tone)


def test_that_a_rate_needs_twenty_judged_findings() -> None:
    few = precision_text(RulePrecision("R", 9, 19, 0.2, 0.7, 40))
    assert "%" not in few
    assert "9 of 19" in few
    enough = precision_text(RulePrecision("R", 47, 58, 0.69, 0.89, 64))
    assert enough == "47 of 58 · 81.0% (95% interval 69.0–89.0%)"
    assert "%" not in precision_text(RulePrecision("R", 0, 0, None, None, 3))


def test_that_evidence_and_people_read_as_words() -> None:
    facts = {"start_at": "2026-11-18T22:15:00+08:00", "recorded": "no", "staff": "2"}
    said = evidence_text(facts, TODAY)
    assert said == "Start: 11-18 22:15; Whole visit recorded: No; People going: 2"
    assert people_text(("何某", "罗某"), ("04",)) == "何某 04, 罗某"


def test_that_every_reason_of_the_note_reader_has_a_short_name() -> None:
    reasons = {code for code in sentences() if not code.startswith("note_line_")}
    assert reasons == set(NOTE_TITLES)
    assert note_title("hours") == ""
