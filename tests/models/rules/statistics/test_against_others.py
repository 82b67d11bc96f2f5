"""Our statistics against scipy and statsmodels, and what must hold whatever the counts."""

from math import isclose, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, norm
from scipy.stats.mstats import winsorize
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.proportion import proportion_confint

from supervisor.models.rules.agreement import kappa
from supervisor.models.rules.intervals import wilson
from supervisor.models.rules.statistics.case_mix import Cell, Stratum, expectations, stratum_rates
from supervisor.models.rules.statistics.change import split
from supervisor.models.rules.statistics.control import RUN, p_chart, u_chart
from supervisor.models.rules.statistics.curves import kaplan_meier, recovered
from supervisor.models.rules.statistics.exact import beta_below, beta_quantile, clopper_pearson
from supervisor.models.rules.statistics.funnel import (
    LEFT_BY_WINSORISING,
    Standing,
    Unit,
    dispersion,
    funnel,
)

COUNTS = st.integers(1, 100_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(COUNTS)
def test_that_both_intervals_are_those_of_statsmodels(counts: tuple[int, int]) -> None:
    hits, of = counts
    for ours, method in ((wilson(hits, of), "wilson"), (clopper_pearson(hits, of), "beta")):
        theirs = proportion_confint(hits, of, method=method)
        assert ours is not None
        assert np.allclose(ours, theirs, rtol=0, atol=1e-9), method


def test_that_nothing_has_no_interval() -> None:
    assert clopper_pearson(0, 0) is None


@given(st.floats(0.01, 0.99), st.floats(0.5, 500), st.floats(0.5, 500))
def test_that_the_beta_distribution_is_that_of_scipy(x: float, a: float, b: float) -> None:
    assert isclose(beta_below(x, a, b), beta.cdf(x, a, b), rel_tol=1e-8, abs_tol=1e-12)
    assert isclose(beta_quantile(x, a, b), beta.ppf(x, a, b), rel_tol=1e-7, abs_tol=1e-12)


def test_that_kappa_is_that_of_statsmodels() -> None:
    table = ((20, 5, 1), (3, 14, 2), (0, 4, 11))
    ours, theirs = kappa(table), cohens_kappa(np.array(table))
    assert ours is not None
    assert isclose(ours.value, theirs.kappa, rel_tol=1e-12)
    assert np.allclose((ours.low, ours.high), (theirs.kappa_low, theirs.kappa_upp), atol=1e-4)


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=120))
def test_that_the_curve_of_open_cases_is_that_of_statsmodels(
    watched: list[tuple[int, bool]],
) -> None:
    days, events = [day + 1 for day, _ in watched], [event for _, event in watched]
    ours = kaplan_meier(days, events)
    assert len(ours) == len({day for day, event in zip(days, events, strict=True) if event})
    if not ours:
        return
    with np.errstate(all="ignore"):
        theirs = SurvfuncRight(np.array(days), np.array(events, dtype=int))
    at = {int(day): i for i, day in enumerate(theirs.surv_times)}
    for step in ours:
        i = at[step.day]
        assert isclose(step.share, 1 - theirs.surv_prob[i], abs_tol=1e-12)
        assert (step.at_risk, step.events) == (theirs.n_risk[i], theirs.n_events[i])
        assert step.low <= step.share <= step.high
        left = 1 - step.share
        if 0 < left < 1:
            error = theirs.surv_prob_se[i]
            spread = 1.959963984540054 * error / (left * abs(np.log(left)))
            assert isclose(1 - step.high, left ** np.exp(spread), abs_tol=1e-9)
            assert isclose(1 - step.low, left ** np.exp(-spread), abs_tol=1e-9)


def test_that_a_recovery_line_ends_where_not_every_case_was_watched() -> None:
    line = recovered(1_000, [(0, 100), (2, 200), (2, 50), (9, 500)], 3)
    assert line == ((0, 0.1), (1, 0.1), (2, 0.35), (3, 0.35))
    assert recovered(0, [(0, 100)], 3) == ()
    assert recovered(1_000, [], -1) == ()


def test_that_limits_of_shares_follow_the_size_of_the_period() -> None:
    chart = p_chart([(10, 100), (20, 100), (0, 0), (12, 200), (90, 100)], baseline=4)
    assert chart.centre == 42 / 400
    half = 3 * sqrt(0.105 * 0.895 / 100)
    assert chart.points[0].high == pytest.approx(0.105 + half)
    assert chart.points[0].low == pytest.approx(0.105 - half)
    assert [point.outside for point in chart.points] == [False, True, False, False, True]
    assert chart.points[2].value is None
    assert p_chart([(0, 0)]).centre is None


def test_that_events_per_unit_may_pass_one() -> None:
    chart = u_chart([(30, 10), (28, 10), (90, 10)], baseline=2)
    assert chart.centre == 2.9
    assert chart.points[2].outside
    assert chart.points[0].high == pytest.approx(2.9 + 3 * sqrt(0.29))


def test_that_many_in_a_row_on_one_side_are_a_signal() -> None:
    chart = p_chart([(60, 100)] * RUN + [(40, 100)] * RUN)
    assert [i for i, point in enumerate(chart.points) if point.in_run] == [RUN - 1, 2 * RUN - 1]


@given(st.lists(st.floats(-6, 6), min_size=10, max_size=60))
def test_that_extremes_are_drawn_in_before_phi(scores: list[float]) -> None:
    phi, _ = dispersion(np.array(scores))
    assert phi >= 1
    every_tenth = sorted(scores)
    if len(scores) % 10 == 1:  # quantiles then fall on scores, as scipy takes them
        theirs = np.asarray(winsorize(np.array(every_tenth), limits=(0.1, 0.1)))
        assert isclose(phi, max(1.0, float(np.mean(theirs**2)) / LEFT_BY_WINSORISING), rel_tol=1e-9)


def test_that_drawing_in_is_made_up_for() -> None:
    cut = float(norm.ppf(0.9))
    left = float(norm.expect(lambda z: min(z * z, cut * cut)))
    assert left == pytest.approx(LEFT_BY_WINSORISING, abs=1e-4)


def test_that_few_are_shown_and_not_judged() -> None:
    units = [Unit(1, 9, 2.0, 1.5, 5), Unit(2, 90, 50.0, 25.0, 100), Unit(3, 0, 0.0, 0.0, 50)]
    found = funnel(units, least=30).placed
    assert [one.standing for one in found] == [
        Standing.TOO_FEW,
        Standing.ABOVE_998,
        Standing.TOO_FEW,
    ]
    assert found[2].ratio is None
    assert found[0].ratio == 4.5


STRATA = st.dictionaries(
    st.tuples(st.integers(1, 7), st.integers(0, 3)),
    st.integers(0, 200).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))),
    min_size=1,
)


@given(STRATA)
def test_that_rates_lie_between_their_own_and_the_wider(
    counts: dict[Stratum, tuple[int, int]],
) -> None:
    rates = stratum_rates(counts)
    for stratum, (hits, of) in counts.items():
        if of:
            ends = sorted((hits / of, rates[stratum[:-1]]))
            assert ends[0] - 1e-12 <= rates[stratum] <= ends[1] + 1e-12
        else:
            assert rates[stratum] == pytest.approx(rates[stratum[:-1]])


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 4), COUNTS), min_size=1, max_size=40))
def test_that_expectations_add_up_to_what_was_reached(
    found: list[tuple[int, int, tuple[int, int]]],
) -> None:
    cells = [Cell(key, (stratum,), hits, of) for key, stratum, (hits, of) in found]
    units = expectations(cells)
    reached = sum(cell.hits for cell in cells)
    assert sum(unit.observed for unit in units) == reached
    assert sum(unit.n for unit in units) == sum(cell.of for cell in cells)
    assert sum(unit.expected for unit in units) <= reached * (1 + 1e-9) + 1e-9


@given(STRATA, STRATA)
def test_that_mix_and_rate_add_up_to_the_change(
    before: dict[Stratum, tuple[int, int]], after: dict[Stratum, tuple[int, int]]
) -> None:
    first: dict[str | int, tuple[int, int]] = {str(key): n for key, n in before.items()}
    second: dict[str | int, tuple[int, int]] = {str(key): n for key, n in after.items()}
    found = split(first, second)
    if found is None:
        assert not sum(of for _, of in first.values()) or not sum(of for _, of in second.values())
        return
    assert isclose(found.mix + found.rate, found.total, abs_tol=1e-9)


def test_that_only_what_came_in_changed() -> None:
    found = split({"M1": (50, 100), "M3": (10, 100)}, {"M1": (25, 50), "M3": (15, 150)})
    assert found is not None
    assert found.rate == pytest.approx(0)
    assert found.mix == pytest.approx(-0.1)
