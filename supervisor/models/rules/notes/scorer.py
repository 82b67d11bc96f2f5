"""A small linear model over wording, concepts and rules met; it confirms or outweighs the rules.

Weights are data (`weights.tsv`), fitted by `tests/evaluation/train_notes.py` on the tune part of
the labelled notes and on the written examples. Features are either present or absent, so a score is
a sum of weights and every label can be explained by the words that carried it.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from pathlib import Path

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from supervisor.models.rules.notes.lexicon import folder, lexicon

TARGETS = ("refusal", "conflict", "legal_risk", "refuse_pay")
PAY_FEATURES = frozenset(("refuse_pay stands", "refuse_pay cancelled"))
LONGEST = 3
"""Longest run of characters used as a feature."""

_INDEX = itemgetter(0)
_LABELS = 3
_BITS = 20
_HALF = 1 << (_BITS - 1)


def wordings(text: str) -> Iterable[str]:
    """All runs of one to three characters of a normalised note."""
    return {
        text[start : start + size]
        for size in range(1, LONGEST + 1)
        for start in range(len(text) - size + 1)
    }


def _packed(weights: Sequence[int]) -> int:
    """Three weights in one number of less than 63 bits, so that a note is summed up once."""
    return sum(weight << (_BITS * place) for place, weight in enumerate(weights[:_LABELS]))


def _unpacked(total: int) -> list[int]:
    parts = []
    for _ in range(_LABELS):
        low = ((total + _HALF) & (2 * _HALF - 1)) - _HALF
        parts.append(low)
        total = (total - low) >> _BITS
    return parts


class Scorer:
    """Weights of one model."""

    def __init__(
        self,
        wording: Mapping[str, Sequence[int]],
        features: Mapping[str, Sequence[int]],
        intercepts: Sequence[int],
        thresholds: Sequence[int],
    ) -> None:
        self._columns = list(zip(*wording.values(), strict=True)) or [()] * len(TARGETS)
        self._of_run = [_packed(weights) for weights in wording.values()].__getitem__
        self._pay_of_run = [weights[_LABELS] for weights in wording.values()].__getitem__
        self._of_feature = {name: _packed(weights) for name, weights in features.items()}
        self._pay_of_feature = {name: weights[_LABELS] for name, weights in features.items()}
        self._offsets = [
            start - 1000 * math.log(limit / (1000 - limit))
            for start, limit in zip(intercepts, thresholds, strict=True)
        ]
        self._automaton = AhoCorasick(
            list(wording) or ["\0"],
            matchkind=MatchKind.Standard,
            store_patterns=False,
            implementation=Implementation.ContiguousNFA,
        )

    def margins(self, text: str, features: set[str]) -> list[float]:
        """How far each target's score lies above its threshold (log odds in thousandths)."""
        seen = set(map(_INDEX, self._automaton.find_matches_as_indexes(text, overlapping=True)))
        known = features & self._of_feature.keys()
        total = sum(map(self._of_feature.__getitem__, known))
        pay = -_HALF  # nothing to say where no word of paying was met
        if self._columns[0]:
            total += sum(map(self._of_run, seen))
        if not features.isdisjoint(PAY_FEATURES):
            pay = sum(map(self._pay_of_feature.__getitem__, known))
            pay += sum(map(self._pay_of_run, seen)) if self._columns[0] else 0
        sums = [*_unpacked(total), pay]
        return [offset + part for offset, part in zip(self._offsets, sums, strict=True)]

    def by_passage(self, text: str, target: int, passages: Sequence[tuple[int, int]]) -> list[int]:
        """How much the wording of each passage speaks for a target; passages follow each other."""
        column = self._columns[target]
        ends = [end for _, end in passages]
        weights = [0] * len(passages)
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            place = bisect_right(ends, start)
            if column and place < len(ends) and end <= ends[place]:
                weights[place] += column[index]
        return weights


def parsed(lines: Iterable[str], signs: Mapping[str, str]) -> Scorer:
    """A model from its table; `signs` gives the private character of each concept.

    Lines: `kind TAB feature TAB` four weights in thousandths; kind is `text` (a run of characters),
    `sign` (concepts in a row), `rule`, `intercept` or `threshold`; tabs and line breaks inside a
    run are written as escapes. What names a concept that is gone is left out.
    """
    tables: dict[str, dict[str, tuple[int, ...]]] = {
        kind: {} for kind in ("text", "sign", "rule", "intercept", "threshold")
    }
    for line in lines:
        if line.strip() and not line.startswith("#"):
            kind, feature, *weights = line.rstrip("\n").split("\t")
            name = feature.replace("\\t", "\t").replace("\\n", "\n").replace("\\r", "\r")
            if kind == "sign":
                named = [signs.get(part, "") for part in name.split()]
                name = "".join(named) if all(named) else ""
            tables[kind][name] = tuple(int(weight) for weight in weights)
    return Scorer(
        tables["text"],
        tables["sign"] | tables["rule"],
        tables["intercept"].get("", (0,) * len(TARGETS)),
        tables["threshold"].get("", (500,) * len(TARGETS)),
    )


def load(where: Path) -> Scorer:
    """The model of a folder; its table is made by the training script."""
    with (where / "weights.tsv").open(encoding="utf-8", newline="\n") as lines:
        return parsed(lines, lexicon().signs)


@cache
def scorer() -> Scorer:
    """The model of this program, read once."""
    return load(folder())
