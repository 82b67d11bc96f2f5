"""Words for what the note reader recognised and set aside."""

from enum import Enum

from supervisor.i18n import mark
from supervisor.models.rows.notes import Cancel

WORDS: dict[type[Enum], dict[Enum, str]] = {
    Cancel: {
        Cancel.NEGATED: mark("Denied in the note"),
        Cancel.PAST: mark("An earlier event"),
        Cancel.HYPOTHETICAL: mark("Only a condition"),
        Cancel.OUR_ADVICE: mark("Advice or a plan of ours"),
        Cancel.HEARSAY: mark("Hearsay or a habit"),
        Cancel.OTHERS: mark("Done by others"),
        Cancel.NOT_TICKED: mark("A box left empty"),
        Cancel.OPENED_LATER: mark("Turned into a talk"),
        Cancel.POSTPONED: mark("Another time or channel was given"),
        Cancel.OUTWEIGHED: mark("The rest of the note speaks against it"),
    },
}
