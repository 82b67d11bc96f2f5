"""What the rules say of planned visits: one line per rule, with its words and its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from supervisor.models.enums import Severity
from supervisor.models.ids import BranchId, CaseId, PlanId
from supervisor.models.rows.packs import Citation, Plain, RuleWords, Step

DO_NOT_CONTACT = "THIRD-STOP"
"""The rule a "do not contact" breaches."""


class PlanMark(StrEnum):
    """What a rule says of a plan, the gravest first.

    `gap`: it blocks, but only for want of something that can still be got before departure.
    """

    BLOCKED = "blocked"
    GAP = "gap"
    WARN = "warn"
    UNKNOWN = "unknown"
    OK = "ok"


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """What one version of one rule says of a plan.

    Attributes:
        allowed_from: when this rule alone would let the visit begin; None: time does not help.
    """

    mark: PlanMark
    pack: str
    rule_id: str
    rule_version: str
    severity: Severity
    citation: Citation
    zh: RuleWords
    en: RuleWords
    follow_up: tuple[Step, ...]
    failed: tuple[str, ...]
    missing: tuple[str, ...]
    evidence: Mapping[str, Plain]
    allowed_from: datetime | None


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """A plan (or one that might be made: `plan_id` None) with what every rule says of it.

    Attributes:
        allowed_from: the earliest start at which no rule blocks it, checked again by all of them.
    """

    branch_id: BranchId
    plan_id: PlanId | None
    case_id: CaseId
    plan_no: str
    case_no: str
    on: date
    start_at: datetime
    end_at: datetime
    version: int
    rules: tuple[RuleVerdict, ...]
    allowed_from: datetime | None

    def of(self, mark: PlanMark) -> tuple[RuleVerdict, ...]:
        """The rules that say so."""
        return tuple(rule for rule in self.rules if rule.mark is mark)

    @property
    def mark(self) -> PlanMark:
        """The gravest word of any rule; what is merely not known comes after advice."""
        return next((mark for mark in PlanMark if self.of(mark)), PlanMark.OK)

    @property
    def blocked(self) -> bool:
        """Whether the visit may not take place, whatever is brought along."""
        return any(rule.mark is PlanMark.BLOCKED for rule in self.rules)


@dataclass(frozen=True, slots=True)
class PlanAsk:
    """Which standing plans to check. All conditions by AND.

    Attributes:
        branches: None: every branch.
        on: plans for this business date.
        numbers: plans of these numbers.
        waiting_only: only plans something has changed for since they were checked.
    """

    branches: tuple[int, ...] | None = None
    on: date | None = None
    numbers: tuple[str, ...] = ()
    waiting_only: bool = False
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class PlansChecked:
    """What a round of checking did; `plans` 0: none waited."""

    plans: int
    recalled: int = 0
