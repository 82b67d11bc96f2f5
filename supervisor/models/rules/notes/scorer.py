"""A linear model over wording, concepts and rules met; it confirms or outweighs the rules.

Weights are data, fitted by `tests/evaluation/train_notes.py` on notes that may be learnt from:
`wording.npy` holds those of wording by their hash, `weights.tsv` the others. A score is a sum of
weights divided by the root of the note's length, for a long note holds more of everything; so every
label can be explained by the words that carried it. Many notes are looked up at once.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from supervisor.models.rules.notes import wording
from supervisor.models.rules.notes.lexicon import Lexicon, folder

TARGETS = ("refusal", "conflict", "legal_risk", "refuse_pay")
SHORTEST = 8
"""Added to the length of a note, so that a word in a very short one does not count for too much."""
ENTRY = np.dtype([("hash", "<u8"), ("weights", "<i2", (len(TARGETS),))])
"""A feature of the wording with its weights, in units of the model."""

_SLOT_BITS = 21
_NUMBER_BITS = 32
"""For numbers of features read at once; the ten bits left number the notes."""
_AT_ONCE = 1000
_TO_SLOT = np.uint64(64 - _SLOT_BITS)

Numbers = NDArray[np.int32]
Scores = NDArray[np.float64]


def norm(length: int) -> float:
    """What the sum over a note of so many characters is divided by."""
    return math.sqrt(length + SHORTEST)


def slots_of(hashed: wording.Hashes) -> NDArray[np.int64]:
    """The place of a feature in the table."""
    return (hashed >> _TO_SLOT).view(np.int64)


def marks_of(hashed: wording.Hashes) -> NDArray[np.uint16]:
    """What a place remembers of its feature, so that strange words find nothing."""
    return hashed.astype(np.uint16)


@dataclass(frozen=True)
class Weights:
    """A model as data. Scores are `starts` plus the sums times `units`; over `limits` is a label.

    `words` is the fingerprint of the lexicon that the streams were made with.
    """

    entries: NDArray[np.void]
    rules: dict[str, tuple[float, ...]]
    units: tuple[float, ...]
    starts: tuple[float, ...]
    limits: tuple[float, ...]
    words: str = ""


class Scorer:
    """The weights of one model, ready to look up."""

    def __init__(self, weights: Weights) -> None:
        hashed = np.ascontiguousarray(weights.entries["hash"])
        slots = slots_of(hashed)
        self._marks = np.zeros(1 << _SLOT_BITS, np.uint16)
        self._weights = np.zeros(1 << _SLOT_BITS, np.int64)
        self._marks[slots] = marks_of(hashed)
        packed = np.ascontiguousarray(weights.entries["weights"])
        self._weights[slots] = packed.view(np.int64)[:, 0]
        self._rules = {name: np.array(row) for name, row in weights.rules.items()}
        self._units = np.array(weights.units)
        self._offsets = np.array(weights.starts) - np.array(weights.limits)

    def weighed(
        self, rows: Sequence[str], lengths: Sequence[int], met: Sequence[Iterable[str]]
    ) -> "Weighed":
        """Some notes looked up at once.

        `rows` are made by `wording.row`, `lengths` count the characters of the notes, `met` are the
        rules met in them.

        Raises:
            ValueError: more than 1000 notes.
        """
        if len(rows) > _AT_ONCE:
            raise ValueError(len(rows))
        begins = np.cumsum([0, *(len(row) + len(wording.BETWEEN) for row in rows[:-1])])
        along = self._along(wording.joined(rows), begins)
        margins = np.add.reduceat(along, begins, axis=0) * self._units
        for number, names in enumerate(met):
            for name in names:
                known = self._rules.get(name)
                if known is not None:
                    margins[number] += known
        margins /= np.sqrt(np.array(lengths, np.float64) + SHORTEST)[:, None]
        margins += self._offsets
        return Weighed(margins, along, begins.tolist())

    def _along(self, whole: str, begins: NDArray[np.int64]) -> Numbers:
        """What speaks for each target at each character; what a note says twice counts once."""
        total = np.zeros((len(whole), len(TARGETS)), np.int32)
        places: list[NDArray[np.int64]] = []
        known: list[NDArray[np.int64]] = []
        for hashed in wording.hashes(whole):
            slots = slots_of(hashed)
            at = np.flatnonzero(self._marks.take(slots) == marks_of(hashed))
            places.append(at)
            known.append(slots[at])
        first = _first_of_note(np.concatenate(places), np.concatenate(known), begins)
        ends = np.cumsum([len(at) for at in places])[:-1]
        for at, slots, counts in zip(places, known, np.split(first, ends), strict=True):
            found = self._weights.take(slots[counts]).view(np.int16)
            total[at[counts]] += found.reshape(-1, len(TARGETS))
        return total


def _first_of_note(
    at: NDArray[np.int64], slots: NDArray[np.int64], begins: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which features stand in their note for the first time."""
    of_note = np.zeros(int(at.max(initial=0)) + 1, np.int64)
    of_note[begins[begins < len(of_note)]] = 1
    keys = (np.cumsum(of_note)[at] << _SLOT_BITS | slots) << _NUMBER_BITS
    keys |= np.arange(len(at))  # numbers sort sooner than places of numbers
    keys.sort()
    named = keys >> _NUMBER_BITS
    first = np.zeros(len(at), np.bool_)
    fresh = np.flatnonzero(named[1:] != named[:-1]) + 1
    numbers = keys & ((1 << _NUMBER_BITS) - 1)
    first[numbers[:1]] = True
    first[numbers[fresh]] = True
    return first


@dataclass(frozen=True)
class Weighed:
    """What the model says of some notes.

    `margins`: how far each target's score lies above its limit, one line per note. `along`: what
    the features that begin at each character of the joined rows speak for each target.
    """

    margins: Scores
    along: Numbers
    begins: Sequence[int]

    def along_row(self, note: int, row: str, target: int) -> Numbers:
        """What speaks for a target at each character of a note's row."""
        begin = self.begins[note]
        return self.along[begin : begin + len(row), target]


def without_weights() -> Scorer:
    """A model that knows nothing."""
    nothing = (0.0,) * len(TARGETS)
    return Scorer(Weights(np.zeros(0, ENTRY), {}, nothing, nothing, nothing))


def fingerprint(words: Lexicon) -> str:
    """Changes with the names or the order of concepts, which weights of the stream depend on."""
    return sha256(" ".join(words.signs).encode()).hexdigest()[:16]


def saved(weights: Weights, where: Path) -> None:
    """Write a model into a folder."""
    np.save(where / "wording.npy", np.sort(weights.entries, order="hash"))
    lines = [
        "# Weights of the note reader: refusal, conflict, legal_risk, refuse_pay.",
        "# Made by tests/evaluation/train_notes.py; those of wording lie in wording.npy.",
        f"lexicon\t{weights.words}",
    ]
    named = {"unit": weights.units, "start": weights.starts, "limit": weights.limits}
    lines += ["\t".join((name, *map(repr, row))) for name, row in named.items()]
    lines += [
        "\t".join(("rule", name, *(f"{value:.4f}" for value in row)))
        for name, row in sorted(weights.rules.items())
    ]
    (where / "weights.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def load(where: Path) -> Weights:
    """The model of a folder; see `saved`."""
    rules: dict[str, tuple[float, ...]] = {}
    named: dict[str, tuple[float, ...]] = {}
    words = ""
    for line in (where / "weights.tsv").read_text(encoding="utf-8").splitlines():
        kind, *rest = line.split("\t")
        if kind == "lexicon":
            words = rest[0]
        elif kind == "rule":
            rules[rest[0]] = tuple(map(float, rest[1:]))
        elif not kind.startswith("#"):
            named[kind] = tuple(map(float, rest))
    entries = np.load(where / "wording.npy", allow_pickle=False)
    return Weights(entries, rules, named["unit"], named["start"], named["limit"], words)


@cache
def scorer() -> Scorer:
    """The model of this program, read once."""
    return Scorer(load(folder()))
