"""The interval of an amount per visit, from days: visits of one day have much in common."""

from collections.abc import Sequence

import numpy as np

from supervisor.models.rules.intervals import Z95

LEAST_DAYS = 10
"""With fewer days their spread says too little."""


def ratio_interval(tops: Sequence[float], bottoms: Sequence[float]) -> tuple[float, float] | None:
    """95 % interval of sum(tops) / sum(bottoms), days being the units that vary.

    Args:
        tops: an amount of each day.
        bottoms: what it is divided by, such as the visits of that day.

    Returns:
        Low and high; None where there are too few days, or nothing to divide by.
    """
    top, bottom = np.asarray(tops, float), np.asarray(bottoms, float)
    days, whole = len(top), float(bottom.sum())
    if days < LEAST_DAYS or whole <= 0:
        return None
    ratio = float(top.sum()) / whole
    apart = top - ratio * bottom
    spread = float(np.sqrt(days / (days - 1) * (apart**2).sum())) / whole
    far = student95(days - 1) * spread
    return ratio - far, ratio + far


def student95(freedom: int) -> float:
    """Two-sided 95 % point of Student's t, by its expansion around the normal one."""
    z = Z95
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return float(z + first / freedom + second / freedom**2 + third / freedom**3)
