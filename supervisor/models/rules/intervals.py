"""Intervals of shares (peers.md 6.1): how sure a rate of few is, and a difference of two rates."""

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


def newcombe(
    hits: int, of: int, other_hits: int, other_of: int, z: float = Z95
) -> tuple[float, float] | None:
    """Interval of `hits / of` less `other_hits / other_of`; None without any of one of them.

    Newcombe, "Interval estimation for the difference between independent proportions", Statistics
    in Medicine 17 (1998) 873-890, method 10: made of the two Wilson intervals.
    """
    first, second = wilson(hits, of, z), wilson(other_hits, other_of, z)
    if first is None or second is None:
        return None
    share, other = hits / of, other_hits / other_of
    below = sqrt((share - first[0]) ** 2 + (second[1] - other) ** 2)
    above = sqrt((first[1] - share) ** 2 + (other - second[0]) ** 2)
    return share - other - below, share - other + above
