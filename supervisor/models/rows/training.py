"""Courses, who is to take them, and the case library.

Answered by `queries.training`: `courses(session, CourseFilter) -> tuple[CourseRow, ...]`,
`assignments(session, TrainingFilter) -> TrainingPage`; by `queries.teaching`:
`teaching_cases(session, TeachingFilter) -> TeachingPage`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from supervisor.models.enums import CausedBy, FlagCategory, Severity
from supervisor.models.enums_incidents import Verdict
from supervisor.models.enums_training import AssignmentState
from supervisor.models.ids import BranchId, CourseId, FlagId, StaffId, TeachingId, TrainingId
from supervisor.models.orders_training import Discussion
from supervisor.models.rows.incident_detail import SpanRow


@dataclass(frozen=True, slots=True)
class CourseFilter:
    """Which courses; counts of people only over the branches that may be seen."""

    as_of: date
    active_only: bool = False
    branches: tuple[BranchId, ...] = ()
    allowed: tuple[BranchId, ...] | None = None


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course with how many people have it before them, let it pass, and took it."""

    course_id: CourseId
    version: int
    code: str
    name: str
    minutes: int
    themes: tuple[str, ...]
    active: bool
    open: int
    expired: int
    done: int


@dataclass(frozen=True, slots=True)
class TrainingFilter:
    """Conditions, all joined by AND; None or empty means no condition."""

    as_of: date
    branches: tuple[BranchId, ...] = ()
    states: frozenset[AssignmentState] = frozenset()
    staff: tuple[StaffId, ...] = ()
    courses: tuple[CourseId, ...] = ()
    flag_id: FlagId | None = None
    search: str = ""
    limit: int = 500
    allowed: tuple[BranchId, ...] | None = None


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """Somebody and a course. `days_left`: to the due date, negative when expired; None once taken.

    `flag_no`: why, where it was a flag; `why`: in words.
    """

    training_id: TrainingId
    version: int
    branch_id: BranchId
    branch: str
    staff_id: StaffId
    staff: str
    staff_no: str
    course_id: CourseId
    course: str
    flag_id: FlagId | None
    flag_no: str
    why: str
    due_on: date
    done_on: date | None
    assigned_by: str
    state: AssignmentState
    days_left: int | None


@dataclass(frozen=True, slots=True)
class TrainingPage:
    """Lines: expired first, then by due date, taken ones last. Counts cover the whole filter."""

    rows: tuple[TrainingRow, ...]
    total: int
    by_state: Mapping[AssignmentState, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TeachingFilter:
    """Which cases of the library; `theme` empty: all themes."""

    as_of: date
    branches: tuple[BranchId, ...] = ()
    allowed: tuple[BranchId, ...] | None = None
    theme: str = ""
    retired: bool = False
    limit: int = 500


@dataclass(frozen=True, slots=True)
class TeachingRow:
    """A case of the library: nothing of it names a customer, a person of ours, a day or a sum."""

    branch_id: BranchId
    teaching_id: TeachingId
    version: int
    case_no: str
    flag_id: FlagId
    flag_no: str
    theme: str
    title: str
    text: str
    spans: tuple[SpanRow, ...]
    questions: tuple[Discussion, ...]
    trainer_notes: str
    category: FlagCategory
    severity: Severity
    caused_by: CausedBy
    verdict: Verdict | None
    rules: tuple[tuple[str, str], ...]
    chosen_by: str
    chosen_at: datetime
    retired: bool


@dataclass(frozen=True, slots=True)
class TeachingPage:
    """Cases by theme, newest first; `themes`: how many cases each theme has."""

    rows: tuple[TeachingRow, ...]
    total: int
    themes: Mapping[str, int] = field(default_factory=dict)
