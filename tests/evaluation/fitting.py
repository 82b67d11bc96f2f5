"""Penalised logistic regression over sparse features, for many more features than notes.

Solved over the notes' likeness to each other (the kernel), by Newton's method with conjugate
gradients; numpy alone, the same input gives the same weights.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Whole = NDArray[np.int64]

FREQUENT = 100
"""Features of more notes than that are multiplied as a dense matrix, the others pair by pair."""
BLOCK = 2000
NEWTON_STEPS = 12
GRADIENT_STEPS = 40
SETTLED = 0.02
"""Change of the scores (log odds) at which Newton's method stops."""


@dataclass(frozen=True)
class Sparse:
    """Entries of a matrix, by row."""

    row: Whole
    column: Whole
    value: Floats
    shape: tuple[int, int]


def kernel(matrix: Sparse) -> Floats:
    """The product of every row with every other; one is added for the constant."""
    rows, columns = matrix.shape
    often = np.bincount(matrix.column, minlength=columns)
    found = np.ones((rows, rows), np.float32)
    frequent = np.flatnonzero(often > FREQUENT)
    place = np.full(columns, -1, np.int64)
    place[frequent] = np.arange(len(frequent))
    for begin in range(0, len(frequent), BLOCK):
        at = place[matrix.column] - begin
        inside = (at >= 0) & (at < BLOCK) & (place[matrix.column] >= 0)
        dense = np.zeros((rows, BLOCK), np.float32)
        dense[matrix.row[inside], at[inside]] = matrix.value[inside]
        found += dense @ dense.T
    flat = found.reshape(-1)
    for row, value in _groups(matrix, often):
        places = row[:, :, None] * rows + row[:, None, :]
        np.add.at(flat, places.reshape(-1), (value[:, :, None] * value[:, None, :]).reshape(-1))
    return found


def _groups(matrix: Sparse, often: Whole) -> Iterator[tuple[Whole, Floats]]:
    """Rows and values of all rare columns with equally many entries."""
    rare = np.flatnonzero(often[matrix.column] <= FREQUENT)
    rare = rare[np.argsort(matrix.column[rare], kind="stable")]
    size = often[matrix.column[rare]]
    for entries in range(1, FREQUENT + 1):
        those = rare[size == entries]
        if len(those):
            yield matrix.row[those].reshape(-1, entries), matrix.value[those].reshape(-1, entries)


def fitted(likeness: Floats, wanted: Floats, cost: float) -> Floats:
    """Dual coefficients, one column per target."""
    alpha = np.zeros_like(wanted)
    scores = np.zeros_like(wanted)
    for _ in range(NEWTON_STEPS):
        chance = 1 / (1 + np.exp(-scores))
        curve = np.maximum(cost * chance * (1 - chance), np.float32(1e-6))
        goal = (scores + cost * (wanted - chance) / curve).astype(np.float32)
        alpha = _solved(likeness, np.sqrt(curve), goal, alpha)
        moved = likeness @ alpha
        change = float(np.abs(moved - scores).max())
        scores = moved
        if change < SETTLED:
            break
    return alpha


def _solved(likeness: Floats, root: Floats, goal: Floats, guess: Floats) -> Floats:
    """Conjugate gradients for (kernel + 1/curve) alpha = goal, all targets side by side."""
    right = root * goal
    found = guess / root
    left = right - (root * (likeness @ (root * found)) + found)
    way = left.copy()
    size = (left * left).sum(0)
    enough = 1e-6 * np.maximum((right * right).sum(0), np.float32(1e-12))
    for _ in range(GRADIENT_STEPS):
        moved = root * (likeness @ (root * way)) + way
        step = size / np.maximum((way * moved).sum(0), np.float32(1e-20))
        found = found + step * way
        left = left - step * moved
        rest = (left * left).sum(0)
        if (rest < enough).all():
            break
        way = left + rest / np.maximum(size, np.float32(1e-20)) * way
        size = rest
    result: Floats = root * found
    return result


def left_out(
    likeness: Floats, wanted: Floats, groups: Sequence[int], cost: float, judged: int
) -> Floats:
    """Scores of the first `judged` rows, each by a model fitted without its group."""
    of_row = np.array(groups)
    scores = np.zeros((judged, wanted.shape[1]), np.float32)
    for group in sorted(set(groups)):
        inside = np.flatnonzero(of_row != group)
        out = np.flatnonzero(of_row[:judged] == group)
        if len(out):
            alpha = fitted(likeness[np.ix_(inside, inside)], wanted[inside], cost)
            scores[out] = likeness[np.ix_(out, inside)] @ alpha
    return scores
