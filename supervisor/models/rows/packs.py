"""What judging by rule packs gives: findings with their citations, plan checks, problems."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from supervisor.models.enums import CausedBy, FlagCategory, Severity

Plain = str | int | tuple[str, ...]
"""A fact as evidence keeps it: code, number, ISO day or instant, or a sorted list of these."""


class Outcome(StrEnum):
    """What a rule says of one set of facts. A missing fact gives unknown, never pass."""

    BREACH = "breach"
    PASS = "pass"  # noqa: S105 - an outcome, no password
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Subject(StrEnum):
    """What a rule looks at."""

    VISIT = "visit"
    PLAN = "plan"
    CONTACT = "contact"
    AGENCY = "agency"
    RECORD = "record"
    HOUSE = "house"


class Binding(StrEnum):
    """How binding a document is (regulations.md, column `bind`)."""

    LAW = "L"
    REGULATOR = "R"
    STANDARD = "N"
    ASSOCIATION = "A"
    POLICY = "P"


class Confidence(StrEnum):
    """How well a rule is supported (regulations.md, column `conf`)."""

    TEXT = "T"
    TWO_SOURCES = "V2"
    ONE_SOURCE = "S1"
    MEMORY = "M"
    DERIVED = "D"
    POLICY = "P"


class Step(StrEnum):
    """Follow-ups a rule may suggest; a person decides."""

    RESCHEDULE = "reschedule"
    ADD_PERSON = "add_person"
    CONVERT_TO_CALL = "convert_to_call"
    ASSIGN_DEVICE = "assign_device"
    REPLACE_TARGET = "replace_target"
    LEGAL_DESK = "legal_desk"
    SUSPEND_VISITS = "suspend_visits"
    GUARDIAN_CHANNEL = "guardian_channel"
    ESTATE_CHECK = "estate_check"
    SHOW_HOLD = "show_hold"
    MONITOR_PLAN = "monitor_plan"
    ANSWER_DISPUTE = "answer_dispute"
    OWN_STAFF = "own_staff"
    SEND_NOTICE = "send_notice"
    ROSTER_CHECK = "roster_check"
    BOOK_TRAINING = "book_training"
    SIGN_FIRST = "sign_first"
    OTHER_CHANNEL = "other_channel"
    COOLING_OFF = "cooling_off"
    ATTACH_RECEIPT = "attach_receipt"
    COACHING = "coaching"
    EXPLAIN_GAP = "explain_gap"
    KEEP_RECORDINGS = "keep_recordings"
    PRIVACY_DESK = "privacy_desk"
    COMPLIANCE_REVIEW = "compliance_review"
    CALL_BACK = "call_back"
    APOLOGY_AFTER_REVIEW = "apology_after_review"
    WRITTEN_CORRECTION = "written_correction"
    HARDSHIP_REVIEW = "hardship_review"
    EMERGENCY_HELP = "emergency_help"
    INCIDENT_NOTE = "incident_note"
    STOP_CONTACT = "stop_contact"
    CHECK_SOURCE = "check_source"
    RECONCILE_MONEY = "reconcile_money"
    COMPLETE_RECORD = "complete_record"
    AGENCY_TALK = "agency_talk"
    SCHEDULE_REVIEW = "schedule_review"
    CHANGE_SETTINGS = "change_settings"
    DATA_CARE = "data_care"
    OPEN_COMPLAINT = "open_complaint"
    FRAUD_CHECK = "fraud_check"


@dataclass(frozen=True, slots=True)
class RuleWords:
    """What a rule is called, what it asks, and why, in one language."""

    name: str
    question: str
    why: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule stands. `policy`: the house's own parameter, no rule text gives it."""

    document: str
    title_zh: str
    title_en: str
    clause: str
    binding: Binding
    confidence: Confidence
    in_force_from: date
    policy: bool


@dataclass(frozen=True, slots=True)
class RuleHead:
    """What all findings of one version of a rule have in common.

    Attributes:
        pack: id of the pack.
        id: id of the rule as the fact sheet names it.
        version: version of the text, after a point the number of the house's change.
        blocks: a breach keeps a planned visit from being released.
    """

    pack: str
    id: str
    version: str
    category: FlagCategory
    caused_by: CausedBy
    confirmed: bool
    blocks: bool
    citation: Citation
    follow_up: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one version of one rule says of one set of facts; a question, never a verdict.

    Attributes:
        rule: the version that judged.
        severity: as it counts: a rule nobody has confirmed is never more than major.
        failed: keys of the checks that were not met.
        missing: fields that are not known.
        evidence: the facts of a breach, by field; no private values.
    """

    rule: RuleHead
    outcome: Outcome
    severity: Severity
    failed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    evidence: tuple[tuple[str, Plain], ...] = ()

    @property
    def rule_id(self) -> str:
        """Id of the rule."""
        return self.rule.id

    @property
    def rule_version(self) -> str:
        """Version of the rule."""
        return self.rule.version

    @property
    def category(self) -> FlagCategory:
        """Which flag a breach belongs to."""
        return self.rule.category

    @property
    def caused_by(self) -> CausedBy:
        """Whose doing a breach would be."""
        return self.rule.caused_by

    @property
    def citation(self) -> Citation:
        """Where the rule stands."""
        return self.rule.citation


@dataclass(frozen=True, slots=True)
class PlanBlock:
    """A rule that keeps a planned visit from being released.

    `allowed_from`: when this rule alone would let it begin; None: time alone does not help.
    """

    finding: Finding
    allowed_from: datetime | None


@dataclass(frozen=True, slots=True)
class PlanVerdict:
    """What every rule says of a planned visit.

    `allowed_from`: the earliest start at which no rule blocks, keeping length and people; None
    when nothing blocks now, or when time alone does not help.
    """

    blocks: tuple[PlanBlock, ...]
    advice: tuple[Finding, ...]
    unknown: tuple[Finding, ...]
    allowed_from: datetime | None

    @property
    def blocked(self) -> bool:
        """Whether the plan may not be released."""
        return bool(self.blocks)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a pack: where it stands, and the code and facts of its sentence."""

    path: str
    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)
