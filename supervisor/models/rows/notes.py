"""What the note reader finds in one visit note; see `supervisor.models.rules.notes`."""

from dataclasses import dataclass
from enum import StrEnum

from supervisor.models.enums import CausedBy, FlagCategory, Severity


class Cancel(StrEnum):
    """Why wording that looks like a flag is none; the screen shows it greyed."""

    NEGATED = "negated"
    PAST = "past"
    HYPOTHETICAL = "hypothetical"
    OUR_ADVICE = "our_advice"
    HEARSAY = "hearsay"
    OTHERS = "others"
    NOT_TICKED = "not_ticked"
    OPENED_LATER = "opened_later"
    POSTPONED = "postponed"
    OUTWEIGHED = "outweighed"


@dataclass(frozen=True, slots=True)
class NoteFinding:
    """One piece of evidence in a note.

    `start` and `end` count code points of the original text; `text` is what stands there. `reason`
    is a code whose sentence the catalogue holds, `facts` are the words it names (concept codes to
    words of the note). `cancelled` is None for evidence that counts, else why it does not.
    """

    rule_id: str
    rule_version: int
    category: FlagCategory
    severity: Severity
    caused_by: CausedBy
    start: int
    end: int
    text: str
    reason: str
    facts: tuple[tuple[str, str], ...] = ()
    cancelled: Cancel | None = None


@dataclass(frozen=True, slots=True)
class NoteReading:
    """The labels of one note with the evidence; findings are in the order of the text."""

    labels: tuple[FlagCategory, ...]
    refuse_pay: bool
    findings: tuple[NoteFinding, ...]

    @property
    def standing(self) -> tuple[NoteFinding, ...]:
        """The findings that count."""
        return tuple(finding for finding in self.findings if finding.cancelled is None)
