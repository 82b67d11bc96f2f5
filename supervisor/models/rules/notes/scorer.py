"""A linear model over wording, concepts and rules met; it confirms or outweighs the rules.

Weights are data (`weights.tsv`), fitted by `tests/evaluation/train_notes.py` on notes that may be
learnt from. A score is a sum of weights divided by the root of the note's length, for a long note
holds more of everything; every label can be explained by the words that carried it. The words of
the model lie in a table by hash: a note is looked up at once, not word by word.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from supervisor.models.rules.notes import wording
from supervisor.models.rules.notes.lexicon import Tokens, folder, lexicon

TARGETS = ("refusal", "conflict", "legal_risk", "refuse_pay")
PAY_FEATURES = frozenset(("refuse_pay stands", "refuse_pay cancelled"))
SHORTEST = 8
"""Added to the length of a note, so that a word in a very short one does not count for too much."""
ESCAPES = (
    ("\t", "\\t"),
    ("\n", "\\n"),
    ("\r", "\\r"),
    (wording.BEGIN, "\\b"),
    (wording.END, "\\e"),
    (wording.SKIP, "\\s"),
)
"""How the table spells what would break its lines or cannot be seen."""

_LABELS = 3
_BITS = 21
_HALF = 1 << (_BITS - 1)
_MASK = 2 * _HALF - 1
_SLOT_BITS = 20
_TO_SLOT = np.uint64(64 - _SLOT_BITS)

Packed = NDArray[np.int64]


def norm(length: int) -> float:
    """What the sum over a note of so many characters is divided by."""
    return math.sqrt(length + SHORTEST)


def _packed(weights: Sequence[int]) -> int:
    """Three weights in one number of less than 64 bits, so that a note is summed up once."""
    return sum(weight << (_BITS * place) for place, weight in enumerate(weights[:_LABELS]))


def _unpacked(total: int) -> list[int]:
    parts = []
    for _ in range(_LABELS):
        low = ((total + _HALF) & _MASK) - _HALF
        parts.append(low)
        total = (total - low) >> _BITS
    return parts


class Table:
    """Weights by hash. A slot keeps 32 more bits of its hash, so that strange words find nothing.

    Of two features for one slot the later stays; the table is filled with the weightiest last.
    """

    def __init__(self, features: Sequence[str], weights: Sequence[Sequence[int]]) -> None:
        order = sorted(range(len(features)), key=lambda at: max(map(abs, weights[at])))
        hashed = wording.hashes_of([features[at] for at in order])
        slots = (hashed >> _TO_SLOT).view(np.int64)
        self._marks = np.zeros(1 << _SLOT_BITS, np.uint32)
        self._labels = np.zeros(1 << _SLOT_BITS, np.int64)
        self._pay = np.zeros(1 << _SLOT_BITS, np.int32)
        self._marks[slots] = hashed.astype(np.uint32)
        self._labels[slots] = [_packed(weights[at]) for at in order]
        self._pay[slots] = [weights[at][_LABELS] for at in order]

    def slots(self, hashed: wording.Hashes) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Where features lie, and which of them the model knows."""
        at = (hashed >> _TO_SLOT).view(np.int64)
        return at, self._marks.take(at) == hashed.astype(np.uint32)

    def labels(self, at: NDArray[np.int64]) -> Packed:
        """Packed weights of the labels."""
        return self._labels.take(at)

    def pay(self, at: NDArray[np.int64]) -> int:
        """The sum of what speaks for a refusal to pay."""
        return int(self._pay.take(at).sum())


class Scorer:
    """Weights of one model, in thousandths."""

    def __init__(
        self,
        runs: Mapping[str, Sequence[int]],
        rules: Mapping[str, Sequence[int]],
        intercepts: Sequence[int],
        thresholds: Sequence[int],
    ) -> None:
        self._table = Table(list(runs), list(runs.values()))
        self._of_rule = {name: _packed(weights) for name, weights in rules.items()}
        self._pay_of_rule = {name: weights[_LABELS] for name, weights in rules.items()}
        self._offsets = [start - limit for start, limit in zip(intercepts, thresholds, strict=True)]

    def margins(self, tokens: Tokens, rules: set[str]) -> list[float]:
        """How far each target's score lies above its threshold (log odds in thousandths)."""
        slots, known = self._table.slots(wording.hashes(wording.joined(tokens.text, tokens.stream)))
        slots = slots[known]
        met = rules & self._of_rule.keys()
        total = int(self._table.labels(slots).sum())
        total += sum(map(self._of_rule.__getitem__, met))
        pay = -math.inf  # nothing to say where no word of paying was met
        if not rules.isdisjoint(PAY_FEATURES):
            pay = self._table.pay(slots) + sum(map(self._pay_of_rule.__getitem__, met))
        share = 1 / norm(len(tokens.text))
        sums = [*_unpacked(total), pay]
        return [offset + part * share for offset, part in zip(self._offsets, sums, strict=True)]

    def by_character(self, tokens: Tokens, target: int) -> NDArray[np.int64]:
        """How much what begins at each character of the text speaks for a label."""
        row = wording.joined(tokens.text, tokens.stream)
        slots, known = self._table.slots(wording.hashes(row))
        packed = self._table.labels(slots)
        packed[~known] = 0
        for _ in range(target):
            packed = (packed - (((packed + _HALF) & _MASK) - _HALF)) >> _BITS
        weights = ((packed + _HALF) & _MASK) - _HALF
        origin = np.array(_origins(tokens))[wording.places(len(row))]
        found = np.zeros(len(tokens.text), np.int64)
        np.add.at(found, origin, weights)
        return found


def _origins(tokens: Tokens) -> list[int]:
    """For every character of the row the character of the text it stands for."""
    last = max(0, len(tokens.text) - 1)
    found = [0, *range(len(tokens.text)), last]
    at = 0
    for _, start, end in tokens.hits:
        found += [*range(at, start), start]
        at = end
    return [*found, *range(at, len(tokens.text)), last]


def parsed(lines: Iterable[str], signs: Mapping[str, str]) -> Scorer:
    """A model from its table; `signs` gives the private character of each concept.

    Lines: `kind TAB feature TAB` four weights in thousandths; kind is `run` (characters in a row or
    a pair, concepts by name in braces), `rule`, `intercept` or `threshold`. What names a concept
    that is gone is left out.
    """
    tables: dict[str, dict[str, tuple[int, ...]]] = {
        kind: {} for kind in ("run", "rule", "intercept", "threshold")
    }
    for line in lines:
        if line.strip() and not line.startswith("#"):
            kind, feature, *weights = line.rstrip("\n").split("\t")
            name = _read(feature, signs) if kind == "run" else feature
            if name or kind != "run":
                tables[kind][name] = tuple(map(int, weights))
    nothing = (0,) * len(TARGETS)
    return Scorer(
        tables["run"],
        tables["rule"],
        tables["intercept"].get("", nothing),
        tables["threshold"].get("", nothing),
    )


def written(feature: str, names: Mapping[str, str]) -> str:
    """A run as it stands in the table; `names` gives the concept of each sign."""
    for plain, escaped in ESCAPES:
        feature = feature.replace(plain, escaped)
    return "".join(f"{{{names[char]}}}" if char in names else char for char in feature)


def _read(feature: str, signs: Mapping[str, str]) -> str:
    if "{" in feature:
        first, *rest = feature.split("{")
        for part in rest:
            name, _, plain = part.partition("}")
            if name not in signs:
                return ""
            first += signs[name] + plain
        feature = first
    if "\\" in feature:
        for plain, escaped in reversed(ESCAPES):
            feature = feature.replace(escaped, plain)
    return feature


def load(where: Path) -> Scorer:
    """The model of a folder; its table is made by the training script."""
    with (where / "weights.tsv").open(encoding="utf-8", newline="\n") as lines:
        return parsed(lines, lexicon().signs)


@cache
def scorer() -> Scorer:
    """The model of this program, read once."""
    return load(folder())
