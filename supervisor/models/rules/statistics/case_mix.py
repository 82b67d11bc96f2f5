"""What somebody's cases let expect: rates by stratum, thin strata leaning on wider ones.

The rate of a stratum (bucket, amount band, product, earlier contact) is drawn towards that of the
stratum without its last property, and so on up to all cases: `(hits + k * wider) / (of + k)`. A
stratum of many stands for itself, one of few for its neighbours. Expectations are then scaled so
that over everybody they add up to what was reached: nobody is measured against a wish.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from supervisor.models.rules.statistics.funnel import Unit

STRENGTH = 20.0
"""How many cases of the wider stratum a stratum's own rate is mixed with."""

Stratum = tuple[str | int, ...]
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
    counts: dict[Stratum, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for cell in known:
        hits, of = counts[cell.stratum]
        counts[cell.stratum] = (hits + cell.hits, of + cell.of)
    rates = stratum_rates(counts, strength)
    scale = _scale(counts, rates)
    units: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for cell in known:
        rate = min(1.0, rates[cell.stratum] * scale)
        unit = units[cell.key]
        unit[0] += cell.hits
        unit[1] += cell.of * rate
        unit[2] += cell.of * rate * (1 - rate)
        unit[3] += cell.of
    return tuple(
        Unit(key, observed, expected, variance, int(n))
        for key, (observed, expected, variance, n) in sorted(units.items())
    )


def _scale(counts: Counts, rates: Mapping[Stratum, float]) -> float:
    reached = sum(hits for hits, _ in counts.values())
    expected = sum(of * rates[stratum] for stratum, (_, of) in counts.items())
    return reached / expected if expected else 1.0
