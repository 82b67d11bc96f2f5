"""One incident in full.

Answered by `queries.incident_detail`: `incident(session, IncidentAsk) -> IncidentDetail | None`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from supervisor.models.changes import Actor
from supervisor.models.enums import (
    CausedBy,
    FlagCategory,
    FlagSource,
    FlagState,
    HoldReason,
    Role,
    Severity,
    TalkResult,
    Tick,
    VisitOutcome,
)
from supervisor.models.enums_incidents import (
    AppealKind,
    AppealOutcome,
    FlagEventKind,
    FlagMove,
    NextVisit,
    StepFamily,
    StepOutcome,
    Verdict,
)
from supervisor.models.ids import AppealId, BranchId, FlagId, StaffId, StepId, VisitId
from supervisor.models.rows.complaints import ComplaintRow
from supervisor.models.rows.incidents import IncidentRow, RulePrecision
from supervisor.models.rows.notes import Cancel
from supervisor.models.rows.packs import Citation, Outcome


@dataclass(frozen=True, slots=True)
class IncidentAsk:
    """Which flag, who asks (reviews of others stay hidden until theirs is in), and when.

    `deidentified`: the note as training leads may see it; forced for that role.
    """

    branch_id: BranchId
    flag_id: FlagId
    actor: Actor
    as_of: date
    now: datetime
    deidentified: bool = False


@dataclass(frozen=True, slots=True)
class IncidentVisit:
    """The visit as reported. `note` is de-identified when that was asked for."""

    visit_id: VisitId
    visit_no: str
    started_at: datetime
    ended_at: datetime | None
    late_entry_minutes: int | None
    outcome: VisitOutcome
    talk_results: frozenset[TalkResult]
    address_kind: str
    position_matched: Tick
    id_shown: Tick
    recorded: Tick
    recording_consent: Tick
    notice_given: Tick
    note: str
    agent_ids: tuple[StaffId, ...]


@dataclass(frozen=True, slots=True)
class SpanRow:
    """Words of the note. `start` and `end` are code points of `IncidentVisit.note`.

    `number` is that of its card (`[1]`), None for wording read as none: `cancelled` says why.
    """

    start: int
    end: int
    number: int | None
    severity: Severity
    category: FlagCategory
    cancelled: Cancel | None


@dataclass(frozen=True, slots=True)
class RuleCard:
    """One finding: why here, where it stands, how it did before.

    Attributes:
        number: as in the note; findings of fields are numbered on after those of the note.
        reason: code of the sentence; `facts` its values (`words.of_incidents.reason`).
        citation: snapshot of the day it was judged; None for what the note alone says.
        confirmed: the compliance officer has confirmed the rule; else it is marked 待确认.
        outcome: breach, or unknown when a needed fact is missing (`missing`).
        superseded: a later reading no longer finds it; kept for the record.
    """

    number: int
    rule_id: str
    rule_version: str
    source: FlagSource
    outcome: Outcome
    category: FlagCategory
    severity: Severity
    caused_by: CausedBy
    reason: str
    facts: Mapping[str, str]
    missing: tuple[str, ...]
    citation: Citation | None
    confirmed: bool
    superseded: bool
    precision: RulePrecision


@dataclass(frozen=True, slots=True)
class StepRow:
    """A follow-up step. `step`: a `rows.packs.Step` or `Task` code (`words.of_incidents.step`)."""

    step_id: StepId
    version: int
    step: str
    family: StepFamily
    owner_role: Role
    owner: str
    due_at: datetime
    done_at: datetime | None
    done_by: str
    outcome: StepOutcome | None
    late: bool
    words: str


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A submitted judgement. `hidden`: verdict and reason are kept from this viewer for now.

    `current`: of the round that counts now. `decides`: the decision (裁定) after a disagreement.
    """

    number: int
    reviewer: str
    role: Role
    submitted_at: datetime
    blind: bool
    hidden: bool
    verdict: Verdict | None
    reason: str
    current: bool = True
    decides: bool = False


@dataclass(frozen=True, slots=True)
class AppealRow:
    """A statement or an appeal of the person concerned, recorded by the supervisor."""

    appeal_id: AppealId
    version: int
    kind: AppealKind
    staff_id: StaffId
    staff: str
    text: str
    recorded_by: str
    at: datetime
    outcome: AppealOutcome | None
    answer: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class FlagEventRow:
    """One line of the history."""

    at: datetime
    by: str
    role: str
    kind: FlagEventKind
    from_state: FlagState | None
    to_state: FlagState | None
    words: str


@dataclass(frozen=True, slots=True)
class FlagHoldRow:
    """The hold this flag placed on the next visit; `lifted_at` None: it stands.

    `plan_at`: the visit that was planned and must be called back.
    """

    reason: HoldReason
    from_on: date
    plan_at: datetime | None
    lifted_at: datetime | None
    lifted_by: str
    may_lift: bool


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """What came before, with n (过往)."""

    case_flags_12_months: int
    case_visits: int
    agent_upheld: int
    agent_visits: int


@dataclass(frozen=True, slots=True)
class EffectRow:
    """What came after: the next visit of the case, and whether there was another incident."""

    next_visit: NextVisit
    next_visit_on: date | None
    incident_again_on: date | None
    days_watched: int


@dataclass(frozen=True, slots=True)
class IncidentDetail:
    """Everything the right-hand side shows.

    Attributes:
        cards: findings that stand, worst first; `other_cards`: superseded and unknown ones.
        moves: what this actor may do now; `verdicts`: which judgements fit (our conduct or not).
        reviews_needed: 1 or 2.
        deidentified: the note is the one for training leads.
    """

    row: IncidentRow
    visit: IncidentVisit | None
    spans: tuple[SpanRow, ...]
    cards: tuple[RuleCard, ...]
    other_cards: tuple[RuleCard, ...]
    steps: tuple[StepRow, ...]
    reviews: tuple[ReviewRow, ...]
    reviews_needed: int
    appeals: tuple[AppealRow, ...]
    events: tuple[FlagEventRow, ...]
    hold: FlagHoldRow | None
    complaints: tuple[ComplaintRow, ...]
    history: HistoryRow
    effect: EffectRow | None
    duplicate_of: FlagId | None
    moves: frozenset[FlagMove]
    verdicts: tuple[Verdict, ...]
    deidentified: bool
