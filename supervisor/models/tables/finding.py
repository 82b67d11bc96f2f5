"""What flags rest on, and what follows from them."""

from datetime import datetime

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Base, Id, UtcDateTime
from supervisor.models.tables.scoped import PartialIndex, Scoped, Versioned, follows, scoped_options


class Finding(Scoped, Base):
    """One reason for a flag: a rule of a version, with what it rests on. Never changed.

    `facts`: JSON of the values of its sentence. Spans are code points of `visit.note`.
    `citation`: JSON of the rule's source as it stood; empty for what the note alone says.
    `superseded_at`: since when a newer reading no longer finds it.
    """

    __tablename__ = "finding"
    __table_args__ = (
        Index("uq_finding_fingerprint", "branch_id", "flag_id", "fingerprint", unique=True),
        Index("ix_finding_rule_id", "rule_id", "branch_id", "recorded_at"),
        follows("flag", "flag_id"),
        scoped_options,
    )

    flag_id: Mapped[int] = mapped_column(Id)
    case_id: Mapped[int] = mapped_column(Id)
    visit_id: Mapped[int | None] = mapped_column(Id)
    rule_id: Mapped[str] = mapped_column(String(60))
    rule_version: Mapped[str] = mapped_column(String(30))
    source: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(String(20), default="breach", server_default="breach")
    category: Mapped[str] = mapped_column(String(20))
    severity: Mapped[str] = mapped_column(String(10))
    caused_by: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(80), default="", server_default="")
    facts: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")
    span_start: Mapped[int | None] = mapped_column(Integer)
    span_end: Mapped[int | None] = mapped_column(Integer)
    citation: Mapped[str] = mapped_column(Text, default="", server_default="")
    confirmed: Mapped[bool] = mapped_column(default=True, server_default="1")
    fingerprint: Mapped[str] = mapped_column(String(64))
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class FollowUp(Scoped, Versioned, Base):
    """A step to take, with owner and due time; `done_at` None: open.

    `owner_role`: whose kind of work it is; `owner` names a person once somebody took it.
    `outcome`: done, or dropped because it was not needed.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        Index("ix_follow_up_branch_id_case_id", "branch_id", "case_id"),
        Index("ix_follow_up_branch_id_flag_id", "branch_id", "flag_id"),
        PartialIndex("ix_follow_up_done_at", "done_at", "branch_id", where="done_at IS NOT NULL"),
        PartialIndex("ix_follow_up_open_due", "branch_id", "due_at", where="done_at IS NULL"),
        follows("collection_case", "case_id"),
        scoped_options,
    )

    case_id: Mapped[int] = mapped_column(Id)
    flag_id: Mapped[int | None] = mapped_column(Id)
    step: Mapped[str] = mapped_column(String(60))
    family: Mapped[str] = mapped_column(
        String(20), default="lawfulness", server_default="lawfulness"
    )
    words: Mapped[str] = mapped_column(Text, default="", server_default="")
    owner_role: Mapped[str] = mapped_column(
        String(20), default="supervisor", server_default="supervisor"
    )
    owner: Mapped[str] = mapped_column(String(200), default="", server_default="")
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[str] = mapped_column(String(200), default="", server_default="")
    outcome: Mapped[str | None] = mapped_column(String(20))
    escalated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
