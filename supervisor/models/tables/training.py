"""Courses, who takes them and why, quality sheets (质检单), teaching cases, questions on visits."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Base, Id, UtcDateTime, exact
from supervisor.models.tables.scoped import Scoped, Versioned, follows, scoped_options


class TrainingCourse(Versioned, Base):
    """A course of the house. `themes`: comma-separated rule ids or categories it answers."""

    __tablename__ = "training_course"
    __table_args__ = (UniqueConstraint("code"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(exact(40))
    name: Mapped[str] = mapped_column(String(200))
    minutes: Mapped[int] = mapped_column(Integer, default=30, server_default="30")
    themes: Mapped[str] = mapped_column(Text, default="", server_default="")
    active: Mapped[bool] = mapped_column(Boolean, default=True, server_default="1")
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TrainingAssignment(Versioned, Base):
    """Somebody is to take a course. It stays with the person's branch when a case moves.

    `flag_id`: why, where it was a flag (ids of flags are unique over all branches).
    """

    __tablename__ = "training_assignment"
    __table_args__ = (
        Index("ix_training_assignment_staff_id", "staff_id", "due_on"),
        Index("ix_training_assignment_branch_id", "branch_id", "due_on"),
        Index("ix_training_assignment_flag_id", "flag_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    branch_id: Mapped[int] = mapped_column(Id, ForeignKey("branch.id"))
    staff_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"))
    course_id: Mapped[int] = mapped_column(Id, ForeignKey("training_course.id"))
    flag_id: Mapped[int | None] = mapped_column(Id)
    why: Mapped[str] = mapped_column(Text, default="", server_default="")
    due_on: Mapped[date] = mapped_column(Date)
    done_on: Mapped[date | None] = mapped_column(Date)
    assigned_by: Mapped[str] = mapped_column(String(200))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class QualityReview(Scoped, Versioned, Base):
    """The quality sheet of a visit (礼貌 / 倾听 / 应变); `sheet`: JSON of its answers.

    A row is one edition and never changed: a corrected sheet is a new row, the newest of a
    reviewer counts.
    """

    __tablename__ = "quality_review"
    __table_args__ = (
        Index("ix_quality_review_branch_id_visit_id", "branch_id", "visit_id"),
        follows("visit", "visit_id"),
        scoped_options,
    )

    visit_id: Mapped[int] = mapped_column(Id)
    reviewer: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    sheet: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")
    words: Mapped[str] = mapped_column(Text, default="", server_default="")


class TeachingCase(Scoped, Versioned, Base):
    """A confirmed flag chosen for the case library (案例库).

    `text`: the de-identified note without dates and amounts; `spans`: JSON, as `note_reading`.
    `theme`: a rule id or a category. `questions`: JSON list of `{question, hint}`.
    `retired_at`: since when it is not shown any more.
    """

    __tablename__ = "teaching_case"
    __table_args__ = (
        Index("uq_teaching_case_flag_id", "branch_id", "flag_id", unique=True),
        follows("flag", "flag_id"),
        scoped_options,
    )

    flag_id: Mapped[int] = mapped_column(Id)
    theme: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    spans: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    questions: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    trainer_notes: Mapped[str] = mapped_column(Text, default="", server_default="")
    chosen_by: Mapped[str] = mapped_column(String(200))
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class VisitQuestion(Scoped, Versioned, Base):
    """The explanation of a question about the plausibility of a visit (外访核实).

    Questions themselves are found anew each time and never stored; `evidence` is JSON of what was
    shown when it was explained.
    """

    __tablename__ = "visit_question"
    __table_args__ = (
        Index("uq_visit_question_kind", "branch_id", "visit_id", "kind", unique=True),
        follows("visit", "visit_id"),
        scoped_options,
    )

    visit_id: Mapped[int] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(20))
    evidence: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")
    explanation: Mapped[str] = mapped_column(Text)
    explained_by: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
