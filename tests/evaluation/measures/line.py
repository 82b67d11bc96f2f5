"""What an answer consists of, with intervals from scipy and statsmodels."""

from dataclasses import dataclass
from typing import Any

from statsmodels.stats.proportion import proportion_confint

Key = tuple[tuple[Any, ...], str, str]
"""Group, part and basis ("number" or "money")."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: counts are exact, `value`, `low` and `high` to 1e-9; `note` as it is."""

    numerator: float
    denominator: float | None
    n: int
    unknown: int
    value: float | None
    low: float | None = None
    high: float | None = None
    note: str = ""


Answer = dict[Key, Line]


def share(
    hits: float,
    of: float,
    n: int,
    unknown: int = 0,
    *,
    factor: float = 1.0,
    method: str | None = "wilson",
) -> Line:
    """Hits of so many; with an interval unless `method` is None ("beta" is the exact one)."""
    value = hits / of * factor if of else None
    low = high = None
    if method is not None and 0 <= hits <= of and of > 0:
        low, high = proportion_confint(int(hits), int(of), alpha=0.05, method=method)
        low, high = float(low) * factor, float(high) * factor
    return Line(hits, of, n, unknown, value, low, high)


def amount(value: float, n: int) -> Line:
    """A count or a sum of money on its own."""
    return Line(value, None, n, 0, float(value))
