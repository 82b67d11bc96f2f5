"""A small linear model over wording, concepts and rules met; it confirms or outweighs the rules.

Weights are data (`weights.tsv`), fitted by `tests/evaluation/train_notes.py` on the tune part of the
labelled notes and on the written examples. Features are either present or absent, so a score is a
sum of weights and every label can be explained by the words that carried it.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from supervisor.models.rules.notes.lexicon import folder, lexicon

TARGETS = ("refusal", "conflict", "legal_risk", "refuse_pay")
LONGEST = 4
"""Longest run of characters used as a feature."""

_INDEX = itemgetter(0)


def wordings(text: str) -> Iterable[str]:
    """All runs of one to four characters of a normalised note."""
    return {
        text[start : start + size]
        for size in range(1, LONGEST + 1)
        for start in range(len(text) - size + 1)
    }


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters with what it adds to one target."""

    start: int
    end: int
    weight: float


class Scorer:
    """Weights of one model."""

    def __init__(
        self,
        wording: Mapping[str, Sequence[float]],
        features: Mapping[str, Sequence[float]],
        intercepts: Sequence[float],
        thresholds: Sequence[float],
    ) -> None:
        self._runs = list(wording)
        self._columns = [
            [wording[run][target] for run in self._runs] for target in range(len(TARGETS))
        ]
        self._getters = [column.__getitem__ for column in self._columns]
        self._features = dict(features)
        self._intercepts = tuple(intercepts)
        self._limits = tuple(math.log(limit / (1 - limit)) for limit in thresholds)
        self._automaton = AhoCorasick(
            self._runs or ["\0"], matchkind=MatchKind.Standard, store_patterns=False
        )

    def margins(self, text: str, features: Iterable[str]) -> list[float]:
        """How far each target's score lies above its threshold (log odds)."""
        matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        seen = set(map(_INDEX, matches)) if self._runs else ()
        sums = [
            start - limit + sum(map(getter, seen))
            for start, limit, getter in zip(
                self._intercepts, self._limits, self._getters, strict=True
            )
        ]
        known = self._features
        for feature in features:
            weights = known.get(feature)
            if weights is not None:
                for target, weight in enumerate(weights):
                    sums[target] += weight
        return sums

    def pieces(self, text: str, target: int) -> list[Piece]:
        """Which runs of characters spoke for or against a target, in order of the text."""
        column = self._columns[target]
        return [
            Piece(start, end, column[index])
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if self._runs
        ]


def parsed(lines: Iterable[str], signs: Mapping[str, str]) -> Scorer:
    """A model from its table; `signs` gives the private character of each concept.

    Lines: `kind TAB feature TAB` four weights in thousandths; kind is `text` (a run of characters),
    `sign` (concepts in a row), `rule`, `intercept` or `threshold`; tabs and line breaks inside a run
    are written as escapes. What names a concept that is gone is left out.
    """
    tables: dict[str, dict[str, tuple[float, ...]]] = {
        kind: {} for kind in ("text", "sign", "rule", "intercept", "threshold")
    }
    for line in lines:
        if line.strip() and not line.startswith("#"):
            kind, feature, *weights = line.rstrip("\n").split("\t")
            name = feature.replace("\\t", "\t").replace("\\n", "\n").replace("\\r", "\r")
            if kind == "sign":
                named = [signs.get(part, "") for part in name.split()]
                name = "".join(named) if all(named) else ""
            tables[kind][name] = tuple(int(weight) / 1000 for weight in weights)
    return Scorer(
        tables["text"],
        tables["sign"] | tables["rule"],
        tables["intercept"].get("", (0.0,) * len(TARGETS)),
        tables["threshold"].get("", (0.5,) * len(TARGETS)),
    )


def load(where: Path) -> Scorer:
    """The model of a folder; its table is made by the training script."""
    with (where / "weights.tsv").open(encoding="utf-8", newline="\n") as lines:
        return parsed(lines, lexicon().signs)


@cache
def scorer() -> Scorer:
    """The model of this program, read once."""
    return load(folder())
