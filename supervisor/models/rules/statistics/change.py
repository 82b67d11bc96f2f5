"""Why a rate moved: because of what came in (mix), or because of what was done with it (rate).

Kitagawa, "Components of a difference between two rates", JASA 50 (1955) 1168-1194, with averaged
weights: the two parts add up to the change, whichever period comes first.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a rate in shares; `mix + rate == total` but for rounding."""

    before: float
    after: float
    mix: float
    rate: float

    @property
    def total(self) -> float:
        """After less before."""
        return self.after - self.before


def split(
    before: Mapping[str | int, tuple[int, int]], after: Mapping[str | int, tuple[int, int]]
) -> Change | None:
    """Split by strata: (hits, of) of each in both periods; None while one has nothing.

    A stratum that is missing in one period has no rate there; all of it counts as mix.
    """
    sums = [_sum(before), _sum(after)]
    if not sums[0][1] or not sums[1][1]:
        return None
    mix = rate = 0.0
    for stratum in before.keys() | after.keys():
        first, second = before.get(stratum, (0, 0)), after.get(stratum, (0, 0))
        weights = first[1] / sums[0][1], second[1] / sums[1][1]
        own = [hits / of if of else None for hits, of in (first, second)]
        was = own[0] if own[0] is not None else own[1]
        now = own[1] if own[1] is not None else own[0]
        if was is None or now is None:
            continue
        mix += (weights[1] - weights[0]) * (was + now) / 2
        rate += (now - was) * (weights[0] + weights[1]) / 2
    return Change(sums[0][0] / sums[0][1], sums[1][0] / sums[1][1], mix, rate)


def _sum(counts: Mapping[str | int, tuple[int, int]]) -> tuple[int, int]:
    return sum(hits for hits, _ in counts.values()), sum(of for _, of in counts.values())
