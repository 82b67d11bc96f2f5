"""Orders about planned visits and the paper record of a visit.

Each is carried out by the command named beside it; one database write takes one order.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from supervisor.models.enums import (
    AddressKind,
    ArrearsReason,
    TalkResult,
    Tick,
    VisitOutcome,
)
from supervisor.models.ids import BranchId, PlanId, StaffId
from supervisor.models.orders import FIELD, CaseRef, Order, Roles


@dataclass(frozen=True, slots=True)
class PlanRef:
    """A plan as the person saw it; `version` None skips the check."""

    branch_id: BranchId
    plan_id: PlanId
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPlans(Order):
    """`commands.plan_checking.check_waiting`: plans that wait are checked by all rules."""

    limit: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVisits(Order):
    """`commands.planning.plan_visits`: 安排外访, several cases for one pair on one day.

    One after the other from `first_from`, each `minutes` long; cases of one borrower or one
    household share a window. `agent_id` None: everybody's own people go. `device_id` None: the
    device the first person carries.
    """

    givers: ClassVar[Roles] = FIELD

    cases: tuple[CaseRef, ...]
    first_from: datetime
    minutes: int = 60
    agent_id: StaffId | None = None
    second_agent_id: StaffId | None = None
    device_id: int | None = None
    address_kind: AddressKind = AddressKind.HOME
    strategy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReschedulePlans(Order):
    """`commands.planning.reschedule_plans`: 改期, to another day, time or pair.

    Attributes:
        on: the new day; None: the day stays. Times of day stay unless `at` is given.
        at: when the first one begins; the others follow at their old distances.
        agent_id, second_agent_id: the new pair; `pair` False: the people stay.
    """

    givers: ClassVar[Roles] = FIELD

    plans: tuple[PlanRef, ...]
    on: date | None = None
    at: datetime | None = None
    pair: bool = False
    agent_id: StaffId | None = None
    second_agent_id: StaffId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPlans(Order):
    """`commands.plan_changes.end_plans`: cancel plans, or call them back (撤回); with a reason."""

    givers: ClassVar[Roles] = FIELD

    plans: tuple[PlanRef, ...]
    words: str
    recalled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNotice(Order):
    """`commands.plan_changes.record_notice`: 登记已通知; this program sends nothing."""

    givers: ClassVar[Roles] = FIELD

    plans: tuple[PlanRef, ...]
    sent_at: datetime
    delivered: Tick = Tick.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipPlans(Order):
    """`commands.plan_changes.equip_plans`: name the second person, the device, or both.

    None leaves what there is.
    """

    givers: ClassVar[Roles] = FIELD

    plans: tuple[PlanRef, ...]
    second_agent_id: StaffId | None = None
    device_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVisit(Order):
    """`commands.paper_visits.record_visit`: 补录外访, what the paper form of a visit says.

    What stays None or empty comes from the plan; a visit without a plan names its case.

    Attributes:
        conduct: ticks of the conduct checklist by fact.
        promised_fen, promised_on: a promise, both or none.
    """

    givers: ClassVar[Roles] = FIELD

    case: CaseRef
    plan: PlanRef | None
    started_at: datetime
    ended_at: datetime | None
    outcome: VisitOutcome
    talk_results: tuple[TalkResult, ...] = ()
    arrears_reason: ArrearsReason | None = None
    agent_id: StaffId | None = None
    second_agent_id: StaffId | None = None
    address_kind: AddressKind = AddressKind.HOME
    notice_given: Tick = Tick.UNKNOWN
    id_shown: Tick = Tick.UNKNOWN
    recorded: Tick = Tick.UNKNOWN
    recording_consent: Tick = Tick.UNKNOWN
    conduct: tuple[tuple[str, Tick], ...] = ()
    note: str = ""
    promised_fen: int | None = None
    promised_on: date | None = None
