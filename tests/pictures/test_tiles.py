"""Key figures: n always, no percentage of few, chance called chance, money beside its base."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from supervisor.models.enums_measures import Basis, Dimension, MeasureId
from supervisor.models.rows.charts import Records
from supervisor.models.rows.measures import Counted, MeasureReport
from supervisor.pictures import comparing, periods, tiles
from supervisor.pictures.periods import period, weeks_back
from supervisor.words.formats import MISSING
from tests.pictures.reports import TODAY, a_report, a_share

WEEK = period(periods.WEEK, TODAY)
MONDAY = date(2026, 11, 16)
_M = MeasureId


@pytest.mark.parametrize(
    ("key", "first", "before"),
    [
        (periods.TODAY, date(2026, 11, 19), (date(2026, 11, 12), date(2026, 11, 12))),
        (periods.WEEK, MONDAY, (date(2026, 11, 9), date(2026, 11, 12))),
        (periods.MONTH, date(2026, 11, 1), (date(2026, 10, 1), date(2026, 10, 19))),
    ],
)
def test_that_a_period_is_compared_with_as_many_days(
    key: str, first: date, before: tuple[date, date]
) -> None:
    made = period(key, TODAY)
    assert (made.first, made.last) == (first, TODAY)
    assert (made.before_first, made.before_last) == before


@given(some.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_that_the_month_before_never_reaches_into_this_one(day: date) -> None:
    made = period(periods.MONTH, day)
    assert made.before_first <= made.before_last < made.first <= made.last == day
    assert made.before_last.day <= day.day


def _weeks(measure: MeasureId, *counts: tuple[int, int]) -> MeasureReport:
    mondays = weeks_back(TODAY, 8)
    counted = [
        Counted(hits, of, of, 0, (monday,))
        for monday, (hits, of) in zip(mondays, counts, strict=False)
    ]
    return a_report(measure, counted, Dimension.WEEK)


def test_that_a_rate_stands_with_n_interval_and_what_is_behind_it() -> None:
    row = tiles.met(
        a_share(_M.MET_RATE, 108, 263),
        a_share(_M.MET_RATE, 70, 263),
        _weeks(_M.MET_RATE, *[(40, 100)] * 8),
        WEEK,
    )
    assert (row.figure, row.unit_word, row.n) == ("41.1", "%", "n = 263")
    assert row.comparison == "14.4 points above the same days last week"
    assert "95% interval" in row.mark.said
    assert row.mark.behind == Records("visits", MONDAY, TODAY)


def test_that_a_difference_chance_explains_is_said_to_be_one() -> None:
    row = tiles.met(
        a_share(_M.MET_RATE, 108, 263),
        a_share(_M.MET_RATE, 104, 263),
        _weeks(_M.MET_RATE),
        WEEK,
    )
    assert row.comparison.endswith("within normal variation")
    assert row.spark is None


def test_that_few_promises_give_counts_and_no_percentage() -> None:
    weeks = _weeks(_M.KEPT_RATE, (5, 8), *[(15, 30)] * 7)
    row = tiles.kept(a_share(_M.KEPT_RATE, 3, 11), a_share(_M.KEPT_RATE, 9, 40), weeks, WEEK)
    assert row.figure == MISSING
    assert "%" not in row.comparison + row.unit_word + row.mark.said
    assert row.comparison == "3 of 11, too few for a rate"
    assert row.spark is not None
    assert [one.value is None for one in row.spark.points] == [True, *[False] * 7]


def test_that_what_waits_for_data_is_not_called_broken() -> None:
    row = tiles.kept(
        a_share(_M.KEPT_RATE, 0, 0, unknown=8),
        a_share(_M.KEPT_RATE, 9, 40),
        _weeks(_M.KEPT_RATE),
        WEEK,
    )
    assert (row.figure, row.comparison) == (MISSING, "8 wait for data")
    assert "8 not known" in row.mark.said


def test_that_the_running_week_is_open_and_a_week_without_visits_is_a_gap() -> None:
    weeks = _weeks(_M.MET_RATE, *[(40, 100)] * 3, *[(0, 0)] * 2, *[(41, 100)] * 3)
    now = a_share(_M.MET_RATE, 41, 100)
    spark = tiles.met(now, now, weeks, WEEK).spark
    assert spark is not None
    assert [one.hollow for one in spark.points] == [False] * 7 + [True]
    assert [one.value is None for one in spark.points].count(True) == 2
    assert "W47 (11-16 to 11-19)" in spark.points[-1].mark.said
    assert spark.points[0].mark.behind == Records("visits", date(2026, 9, 28), date(2026, 10, 4))


def _money(
    fen: int, first: date = MONDAY, last: date = TODAY, known: date | None = TODAY
) -> MeasureReport:
    counted = [Counted(fen, 10**9, 96, basis=Basis.MONEY)]
    report = a_report(_M.RECOVERY_AMOUNT, counted, first=first)
    return replace(report, last_on=last, payments_known_on=known)


def test_that_money_is_compared_with_its_base() -> None:
    before = WEEK.before_first, WEEK.before_last
    row = tiles.received(_money(48_236_000), _money(46_190_000, *before), WEEK)
    assert (row.figure, row.unit_word) == ("482,360", "CNY")
    assert row.comparison == "20,460 CNY (4.4%) more than the same days last week"
    nothing = tiles.received(_money(5_000), _money(0, *before), WEEK)
    assert nothing.comparison == "nothing the same days last week"


def test_that_money_is_compared_as_far_as_payment_data_reach() -> None:
    known, before = TODAY - timedelta(days=1), WEEK.before_first
    same = _money(90, before, before + timedelta(days=2), known)
    row = tiles.received(_money(100, known=known), same, WEEK)
    assert row.comparison.endswith("· payment data up to 11-18")
    unlike = _money(90, before, WEEK.before_last, known)
    row = tiles.received(_money(100, known=known), unlike, WEEK)
    assert row.comparison == "payment data up to 11-18"


def test_that_money_nobody_knows_of_yet_is_not_zero() -> None:
    known = MONDAY - timedelta(days=1)
    row = tiles.received(_money(0, known=known), _money(90, known=known), WEEK)
    assert (row.figure, row.unit_word) == (MISSING, "")
    assert row.comparison == "payment data up to 11-15"


def test_that_flags_are_counted_and_not_said_to_rise() -> None:
    def rates(*hits: int) -> list[MeasureReport]:
        return [a_share(m, n, 263) for m, n in zip(tiles.FLAG_RATES, hits, strict=True)]

    row = tiles.flags(rates(6, 3, 2), rates(5, 4, 1), [], WEEK)
    assert (row.figure, row.n) == ("11", "n = 263")
    assert row.comparison == "4.2 per 100 visits · the same days last week: 10"
    assert row.mark.behind == Records("flags", MONDAY, TODAY)
    none = tiles.flags([a_share(m, 0, 0) for m in tiles.FLAG_RATES], rates(0, 0, 0), [], WEEK)
    assert (none.figure, none.comparison) == ("0", "the same days last week: 0")


def test_that_cases_tell_their_money_and_their_moves() -> None:
    parts = []
    for part, cases, fen in (("open", 1186, 2_946_800_000), ("inflow", 96, 1), ("outflow", 83, 1)):
        parts.append(Counted(cases, None, cases, 0, (), part))
        parts.append(Counted(fen, None, cases, 0, (), part, Basis.MONEY))
    report = a_report(_M.IN_HAND, parts)
    row = tiles.in_hand(report, WEEK, {MONDAY - timedelta(days=7): report, MONDAY: report})
    assert row.figure == "1,186"
    assert row.comparison == "overdue 29.5 million CNY · in 96, out 83"
    assert row.spark is not None
    assert [one.value for one in row.spark.points][-2:] == [1186, 1186]


def test_that_idle_cases_are_those_without_a_visit_for_more_than_seven_days() -> None:
    counts = {"0-3": 700, "4-7": 343, "8-14": 109, "15+": 34}
    parts = [Counted(n, 1186, 1186, 0, (), part) for part, n in counts.items()]
    row = tiles.untouched(a_report(_M.UNTOUCHED, parts), WEEK)
    assert (row.figure, row.n) == ("143", "12.1% of all")
    assert row.comparison == "34 of them 15 days or more"


@given(some.integers(1, 400), some.integers(1, 400), some.floats(0, 1), some.floats(0, 1))
def test_that_chance_does_not_depend_on_which_period_comes_first(
    one: int, two: int, first: float, second: float
) -> None:
    a = a_share(_M.MET_RATE, round(one * first), one).rows[0]
    b = a_share(_M.MET_RATE, round(two * second), two).rows[0]
    assert comparing.by_chance(a, b) == comparing.by_chance(b, a)
