"""Examples written from the labelling rules, one clause of the law after another.

`examples.tsv` holds a line per note: labels (r refusal, c conflict, l legal risk, p refuses to pay,
- none), the clause it stands for, and the note.
"""

from pathlib import Path

from supervisor.models.enums import FlagCategory
from tests.evaluation.labelled import LabelledNote

_LETTERS = {"r": FlagCategory.REFUSAL, "c": FlagCategory.CONFLICT, "l": FlagCategory.LEGAL_RISK}


def examples() -> list[LabelledNote]:
    """All written examples."""
    path = Path(__file__).parent / "examples.tsv"
    made = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        marks, clause, text = line.split("\t")
        labels = frozenset(_LETTERS[mark] for mark in marks if mark in _LETTERS)
        made.append(
            LabelledNote(
                id=f"{clause}-{number}",
                text=text,
                labels=labels,
                refuse_pay="p" in marks,
                register="example",
                hard=False,
                borderline=False,
                tags=(clause,),
            )
        )
    return made
