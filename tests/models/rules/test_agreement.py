"""Kappa, Wilson and Newcombe against computations written out another way."""

from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisor.models.rules.agreement import agreed, kappa, matrix_of
from supervisor.models.rules.intervals import Z95, newcombe, wilson

MATRICES = st.integers(2, 4).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 40), min_size=size, max_size=size), min_size=size, max_size=size
    )
)


def plain_kappa(shares: list[list[float]]) -> float:
    """Kappa straight from its definition."""
    size = len(shares)
    seen = sum(shares[i][i] for i in range(size))
    chance = sum(sum(shares[i]) * sum(row[i] for row in shares) for i in range(size))
    return (seen - chance) / (1 - chance)


def delta_error(counts: list[list[int]]) -> float:
    """Standard error by the delta method, with derivatives taken numerically.

    Kappa is a function of the cells' shares of a multinomial; nothing of the closed formula of
    Fleiss, Cohen and Everitt is used here.
    """
    n, step = sum(map(sum, counts)), 1e-6
    shares = [[count / n for count in row] for row in counts]
    size = len(counts)
    first = second = 0.0
    for i in range(size):
        for j in range(size):
            up = [row[:] for row in shares]
            down = [row[:] for row in shares]
            up[i][j] += step
            down[i][j] -= step
            slope = (plain_kappa(up) - plain_kappa(down)) / (2 * step)
            first += shares[i][j] * slope**2
            second += shares[i][j] * slope
    return sqrt(max(0.0, first - second**2) / n)


def tells_apart(counts: list[list[int]]) -> bool:
    n = sum(map(sum, counts))
    rows = [sum(row) for row in counts]
    columns = [sum(row[j] for row in counts) for j in range(len(counts))]
    return n > 0 and sum(r * c for r, c in zip(rows, columns, strict=True)) < n * n


@given(MATRICES)
def test_that_kappa_and_its_interval_agree_with_the_delta_method(counts: list[list[int]]) -> None:
    found = kappa(tuple(map(tuple, counts)))
    if not tells_apart(counts):
        assert found is None
        return
    assert found is not None
    n = sum(map(sum, counts))
    value = plain_kappa([[count / n for count in row] for row in counts])
    half = Z95 * delta_error(counts)
    assert isclose(found.value, value, abs_tol=1e-9)
    assert isclose(found.low, max(-1.0, value - half), abs_tol=1e-4)
    assert isclose(found.high, min(1.0, value + half), abs_tol=1e-4)


def test_that_a_table_counted_by_hand_gives_its_kappa() -> None:
    # 48 pairs, 39 equal: seen 0.8125, chance (23 * 21 + 14 * 16 + 11 * 11) / 2304 = 0.3594.
    table = ((19, 3, 1), (2, 11, 1), (0, 2, 9))
    found = kappa(table)
    assert found is not None
    assert agreed(table) == 39
    assert found.value == pytest.approx((39 / 48 - 828 / 2304) / (1 - 828 / 2304))


def test_that_full_agreement_is_one_and_none_that_tells_nothing_apart() -> None:
    full = kappa(((5, 0), (0, 5)))
    assert full is not None
    assert (full.value, full.low, full.high) == (1.0, 1.0, 1.0)
    assert kappa(((9, 0), (0, 0))) is None
    assert kappa(((0, 0), (0, 0))) is None


def test_that_pairs_become_a_matrix_and_strangers_are_left_out() -> None:
    pairs = [("a", "a"), ("a", "b"), ("b", "a"), ("a", "a"), ("a", "x")]
    assert matrix_of(pairs, ("a", "b")) == ((2, 1), (1, 0))


@given(st.integers(0, 200), st.integers(1, 200))
def test_that_wilson_ends_where_the_score_test_turns(hits: int, of: int) -> None:
    hits = min(hits, of)
    limits = wilson(hits, of)
    assert limits is not None
    for limit in limits:
        # A limit p solves (hits/of - p)^2 = z^2 p (1 - p) / of.
        left, right = (hits / of - limit) ** 2, Z95**2 * limit * (1 - limit) / of
        assert isclose(left, right, abs_tol=1e-9)


def test_that_newcombe_gives_the_figures_of_his_paper() -> None:
    # Newcombe 1998, table II, method 10: 56/70 and 48/80.
    limits = newcombe(56, 70, 48, 80)
    assert limits is not None
    assert limits == pytest.approx((0.0524, 0.3339), abs=5e-5)
    nothing = newcombe(0, 10, 0, 10)
    assert nothing == pytest.approx((-0.2775, 0.2775), abs=5e-5)
    assert newcombe(1, 0, 1, 2) is None
