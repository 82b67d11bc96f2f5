"""The case queue: what to ask for, and one line of the answer."""

from dataclasses import dataclass, field
from datetime import date, datetime

from supervisor.models.enums import (
    ArrearsReason,
    Bucket,
    FlagCategory,
    HoldReason,
    Mark,
    PlanGap,
    Product,
    QueueReason,
    RecallCause,
    VisitOutcome,
)
from supervisor.models.enums_queue import SortKey
from supervisor.models.ids import BranchId, CaseId, PlanId, StaffId, TeamId


@dataclass(frozen=True, slots=True)
class Sort:
    """Order of the queue; `DEFAULT` is the eight levels of product.md section 7."""

    key: SortKey = SortKey.DEFAULT
    descending: bool = False


@dataclass(frozen=True, slots=True)
class CaseQueueFilter:
    """Conditions, all joined by AND; None or empty means no condition. Ranges accept one side.

    Attributes:
        as_of: the business date that days past due and reasons are judged on.
        now: the instant due times are judged on; noon of `as_of` when the two differ.
        branches: branches to look in; empty means every branch the person may see.
        search: quick search over case number, contract number, name, pinyin initials, phone tail.
        numbers: a pasted column of case or contract numbers.
        reasons: only cases standing for one of these reasons.
        visited_from, visited_until, visited_weekdays, visited_hours: only cases with a completed
            visit that fits all of them: on these days, on one of these weekdays (0 is Monday;
            looked for a year back where no first day is said), begun in one of these hours.
        include_ended: also cases that left the queue.
    """

    as_of: date
    now: datetime
    branches: tuple[BranchId, ...] = ()
    teams: tuple[TeamId, ...] = ()
    agents: tuple[StaffId, ...] = ()
    unassigned: bool = False
    reasons: frozenset[QueueReason] = frozenset()
    buckets: frozenset[Bucket] = frozenset()
    marks: frozenset[Mark] = frozenset()
    products: frozenset[Product] = frozenset()
    outcomes: frozenset[VisitOutcome] = frozenset()
    flag_categories: frozenset[FlagCategory] = frozenset()
    arrears_reasons: frozenset[ArrearsReason] = frozenset()
    areas: tuple[str, ...] = ()
    dpd_min: int | None = None
    dpd_max: int | None = None
    overdue_min_fen: int | None = None
    overdue_max_fen: int | None = None
    last_visit_from: date | None = None
    last_visit_until: date | None = None
    untouched_days_min: int | None = None
    untouched_days_max: int | None = None
    visited_from: date | None = None
    visited_until: date | None = None
    visited_weekdays: frozenset[int] = frozenset()
    visited_hours: frozenset[int] = frozenset()
    promise_due_from: date | None = None
    promise_due_until: date | None = None
    next_plan_from: date | None = None
    next_plan_until: date | None = None
    placed_from: date | None = None
    placed_until: date | None = None
    held: bool | None = None
    second_person_missing: bool | None = None
    plan_requested: bool | None = None
    search: str = ""
    numbers: tuple[str, ...] = ()
    include_ended: bool = False
    sort: Sort = field(default_factory=Sort)


@dataclass(frozen=True, slots=True)
class FromChart:
    """Conditions that a mark of a chart stands for, with the title of that chart."""

    wanted: CaseQueueFilter
    title: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A remembered line of the queue: how many lines stand before it, and its sort key."""

    position: int
    key: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class QueueRequest:
    """A window of the queue.

    Attributes:
        scope: branches the person may see; None means all. `wanted.branches` narrows it further.
        offset: number of the first line wanted, from 0.
        anchors: what `anchors` gave for the same conditions, to reach far lines without counting
            through the near ones; may be empty.
    """

    wanted: CaseQueueFilter
    scope: tuple[BranchId, ...] | None = None
    offset: int = 0
    limit: int = 100
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseQueueRow:
    """One line of the case queue. Money in 分; dates are business dates.

    Attributes:
        reason_days: days late (follow-up, promise, unreported visit), days left (hold, retention;
            below zero: past) or days untouched.
        reason_due_at: when a critical flag's first look or a follow-up is due.
        name: masked, or in full where the branch shows names.
        overdue_fen: 逾期应还 as of the day asked for.
        household_n: open cases at the same borrower or household (同户 n), 1 when alone.
        visit_number: how many completed visits there were; the next is 首访 when 0.
        data_known_on: payment data of the branch are complete up to this day.
        recall_rules: ids of the rules the next visit must be called back for.
    """

    case_id: CaseId
    branch_id: BranchId
    branch: str
    case_no: str
    contract_no: str | None
    reason: QueueReason
    reason_days: int | None
    reason_due_at: datetime | None
    recall_cause: RecallCause | None
    mark: Mark | None
    name: str
    bucket: Bucket
    dpd: int
    overdue_fen: int
    settle_fen: int
    area: str
    product: Product
    team: str | None
    agent_id: StaffId | None
    agent: str | None
    agent_no: str | None
    second_agent_id: StaffId | None
    second_agent: str | None
    second_agent_no: str | None
    second_person_asked: bool
    last_visit_on: date | None
    last_visit_outcome: VisitOutcome | None
    days_since_visit: int | None
    visit_number: int
    promise_due_on: date | None
    promise_fen: int | None
    promise_paid_fen: int | None
    next_plan_id: PlanId | None
    next_plan_at: datetime | None
    next_plan_gaps: PlanGap
    hold_until_on: date | None
    hold_reason: HoldReason | None
    retained_until_on: date | None
    placed_on: date
    household_n: int
    flag_count: int
    data_known_on: date | None
    ended_on: date | None
    version: int
    recall_rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A window of the queue. `rows[0]` is line `offset` of `total` (None: not counted yet)."""

    offset: int
    rows: tuple[CaseQueueRow, ...]
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Cases that stand in the queue for one reason in one stage; amounts in 分.

    `held`: a hold is in force, whatever the reason.
    """

    reason: QueueReason
    stage: Bucket
    held: bool
    cases: int
    overdue_fen: int


@dataclass(frozen=True, slots=True)
class QueueTotals:
    """What the footer says of everything the filter lets through."""

    cases: int
    overdue_fen: int
    promises_due_today: int
    as_of: date
