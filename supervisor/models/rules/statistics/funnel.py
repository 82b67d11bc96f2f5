"""Funnel plots instead of ranks: who differs by more than chance and the usual unrest explain.

Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24
(2005) 1185-1202: results against their expectation with 95 % and 99.8 % limits. Where results vary
more than chance allows (over-dispersion), the limits widen by the square root of phi, estimated
from z-scores whose extremes are drawn in (winsorised): true outliers must not hide themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

import numpy as np
import numpy.typing as npt

from supervisor.models.rules.intervals import Z95

Z998 = 3.090232306167813
"""Quantile of the normal distribution for two-sided 99.8 % limits."""
WINSORISED = 0.10
"""Share of z-scores drawn in at each end."""
LEFT_BY_WINSORISING = 0.678_655
"""What drawing in leaves of the variance of a normal distribution; phi is divided by it.

Between the quantiles q and -q (1.28155): 0.8 - 2 q f(q) + 0.2 q^2 with f the normal density.
"""
LEAST_UNITS = 10
"""With fewer units over-dispersion cannot be told from chance; limits stay as they are."""


class Standing(StrEnum):
    """Where a unit lies; there are no ranks."""

    TOO_FEW = "too_few"
    NOT_DISTINGUISHABLE = "not_distinguishable"
    ABOVE_95 = "above_95"
    BELOW_95 = "below_95"
    ABOVE_998 = "above_998"
    BELOW_998 = "below_998"


@dataclass(frozen=True, slots=True)
class Unit:
    """What somebody reached, what the case mix lets expect, and the variance of that."""

    key: int
    observed: float
    expected: float
    variance: float
    n: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit in the funnel; the interval is that of observed / expected, over-dispersion included.

    `ratio` and limits are None where nothing was expected.
    """

    unit: Unit
    ratio: float | None
    low: float | None
    high: float | None
    z: float
    standing: Standing


@dataclass(frozen=True, slots=True)
class Funnel:
    """All units and how much wider than chance they spread.

    `phi` is the estimate, at least 1; limits use it only when `overdispersed`.
    """

    placed: tuple[Placed, ...]
    phi: float
    overdispersed: bool

    @property
    def widening(self) -> float:
        """What limits are multiplied by."""
        return sqrt(self.phi) if self.overdispersed else 1.0


def funnel(units: Sequence[Unit], least: int) -> Funnel:
    """Place every unit; those with `n` below `least` are shown and not judged."""
    scores = np.array([_score(unit) for unit in units], dtype=np.float64)
    judged = np.array([unit.n >= least and unit.variance > 0 for unit in units], dtype=np.bool_)
    phi, over = dispersion(scores[judged])
    wide = sqrt(phi) if over else 1.0
    placed = tuple(
        _place(unit, float(score), wide, bool(sure))
        for unit, score, sure in zip(units, scores, judged, strict=True)
    )
    return Funnel(placed, phi, over)


def dispersion(scores: npt.NDArray[np.float64]) -> tuple[float, bool]:
    """Phi of winsorised z-scores, and whether it is more than chance would give (two sigmas)."""
    count = len(scores)
    if count < LEAST_UNITS:
        return 1.0, False
    low, high = np.quantile(scores, [WINSORISED, 1 - WINSORISED])
    phi = float(np.mean(np.clip(scores, low, high) ** 2)) / LEFT_BY_WINSORISING
    return max(1.0, phi), phi > 1 + 2 * sqrt(2 / count)


def limits(
    expected: float, variance: float, z: float, widening: float = 1.0
) -> tuple[float, float]:
    """Limits of observed / expected around 1, for the lines of the plot."""
    half = z * widening * sqrt(variance) / expected
    return max(0.0, 1 - half), 1 + half


def _score(unit: Unit) -> float:
    return (unit.observed - unit.expected) / sqrt(unit.variance) if unit.variance > 0 else 0.0


def _place(unit: Unit, score: float, wide: float, judged: bool) -> Placed:  # noqa: FBT001
    z = score / wide
    standing = _standing(z) if judged else Standing.TOO_FEW
    if unit.expected <= 0:
        return Placed(unit, None, None, None, z, standing)
    ratio = unit.observed / unit.expected
    half = Z95 * wide * sqrt(unit.variance) / unit.expected
    return Placed(unit, ratio, max(0.0, ratio - half), ratio + half, z, standing)


def _standing(z: float) -> Standing:
    if abs(z) > Z998:
        return Standing.ABOVE_998 if z > 0 else Standing.BELOW_998
    if abs(z) > Z95:
        return Standing.ABOVE_95 if z > 0 else Standing.BELOW_95
    return Standing.NOT_DISTINGUISHABLE
