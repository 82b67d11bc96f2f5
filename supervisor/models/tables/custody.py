"""Who held a case, when it rested, and what was noted about it."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Base, Id, UtcDateTime
from supervisor.models.tables.scoped import Scoped, Versioned, follows, scoped_options


class Assignment(Scoped, Versioned, Base):
    """Who held a case when; `until_at` None: still."""

    __tablename__ = "assignment"
    __table_args__ = (
        Index("ix_assignment_branch_id_case_id", "branch_id", "case_id", "from_at"),
        Index("ix_assignment_agent_id_from_at", "agent_id", "from_at"),
        follows("collection_case", "case_id"),
        scoped_options,
    )

    case_id: Mapped[int] = mapped_column(Id)
    agent_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    second_agent_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    from_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    by: Mapped[str] = mapped_column(String(200), default="", server_default="")
    done_by_branch_id: Mapped[int] = mapped_column(Id, ForeignKey("branch.id"))


class Hold(Scoped, Versioned, Base):
    """Collection rests. `until_on` None: until somebody ends it. Both days included.

    `flag_id`: a critical flag placed it; only the compliance officer lifts it, after the review.
    """

    __tablename__ = "hold"
    __table_args__ = (
        Index("ix_hold_branch_id_case_id", "branch_id", "case_id"),
        follows("collection_case", "case_id"),
        scoped_options,
    )

    case_id: Mapped[int] = mapped_column(Id)
    reason: Mapped[str] = mapped_column(String(30))
    words: Mapped[str] = mapped_column(Text, default="", server_default="")
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)
    owner: Mapped[str] = mapped_column(String(200), default="", server_default="")
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str | None] = mapped_column(String(200))
    end_words: Mapped[str | None] = mapped_column(Text)
    flag_id: Mapped[int | None] = mapped_column(Id)


class CaseNote(Scoped, Versioned, Base):
    """A note a supervisor wrote on a case."""

    __tablename__ = "case_note"
    __table_args__ = (
        Index("ix_case_note_branch_id_case_id", "branch_id", "case_id"),
        follows("collection_case", "case_id"),
        scoped_options,
    )

    case_id: Mapped[int] = mapped_column(Id)
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(200))
