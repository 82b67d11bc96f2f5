"""Branches, teams and people as choices for filters and orders."""

from dataclasses import dataclass
from datetime import date

from supervisor.models.ids import BranchId, StaffId, TeamId


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A branch office (网点)."""

    branch_id: BranchId
    code: str
    name: str
    shows_names: bool
    payments_known_on: date | None


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team of a branch."""

    team_id: TeamId
    branch_id: BranchId
    name: str


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A collector as a choice, with what an order to reassign must know."""

    staff_id: StaffId
    branch_id: BranchId
    team_id: TeamId | None
    staff_no: str
    name: str
    active: bool
    daily_capacity: int
    open_cases: int
    training_valid_until: date | None


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """Everything the cascade branch > team > agent offers."""

    branches: tuple[BranchRow, ...]
    teams: tuple[TeamRow, ...]
    staff: tuple[StaffRow, ...]
