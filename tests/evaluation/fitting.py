"""Ridge regression over sparse features, for many more features than notes.

Solved over the notes' likeness to each other (the kernel). One inverse gives the coefficients and,
in closed form, the scores of any group of notes by a model fitted without that group.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

Floats = NDArray[np.float32]

FREQUENT = 400
"""Features of more notes than that are multiplied as a dense matrix."""
BLOCK = 2000


def kernel(matrix: sparse.csr_matrix) -> Floats:
    """The product of every row with every other."""
    columns = matrix.tocsc()
    often = np.diff(columns.indptr)
    rare = columns[:, np.flatnonzero(often <= FREQUENT)].tocsr()
    found: Floats = (rare @ rare.T).toarray()
    frequent = np.flatnonzero(often > FREQUENT)
    for begin in range(0, len(frequent), BLOCK):
        dense = columns[:, frequent[begin : begin + BLOCK]].toarray()
        found += dense @ dense.T
    return found


class Ridge:
    """A fit of all targets; `wanted` holds one column of -1 and 1 for each."""

    def __init__(self, likeness: Floats, wanted: Floats, penalty: float) -> None:
        system = likeness + np.float32(1)  # a constant feature stands for the start of a score
        system[np.diag_indices_from(system)] += np.float32(penalty)
        lower = linalg.cholesky(system, lower=True, overwrite_a=True, check_finite=False)
        half, _ = linalg.lapack.spotri(lower, lower=1, overwrite_c=1)
        self._inverse: Floats = np.tril(half) + np.tril(half, -1).T
        self._wanted = wanted
        self.coefficients: Floats = self._inverse @ wanted

    def left_out(self, groups: Iterable[NDArray[np.int64]]) -> Floats:
        """Scores of each group by a model fitted without it; 0 for notes of no group."""
        scores = np.zeros_like(self._wanted)
        for group in groups:
            own = self._inverse[np.ix_(group, group)]
            scores[group] = self._wanted[group] - np.linalg.solve(own, self.coefficients[group])
        return scores
