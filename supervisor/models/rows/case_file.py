"""The case panel: masked borrower, contracts, schedule, money, timeline, preparation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from supervisor.models.enums import HoldReason, Tick
from supervisor.models.ids import BranchId, CaseId
from supervisor.models.rows.case_queue import CaseQueueRow


class InstalmentState(StrEnum):
    """How an instalment stands as of a date, settled oldest first."""

    PAID = "paid"
    PART_PAID = "part_paid"
    OVERDUE = "overdue"
    NOT_DUE = "not_due"


class EntryKind(StrEnum):
    """What a timeline entry tells of."""

    VISIT = "visit"
    PHONE = "phone"
    SMS = "sms"
    LETTER = "letter"
    PAYMENT = "payment"
    PROMISE = "promise"
    PLAN = "plan"
    ASSIGNMENT = "assignment"
    HOLD = "hold"
    COMPLAINT = "complaint"
    FLAG = "flag"
    NOTE = "note"
    PLACED = "placed"


@dataclass(frozen=True, slots=True)
class AmountsRow:
    """The four amounts of product.md 4a, never mixed; all 分, as of `as_of`.

    Attributes:
        overdue_fen: 逾期应还, unpaid instalments past due with booked penalty.
        settle_fen: 结清金额, everything owed.
        to_lower_bucket_fen: 降期需还, what brings the case into the next lower bucket.
        undue_fen: 未到期, not yet due unless called in.
        rolls_on: the day the case enters the next bucket if nothing is paid; None when settled.
    """

    as_of: date
    overdue_fen: int
    settle_fen: int
    to_lower_bucket_fen: int
    undue_fen: int
    rolls_on: date | None


@dataclass(frozen=True, slots=True)
class InstalmentRow:
    """One line of the schedule as of a date."""

    contract_no: str
    number: int
    due_on: date
    principal_fen: int
    interest_fen: int
    fee_fen: int
    penalty_fen: int
    paid_fen: int
    state: InstalmentState
    days_overdue: int


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract of the case."""

    contract_no: str
    product: str
    principal_fen: int
    rate_ppm: int | None
    signed_on: date | None
    instalments: int
    accelerated_on: date | None
    credit_state: str
    credit_objection: Tick


@dataclass(frozen=True, slots=True)
class BorrowerRow:
    """The borrower, masked; `phone` 138****2041, `address` to street level with number **."""

    borrower_no: str
    name: str
    phone: str
    id_number: str
    address: str
    address_kinds: tuple[str, ...]
    contacts: int
    do_not_contact: int


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One timeline entry; `code` and `facts` become words on the screen.

    `text` is what people wrote (a note, a reason), shown as it is. `people` are staff names.
    """

    kind: EntryKind
    at: datetime | None
    on: date
    code: str
    facts: Mapping[str, str | int]
    people: tuple[str, ...]
    text: str
    source_id: int


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A hold, open or ended."""

    hold_id: int
    reason: HoldReason
    words: str
    from_on: date
    until_on: date | None
    owner: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """Who held the case when."""

    agent: str | None
    second_agent: str | None
    from_at: datetime
    until_at: datetime | None
    reason: str
    by: str


class TickState(StrEnum):
    """How a line of the preparation stands."""

    DONE = "done"
    OPEN = "open"
    ADVICE = "advice"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class PreparationRow:
    """One line of 上门准备. `item` is file, target, moment, strategy, notice or people."""

    item: str
    state: TickState
    code: str
    facts: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class CaseFileRow:
    """Everything the case panel shows, masked."""

    case_id: CaseId
    branch_id: BranchId
    head: CaseQueueRow
    amounts: AmountsRow
    borrower: BorrowerRow
    contracts: tuple[ContractRow, ...]
    schedule: tuple[InstalmentRow, ...]
    payments_known_on: date | None
    timeline: tuple[EntryRow, ...]
    holds: tuple[HoldRow, ...]
    assignments: tuple[AssignmentRow, ...]
    preparation: tuple[PreparationRow, ...]
    household: tuple[CaseQueueRow, ...]


@dataclass(frozen=True, slots=True)
class CaseFileFilter:
    """Which case to open, and the day and instant to judge it on."""

    branch_id: BranchId
    case_id: CaseId
    as_of: date
    now: datetime


@dataclass(frozen=True, slots=True)
class CaseNumbers:
    """Case numbers to look up; `branches` None: in every branch."""

    numbers: tuple[str, ...]
    branches: tuple[BranchId, ...] | None = None


@dataclass(frozen=True, slots=True)
class FoundCase:
    """Where a case of a number lies."""

    case_no: str
    branch_id: BranchId
    case_id: CaseId
    version: int


@dataclass(frozen=True, slots=True)
class PrivateItems:
    """Unmasked items, only those that were asked for; the rest is empty."""

    name: str = ""
    id_number: str = ""
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
