"""Fit the weights of the note reader: `python -m tests.evaluation.train_notes`.

Reads the tune part of the labelled notes, the notes written to train with and the written examples
of the reader's own tests, never the test part. The same input gives the same table. `--look` only
prints what notes left out are given.
"""

import argparse
import sys
from collections.abc import Sequence
from itertools import product

import numpy as np

from supervisor.models.rules.notes import lexicon, patterns, scorer, wording
from supervisor.models.rules.notes.normal import normalised
from supervisor.models.rules.notes.reading import Reader
from tests.evaluation.fitting import Floats, Sparse, Whole, fitted, kernel, left_out
from tests.evaluation.labelled import TRAINING_WRITERS, LabelledNote, load, part_of
from tests.evaluation.neutral import lengthened
from tests.models.rules.notes.examples import examples

COST = 100.0
"""What an error costs against large weights."""
SEEN_AT_LEAST = 2
RARITY = 2
"""Power of the rarity of a feature: what few notes hold says more."""
KEPT_RUNS = 60_000
FOLDS = 5
FALSE_ALARMS = 0.045
"""Share of unflagged notes that may be flagged, each by a model fitted without its file."""


class Corpus:
    """Features of all notes as numbers; `names` says what they mean."""

    def __init__(self, reader: Reader, texts: Sequence[str]) -> None:
        self.rows: list[str] = []
        self.rules: list[set[str]] = []
        lengths = []
        for text in texts:
            tokens, hits = reader.evidence(normalised(text))
            self.rows.append(wording.joined(tokens.text, tokens.stream))
            self.rules.append(reader.rules_met(hits))
            lengths.append(scorer.norm(len(text)))
        self.norms = np.array(lengths, np.float32)
        self.rule_names = sorted({name for found in self.rules for name in found})

    def matrix(self, judged: int) -> tuple[Sparse, Whole, Floats]:
        """The matrix, the hash of each column (0 for a rule), and what a column is multiplied by.

        How rare a feature is, is counted over the first `judged` notes.
        """
        hashed = [np.unique(wording.hashes(row), return_counts=True) for row in self.rows]
        row = np.repeat(np.arange(len(hashed)), [len(found) for found, _ in hashed])
        runs, column = np.unique(
            np.concatenate([found for found, _ in hashed]), return_inverse=True
        )
        number = {name: len(runs) + at for at, name in enumerate(self.rule_names)}
        met = [(at, number[name]) for at, names in enumerate(self.rules) for name in sorted(names)]
        row = np.concatenate((row, [at for at, _ in met]))
        column = np.concatenate((column, [at for _, at in met]))
        count = np.concatenate([times for _, times in hashed] + [np.ones(len(met))])
        columns = len(runs) + len(number)
        often = np.bincount(column[row < judged], minlength=columns)
        rarity = np.where(often >= SEEN_AT_LEAST, np.log((1 + judged) / (1 + often)) ** RARITY, 0)
        value = count * rarity[column] / self.norms[row]
        scale = np.sqrt(float((value**2).sum()) / len(self.rows))
        kept = value > 0
        values = (value / scale).astype(np.float32)
        sparse = Sparse(row[kept], column[kept], values[kept], (len(self.rows), columns))
        hashes = np.concatenate((runs, np.zeros(len(number), np.uint64)))
        return sparse, hashes, (rarity / scale).astype(np.float32)

    def names(self, wanted: set[int]) -> dict[int, str]:
        """Features by their hash."""
        found: dict[int, str] = {}
        for row in self.rows:
            for hashed, name in zip(wording.hashes(row).tolist(), wording.names(row), strict=True):
                if hashed in wanted and hashed not in found:
                    found[hashed] = name
        return found


def targets_of(note: LabelledNote) -> list[float]:
    """One value per target."""
    return [float(name in note.labels) for name in scorer.TARGETS[:3]] + [float(note.refuse_pay)]


def fold_of(note: LabelledNote, files: dict[str, int]) -> int:
    """All notes of one file are left out together: they vary each other."""
    return files.setdefault(note.id.split("-")[0], len(files)) % FOLDS


def chosen_thresholds(scores: Floats, wanted: Floats) -> list[float]:
    """The score from which each label is given: best macro F1 with few false alarms."""
    labels = wanted[:, :3] > 0
    plain = ~labels.any(axis=1)
    limits = [np.quantile(scores[:, label], np.linspace(0.5, 0.97, 48)) for label in range(3)]
    given = [scores[:, [label]] > limits[label] for label in range(3)]
    f_scores = [
        2 * (one & labels[:, [at]]).sum(0) / (one.sum(0) + labels[:, at].sum())
        for at, one in enumerate(given)
    ]
    alarms = [one[plain] for one in given]
    best, kept = [0.0, 0.0, 0.0], -1.0
    for first, second in product(range(48), repeat=2):
        both = alarms[0][:, first] | alarms[1][:, second]
        if both.mean() > FALSE_ALARMS:
            continue
        share = (both[:, None] | alarms[2]).mean(0)
        macro = (f_scores[0][first] + f_scores[1][second] + f_scores[2]) / 3
        third = int(np.where(share <= FALSE_ALARMS, macro, -1).argmax())
        if share[third] <= FALSE_ALARMS and macro[third] > kept:
            kept = float(macro[third])
            best = [float(limits[label][at]) for label, at in enumerate((first, second, third))]
    return best


def say(title: str, scores: Floats, wanted: Floats, limits: Sequence[float]) -> None:
    """What notes are given that were left out."""
    given, labels = scores[:, :3] > np.array(limits), wanted[:, :3] > 0
    f_scores = 2 * (given & labels).sum(0) / np.maximum(1, given.sum(0) + labels.sum(0))
    alarms = given[~labels.any(1)].any(1).mean()
    print(
        f"{title}: macro F1 {f_scores.mean():.3f} {f_scores.round(3)}, false alarms {alarms:.3f}",
        file=sys.stderr,
    )


def main(arguments: Sequence[str]) -> int:
    """Fit on everything that may be learnt from and write the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.train_notes")
    parser.add_argument("--look", action="store_true", help="only say how notes left out are read")
    options = parser.parse_args(arguments)
    notes = [note for note in load() if part_of(note) == "tune"] + examples()
    more = [(note, longer) for note in notes if (longer := lengthened(note.text)) is not None]
    texts = [note.text for note in notes] + [text for _, text in more]
    every = notes + [note for note, _ in more]
    wanted = np.array([targets_of(note) for note in every], np.float32)
    empty = scorer.Scorer({}, {}, (0,) * 4, (0,) * 4)
    corpus = Corpus(Reader(lexicon.lexicon(), patterns.rules(), empty), texts)
    matrix, hashes, scales = corpus.matrix(len(notes))
    likeness = kernel(matrix)
    files: dict[str, int] = {}
    folds = [fold_of(note, files) for note in every]
    judged = [at for at, note in enumerate(notes) if note.register != "example"]
    scores = left_out(likeness, wanted, folds, COST, len(notes))
    kept = np.array([at for at in judged if notes[at].writer not in TRAINING_WRITERS])
    limits = chosen_thresholds(scores[kept], wanted[kept])
    for writer in sorted({notes[at].writer for at in judged}):
        those = [at for at in judged if notes[at].writer == writer]
        say(f"writer {writer}", scores[those], wanted[those], limits)
    say("split notes", scores[kept], wanted[kept], limits)
    if options.look:
        return 0
    alpha = fitted(likeness, wanted, COST)
    weights = np.stack(
        [
            np.bincount(matrix.column, alpha[matrix.row, target] * matrix.value, matrix.shape[1])
            for target in range(4)
        ],
        axis=1,
    )
    lines = table(corpus, hashes, weights * scales[:, None], alpha.sum(0), limits)
    path = lexicon.folder() / "weights.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(notes)} notes, {len(lines)} lines", file=sys.stderr)
    return 0


def table(
    corpus: Corpus, hashes: Whole, weights: Floats, starts: Floats, limits: Sequence[float]
) -> list[str]:
    """The model as lines; of the runs of characters only those that matter are kept."""
    runs = len(hashes) - len(corpus.rule_names)
    order = np.argsort(-np.abs(weights[:runs]).max(1), kind="stable")[:KEPT_RUNS]
    names = corpus.names(set(hashes[order].tolist()))
    signs = {sign: name for name, sign in lexicon.lexicon().signs.items()}
    rows = [
        _line("run", scorer.written(name, signs), weights[at])
        for at in order
        if set("\\{}").isdisjoint(name := names[int(hashes[at])])
    ]
    rows += [_line("rule", name, weights[runs + at]) for at, name in enumerate(corpus.rule_names)]
    return [
        "# Weights of the note reader in thousandths: refusal, conflict, legal_risk, refuse_pay.",
        "# Made by tests/evaluation/train_notes.py.",
        _line("intercept", "", starts),
        _line("threshold", "", np.array([*limits, 0.0])),
        *sorted(row for row in rows if not row.endswith("\t0\t0\t0\t0")),
    ]


def _line(kind: str, feature: str, weights: Floats) -> str:
    return "\t".join([kind, feature, *(str(round(float(weight) * 1000)) for weight in weights)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
