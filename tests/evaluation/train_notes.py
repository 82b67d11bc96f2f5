"""Fit the weights of the note reader: `python -m tests.evaluation.train_notes`.

Reads the tune part of the labelled notes and the written examples of the reader's own tests,
never the test part. Logistic regression with an L2 penalty, solved in its dual (there are fewer
notes than features); the same input gives the same table.
"""

import math
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from supervisor.models.rules.notes import lexicon, patterns, scorer
from supervisor.models.rules.notes.normal import normalised
from supervisor.models.rules.notes.reading import Reader
from tests.evaluation.labelled import LabelledNote, load, part_of
from tests.models.rules.notes.examples import examples

PENALTY = 1.0
STEPS = 6
"""Of Newton's method; it has settled long before."""
SEEN_AT_LEAST = 3
KEPT_RUNS = 10_000
FALSE_ALARMS = 0.05
"""Share of unflagged notes the threshold may flag, each read by a model fitted without it."""
Matrix = NDArray[np.float32]


def reader_without_model() -> Reader:
    """The rules alone, for the features they give."""
    empty = scorer.Scorer({}, {}, (0,) * 4, (500,) * 4)
    return Reader(lexicon.lexicon(), patterns.rules(), empty)


def features_of(reader: Reader, text: str) -> set[str]:
    """All features of a note, runs of characters marked by a leading tab."""
    plain = normalised(text)
    found = {f"\t{run}" for run in scorer.wordings(plain)}
    return found | reader.features(*reader.evidence(plain))


def targets_of(note: LabelledNote) -> list[float]:
    """One value per target."""
    return [float(name in note.labels) for name in scorer.TARGETS[:3]] + [float(note.refuse_pay)]


def design(sets: Sequence[set[str]], names: dict[str, int]) -> Matrix:
    """Rows of zeros and ones with a constant last column."""
    matrix = np.zeros((len(sets), len(names) + 1), dtype=np.float32)
    for row, found in enumerate(sets):
        matrix[row, [names[name] for name in found if name in names]] = 1.0
    matrix[:, -1] = 1.0
    return matrix


def fitted(kernel: Matrix, wanted: Matrix, penalty: float) -> tuple[Matrix, Matrix]:
    """Dual coefficients of a penalised logistic regression, and each note's score left out.

    Newton's method; the score a note would get from a model fitted without it follows from the last
    step in closed form.
    """
    scores = np.zeros(len(wanted), dtype=np.float32)
    alpha = scores
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-scores))
        curve = np.maximum(chance * (1 - chance), 1e-4)
        goal = scores + (wanted - chance) / curve
        system = kernel + penalty * np.diag(1 / curve)
        alpha = np.linalg.solve(system, goal)
        scores = kernel @ alpha
    return alpha, goal - alpha / np.diag(np.linalg.inv(system))


def chosen_thresholds(left_out: Matrix, wanted: Matrix) -> list[float]:
    """The chance from which each label is given: best macro F1 with few false alarms."""
    chance = 1 / (1 + np.exp(-left_out[:, :3]))
    labels = wanted[:, :3] > 0
    plain = ~labels.any(axis=1)
    limits = [step / 100 for step in range(35, 95, 4)]
    given = [[chance[:, label] > limit for limit in limits] for label in range(3)]
    scores = [
        [
            2 * float((one & labels[:, label]).sum()) / float(one.sum() + labels[:, label].sum())
            for one in given[label]
        ]
        for label in range(3)
    ]
    best, kept = [0.9, 0.9, 0.9], -1.0
    for places in product(range(len(limits)), repeat=3):
        macro = sum(scores[label][place] for label, place in enumerate(places)) / 3
        if macro > kept:
            flagged = np.any([given[label][place][plain] for label, place in enumerate(places)], 0)
            if flagged.mean() <= FALSE_ALARMS:
                best, kept = [limits[place] for place in places], macro
    print(f"thresholds {best}, macro F1 {kept:.3f} left out", file=sys.stderr)
    return best


def main() -> int:
    """Fit on everything that may be learnt from and write the table."""
    reader = reader_without_model()
    notes = [note for note in load() if part_of(note) == "tune"]
    notes += examples()
    sets = [features_of(reader, note.text) for note in notes]
    wanted = np.array([targets_of(note) for note in notes], dtype=np.float32)
    seen = Counter(name for found in sets for name in found)
    names = {
        name: column
        for column, name in enumerate(
            sorted(n for n, times in seen.items() if times >= SEEN_AT_LEAST)
        )
    }
    matrix = design(sets, names)
    kernel = matrix @ matrix.T
    solved = [fitted(kernel, wanted[:, target], PENALTY) for target in range(4)]
    weights = np.stack([matrix.T @ alpha for alpha, _ in solved], axis=1)
    limits = chosen_thresholds(np.stack([left_out for _, left_out in solved], axis=1), wanted)
    lines = table(names, weights, seen, limits)
    path = lexicon.folder() / "weights.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(notes)} notes, {len(lines)} lines", file=sys.stderr)
    return 0


def table(
    names: dict[str, int], weights: Matrix, seen: Counter[str], limits: list[float]
) -> list[str]:
    """The model as lines; of the runs of characters only those that matter are kept."""

    def matters(name: str) -> float:
        return float(np.abs(weights[names[name]]).max()) * math.sqrt(seen[name])

    runs = sorted(
        (name for name in names if name[0] == "\t"), key=lambda name: (-matters(name), name)
    )
    kept = sorted(runs[:KEPT_RUNS]) + sorted(name for name in names if name[0] != "\t")
    lines = [
        "# Weights of the note reader in thousandths: refusal, conflict, legal_risk, refuse_pay.",
        "# Made by tests/evaluation/train_notes.py.",
        _line("intercept", "", weights[-1]),
        _line("threshold", "", np.array([*limits, 0.5])),
    ]
    concept_of = {sign: name for name, sign in lexicon.lexicon().signs.items()}
    for name in kept:
        if name[0] == "\t":
            row = _line("text", name[1:], weights[names[name]])
        elif name[0] in concept_of:
            spelled = " ".join(concept_of[sign] for sign in name)
            row = _line("sign", spelled, weights[names[name]])
        else:
            row = _line("rule", name, weights[names[name]])
        if not row.endswith("\t0\t0\t0\t0"):
            lines.append(row)
    return lines


def _line(kind: str, feature: str, weights: Matrix) -> str:
    name = feature.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return "\t".join([kind, name, *(str(round(float(weight) * 1000)) for weight in weights)])


if __name__ == "__main__":
    sys.exit(main())
