"""Pictures of efficiency: rows that sum up, equal days only, nothing of too few."""

from datetime import date, timedelta

import pytest

from supervisor.models.enums import Bucket
from supervisor.models.enums_measures import Basis, Dimension, MeasureId
from supervisor.models.rows.charts import Ink, Records
from supervisor.models.rows.charts_grid import GridCell, GridRow, Tone
from supervisor.models.rows.measures import Counted, MeasureReport
from supervisor.models.rules.statistics.ratio import ratio_interval
from supervisor.pictures import intake_lines, periods
from supervisor.pictures.fairness import MOST_AREAS, fairness
from supervisor.pictures.intakes import intake_end
from supervisor.pictures.periods import period, weeks_back
from supervisor.pictures.roll_rates import COLUMNS, roll_matrix
from supervisor.pictures.stages import reach, recovery, yields
from tests.pictures.reports import TODAY, a_report

_M = MeasureId
MONTH = period(periods.MONTH, TODAY)


def rolled(*moves: tuple[str, str, int]) -> MeasureReport:
    """(from, to, cases) of each cell; a case is worth 100 yuan, one that settled 200."""
    rows = []
    for begin, end, n in moves:
        own = [one for one in moves if one[0] == begin]
        of = sum(one[2] for one in own)
        fen = {one[1]: one[2] * (20_000 if one[1] == "settled" else 10_000) for one in own}
        rows.append(Counted(n, of, of, 0, (), f"{begin}>{end}"))
        rows.append(Counted(fen[end], sum(fen.values()), of, 0, (), f"{begin}>{end}", Basis.MONEY))
    return a_report(_M.ROLL_MATRIX, rows)


MOVES = rolled(
    ("M1", "settled", 10), ("M1", "M0", 5), ("M1", "M1", 15), ("M1", "M3", 10),
    ("M3", "M6_PLUS", 30), ("M3", "moved_out", 10), ("M5", "M6", 4),
)  # fmt: skip


def cell(row: GridRow, begin: Bucket, end: str) -> GridCell:
    return row.lines[int(begin)].cells[COLUMNS.index(end)]


def test_that_the_matrix_shows_direction_in_text_and_tone() -> None:
    row = roll_matrix(MOVES, MONTH, Basis.NUMBER, TODAY)
    shown = {end: cell(row, Bucket.M1, end) for end in ("settled", "M0", "M1", "M3")}
    assert {end: (one.text, one.tone) for end, one in shown.items()} == {
        "settled": ("25.0% ↑", Tone.BETTER),
        "M0": ("12.5% ↑", Tone.BETTER),
        "M1": ("37.5%", Tone.SAME),
        "M3": ("25.0% ↓", Tone.WORSE),
    }
    assert cell(row, Bucket.M3, "moved_out").tone is Tone.SAME
    assert row.columns[0] == "Settled"
    assert row.columns[-1] == "Moved out"
    assert [line.label for line in row.lines] == ["M0", "M1", "M2", "M3", "M4", "M5", "M6", "M6+"]


def test_that_money_weighs_by_amount_and_rows_sum_to_the_whole() -> None:
    row = roll_matrix(MOVES, MONTH, Basis.MONEY, TODAY)
    assert cell(row, Bucket.M1, "settled").text == "40.0% ↑"
    shares = [float(one.text.split("%")[0]) for one in row.lines[1].cells if "%" in one.text]
    assert sum(shares) == pytest.approx(100.0)
    assert row.lines[1].detail == "40 · 5,000 CNY"


def test_that_few_have_counts_and_empty_rows_are_legal() -> None:
    row = roll_matrix(MOVES, MONTH, Basis.NUMBER, TODAY)
    few = cell(row, Bucket.M5, "M6")
    assert (few.text, few.tone) == ("4", Tone.THIN)
    assert {one.tone for one in row.lines[0].cells} == {Tone.EMPTY}
    assert row.lines[0].detail == ""
    assert "nobody started there" in row.lines[0].cells[0].mark.said
    behind = Records("cases", only=(("bucket", 3),))
    assert cell(row, Bucket.M1, "M3").mark.behind == behind
    assert cell(row, Bucket.M1, "settled").mark.behind is None


def test_that_the_matrix_says_how_far_and_that_the_month_runs() -> None:
    running = roll_matrix(MOVES, MONTH, Basis.NUMBER, TODAY)
    assert running.head.reading.startswith("As of 2026-11-19. The month is not over.")
    assert "tracked accounts · n = 84" in running.head.subtitle
    over = roll_matrix(MOVES, period(periods.LAST_MONTH, TODAY), Basis.NUMBER, TODAY)
    assert over.head.reading.startswith("As of 2026-10-31. ↓")
    nothing = roll_matrix(rolled(), MONTH, Basis.NUMBER, TODAY)
    assert nothing.head.note == "No tracked case in this period"


def curves(*intakes: tuple[int, int, float]) -> MeasureReport:
    """(cases, observed days, share a day) of each intake, oldest first."""
    rows = []
    for monday, (cases, days, share) in zip(weeks_back(TODAY, len(intakes)), intakes, strict=True):
        for day in range(days + 1):
            fen = round(day * share * 100_000)
            rows.append(
                Counted(fen, 100_000, cases, 0, (monday,), str(day), Basis.MONEY, day * share)
            )
    return a_report(_M.RECOVERY_CURVE, rows, Dimension.WEEK)


CURVES = curves((30, 24, 0.01), (5, 17, 0.5), (40, 10, 0.02), (50, 3, 0.03))


def test_that_two_intakes_stand_out_and_are_compared_on_one_day() -> None:
    row = intake_lines.intake_lines(CURVES, None)
    keys = {one.ink: one.key for one in row.series}
    mondays = weeks_back(TODAY, 4)
    assert keys == {
        Ink.MAIN: mondays[3].isoformat(),
        Ink.OTHER: mondays[2].isoformat(),
        Ink.EARLIER: mondays[0].isoformat(),
    }
    assert row.head.reading.startswith("On day 3: W47 9.0%, W46 6.0%, 3.0 points apart.")
    chosen = intake_lines.intake_lines(CURVES, mondays[0])
    assert {one.ink: one.key for one in chosen.series}[Ink.OTHER] == mondays[0].isoformat()
    assert chosen.head.reading.startswith("On day 3: W47 9.0%, W44 3.0%, 6.0 points apart.")


def test_that_intakes_of_few_cases_are_left_out_and_none_is_prolonged() -> None:
    row = intake_lines.intake_lines(CURVES, None)
    assert len(row.series) == 3
    ends = sorted(max(one.x for one in series.points) for series in row.series)
    assert ends == [3, 10, 24]
    assert intake_lines.choices(CURVES) == [weeks_back(TODAY, 4)[2], weeks_back(TODAY, 4)[0]]
    alone = intake_lines.intake_lines(curves((30, 9, 0.01)), None)
    assert alone.head.reading == "There is no earlier intake to compare with."
    few = intake_lines.intake_lines(curves((5, 9, 0.01)), None)
    assert few.head.note
    assert few.series == ()


def by_bucket(
    measure: MeasureId, *rows: tuple[int, int, int], money: bool = False
) -> MeasureReport:
    """(bucket, numerator, denominator) of each."""
    basis = Basis.MONEY if money else Basis.NUMBER
    counted = [Counted(some, of, of, 0, (bucket,), "", basis) for bucket, some, of in rows]
    return a_report(measure, counted, Dimension.BUCKET)


def test_that_recovery_stands_by_stage_in_money_and_cases() -> None:
    amount = by_bucket(_M.RECOVERY_AMOUNT, (1, 30_000, 100_000), (7, 0, 5), money=True)
    cases = by_bucket(_M.RECOVERY_CASES, (1, 10, 40), (7, 1, 5))
    row = recovery(amount, cases, MONTH)
    money, number = row.groups
    assert [(one.label, one.figure) for one in money.points] == [("M1", "30.0%"), ("M6+", "—")]
    assert money.points[0].low is None
    assert number.points[0].low is not None
    assert number.points[1].why == "1 of 5 · too few for a rate"
    assert "300 CNY of 1,000 CNY · n = 45" in row.head.subtitle
    behind = Records("cases", only=(("bucket", 1),))
    assert number.points[0].mark.behind == behind
    assert recovery(by_bucket(_M.RECOVERY_AMOUNT), by_bucket(_M.RECOVERY_CASES), MONTH).head.note


def test_that_a_visit_of_a_thin_stage_has_no_yield() -> None:
    visits = by_bucket(_M.YIELD_VISIT, (1, 250_000, 25), (2, 900_000, 3))
    day = a_report(_M.YIELD_DAY, [Counted(1_150_000, 50, 50, 0, (), "", Basis.MONEY)])
    spread = [30_000, 0, 0, 10_000, 0, 0, 20_000, 5_000, 0, 15_000]
    daily = [
        Counted(fen, 2, 2, 0, (1, date(2026, 11, 2) + timedelta(days=n)))
        for n, fen in enumerate(spread)
    ]
    row = yields(visits, day, a_report(_M.YIELD_VISIT, daily, Dimension.BUCKET), MONTH)
    (group,) = row.groups
    known, few = group.points
    assert (known.label, known.figure, known.aside) == ("M1", "100", "25")
    found = ratio_interval(spread, [2] * 10)
    assert found is not None
    assert (known.low, known.high) == (max(0.0, found[0]), found[1])
    assert row.most >= found[1]
    assert (few.label, few.figure, few.value) == ("M2", "—", None)
    assert [words for _, words, _ in row.facts] == ["230.00 · n = 50", "cost not known"]
    short = a_report(_M.YIELD_VISIT, daily[:9], Dimension.BUCKET)
    few_days = yields(visits, day, short, MONTH, cost_fen=5_000)
    assert few_days.groups[0].points[0].low is None
    brought = sum(one.numerator for one in visits.rows) / sum(one.n for one in visits.rows) / 5_000
    assert few_days.facts[1][1] == f"{brought:.2f} · cost of a visit 50 CNY"
    nothing = yields(by_bucket(_M.YIELD_VISIT), day, short, MONTH)
    assert nothing.head.note == "No case in this period"


def test_that_reach_has_its_facts_and_no_delay_of_few() -> None:
    coverage = by_bucket(_M.COVERAGE, (1, 20, 40))
    whole = a_report(_M.COVERAGE, [Counted(20, 40, 40)])
    intensity = a_report(_M.INTENSITY, [Counted(50, 20, 20)])
    delay = a_report(_M.FIRST_VISIT_DELAY, [Counted(124, None, 14, 85, value=6.5)])
    row = reach(coverage, whole, intensity, delay, MONTH)
    assert row.groups[0].points[0].figure == "50.0%"
    assert [words for _, words, _ in row.facts] == [
        "2.5 · n = 20",
        "— · too few for a rate · n = 14 · 85 not known",
    ]


def test_that_fairness_draws_areas_of_enough_visits_and_says_what_is_missing() -> None:
    counted = [Counted(10, 50, 50, 0, (), "product:car_loan")]
    counted += [Counted(5, 30 + n, 30 + n, 0, (), f"area:区{n:02}") for n in range(MOST_AREAS + 2)]
    counted.append(Counted(1, 4, 4, 0, (), "area:小区"))
    row = fairness(a_report(_M.FAIRNESS, counted), MONTH)
    products, areas = row.groups
    assert [one.label for one in products.points] == ["Car loan"]
    assert [one.label for one in areas.points] == [f"区{n:02}" for n in range(2, MOST_AREAS + 2)]
    assert row.head.subtitle.endswith("n = 50 · 3 areas not drawn")
    assert "Special groups are not drawn" in row.head.reading
    behind = Records("visits", MONTH.first, MONTH.last, (("area", "区02"),))
    assert areas.points[0].mark.behind == behind
    assert fairness(a_report(_M.FAIRNESS, []), MONTH).head.note == "No visit in this period"


def test_that_an_intake_ends_with_its_week_or_month() -> None:
    assert intake_end(date(2026, 2, 1), weekly=False) == date(2026, 2, 28)
    assert intake_end(date(2026, 11, 16), weekly=True) == date(2026, 11, 22)
