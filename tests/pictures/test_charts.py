"""Pictures of the start page: nothing guessed, nothing drawn of too few, causes named."""

from datetime import UTC, date, datetime, timedelta

import pytest

from supervisor.models.enums import Bucket, CausedBy, FlagCategory, FlagState
from supervisor.models.enums_measures import Basis, Dimension, MeasureId
from supervisor.models.rows.aims import Aims
from supervisor.models.rows.charts import Ink, Records
from supervisor.models.rows.flag_counts import RaisedRow, WeeklyFlagsRow
from supervisor.models.rows.measures import Counted, MeasureReport
from supervisor.models.rows.overview_since import SinceRow
from supervisor.pictures import (
    changes,
    flag_rates,
    flags_raised,
    intakes,
    periods,
    since_last,
    targets,
)
from supervisor.pictures.periods import period, weeks_back
from supervisor.pictures.whose import Whose
from supervisor.words import word
from tests.pictures.reports import TODAY, a_report, a_share

_M = MeasureId
WEEK = period(periods.WEEK, TODAY)
MONTH = period(periods.MONTH, TODAY)


def _intakes(*sizes: tuple[int, int], size: Dimension = Dimension.WEEK) -> MeasureReport:
    """(cases, observed days) of each intake, oldest first; 1 % a day."""
    counted = []
    for monday, (cases, days) in zip(weeks_back(TODAY, len(sizes)), sizes, strict=True):
        for day in range(days + 1):
            counted.append(
                Counted(day * 100, 10_000, cases, 0, (monday,), str(day), Basis.MONEY, day / 100)
            )
            counted.append(Counted(1, None, cases, 0, (monday,), str(day)))
    return a_report(_M.RECOVERY_CURVE, counted, size)


def test_that_a_curve_ends_where_its_last_case_was_observed() -> None:
    row = intakes.recovery_curves(_intakes(*[(30, 60 - 7 * n) for n in range(8)], (96, 3)))
    by_ink = {series.ink: series for series in row.series}
    assert [point.x for point in by_ink[Ink.MAIN].points] == [0, 1, 2, 3]
    assert row.known_until == 3
    assert row.band is not None
    assert "Within what earlier intakes reached by then (3.0% to 3.0%)." in row.head.reading
    assert "n = 96" in row.head.reading
    monday = weeks_back(TODAY, 9)[-1]
    behind = Records("placed", monday, monday + timedelta(days=6))
    assert {point.mark.behind for point in by_ink[Ink.MAIN].points} == {behind}


def test_that_intakes_of_few_cases_make_neither_range_nor_rate() -> None:
    report = _intakes((2, 50), (5, 43), (30, 36), (96, 5))
    assert not intakes.has_enough(report)
    row = intakes.recovery_curves(report)
    assert row.band is None
    few = intakes.recovery_curves(_intakes((2, 50), (5, 43)))
    assert few.series == ()
    assert few.head.note == "Too few cases came in, no curve yet"
    assert intakes.recovery_curves(a_report(_M.RECOVERY_CURVE, [], Dimension.WEEK)).head.note


def test_that_an_intake_of_yesterday_is_left_for_later() -> None:
    row = intakes.recovery_curves(_intakes(*[(30, 40)] * 4, (96, 5), (90, 1)))
    assert row.series[-1].label.startswith("W46")


def test_that_the_range_stops_where_too_few_intakes_were_observed() -> None:
    row = intakes.recovery_curves(_intakes((30, 40), (30, 20), (30, 10), (30, 5), (30, 4)))
    assert row.band is not None
    assert max(day for day, _, _ in row.band.points) == 10


def _target(share: float, *, of: int = 100_000) -> MeasureReport:
    return a_report(
        _M.TARGET_PROGRESS,
        [
            Counted(share * of, of, 40, 7, (), "received", Basis.MONEY),
            Counted(13, 21, 21, 0, (), "working_days"),
            Counted(19, 30, 30, 0, (), "days"),
        ],
    )


def test_that_money_stands_against_target_and_working_days() -> None:
    shares = {
        _M.MET_RATE: a_share(_M.MET_RATE, 426, 1066),
        _M.KEPT_RATE: a_share(_M.KEPT_RATE, 3, 9),
    }
    row = targets.month_targets(_target(0.638), shares, MONTH)
    money, met, kept = row.bullets
    assert money.target == 100_000
    assert money.pace == pytest.approx(100_000 * 13 / 21)
    assert money.gap == "1.9 points ahead of time"
    assert "7 cases without a target" in row.head.reading
    assert row.head.subtitle == "working days 13/21 (61.9%) · calendar days 19/30 (63.3%)"
    assert (met.figure, met.target, met.gap) == ("40.0%", None, "no target set")
    assert (kept.value, kept.figure) == (None, "—")


def test_that_shares_and_visits_are_held_against_their_targets() -> None:
    met, kept = _M.MET_RATE, _M.KEPT_RATE
    aims = Aims({met: 0.6}, visits=400, differ=frozenset({kept}))
    shares = {met: a_share(met, 91, 263), kept: a_share(kept, 10, 30)}
    row = targets.month_targets(_target(0.638), shares, MONTH, aims)
    by_name = {one.label: one for one in row.bullets}
    share, visits = by_name[word(met)], by_name["Completed visits"]
    assert (share.target, share.figure) == (0.6, "34.6% / 60.0%")
    assert share.gap == "57.7% of target · 25.4 points below"
    assert "target 60.0%" in share.mark.said
    assert (visits.value, visits.target) == (263, 400)
    assert visits.figure == "263 / 400"
    assert visits.gap == "65.8% of target · 137 to go"
    assert by_name[word(kept)].gap == "targets differ by branch"


def test_that_a_target_nobody_set_is_not_invented() -> None:
    row = targets.month_targets(_target(0.0, of=0), {}, MONTH)
    (money,) = row.bullets
    assert (money.target, money.value, money.gap) == (None, None, "no target known")
    assert row.head.reading == "No case of the month has a target."


def _rates(weeks: int, spike: int = -1) -> tuple[list[WeeklyFlagsRow], MeasureReport]:
    mondays = weeks_back(TODAY, weeks)
    flags = []
    for number, monday in enumerate(mondays):
        n = 40 if number == spike else 8
        flags.append(WeeklyFlagsRow(monday, FlagCategory.REFUSAL, CausedBy.CUSTOMER, n))
        flags.append(WeeklyFlagsRow(monday, FlagCategory.LEGAL_RISK, CausedBy.OUR_SIDE, 2))
    visits = a_report(
        _M.MET_RATE, [Counted(80, 200, 200, 0, (monday,)) for monday in mondays], Dimension.WEEK
    )
    return flags, visits


def test_that_a_week_outside_its_limits_is_named_and_the_running_one_is_not_judged() -> None:
    flags, visits = _rates(20, spike=10)
    row = flag_rates.flag_rates(flags, visits, TODAY)
    assert [i for i, one in enumerate(row.points) if one.outside] == [10]
    assert row.points[10].name.startswith("W38")
    assert "Outside the limits: W38." in row.head.reading
    running = flag_rates.flag_rates(*_rates(20, spike=19), TODAY)
    assert not any(one.outside for one in running.points)
    assert running.points[-1].hollow
    assert running.centre == pytest.approx(5.0)


def test_that_each_causer_has_a_chart_of_its_own() -> None:
    flags, visits = _rates(20)
    ours = flag_rates.flag_rates(flags, visits, TODAY, Whose.OUR_SIDE)
    assert ours.centre == pytest.approx(1.0)
    assert "Our side" in ours.head.title
    behind = ours.points[0].mark.behind
    assert isinstance(behind, Records)
    assert behind.only == (("caused_by", "our_side"),)
    third = flag_rates.flag_rates(flags, visits, TODAY, Whose.THIRD_PARTY)
    assert {one.value for one in third.points} == {0.0}


def test_that_few_weeks_make_no_control_chart() -> None:
    row = flag_rates.flag_rates(*_rates(6), TODAY)
    assert row.points == ()
    assert row.head.advice == "8 full weeks are needed; there are 5."


def _raised() -> list[RaisedRow]:
    c, s, b = FlagCategory, FlagState, CausedBy
    return [
        RaisedRow(c.REFUSAL, s.NEW, b.CUSTOMER, 1),
        RaisedRow(c.REFUSAL, s.AWAITING_REVIEW, b.CUSTOMER, 2),
        RaisedRow(c.REFUSAL, s.IN_FOLLOW_UP, b.UNKNOWN, 1),
        RaisedRow(c.LEGAL_RISK, s.CLOSED, b.OUR_SIDE, 2),
    ]


def test_that_flags_add_up_by_state_and_say_who_caused_them() -> None:
    visits = a_share(_M.MET_RATE, 100, 263)
    row = flags_raised.flags_raised(_raised(), [], visits, None, WEEK)
    assert [bar.figure for bar in row.bars] == ["4", "0", "2"]
    waiting, doing, ended = row.bars[0].parts
    assert (waiting.value, doing.value, ended.value) == (1, 3, 0)
    assert "Customer's side 2" in doing.mark.said
    assert isinstance(doing.mark.behind, Records)
    assert ("state", "awaiting_decision") in doing.mark.behind.only
    assert sum(int(line[3]) for line in row.table.rows) == 6


def test_that_no_flag_is_good_news_that_says_what_was_checked() -> None:
    row = flags_raised.flags_raised([], _raised(), a_share(_M.MET_RATE, 100, 263), None, WEEK)
    assert row.head.note == "No risk flags in this period"
    assert row.head.advice == "263 visits were checked."


def _by_bucket(**counts: tuple[int, int]) -> MeasureReport:
    counted = [
        Counted(hits, of, of, 0, (int(Bucket[name]),)) for name, (hits, of) in counts.items()
    ]
    return a_report(_M.MET_RATE, counted, Dimension.BUCKET)


def test_that_a_change_of_mix_is_not_called_better_work() -> None:
    before = _by_bucket(M1=(50, 100), M5=(10, 100))
    now = _by_bucket(M1=(75, 150), M5=(5, 50))
    row = changes.met_rate_change(now, before, WEEK)
    said = {name: words for name, words, _ in row.facts}
    assert said["because other stages were visited (mix)"] == "+10.0 points"
    assert said["because more or fewer were met in the same stage (rate)"] == "+0.0 points"
    assert row.head.reading == "Most of it comes from the mix of stages visited."
    assert row.facts[-1][2].behind == Records("visits", date(2026, 11, 16), TODAY)


def test_that_few_visits_are_not_compared() -> None:
    row = changes.met_rate_change(_by_bucket(M1=(3, 9)), _by_bucket(M1=(50, 100)), WEEK)
    assert row.facts == ()
    assert "the smaller one has 9" in row.head.advice


def test_that_changes_since_the_last_look_open_their_records() -> None:
    since = datetime(2026, 11, 18, 9, 40, tzinfo=UTC)
    day = date(2026, 11, 18)
    changed = SinceRow(3, 1, 2, 4, 1, 5, 0, None, None)
    row = since_last.since_last(changed, since, day, TODAY)
    said = {name: (words, mark.behind) for name, words, mark in row.facts}
    assert row.head.subtitle == "since 11-18 17:40"
    assert said["Flags raised"] == ("3 · 1 serious", Records("flags", day, TODAY))
    assert said["Cases placed"] == ("5", Records("placed", day, TODAY))
    assert "Imports" not in said
    nothing = since_last.since_last(SinceRow(0, 0, 0, 0, 0, 0, 0, 0, 0), since, day, TODAY)
    assert nothing.head.note == "Nothing has changed"
    first = since_last.since_last(None, None, TODAY, TODAY)
    assert first.head.note == "This is your first look here"
