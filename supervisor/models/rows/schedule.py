"""外访排程: one day of one branch, a lane for each pair, with what waits to be planned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from supervisor.models.enums import AddressKind, PlanState, RecallCause, Tick, VisitOutcome
from supervisor.models.ids import BranchId, CaseId, PlanId, StaffId, TeamId


class Course(StrEnum):
    """How far a visit of the day has come."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    REPORTED = "reported"
    NOT_BACK = "not_back"


@dataclass(frozen=True, slots=True)
class ScheduleAsk:
    """Which day of which branch. `teams`: only lanes of people of these teams.

    `now`: the instant progress is told from.
    """

    branch_id: BranchId
    on: date
    now: datetime
    teams: tuple[TeamId, ...] = ()
    pool_limit: int = 60


@dataclass(frozen=True, slots=True)
class PlanCardsAsk:
    """Which plans of a branch; `now`: the instant progress is told from."""

    branch_id: BranchId
    plan_ids: tuple[PlanId, ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class VisitCard:
    """A planned visit. Money in 分; no private value but the name the branch shows.

    Attributes:
        household_n: open cases at the same borrower or household (同户 n).
        visit_number: completed visits before this one.
        file_ready, notice_delivered: as ticked; unknown is neither.
        checked: the rules have looked at it since anything changed.
    """

    branch_id: BranchId
    plan_id: PlanId
    plan_no: str
    version: int
    case_id: CaseId
    case_version: int
    case_no: str
    name: str
    area: str
    window_from: datetime
    window_until: datetime
    address_kind: AddressKind
    target_fen: int | None
    overdue_fen: int
    agent_id: StaffId | None
    second_agent_id: StaffId | None
    device_id: int | None
    device: str
    strategy: str
    notice_sent_at: datetime | None
    notice_delivered: Tick
    file_ready: Tick
    state: PlanState
    course: Course
    outcome: VisitOutcome | None
    recall_cause: RecallCause | None
    recall_rules: tuple[str, ...]
    checked: bool
    household_n: int
    visit_number: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who goes out. `away`: absent on the day; `capacity`: addresses a day."""

    staff_id: StaffId
    staff_no: str
    name: str
    capacity: int
    away: bool
    device: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A pair (or one person, or nobody: visits without people) and its visits by time."""

    people: tuple[Person, ...]
    cards: tuple[VisitCard, ...]

    @property
    def key(self) -> tuple[StaffId | None, StaffId | None]:
        """First and second person."""
        ids = tuple(person.staff_id for person in self.people)
        return (ids[0] if ids else None, ids[1] if len(ids) > 1 else None)

    @property
    def capacity(self) -> int:
        """Addresses a day: a pair goes only where both go; an absent person goes nowhere."""
        if not self.people or any(person.away for person in self.people):
            return 0
        return min(person.capacity for person in self.people)

    @property
    def doors(self) -> int:
        """How many windows the visits fill; cases of one door share one."""
        return len({(card.window_from, card.window_until) for card in self.cards})


@dataclass(frozen=True, slots=True)
class PoolCase:
    """An open case without a visit to come."""

    branch_id: BranchId
    case_id: CaseId
    version: int
    case_no: str
    name: str
    area: str
    overdue_fen: int
    last_visit_on: date | None
    agent_id: StaffId | None
    agent: str
    household_n: int


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A day of the week shown: how many visits stand, and how many must be called back."""

    on: date
    plans: int
    recalls: int
    is_workday: bool


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """A recording device of the branch."""

    device_id: int
    code: str
    staff_id: StaffId | None


@dataclass(frozen=True, slots=True)
class ScheduleDay:
    """Everything the screen shows of a day.

    Attributes:
        progress: visits by course.
        pool: cases to plan, longest unvisited first; `pool_total` counts all of them.
    """

    branch_id: BranchId
    on: date
    lanes: tuple[Lane, ...]
    progress: Mapping[Course, int]
    pool: tuple[PoolCase, ...]
    pool_total: int
    week: tuple[WeekDay, ...]
    devices: tuple[DeviceChoice, ...]

    @property
    def cards(self) -> tuple[VisitCard, ...]:
        """Every visit of the day."""
        return tuple(card for lane in self.lanes for card in lane.cards)
