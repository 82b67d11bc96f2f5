"""Random numbers that are the same on every machine and with every numpy.

Only the raw 64-bit output of PCG64 is used, whose sequence is guaranteed; everything else here
is integer arithmetic or single IEEE operations, so that neither a library version nor a
processor changes a demo.
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]

_MASK = (1 << 63) - 1


class Stream:
    """One independent stream per (seed, path); `path` names the branch and the stage."""

    def __init__(self, seed: int, *path: int) -> None:
        self._bits = np.random.PCG64(np.random.SeedSequence([seed & _MASK, *path]))

    def unit(self, count: int) -> Floats:
        """`count` numbers in [0, 1)."""
        raw = np.asarray(self._bits.random_raw(count), dtype=np.uint64)
        return (raw >> np.uint64(11)).astype(np.float64) * (2.0**-53)

    def below(self, count: int, limit: "int | Ints") -> Ints:
        """`count` integers in [0, limit)."""
        return np.asarray(np.floor(self.unit(count) * limit), dtype=np.int64)

    def between(self, count: int, low: "int | Ints", high: "int | Ints") -> Ints:
        """`count` integers from `low` to `high`, both included."""
        first, last = np.asarray(low, dtype=np.int64), np.asarray(high, dtype=np.int64)
        return np.asarray(first + self.below(count, last - first + 1), dtype=np.int64)

    def chance(self, count: int, share: "float | Floats") -> Bools:
        """True with probability `share`."""
        return np.asarray(self.unit(count) < share, dtype=np.bool_)

    def weighted(self, count: int, weights: Sequence[int]) -> Ints:
        """Indices drawn in proportion to whole-number weights."""
        edges = np.cumsum(np.asarray(weights, dtype=np.int64))
        return np.asarray(
            np.searchsorted(edges, self.below(count, int(edges[-1])), side="right"), dtype=np.int64
        )

    def order(self, count: int) -> Ints:
        """The numbers 0 to count - 1, shuffled."""
        return np.asarray(np.argsort(self.unit(count), kind="stable"), dtype=np.int64)

    def one(self, limit: int) -> int:
        """A single integer in [0, limit)."""
        return int(self.below(1, limit)[0])


def whole(values: Sequence[int] | range) -> Ints:
    """A list of integers as an array."""
    return np.asarray(values, dtype=np.int64)


def per_mille(amount: Ints, share: Ints) -> Ints:
    """`share` thousandths of each amount, rounded down; integers only."""
    return np.asarray(amount * share // 1000, dtype=np.int64)
