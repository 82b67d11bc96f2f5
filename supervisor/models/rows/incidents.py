"""Incidents: what to ask for, lines of the list, ageing and burn-down.

Answered by `queries.incidents`:
`incidents(session, IncidentFilter) -> IncidentPage`,
`incident_counts(session, IncidentFilter) -> IncidentCounts` (badge and tray, cheap),
`ageing(session, IncidentFilter) -> tuple[AgeingRow, ...]`,
`burn_down(session, IncidentFilter) -> tuple[BurnDownRow, ...]` (a row per day of the period);
by `queries.rule_precision`: `rule_precision(session, PrecisionFilter) -> tuple[RulePrecision, ...]`
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from supervisor.models.enums import CausedBy, FlagCategory, FlagState, Severity
from supervisor.models.enums_incidents import ClosingReason, Verdict
from supervisor.models.ids import BranchId, CaseId, FlagId, StaffId, TeamId


@dataclass(frozen=True, slots=True)
class FlagRef:
    """A flag as the person saw it: another `version` means somebody else was faster.

    `version` None skips that check (orders given by number, without a screen).
    """

    branch_id: BranchId
    flag_id: FlagId
    version: int | None = None


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """Conditions, all joined by AND; None or empty means no condition.

    Attributes:
        as_of: the business date "today" of lateness and ages.
        now: the instant due times are judged on.
        branches: branches to look in; empty means every branch.
        raised_from, raised_until: business dates of raising, both included.
        mine: only flags owned by this person, or with an open step of theirs.
        late_only: only flags whose state or an open step is past its due time.
        open_only: only flags that are not closed (未结).
        search: case number, masked name, contract number, staff name or number, flag number.
        limit: most lines to give; the counts cover all.
        to_train: only flags that call for a course nobody was given yet (待指派培训): confirmed
            conduct of our side, or, once it was looked at, an open step of training.
        not_reviewed_by: leave out flags this person judged in the round that counts now.
        allowed: branches the person may see at all (`Actor.branches`); None: every branch.
        deidentified: lines as training leads may see them: no name, case, contract or visit; nor
            are they found by one.
    """

    as_of: date
    now: datetime
    branches: tuple[BranchId, ...] = ()
    teams: tuple[TeamId, ...] = ()
    agents: tuple[StaffId, ...] = ()
    states: frozenset[FlagState] = frozenset()
    categories: frozenset[FlagCategory] = frozenset()
    severities: frozenset[Severity] = frozenset()
    caused_by: frozenset[CausedBy] = frozenset()
    verdicts: frozenset[Verdict] = frozenset()
    rules: frozenset[str] = frozenset()
    cases: tuple[CaseId, ...] = ()
    raised_from: date | None = None
    raised_until: date | None = None
    mine: str = ""
    late_only: bool = False
    open_only: bool = False
    search: str = ""
    to_train: bool = False
    not_reviewed_by: str = ""
    limit: int = 500
    allowed: tuple[BranchId, ...] | None = None
    deidentified: bool = False


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One flag in the list.

    Attributes:
        flag_no: what people call it, F-20461.
        lead_rule: id of the worst standing finding's rule (words: `words.of_incidents.rule_name`).
        lead_reason: code of that finding's reason.
        agents: names of those who went, first the one who holds the visit.
        agent_nos: their staff numbers.
        due_at: when the present state is due; None when closed.
        step_due_at: earliest due time of its open steps.
        late: the state or an open step is past due.
        held: the hold a critical flag placed still stands.
    """

    ref: FlagRef
    flag_no: str
    category: FlagCategory
    severity: Severity
    caused_by: CausedBy
    state: FlagState
    lead_rule: str
    lead_reason: str
    case_id: CaseId
    case_no: str
    contract_no: str
    borrower: str
    days_past_due: int | None
    agents: tuple[str, ...]
    agent_nos: tuple[str, ...]
    visit_no: str
    happened_at: datetime
    raised_at: datetime
    looked_at: datetime | None
    closed_at: datetime | None
    due_at: datetime | None
    step_due_at: datetime | None
    late: bool
    owner: str
    verdict: Verdict | None
    closing_reason: ClosingReason | None
    reopened: int
    escalated_at: datetime | None
    held: bool


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """Lines, most pressing first: late, then severity, then due time, then raised.

    `by_state` and `total` count everything the filter finds, whatever its state condition says, so
    that the state chips can show their numbers; `matching` counts with the state condition.
    """

    rows: tuple[IncidentRow, ...]
    total: int
    matching: int
    by_state: Mapping[FlagState, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IncidentCounts:
    """Counts only, for the badge and the tray.

    Attributes:
        critical_new: critical flags without a first look.
        new: all flags without a first look.
        late: open flags past their due time.
        steps_late: open steps past their due time.
        steps_today: open steps due by the end of `as_of`, late ones included.
        awaiting_review: flags that wait for a review.
        awaiting_decision: flags that wait for a decision.
        to_judge: visits that nobody has judged yet.
    """

    critical_new: int
    new: int
    late: int
    steps_late: int
    steps_today: int
    awaiting_review: int
    awaiting_decision: int
    to_judge: int


@dataclass(frozen=True, slots=True)
class AgeingRow:
    """Open flags of one category by whole days since they were raised: 0, 1-3, 4-7, 8-14, 15+."""

    category: FlagCategory
    caused_by: CausedBy
    counts: tuple[int, int, int, int, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class BurnDownRow:
    """One business day: flags raised, closed (without later reopening), and open at its end."""

    day: date
    raised: int
    closed: int
    open_at_end: int


@dataclass(frozen=True, slots=True)
class PrecisionFilter:
    """Which findings count: of visits judged in flags closed on these business dates.

    `hits_from`: from which day on all findings of a rule are counted as hits (近 90 天命中).
    """

    branches: tuple[BranchId, ...] = ()
    allowed: tuple[BranchId, ...] | None = None
    closed_from: date | None = None
    closed_until: date | None = None
    hits_from: date | None = None
    rules: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RulePrecision:
    """How often a rule's findings stood up to a person's look (以往成立).

    Attributes:
        upheld: judged findings in flags found upheld, partly upheld or true.
        judged: findings in flags with a verdict; duplicates, withdrawn and historic flags left out.
        low, high: Wilson 95 % interval of `upheld / judged`; None without any judged.
        hits: standing findings since `hits_from`, judged or not.
    """

    rule_id: str
    upheld: int
    judged: int
    low: float | None
    high: float | None
    hits: int

    @property
    def share(self) -> float | None:
        """Upheld of judged; None without any judged."""
        return self.upheld / self.judged if self.judged else None
