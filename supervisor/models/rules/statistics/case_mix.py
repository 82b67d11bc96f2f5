"""What somebody's cases let expect: rates by stratum, thin strata leaning on wider ones.

The rate of a stratum (bucket, amount band, product, earlier contact) is drawn towards that of the
stratum without its last property, and so on up to all cases: `(hits + k * wider) / (of + k)`. A
stratum of many stands for itself, one of few for its neighbours. Expectations are then scaled so
that over everybody they add up to what was reached: nobody is measured against a wish.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from supervisor.models.rules.statistics.funnel import Unit

STRENGTH = 20.0
"""How many cases of the wider stratum a stratum's own rate is mixed with."""

_FEW_KEYS = 2**20
Stratum = tuple[str | int, ...]
Ints = npt.NDArray[np.int64]
Counts = Mapping[Stratum, tuple[int, int]]
"""Hits and of, by stratum."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Cases of one unit in one stratum."""

    key: int
    stratum: Stratum
    hits: int
    of: int


def stratum_rates(counts: Counts, strength: float = STRENGTH) -> dict[Stratum, float]:
    """The rate of every stratum and of all its shortenings; `()` is that of all."""
    totals: dict[Stratum, list[int]] = defaultdict(lambda: [0, 0])
    for stratum, (hits, of) in counts.items():
        for length in range(len(stratum) + 1):
            total = totals[stratum[:length]]
            total[0] += hits
            total[1] += of
    rates: dict[Stratum, float] = {}
    for stratum in sorted(totals, key=len):
        hits, of = totals[stratum]
        if not stratum:
            rates[stratum] = hits / of if of else 0.0
        else:
            rates[stratum] = (hits + strength * rates[stratum[:-1]]) / (of + strength)
    return rates


def expectations(cells: Iterable[Cell], strength: float = STRENGTH) -> tuple[Unit, ...]:
    """Observed and expected of every unit, with the variance chance alone gives; by key."""
    known: Sequence[Cell] = tuple(cells)
    strata = sorted({cell.stratum for cell in known})
    places = {stratum: place for place, stratum in enumerate(strata)}
    return expectations_of(
        strata,
        np.array([cell.key for cell in known], dtype=np.int64),
        np.array([places[cell.stratum] for cell in known], dtype=np.int64),
        np.array([cell.hits for cell in known], dtype=np.int64),
        np.array([cell.of for cell in known], dtype=np.int64),
        strength,
    )


def expectations_of(
    strata: Sequence[Stratum],
    keys: Ints,
    places: Ints,
    hits: Ints,
    of: Ints,
    strength: float = STRENGTH,
) -> tuple[Unit, ...]:
    """The same from columns: unit, place of its stratum, hits and of; strata may be unused."""
    reached = np.bincount(places, weights=hits, minlength=len(strata)).tolist()
    whole = np.bincount(places, weights=of, minlength=len(strata)).tolist()
    counts = {
        stratum: (int(some), int(all_))
        for stratum, some, all_ in zip(strata, reached, whole, strict=True)
        if all_
    }
    rates = stratum_rates(counts, strength)
    scale = _scale(counts, rates)
    expected = np.array([min(1.0, rates.get(one, 0.0) * scale) for one in strata], dtype=np.float64)
    rate = expected[places]
    units, unit = _numbered(keys)
    columns = (hits, of * rate, of * rate * (1 - rate), of)
    sums = [np.bincount(unit, weights=one, minlength=len(units)).tolist() for one in columns]
    return tuple(
        Unit(int(key), observed, due, variance, int(n))
        for key, observed, due, variance, n in zip(units, *sums, strict=True)
    )


def _numbered(keys: Ints) -> tuple[Ints, Ints]:
    """The keys there are, in order, and the place of each; small numbers need no sorting."""
    if not len(keys) or keys.min() < 0 or keys.max() >= _FEW_KEYS:
        units, unit = np.unique(keys, return_inverse=True)
        return units, unit
    there = np.bincount(keys) > 0
    return np.flatnonzero(there), (np.cumsum(there) - 1)[keys]


def _scale(counts: Counts, rates: Mapping[Stratum, float]) -> float:
    reached = sum(hits for hits, _ in counts.values())
    expected = sum(of * rates[stratum] for stratum, (_, of) in counts.items())
    return reached / expected if expected else 1.0
