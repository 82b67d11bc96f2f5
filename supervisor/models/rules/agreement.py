"""How far two reviewers agree beyond chance: Cohen's kappa with its interval.

Kappa: Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
Measurement 20 (1960) 37-46. Its standard error where kappa is not nought: Fleiss, Cohen and
Everitt, "Large sample standard errors of kappa and weighted kappa", Psychological Bulletin 72
(1969) 323-327, formula 13; the interval is kappa and 1.96 standard errors to either side.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from supervisor.models.rules.intervals import Z95

Matrix = tuple[tuple[int, ...], ...]
"""Counts: row the first reviewer's judgement, column the second's, both in one order."""


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement beyond chance; 1 is full agreement, 0 what chance gives. Limits lie in -1..1."""

    value: float
    low: float
    high: float


def matrix_of(pairs: Iterable[tuple[str, str]], labels: Sequence[str]) -> Matrix:
    """Pairs of judgements as counts, in the order of the labels; other labels are left out."""
    place = {label: number for number, label in enumerate(labels)}
    counts = [[0] * len(labels) for _ in labels]
    for first, second in pairs:
        if first in place and second in place:
            counts[place[first]][place[second]] += 1
    return tuple(tuple(row) for row in counts)


def agreed(matrix: Matrix) -> int:
    """How many pairs are equal."""
    return sum(matrix[place][place] for place in range(len(matrix)))


def kappa(matrix: Matrix, z: float = Z95) -> Kappa | None:
    """Cohen's kappa with its interval; None without pairs, or when chance alone agrees always.

    That is so when both reviewers only ever gave one and the same judgement: nothing was told
    apart, so there is no agreement to speak of.
    """
    n = sum(map(sum, matrix))
    if not n:
        return None
    places = range(len(matrix))
    share = [[matrix[row][column] / n for column in places] for row in places]
    rows = [sum(share[row]) for row in places]
    columns = [sum(share[row][column] for row in places) for column in places]
    seen = sum(share[place][place] for place in places)
    chance = sum(rows[place] * columns[place] for place in places)
    if chance >= 1:
        return None
    value = (seen - chance) / (1 - chance)
    equal = sum(
        share[place][place] * (1 - (rows[place] + columns[place]) * (1 - value)) ** 2
        for place in places
    )
    other = sum(
        share[row][column] * (columns[row] + rows[column]) ** 2
        for row in places
        for column in places
        if row != column
    )
    rest = (value - chance * (1 - value)) ** 2
    variance = (equal + (1 - value) ** 2 * other - rest) / (n * (1 - chance) ** 2)
    half = z * sqrt(max(0.0, variance))
    return Kappa(value, max(-1.0, value - half), min(1.0, value + half))
