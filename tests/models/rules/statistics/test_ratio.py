"""The interval of an amount per visit: against scipy's t, a jackknife, and a simulation."""

import numpy as np
import pytest
from scipy import stats

from supervisor.models.rules.statistics.ratio import LEAST_DAYS, ratio_interval, student95


@pytest.mark.parametrize("freedom", [9, 15, 29, 91, 365])
def test_that_the_point_of_t_is_that_of_scipy(freedom: int) -> None:
    assert student95(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), abs=3e-4)


def test_that_it_is_as_wide_as_the_jackknife_says() -> None:
    chance = np.random.default_rng(3)
    visits = chance.integers(20, 60, 80).astype(float)
    money = visits * chance.gamma(0.6, 200.0, 80)
    found = ratio_interval(list(money), list(visits))
    assert found is not None
    left_out = (money.sum() - money) / (visits.sum() - visits)
    spread = np.sqrt(79 / 80 * ((left_out - left_out.mean()) ** 2).sum())
    assert (found[1] - found[0]) / 2 == pytest.approx(stats.t.ppf(0.975, 79) * spread, rel=0.02)


def test_that_it_holds_the_truth_about_as_often_as_it_says() -> None:
    chance, held, rounds = np.random.default_rng(11), 0, 1_000
    for _ in range(rounds):
        visits = chance.integers(15, 45, 30)
        money = [chance.gamma(0.5, 400.0, n).sum() for n in visits]
        found = ratio_interval(money, [float(n) for n in visits])
        assert found is not None
        held += found[0] <= 200.0 <= found[1]
    assert 0.925 <= held / rounds <= 0.97


def test_that_few_days_or_no_visits_have_none() -> None:
    few = LEAST_DAYS - 1
    assert ratio_interval([1.0] * few, [1.0] * few) is None
    assert ratio_interval([0.0] * LEAST_DAYS, [0.0] * LEAST_DAYS) is None
    same = ratio_interval([3.0] * LEAST_DAYS, [1.0] * LEAST_DAYS)
    assert same == (3.0, 3.0)
