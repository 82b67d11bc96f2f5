"""When all agents are equal, those called different are as many as the limits promise."""

from math import comb

import numpy as np
import pytest

from supervisor.models.rules.intervals import wilson
from supervisor.models.rules.statistics.case_mix import Cell, expectations
from supervisor.models.rules.statistics.exact import clopper_pearson
from supervisor.models.rules.statistics.funnel import Standing, funnel

AGENTS, ROUNDS = 30, 1_500
RATES = np.array([0.45, 0.35, 0.25, 0.15])
"""Chance that a case of each stratum pays, whoever holds it."""


def share_called(spread: float) -> tuple[float, float]:
    """Share beyond 95 % and 99.8 % limits when nobody is better than anybody.

    `spread`: how much luck the agents share with their districts (over-dispersion on purpose).
    """
    chance = np.random.default_rng(20_261_123)
    beyond_95 = beyond_998 = 0
    for _ in range(ROUNDS):
        of = chance.integers(20, 120, size=(AGENTS, len(RATES)))
        luck = 1 + spread * chance.standard_normal((AGENTS, 1))
        hits = chance.binomial(of, np.clip(RATES[None, :] * luck, 0, 1))
        cells = [
            Cell(agent, (stratum,), int(hits[agent, stratum]), int(of[agent, stratum]))
            for agent in range(AGENTS)
            for stratum in range(len(RATES))
        ]
        for one in funnel(expectations(cells), least=30).placed:
            assert one.standing is not Standing.TOO_FEW
            beyond_95 += one.standing is not Standing.NOT_DISTINGUISHABLE
            beyond_998 += one.standing in {Standing.ABOVE_998, Standing.BELOW_998}
    return beyond_95 / (AGENTS * ROUNDS), beyond_998 / (AGENTS * ROUNDS)


def test_that_equal_agents_are_called_different_as_rarely_as_promised() -> None:
    at_95, at_998 = share_called(spread=0.0)
    assert at_95 == pytest.approx(0.05, abs=0.008)
    assert at_998 == pytest.approx(0.002, abs=0.0012)


def test_that_shared_luck_does_not_make_people_different() -> None:
    at_95, at_998 = share_called(spread=0.15)
    assert at_95 == pytest.approx(0.05, abs=0.01)
    assert at_998 < 0.006


@pytest.mark.parametrize("share", [0.02, 0.1, 0.5])
def test_that_intervals_hold_the_truth_as_often_as_promised(share: float) -> None:
    weights = [comb(60, hits) * share**hits * (1 - share) ** (60 - hits) for hits in range(61)]
    held = {"wilson": 0.0, "exact": 0.0}
    for hits, weight in enumerate(weights):
        for name, found in (("wilson", wilson(hits, 60)), ("exact", clopper_pearson(hits, 60))):
            assert found is not None
            held[name] += weight * (found[0] <= share <= found[1])
    assert held["wilson"] > 0.92
    assert held["exact"] >= 0.95
