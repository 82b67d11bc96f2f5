"""人员负荷: what every collector of a branch holds, and the cases a fairer split would move."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from supervisor.models.changes import Actor
from supervisor.models.ids import BranchId, CaseId, StaffId, TeamId
from supervisor.models.rows.fair_split import Lock


@dataclass(frozen=True, slots=True)
class WorkloadAsk:
    """Which branch, on which day.

    `tomorrow`: the next day visits are looked at; None: the next day the house works.
    """

    branch_id: BranchId
    on: date
    tomorrow: date | None
    now: datetime
    actor: Actor

    @property
    def ahead(self) -> date:
        """The next day visits are looked at, once it is known."""
        if self.tomorrow is None:
            raise LookupError
        return self.tomorrow


@dataclass(frozen=True, slots=True)
class Away:
    """Days of absence, both ends included."""

    from_on: date
    until_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class LoadCase:
    """An open case somebody holds. Money in 分, `difficulty` in hundredths.

    Attributes:
        door: equal for cases that are visited together (borrower, or household).
        idle: days since the last visit since it was placed, or since then if there was none.
        late: a follow-up of it is overdue.
        lock: why it stays where it is; None: nothing holds it.
    """

    case_id: CaseId
    version: int
    case_no: str
    borrower_id: int
    door: str
    area: str
    agent_id: StaffId
    second_agent_id: StaffId | None
    overdue_fen: int
    settle_fen: int
    difficulty: int
    idle: int
    late: bool
    planned_on: date | None
    lock: Lock | None


@dataclass(frozen=True, slots=True)
class LoadPerson:
    """A collector and what they hold. Money in 分, `difficulty` in hundredths.

    Attributes:
        active: still with us; who is not may yet hold cases.
        unfit_since: training or exam ended on this day; None: valid, or not known.
        idle: cases by days without a visit, by `UNTOUCHED_BANDS`.
        late: cases with an overdue follow-up.
        doors, capacity: addresses planned for `tomorrow`, and how many can be visited then.
        daily: addresses a day when present.
        away: absences from today on, by day.
        presence: working days present of the `HORIZON` ahead.
    """

    staff_id: StaffId
    staff_no: str
    name: str
    team_id: TeamId | None
    active: bool
    unfit_since: date | None
    cases: int
    overdue_fen: int
    settle_fen: int
    difficulty: int
    idle: tuple[int, int, int, int]
    late: int
    areas: int
    doors: int
    capacity: int
    daily: int
    away: tuple[Away, ...]
    presence: int

    def away_on(self, day: date) -> Away | None:
        """The absence of a day."""
        return next((one for one in self.away if one.from_on <= day <= one.until_on), None)


@dataclass(frozen=True, slots=True)
class LoadTeam:
    """A team, or those who belong to none (`team_id` None), by staff number."""

    team_id: TeamId | None
    name: str
    people: tuple[LoadPerson, ...]


@dataclass(frozen=True, slots=True)
class Workloads:
    """Everything the screen shows of a branch.

    Attributes:
        cap: cases a person should hold at most (house parameter `case_cap`).
        conflicts: borrower -> people who had a conflict with them.
        unassigned: open cases nobody holds.
    """

    branch_id: BranchId
    branch: str
    on: date
    tomorrow: date
    cap: int
    teams: tuple[LoadTeam, ...]
    cases: tuple[LoadCase, ...]
    conflicts: Mapping[int, frozenset[int]]
    unassigned: int
    payments_known_on: date | None

    @property
    def people(self) -> tuple[LoadPerson, ...]:
        """Everybody, by team and staff number."""
        return tuple(person for team in self.teams for person in team.people)
