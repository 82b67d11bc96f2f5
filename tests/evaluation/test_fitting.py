import numpy as np
from scipy import sparse

from tests.evaluation.fitting import Ridge

NOTES, FEATURES, PENALTY = 40, 90, 0.3


def _some() -> tuple[sparse.csr_matrix, np.ndarray]:
    chance = np.random.default_rng(7)
    matrix = sparse.random(NOTES, FEATURES, 0.2, "csr", np.float32, random_state=chance)
    return matrix, np.where(chance.random((NOTES, 2)) < 0.3, 1, -1).astype(np.float32)


def _solved(matrix: sparse.csr_matrix, wanted: np.ndarray) -> np.ndarray:
    dense = matrix.toarray()
    return np.linalg.solve(dense @ dense.T + 1 + PENALTY * np.eye(len(dense)), wanted)


def test_that_a_fit_is_the_solution_of_its_equations() -> None:
    matrix, wanted = _some()
    found = Ridge(matrix, wanted, PENALTY).coefficients
    assert np.abs(found - _solved(matrix, wanted)).max() < 0.02


def test_that_notes_left_out_are_read_by_a_fit_that_never_saw_them() -> None:
    matrix, wanted = _some()
    out, kept = np.arange(5), np.arange(5, NOTES)
    given = Ridge(matrix, wanted, PENALTY).left_out([out])
    own = _solved(matrix[kept], wanted[kept])
    apart = matrix[out] @ (matrix[kept].T @ own) + own.sum(axis=0)
    assert np.abs(given[out] - apart).max() < 0.01
    assert not given[kept].any()


def test_that_the_same_notes_give_the_same_fit() -> None:
    first, second = (Ridge(*_some(), PENALTY).coefficients for _ in range(2))
    assert first.tobytes() == second.tobytes()
