"""The report on the note reader: the test part as sums only, errors of the tune part alone."""

import argparse
import json
from pathlib import Path
from typing import Any

from supervisor.models.rules.notes import read
from tests.evaluation.labelled import LabelledNote, load, part_of
from tests.evaluation.scores import Judged, label_scores, sliced


def judged(notes: tuple[LabelledNote, ...]) -> list[Judged]:
    """Every note read."""
    readings = [(note, read(note.text)) for note in notes]
    return [Judged(note, frozenset(seen.labels), seen.refuse_pay) for note, seen in readings]


def report(notes: list[Judged]) -> dict[str, Any]:
    """All figures of one part."""
    return {
        "labels": label_scores(notes),
        "without borderline": label_scores([one for one in notes if not one.note.borderline]),
        "by register": sliced(notes, lambda note: note.register),
        "by difficulty": sliced(notes, lambda note: "hard" if note.hard else "plain"),
        "by borderline": sliced(notes, lambda note: "borderline" if note.borderline else "clear"),
    }


def tune_errors(notes: list[Judged]) -> list[str]:
    """One line per note of the tune part that is read wrongly."""
    lines = []
    for one in notes:
        if part_of(one.note) != "tune":
            continue
        if one.labels == one.note.labels and one.refuse_pay == one.note.refuse_pay:
            continue
        missed = ",".join(sorted(one.note.labels - one.labels))
        false = ",".join(sorted(one.labels - one.note.labels))
        pay = "" if one.refuse_pay == one.note.refuse_pay else f" pay={one.note.refuse_pay}"
        evidence = "; ".join(
            f"{found.rule_id}:{found.text}{f' ({found.cancelled})' if found.cancelled else ''}"
            for found in read(one.note.text).findings
        )
        lines.append(
            f"{one.note.id} missed[{missed}] false[{false}]{pay} {one.note.text} <{evidence}>"
        )
    return lines


def run(arguments: list[str]) -> int:
    """Print the report; figures of both parts, errors of the tune part on demand."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation notes", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--tune-errors", action="store_true", help="list errors of the tune part")
    parser.add_argument("--of", type=Path, help="labelled notes of another folder, as one part")
    options = parser.parse_args(arguments)
    everything = judged(load(options.of) if options.of else load())
    parts = (
        {options.of.name: report(everything)}
        if options.of
        else {
            part: report([one for one in everything if part_of(one.note) == part])
            for part in ("tune", "test")
        }
    )
    if options.tune_errors:
        print("\n".join(tune_errors(everything)))
    elif options.json:
        print(json.dumps(parts, ensure_ascii=False))
    else:
        for part, figures in parts.items():
            print(f"== {part}")
            for title, rows in figures.items():
                print(f"  {title}")
                for name, value in rows.items():
                    shown = (
                        value
                        if not isinstance(value, dict)
                        else "  ".join(f"{k} {v}" for k, v in value.items())
                    )
                    print(f"    {name:<14} {shown}")
    return 0
