"""Orders about training, teaching cases, quality sheets, questions about visits, new complaints."""

from dataclasses import dataclass
from datetime import date, datetime

from supervisor.models.enums import ComplaintChannel
from supervisor.models.enums_training import QuestionKind, SheetAnswer, SheetItem
from supervisor.models.ids import (
    BranchId,
    CourseId,
    SheetId,
    StaffId,
    TeachingId,
    TrainingId,
    VisitId,
)
from supervisor.models.orders import CaseRef, Order
from supervisor.models.rows.incidents import FlagRef


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCourse(Order):
    """`commands.training.save_course`: a new course (`course_id` None) or a changed one.

    `themes`: rule ids or categories it answers. `active` False: it is assigned no more.
    """

    course_id: CourseId | None
    code: str
    name: str
    minutes: int = 30
    themes: tuple[str, ...] = ()
    active: bool = True
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignTraining(Order):
    """`commands.training.assign_training`: people are to take a course until `due_on`.

    `flag`: why, where it was a flag.
    """

    staff: tuple[StaffId, ...]
    course_id: CourseId
    due_on: date
    why: str = ""
    flag: FlagRef | None = None


@dataclass(frozen=True, slots=True)
class TrainingRef:
    """An assignment as the person saw it; `version` None skips the check."""

    training_id: TrainingId
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishTraining(Order):
    """`commands.training.finish_training`: the course was taken on this day."""

    training: TrainingRef
    done_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawTraining(Order):
    """`commands.training.withdraw_training`: it was assigned by mistake and not taken."""

    training: TrainingRef
    because: str


@dataclass(frozen=True, slots=True)
class Discussion:
    """A question to discuss in class, and what to look out for."""

    question: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseTeachingCase(Order):
    """`commands.teaching.choose_teaching_case`: put a confirmed flag into the case library."""

    flag: FlagRef
    title: str
    theme: str = ""
    questions: tuple[Discussion, ...] = ()
    trainer_notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTeachingCase(Order):
    """`commands.teaching.change_teaching_case`; None leaves as it was."""

    branch_id: BranchId
    teaching_id: TeachingId
    version: int | None = None
    title: str | None = None
    theme: str | None = None
    questions: tuple[Discussion, ...] | None = None
    trainer_notes: str | None = None
    retired: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveQualitySheet(Order):
    """`commands.quality.save_quality_sheet`: a new edition of somebody's sheet of a visit.

    `replaces`: the edition they saw, None for the first; another one means it was saved elsewhere.
    """

    branch_id: BranchId
    visit_id: VisitId
    answers: tuple[tuple[SheetItem, SheetAnswer], ...]
    words: str = ""
    replaces: SheetId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainVisit(Order):
    """`commands.explaining.explain_visit`: the answer to a question about a visit.

    `evidence`: what was shown when it was asked. `version`: of the explanation seen, 0 for none.
    """

    branch_id: BranchId
    visit_id: VisitId
    kind: QuestionKind
    explanation: str
    evidence: tuple[tuple[str, str | int | float], ...] = ()
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddComplaint(Order):
    """`commands.complaint_entry.add_complaint`: a complaint that came in by word or letter.

    `case_no`: its case by number, among those of the actor's branches, where no `case` is given.
    `complaint_no` empty: the ledger gives one.
    """

    received_at: datetime
    channel: ComplaintChannel
    about: str
    case: CaseRef | None = None
    case_no: str = ""
    complaint_no: str = ""
    visit_no: str = ""
    person_id: StaffId | None = None
