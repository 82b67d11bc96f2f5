"""Flags and their follow-ups, as far as the queue needs them; findings and reviews come later."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Base, Id, UtcDateTime
from supervisor.models.tables.scoped import Scoped, Versioned, follows, scoped_options


class Flag(Scoped, Versioned, Base):
    """One category on one visit (or case). `looked_at` None: awaiting the first look (待初核)."""

    __tablename__ = "flag"
    __table_args__ = (
        Index("ix_flag_branch_id_case_id", "branch_id", "case_id"),
        Index("ix_flag_branch_id_state", "branch_id", "state", "severity"),
        follows("collection_case", "case_id"),
        scoped_options,
    )

    case_id: Mapped[int] = mapped_column(Id)
    visit_id: Mapped[int | None] = mapped_column(Id)
    category: Mapped[str] = mapped_column(String(20))
    severity: Mapped[str] = mapped_column(String(10))
    caused_by: Mapped[str] = mapped_column(String(20), default="unknown", server_default="unknown")
    source: Mapped[str] = mapped_column(String(20))
    evidence: Mapped[str] = mapped_column(Text, default="", server_default="")
    state: Mapped[str] = mapped_column(String(20), default="new", server_default="new")
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    looked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class FollowUp(Scoped, Versioned, Base):
    """A step to take, with owner and due time; `done_at` None: open."""

    __tablename__ = "follow_up"
    __table_args__ = (
        Index("ix_follow_up_branch_id_case_id", "branch_id", "case_id"),
        follows("collection_case", "case_id"),
        scoped_options,
    )

    case_id: Mapped[int] = mapped_column(Id)
    flag_id: Mapped[int | None] = mapped_column(Id)
    step: Mapped[str] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(Text, default="", server_default="")
    owner: Mapped[str] = mapped_column(String(200), default="", server_default="")
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
