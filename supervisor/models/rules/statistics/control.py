"""Control charts of shares (p) and of events per unit (u): is trouble rising, or does it only vary?

Montgomery, "Introduction to Statistical Quality Control", chapters on p and u charts: limits lie
three standard errors off the centre and follow the size of each period. A point outside, or eight
in a row on one side, asks for a cause.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SIGMAS = 3.0
RUN = 8
"""So many points in a row on one side of the centre are a signal."""


@dataclass(frozen=True, slots=True)
class Point:
    """One period. `value`, `low` and `high` are None where there was nothing to count.

    `outside`: beyond the limits; `in_run`: the last of `RUN` or more on one side.
    """

    hits: int
    of: int
    value: float | None
    low: float | None
    high: float | None
    outside: bool
    in_run: bool


@dataclass(frozen=True, slots=True)
class ControlChart:
    """Periods in their order around one centre; None without anything to count."""

    centre: float | None
    points: tuple[Point, ...]


def p_chart(counts: Sequence[tuple[int, int]], *, baseline: int | None = None) -> ControlChart:
    """Shares of periods: (hits, of) each; the centre comes from the first `baseline` (all)."""
    return _chart(counts, baseline, share=True)


def u_chart(counts: Sequence[tuple[int, int]], *, baseline: int | None = None) -> ControlChart:
    """Events per unit of periods: (events, units) each; there may be more events than units."""
    return _chart(counts, baseline, share=False)


def _chart(
    counts: Sequence[tuple[int, int]],
    baseline: int | None,
    share: bool,  # noqa: FBT001
) -> ControlChart:
    table = np.array(counts, dtype=np.int64).reshape(-1, 2)
    base = table[:baseline].sum(axis=0)
    if not base[1]:
        none = (None, None, None, False, False)
        return ControlChart(None, tuple(Point(int(h), int(n), *none) for h, n in table))
    centre = float(base[0] / base[1])
    sizes = np.maximum(table[:, 1], 1).astype(np.float64)
    spread = centre * (1 - centre) if share else centre
    half = SIGMAS * np.sqrt(spread / sizes)
    low = np.maximum(0.0, centre - half)
    high = np.minimum(1.0, centre + half) if share else centre + half
    known = table[:, 1] > 0
    values = np.where(known, table[:, 0] / sizes, np.nan)
    outside = known & ((values < low) | (values > high))
    runs = _runs(np.where(known, np.sign(values - centre), 0.0))
    return ControlChart(
        centre,
        tuple(
            Point(
                int(table[i, 0]),
                int(table[i, 1]),
                float(values[i]) if known[i] else None,
                float(low[i]) if known[i] else None,
                float(high[i]) if known[i] else None,
                bool(outside[i]),
                bool(runs[i] >= RUN),
            )
            for i in range(len(table))
        ),
    )


def _runs(sides: npt.NDArray[np.float64]) -> list[int]:
    """How many points in a row, up to each, lie on its side; on the centre: none."""
    found: list[int] = []
    for i, side in enumerate(sides):
        goes_on = i > 0 and side == sides[i - 1]
        found.append(0 if side == 0 else (found[-1] + 1 if goes_on else 1))
    return found
