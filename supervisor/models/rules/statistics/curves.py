"""Curves of recovery by days since assignment, honest about cases that are still open.

Kaplan and Meier, "Nonparametric estimation from incomplete observations", JASA 53 (1958) 457-481,
with Greenwood's variance and limits on the log(-log) scale, which stay between 0 and 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from supervisor.models.rules.intervals import Z95


@dataclass(frozen=True, slots=True)
class Step:
    """Share that has paid by a day since assignment, and how many were watched until then."""

    day: int
    share: float
    low: float
    high: float
    at_risk: int
    events: int


def kaplan_meier(days: npt.ArrayLike, happened: npt.ArrayLike, z: float = Z95) -> tuple[Step, ...]:
    """Share with the event by day; a case without it was watched for its days and says no more.

    One step for each day on which something happened. A case that ends its watch on the day of an
    event counts as watched that day.
    """
    times = np.asarray(days, dtype=np.int64)
    events = np.asarray(happened, dtype=np.bool_)
    steps: list[Step] = []
    left, hazard = 1.0, 0.0
    for day in np.unique(times[events]):
        at_risk = int((times >= day).sum())
        count = int(((times == day) & events).sum())
        left *= 1 - count / at_risk
        hazard += count / (at_risk * (at_risk - count)) if at_risk > count else 0.0
        low, high = _log_log(left, hazard, z)
        steps.append(Step(int(day), 1 - left, 1 - high, 1 - low, at_risk, count))
    return tuple(steps)


def _log_log(left: float, hazard: float, z: float) -> tuple[float, float]:
    """Limits of the share that is left."""
    if left <= 0 or left >= 1:
        return left, left
    spread = z * np.sqrt(hazard) / np.log(left)
    ends = (left ** np.exp(spread), left ** np.exp(-spread))
    return float(min(ends)), float(max(ends))


def recovered(
    due_fen: int, by_day: Sequence[tuple[int, int]], observed_days: int
) -> tuple[tuple[int, float], ...]:
    """Cumulative share of money by day since assignment, from day 0 to `observed_days`.

    `by_day`: (day, 分) of every payment. `observed_days`: as far as every case of the intake has
    been watched; beyond it the line would speak of the old ones alone. Nothing due: no line.
    """
    if due_fen <= 0 or observed_days < 0:
        return ()
    money = np.zeros(observed_days + 1, dtype=np.int64)
    for day, fen in by_day:
        if 0 <= day <= observed_days:
            money[day] += fen
    shares: npt.NDArray[np.float64] = np.cumsum(money) / due_fen
    return tuple((day, float(share)) for day, share in enumerate(shares))
