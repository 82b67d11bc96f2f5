"""Ridge regression over sparse features, for many more features than notes.

Solved over the notes by conjugate gradients, which needs no more than products with the features:
no likeness of every note to every other is held. A fit without some notes starts from the fit with
all of them and is soon done.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float32]

EXACT = 1e-3
"""What may be left of the residual: a tenth of that moves no score by a thousandth."""
STEPS = 300


class Ridge:
    """A fit of all targets; `wanted` holds one column of -1 and 1 for each."""

    def __init__(self, matrix: sparse.csr_matrix, wanted: Floats, penalty: float) -> None:
        self._matrix = matrix
        self._wanted = wanted
        self._penalty = np.float32(penalty)
        self.coefficients = self._solved(matrix, wanted, np.zeros_like(wanted))

    def left_out(self, groups: Iterable[NDArray[np.int64]]) -> Floats:
        """Scores of each group by a model fitted without it; 0 for notes of no group."""
        scores = np.zeros_like(self._wanted)
        for group in groups:
            kept = np.delete(np.arange(len(scores)), group)
            rest = self._matrix[kept]
            found = self._solved(rest, self._wanted[kept], self.coefficients[kept])
            scores[group] = self._matrix[group] @ (rest.T @ found) + found.sum(axis=0)
        return scores

    def _solved(self, matrix: sparse.csr_matrix, wanted: Floats, start: Floats) -> Floats:
        """Coefficients of the notes, by conjugate gradients from `start`."""
        turned = matrix.T.tocsr()

        def applied(to: Floats) -> Floats:
            # a constant feature stands for the start of a score
            found: Floats = matrix @ (turned @ to) + to.sum(axis=0) + self._penalty * to
            return found

        given = start.copy()
        residual = wanted - applied(given)
        direction, size = residual.copy(), (residual**2).sum(axis=0)
        enough = EXACT**2 * (wanted**2).sum(axis=0)
        for _ in range(STEPS):
            if (size <= enough).all():
                break
            along = applied(direction)
            step = size / np.maximum((direction * along).sum(axis=0), np.float32(1e-20))
            given += step * direction
            residual -= step * along
            before, size = size, (residual**2).sum(axis=0)
            direction = residual + size / np.maximum(before, np.float32(1e-20)) * direction
        return given
