"""Intervals of shares (peers.md 6.1): how sure a rate of few is."""

from math import sqrt

Z95 = 1.959963984540054
"""Quantile of the normal distribution for a two-sided 95 % interval."""


def wilson(hits: int, of: int, z: float = Z95) -> tuple[float, float] | None:
    """Wilson score interval of `hits / of`; None without any."""
    if of <= 0:
        return None
    share, square = hits / of, z * z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = z / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)
