"""Precision, recall and F1 of the note reader, per label and slice."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from supervisor.models.enums import FlagCategory
from tests.evaluation.labelled import LabelledNote


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled note beside what the reader says of it."""

    note: LabelledNote
    labels: frozenset[FlagCategory]
    refuse_pay: bool


def counts(wanted: Iterable[bool], given: Iterable[bool]) -> tuple[int, int, int]:
    """True positives, false positives, false negatives."""
    pairs = list(zip(wanted, given, strict=True))
    return (
        sum(want and give for want, give in pairs),
        sum(give and not want for want, give in pairs),
        sum(want and not give for want, give in pairs),
    )


def figures(hit: int, false: int, missed: int) -> dict[str, Any]:
    """Precision, recall, F1; nothing to find and nothing found is 1."""
    precision = hit / (hit + false) if hit + false else 1.0
    recall = hit / (hit + missed) if hit + missed else 1.0
    total = precision + recall
    return {
        "n": hit + missed,
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / total if total else 0.0, 3),
    }


def label_scores(judged: Sequence[Judged]) -> dict[str, Any]:
    """Figures per label, macro F1, exact matches and false alarms on unflagged notes."""
    by_label = {
        label.value: figures(
            *counts(
                (label in one.note.labels for one in judged),
                (label in one.labels for one in judged),
            )
        )
        for label in FlagCategory
    }
    plain = [one for one in judged if not one.note.labels]
    alarms = sum(bool(one.labels) for one in plain)
    return {
        **by_label,
        "refuse_pay": figures(
            *counts((one.note.refuse_pay for one in judged), (one.refuse_pay for one in judged))
        ),
        "macro_f1": round(sum(by_label[label.value]["f1"] for label in FlagCategory) / 3, 3),
        "exact": round(
            sum(one.note.labels == one.labels for one in judged) / max(1, len(judged)), 3
        ),
        "false_alarms": round(alarms / max(1, len(plain)), 3),
        "unflagged": len(plain),
        "notes": len(judged),
    }


def sliced(
    judged: Sequence[Judged], name: Callable[[LabelledNote], str]
) -> dict[str, dict[str, Any]]:
    """Macro F1, exact matches and false alarms per slice."""
    names = sorted({name(one.note) for one in judged})
    return {
        slice_name: {
            key: value
            for key, value in label_scores(
                [one for one in judged if name(one.note) == slice_name]
            ).items()
            if key in {"notes", "macro_f1", "exact", "false_alarms"}
        }
        for slice_name in names
    }
