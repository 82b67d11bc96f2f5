"""Fit the weights of the note reader: `python -m tests.evaluation.train_notes`.

Reads the tune part of the labelled notes, the notes written to train with and the written examples
of the reader's own tests, never the test part. The same input gives the same weights. `--look` only
prints what notes left out are given.
"""

import argparse
import sys
from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from supervisor.models.rules.notes import lexicon, patterns, scorer, wording
from supervisor.models.rules.notes.normal import normalised
from supervisor.models.rules.notes.reading import Reader
from tests.evaluation.fitting import Floats, Ridge
from tests.evaluation.labelled import TRAINING_WRITERS, LabelledNote, load, part_of
from tests.models.rules.notes.examples import examples

PENALTY = 0.1
SEEN_AT_LEAST = 2
RARITY = 2
"""Power of the rarity of a feature: what few notes hold says more."""
RULES_SHARE = 0.003
"""Squared size of what rules say, beside that of the wording."""
FOLDS = 8
FALSE_ALARMS = 0.03
"""Share of unflagged notes that may be flagged, each by a model fitted without it, its file or its
writer. Five in a hundred are promised: among 432 unflagged notes of the test part one in a hundred
is chance, and strangers write of other things."""
PROMISED = 0.05
"""The same share over the notes of every writer, those included that nothing is tested on: they are
the nearest we have to notes nobody here has seen. Each by a model fitted without its file."""
STEPS = 80
"""Limits tried for each label."""
TRIED = (0.74, 0.94)
"""Shares of notes that get no such label by the limits tried."""
LARGEST = 20_000

Groups = list[NDArray[np.int64]]


class Corpus:
    """Features of notes: one column each, those of the wording by their hash."""

    def __init__(self, reader: Reader, texts: Sequence[str]) -> None:
        self.norms = np.array([scorer.norm(len(text)) for text in texts])
        rows, met = [], []
        for text in texts:
            tokens, hits = reader.evidence(normalised(text))
            rows.append(wording.row(tokens))
            met.append(sorted(reader.rules_met(hits)))
        self.hashes, worded, self.word_scales = self._weighed(_columns_of(rows), len(rows))
        self.rules = np.unique(np.concatenate([np.array(names, "U") for names in met]))
        every = np.concatenate([np.searchsorted(self.rules, names) for names in met if names])
        ruled = _counted(np.array([*map(len, met)]), every)
        self.rules, ruled, self.rule_scales = self._weighed((self.rules, ruled), len(rows))
        root = np.float32(np.sqrt(RULES_SHARE))
        self.rule_scales *= root
        self.matrix = sparse.hstack([worded, ruled * root]).tocsr()

    def _weighed(
        self, found: tuple[NDArray[np.generic], sparse.csr_matrix], notes: int
    ) -> tuple[NDArray[np.generic], sparse.csr_matrix, Floats]:
        """What is seen often enough, by its rarity and by the length of notes; with its scales."""
        names, counts = found
        often = np.bincount(counts.indices, minlength=len(names))
        kept = np.flatnonzero(often >= SEEN_AT_LEAST)
        if names.dtype == np.uint64:
            kept = _one_for_each_place(names, often, kept)
        rarity = np.log((1 + notes) / (1 + often[kept])) ** RARITY
        values = sparse.diags(1 / self.norms) @ counts[:, kept] @ sparse.diags(rarity)
        size = np.sqrt(values.multiply(values).sum() / notes)
        scales = (rarity / size).astype(np.float32)
        return names[kept], (values / size).astype(np.float32).tocsr(), scales


def _columns_of(rows: Sequence[str]) -> tuple[NDArray[np.uint64], sparse.csr_matrix]:
    """Hashes of the wording, and which of them stand in each note, however often."""
    hashed = [np.concatenate([*wording.hashes(wording.joined((row,)))]) for row in rows]
    names, column = np.unique(np.concatenate(hashed), return_inverse=True)
    return names, _counted(np.array([*map(len, hashed)]), column)


def _counted(sizes: NDArray[np.int64], column: NDArray[np.int64]) -> sparse.csr_matrix:
    """A matrix with a one for each column met, note after note."""
    ends = np.concatenate(([0], np.cumsum(sizes)))
    matrix = sparse.csr_matrix((np.ones(len(column)), column, ends))
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix


def _one_for_each_place(
    hashed: NDArray[np.generic], often: NDArray[np.int64], kept: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Of features that fall into one place of the reader's table, the one seen most often."""
    order = kept[np.argsort(-often[kept], kind="stable")]
    _, first = np.unique(scorer.slots_of(hashed[order].astype(np.uint64)), return_index=True)
    return np.sort(order[first])


def targets_of(note: LabelledNote) -> list[float]:
    """-1 or 1 per target."""
    flags = [name in note.labels for name in scorer.TARGETS[:3]] + [note.refuse_pay]
    return [1.0 if flag else -1.0 for flag in flags]


def by_file(notes: Sequence[LabelledNote]) -> Groups:
    """Notes in groups of whole files: those of one file vary each other."""
    files = sorted({note.id.split("-")[0] for note in notes})
    place = {name: number % FOLDS for number, name in enumerate(files)}
    return _groups([place[note.id.split("-")[0]] for note in notes])


def one_by_one(notes: Sequence[LabelledNote]) -> Groups:
    """Notes in groups that tear files apart, as the test part does."""
    return _groups([number * 5 % 11 for number, _ in enumerate(notes)])


def by_writer(notes: Sequence[LabelledNote]) -> Groups:
    """Notes in groups by who wrote them."""
    return _groups([ord(note.writer) for note in notes])


def _groups(keys: Sequence[int]) -> Groups:
    every = np.array(keys)
    return [np.flatnonzero(every == key) for key in sorted(set(keys))]


def chosen_limits(
    rounds: Sequence[Floats], wanted: Floats, bounds: Sequence[tuple[Floats, float]]
) -> list[float]:
    """The score from which each label is given: best macro F1 with few false alarms.

    Each round holds scores of the same notes, left out in another way; each bound the scores of
    some unflagged notes and the share of them that may be flagged.
    """
    labels = wanted[:, :3] > 0
    limits = [
        np.quantile(np.concatenate(rounds)[:, at], np.linspace(*TRIED, STEPS)) for at in range(3)
    ]
    macro = np.zeros((STEPS,) * 3)
    for scores in rounds:
        given = [scores[:, [at]] > limits[at] for at in range(3)]
        parts = [
            2 * (one & labels[:, [at]]).sum(0) / (one.sum(0) + labels[:, at].sum())
            for at, one in enumerate(given)
        ]
        macro += parts[0][:, None, None] + parts[1][None, :, None] + parts[2][None, None, :]
    allowed = np.ones((STEPS,) * 3, bool)
    for unflagged, share in bounds:
        allowed &= _silent(unflagged, limits) >= 1 - share
    best = np.unravel_index(np.where(allowed, macro, -1).argmax(), macro.shape)
    return [float(limits[at][place]) for at, place in enumerate(best)]


def _silent(scores: Floats, limits: Sequence[Floats]) -> Floats:
    """The share of notes that get no label, for each choice of the three limits."""
    quiet = [(scores[:, [at]] <= limits[at]).astype(np.float32) for at in range(3)]
    found = np.zeros((STEPS,) * 3, np.float32)
    for first, second in product(range(STEPS), repeat=2):
        found[first, second] = (quiet[0][:, first] * quiet[1][:, second]) @ quiet[2]
    return found / np.float32(max(1, len(scores)))


def pay_limit(scores: Floats, wanted: Floats) -> float:
    """The score from which somebody is said to refuse to pay: best F1."""
    limits = np.quantile(scores, np.linspace(0.9, 0.998, 200))
    given, right = scores[:, None] > limits, wanted[:, None] > 0
    return float(limits[(2 * (given & right).sum(0) / (given.sum(0) + right.sum())).argmax()])


def say(title: str, scores: Floats, wanted: Floats, limits: Sequence[float]) -> None:
    """What notes are given that were left out."""
    given, labels = scores > np.array(limits), wanted > 0
    hit = (given & labels).sum(0)
    parts = 2 * hit / np.maximum(1, given.sum(0) + labels.sum(0))
    recall = hit / np.maximum(1, labels.sum(0))
    alarms = given[~labels[:, :3].any(1), :3].any(1).mean()
    print(
        f"{title:<26} macro F1 {parts[:3].mean():.3f} {parts.round(3)},"
        f" recall {recall.round(2)}, false alarms {alarms:.3f}",
        file=sys.stderr,
    )


def looked_at(
    model: Ridge, notes: Sequence[LabelledNote], count: int, wanted: Floats
) -> list[float]:
    """Limits, chosen by notes left out; says how these are read."""
    written, wanted = notes[:count], wanted[:count]
    ways = {"file": by_file(written), "note": one_by_one(written), "writer": by_writer(written)}
    scores = {name: model.left_out(groups)[:count] for name, groups in ways.items()}
    split = np.array([note.writer not in TRAINING_WRITERS for note in written])
    plain = ~(wanted[:, :3] > 0).any(axis=1)
    bounds = [(found[split & plain], FALSE_ALARMS) for found in scores.values()]
    bounds.append((scores["file"][plain], PROMISED))
    limits = chosen_limits([scores["file"], scores["writer"]], wanted, bounds)
    limits.append(pay_limit(scores["file"][:, 3], wanted[:, 3]))
    for name, found in scores.items():
        say(f"by {name}, split notes", found[split], wanted[split], limits)
    for name in ("file", "writer"):
        for title, those in _slices(written).items():
            say(f"by {name}, {title}", scores[name][those], wanted[those], limits)
    return limits


def _slices(notes: Sequence[LabelledNote]) -> dict[str, NDArray[np.int64]]:
    """Places of notes: of all, of each writer, each register, and of the difficult ones."""
    every: dict[str, list[int]] = {}
    for at, note in enumerate(notes):
        difficulty = "hard" if note.hard else "not hard"
        clarity = "borderline" if note.borderline else "not borderline"
        for title in ("all", f"writer {note.writer}", note.register, difficulty, clarity):
            every.setdefault(title, []).append(at)
    return {title: np.array(places) for title, places in sorted(every.items())}


def main(arguments: Sequence[str]) -> int:
    """Fit on everything that may be learnt from and write the model."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.train_notes")
    parser.add_argument("--look", action="store_true", help="only say how notes left out are read")
    options = parser.parse_args(arguments)
    written = [note for note in load() if part_of(note) == "tune"]
    notes = written + examples()
    wanted = np.array([targets_of(note) for note in notes], np.float32)
    reader = Reader(lexicon.lexicon(), patterns.rules(), scorer.without_weights())
    corpus = Corpus(reader, [note.text for note in notes])
    model = Ridge(corpus.matrix, wanted, PENALTY)
    limits = looked_at(model, notes, len(written), wanted)
    if not options.look:
        weights = as_data(corpus, model.coefficients, limits)
        scorer.saved(weights, lexicon.folder())
        print(f"{len(notes)} notes, {len(weights.entries)} features", file=sys.stderr)
    return 0


def as_data(corpus: Corpus, coefficients: Floats, limits: Sequence[float]) -> scorer.Weights:
    """The model as it is shipped: weights of the wording in whole units."""
    found = corpus.matrix.T @ coefficients
    words = len(corpus.hashes)
    worded = found[:words].astype(np.float64) * corpus.word_scales[:, None]
    ruled = found[words:] * corpus.rule_scales[:, None]
    units = np.abs(worded).max(0) / LARGEST
    entries = np.zeros(words, scorer.ENTRY)
    entries["hash"] = corpus.hashes
    entries["weights"] = np.rint(worded / units)
    return scorer.Weights(
        entries[entries["weights"].any(axis=1)],
        {str(name): tuple(map(float, row)) for name, row in zip(corpus.rules, ruled, strict=True)},
        tuple(map(float, units)),
        tuple(map(float, coefficients.sum(axis=0))),
        tuple(limits),
        scorer.fingerprint(lexicon.lexicon()),
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
