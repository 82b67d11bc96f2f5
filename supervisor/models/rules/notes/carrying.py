"""Which words of a note carried a label: the model's weights brought back to the text."""

import re

import numpy as np
from numpy.typing import NDArray

from supervisor.models.rules.notes.lexicon import Tokens

_CLAUSE = re.compile(r"[^,，。!！;；?？…\n]*[^,，。!！;；?？…\n\s][^,，。!！;；?？…\n]*")


def carrying_clause(tokens: Tokens, weights: NDArray[np.int32]) -> tuple[int, int]:
    """Start and end in the text of the clause that speaks most for a label.

    `weights` stand beside the characters of the note's row; see `wording.row`.
    """
    clauses = [match.span() for match in _CLAUSE.finditer(tokens.text)] or [(0, len(tokens.text))]
    carried = np.zeros(len(tokens.text) + 1, np.int64)
    np.add.at(carried, _origins(tokens), weights)
    return max(clauses, key=lambda clause: int(carried[slice(*clause)].sum()))


def _origins(tokens: Tokens) -> list[int]:
    """For every character of the row the character of the text it stands for."""
    last = len(tokens.text)
    found = [0, *range(last), last]
    at = 0
    for _, start, end in tokens.hits:
        found += [*range(at, start), start]
        at = end
    return [*found, *range(at, last), last]
