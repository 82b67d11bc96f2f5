"""A visit on its way through judging: as it was read, what was found, what will be written."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256

from supervisor.models.enums import CausedBy, FlagCategory, FlagSource, Severity
from supervisor.models.ids import BranchId, CaseId, VisitId
from supervisor.models.rules.packs.facts import VisitFacts


@dataclass(frozen=True, slots=True)
class VisitToJudge:
    """A visit as it was read, with the facts rules look at."""

    branch_id: BranchId
    visit_id: VisitId
    case_id: CaseId
    version: int
    started_at: datetime
    agent_id: int | None
    second_agent_id: int | None
    done_by_branch_id: int
    note: str
    facts: VisitFacts


@dataclass(frozen=True)
class JudgedFinding:
    """One reason for a flag, as it will be kept.

    `facts`: values of the sentence `reason`. `citation`: canonical JSON, empty for what the note
    alone says. `fingerprint`: the same for the same finding, whenever it is made.
    """

    rule_id: str
    rule_version: str
    source: FlagSource
    category: FlagCategory
    severity: Severity
    caused_by: CausedBy
    reason: str
    facts: str
    span: tuple[int, int] | None
    citation: str
    confirmed: bool

    @cached_property
    def fingerprint(self) -> str:
        """Digest of everything that makes it this finding and no other."""
        parts = (
            self.rule_id,
            self.rule_version,
            self.source,
            self.category,
            self.severity,
            self.caused_by,
            self.reason,
            self.facts,
            str(self.span),
        )
        return sha256("\x1f".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ReadNote:
    """What a note said, where it said anything; texts are JSON as `note_reading` keeps them."""

    labels: tuple[FlagCategory, ...]
    refuse_pay: bool
    standing: str
    dismissed: str
    deidentified: str
    deidentified_spans: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What judging one visit gave. `unknown`: ids of rules that lacked a fact, in order."""

    visit: VisitToJudge
    findings: tuple[JudgedFinding, ...]
    unknown: tuple[str, ...]
    note: ReadNote | None
    snapshot: str
