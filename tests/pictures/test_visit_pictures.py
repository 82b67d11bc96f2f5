"""Pictures of what visits come to: thin is hatched, losses are named, unknown stands apart."""

from datetime import date, timedelta

import pytest

from supervisor.models.enums_measures import Basis, Dimension, MeasureId
from supervisor.models.ids import StaffId
from supervisor.models.rows.charts import Ink, Records
from supervisor.models.rows.charts_grid import GridRow, Tone
from supervisor.models.rows.measures import Counted, MeasureReport
from supervisor.models.rows.promise_reliability import (
    PromiseHistory,
    PromiseReliabilityRow,
    PromiserRow,
    PromiseTally,
)
from supervisor.pictures import periods, visit_results
from supervisor.pictures.periods import period
from supervisor.pictures.promises_turned_out import MOST_PEOPLE, by_history, by_person
from supervisor.pictures.visit_funnel import visit_funnel
from supervisor.pictures.visit_hours import HOURS, met_by_hour
from tests.pictures.reports import TODAY, a_report

_M = MeasureId
MONTH = period(periods.MONTH, TODAY)
WEEKS = period(periods.WEEKS, TODAY)


def hours(*counted: tuple[int, int, int, int]) -> MeasureReport:
    """(weekday, hour, met, visits) of each cell."""
    rows = [Counted(met, n, n, 0, (day, hour)) for day, hour, met, n in counted]
    return a_report(_M.MET_RATE, rows, Dimension.WEEKDAY, Dimension.HOUR)


def quiet(n: int, unknown: int = 0) -> MeasureReport:
    return a_report(_M.QUIET_HOURS, [Counted(n, None, 100, unknown)])


def cell(row: GridRow, day: int, hour: int) -> tuple[str, str, Tone]:
    found = row.lines[day].cells[HOURS.index(hour)]
    return found.text, found.detail, found.tone


def test_that_thin_hours_have_a_count_and_no_rate() -> None:
    row = met_by_hour(hours((0, 9, 10, 20), (0, 10, 19, 19), (5, 18, 30, 40)), quiet(7, 2), WEEKS)
    assert cell(row, 0, 9) == ("50%", "20", Tone.RAMP)
    assert cell(row, 0, 10) == ("19", "", Tone.THIN)
    assert cell(row, 6, 12) == ("none", "", Tone.EMPTY)
    weakest, strongest = row.lines[0].cells[1], row.lines[5].cells[10]
    assert weakest.strength < strongest.strength
    assert row.head.reading.startswith("Highest: Sat 18h, 75.0% of 40 visits.")
    there = (("weekday", 0), ("hour", 9))
    behind = Records("visited", WEEKS.first, WEEKS.last, there)
    assert weakest.mark.behind == behind
    assert row.lines[6].cells[4].mark.behind is None
    thin = next(line for line in row.table.rows if line[:2] == ("Mon", "10h"))
    assert thin == ("Mon", "10h", "", "19", "19")


def test_that_quiet_hours_are_counted_and_hours_not_drawn_are_named() -> None:
    row = met_by_hour(hours((0, 9, 10, 20), (2, 23, 1, 3), (3, 6, 0, 1)), quiet(4, 2), WEEKS)
    assert [words for words, _ in row.facts] == [
        "Quiet hours: 4 visits · 2 without a known hour · 4 began outside the hours shown"
    ]
    assert row.head.subtitle.endswith("n = 24 · met rate and visits")
    late = met_by_hour(hours((0, 9, 10, 20), (3, 22, 23, 23)), quiet(23), WEEKS)
    assert late.head.reading.startswith("Highest: Mon 9h, 50.0% of 20 visits.")
    none = met_by_hour(hours((0, 9, 1, 2)), quiet(0), WEEKS)
    assert [words for words, _ in none.facts] == ["Quiet hours: 0 visits"]
    assert none.head.reading == "No hour of a weekday has enough visits for a rate."
    assert met_by_hour(hours(), quiet(0), WEEKS).head.note == "No visit in this period"


def funnel(*steps: tuple[str, int]) -> MeasureReport:
    """Cases of each step; a case is worth 100 yuan."""
    rows, before = [], dict(steps)["assigned"]
    for part, n in steps:
        of = dict(steps)["assigned"] if part == "paid_beside" else before
        rows.append(Counted(n, of, of, 0, (), part))
        rows.append(Counted(n * 10_000, of * 10_000, of, 0, (), part, Basis.MONEY))
        before = n
    return a_report(_M.FUNNEL, rows)


PLAIN = (("assigned", 200), ("visited", 150), ("met", 60), ("promised", 30), ("kept", 12),
         ("paid", 11), ("paid_beside", 40))  # fmt: skip


@pytest.mark.parametrize("basis", list(Basis))
def test_that_each_step_has_its_rate_its_n_and_its_loss(basis: Basis) -> None:
    row = visit_funnel(funnel(*PLAIN), MONTH, basis)
    steps = {one.label: one for one in row.steps}
    assert list(steps) == ["Cases assigned", "Visited", "Debtor met", "Promised", "Kept", "Payers"]
    assert [one.rate for one in row.steps[:3]] == ["", "75.0% · n = 200", "40.0% · n = 150"]
    assert steps["Kept"].lost == "18 not due yet, not kept, or not known yet"
    assert steps["Visited"].figures == ("150 cases", "15,000 CNY")
    value = 150 if basis is Basis.NUMBER else 1_500_000
    assert [part.value for part in steps["Visited"].parts] == [value]


def test_that_payers_beside_the_steps_stand_below_a_rule() -> None:
    payers = visit_funnel(funnel(*PLAIN), MONTH, Basis.NUMBER).steps[-1]
    assert payers.apart
    assert [(part.value, part.ink) for part in payers.parts] == [(11, Ink.MAIN), (40, Ink.ENDED)]
    assert payers.lost == "11 through a kept promise · 40 beside the steps above"
    assert payers.rate == ""


def test_that_undue_promises_are_hatched_and_in_no_rate() -> None:
    with_due = (*PLAIN[:4], ("due", 20), *PLAIN[4:])
    row = visit_funnel(funnel(*with_due), MONTH, Basis.NUMBER)
    due, kept = row.steps[4:6]
    assert [(part.value, part.ink) for part in due.parts] == [(20, Ink.QUANTITY), (10, Ink.THIN)]
    assert (due.rate, due.lost) == ("", "10 not due yet, kept apart")
    assert kept.rate == "60.0% · n = 20"
    assert kept.lost == "8 not kept, or not known yet"


def test_that_steps_of_few_cases_have_no_percentage() -> None:
    row = visit_funnel(funnel(("assigned", 25), ("visited", 10), ("met", 4)), MONTH, Basis.NUMBER)
    assert row.steps[2].rate == "4 of 10 · n = 10"
    assert visit_funnel(a_report(_M.FUNNEL, []), MONTH, Basis.NUMBER).head.note


def trend(*visits: int) -> list[MeasureReport]:
    """So many visits in the last weeks, half of which met somebody."""
    weeks = periods.weeks_back(TODAY, len(visits))
    reports = []
    for measure, _ in visit_results.TREND:
        rows = [Counted(n // 2, n, n, 0, (week,)) for week, n in zip(weeks, visits, strict=True)]
        reports.append(a_report(measure, rows, Dimension.WEEK))
    return reports


def test_that_the_running_week_is_open_and_a_week_of_few_visits_a_gap() -> None:
    row = visit_results.outcome_trend(trend(40, 4, 40, 40), TODAY)
    for series in row.series:
        assert [one.y for one in series.points[-4:]] == [0.5, None, 0.5, 0.5]
        assert [one.hollow for one in series.points[-2:]] == [False, True]
    assert [one.label for one in row.series] == ["met 50.0%", "promised 50.0%", "refused 50.0%"]
    sunday = TODAY + timedelta(days=6 - TODAY.weekday())
    assert not visit_results.outcome_trend(trend(40), sunday).series[0].points[-1].hollow
    assert visit_results.outcome_trend(trend(4), TODAY).head.note == "No week has enough visits yet"


def test_that_channels_claim_no_effect_and_thin_ones_say_why() -> None:
    report = a_report(
        _M.CHANNEL_COMPARISON,
        [
            Counted(30, 100, 100, 9, (), "visit"),
            Counted(30, 100, 100, 9, (), "visit:same_mix", value=0.25, low=0.2, high=0.3),
            Counted(1, 6, 6, 2, (), "letter"),
        ],
    )
    row = visit_results.channels(report, MONTH)
    assert row.head.reading == (
        "The channels face different cases; a difference is not the effect of a channel."
    )
    mixed, plain = row.groups
    assert [one.value for one in mixed.points] == [0.25, None, None, None]
    assert [one.why for one in plain.points] == [
        "",
        "nothing counted",
        "1 of 6 · too few for a rate · 2 not known",
        "nothing counted",
    ]
    assert "n = 106 · 11 still open" in row.head.subtitle
    assert row.most == pytest.approx(0.4)
    nothing = visit_results.channels(a_report(_M.CHANNEL_COMPARISON, []), MONTH)
    assert nothing.head.note == "No attempt of any channel in this period"


def test_that_unknown_stands_beside_compliance_and_in_no_share() -> None:
    rows = [
        Counted(45, 50, 50, 30, (), "recorded"),
        Counted(80, 80, 80, 0, (), "two_people"),
        Counted(0, 0, 0, 80, (), "id_shown"),
    ]
    row = visit_results.compliance(a_report(_M.COMPLIANCE_SHARES, rows), MONTH)
    points = {one.label: one for one in row.groups[0].points}
    assert (points["Recorded"].figure, points["Recorded"].aside) == ("90.0%", "50 · unknown 30")
    assert (points["Identity shown"].figure, points["Identity shown"].aside) == (
        "—",
        "0 · unknown 80",
    )
    assert row.head.subtitle.endswith("n = 80")
    assert visit_results.compliance(a_report(_M.COMPLIANCE_SHARES, []), MONTH).head.note


def people(*tallies: PromiseTally) -> PromiseReliabilityRow:
    rows = tuple(
        PromiserRow(StaffId(n), f"外访{n}", f"{n:03}", "一组", tally)
        for n, tally in enumerate(tallies, start=1)
    )
    return PromiseReliabilityRow(rows, ((PromiseHistory.FIRST, tallies[0]),) if tallies else ())


def test_that_promises_not_due_are_in_no_rate() -> None:
    row = by_person(people(PromiseTally(10, 5, 5, 3, 4), PromiseTally(2, 0, 1, 0, 40)), MONTH)
    first, second = row.bars
    assert (first.aside, second.aside) == ("50.0% · n = 20", "2 of 3")
    assert [(part.value, part.ink) for part in first.parts] == [
        (10, Ink.QUANTITY),
        (5, Ink.BAND),
        (5, Ink.ENDED),
        (7, Ink.THIN),
    ]
    assert "n = 23 · 3 wait for data · 44 due later" in row.head.subtitle
    behind = Records("promises", MONTH.first, MONTH.last, (("agent", 2),))
    assert {part.mark.behind for part in second.parts} == {behind}
    assert "no ranking" in row.head.reading


def test_that_histories_are_named_and_many_people_are_no_picture() -> None:
    row = by_history(people(PromiseTally(1, 1, 1)), MONTH)
    assert [one.label for one in row.bars] == ["No earlier promise"]
    crowd = people(*[PromiseTally(1)] * (MOST_PEOPLE + 1))
    assert by_person(crowd, MONTH).head.note == "Too many people for one picture"
    assert by_person(people(), MONTH).head.note == "No promise in this period"


def test_that_longer_periods_have_their_days() -> None:
    last = period(periods.LAST_MONTH, TODAY)
    assert (last.first, last.last) == (date(2026, 10, 1), date(2026, 10, 31))
    assert (last.before_first, last.before_last) == (date(2026, 9, 1), date(2026, 9, 30))
    assert (WEEKS.last - WEEKS.first).days == 7 * 7 + TODAY.weekday()
    assert WEEKS.first - WEEKS.before_first == timedelta(weeks=8)
    assert [key for key, _ in periods.longer_choices()] == ["week", "month", "last_month", "weeks"]
    assert periods.before_name(last) == "the month before"
