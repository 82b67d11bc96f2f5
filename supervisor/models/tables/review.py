"""What people did with a flag: every move, judgements, and what the person concerned says."""

from datetime import datetime

from sqlalchemy import Boolean, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Base, Id, UtcDateTime
from supervisor.models.tables.scoped import Scoped, Versioned, follows, scoped_options


class FlagEvent(Scoped, Base):
    """One move of a flag; never changed. `recorded_at` is when."""

    __tablename__ = "flag_event"
    __table_args__ = (
        Index("ix_flag_event_branch_id_flag_id", "branch_id", "flag_id"),
        follows("flag", "flag_id"),
        scoped_options,
    )

    flag_id: Mapped[int] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(30))
    by: Mapped[str] = mapped_column(String(200), default="", server_default="")
    role: Mapped[str] = mapped_column(String(20), default="", server_default="")
    from_state: Mapped[str | None] = mapped_column(String(20))
    to_state: Mapped[str | None] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text, default="", server_default="")


class Review(Scoped, Base):
    """A judgement of a flag; never changed. `recorded_at` is when it was submitted.

    `round`: the flag's review round; `number` counts within a round, so that two
    reviewers cannot both be the first. `blind`: the reviewer could not see any other judgement.
    """

    __tablename__ = "review"
    __table_args__ = (
        Index("uq_review_number", "branch_id", "flag_id", "round", "number", unique=True),
        follows("flag", "flag_id"),
        scoped_options,
    )

    flag_id: Mapped[int] = mapped_column(Id)
    round: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    number: Mapped[int] = mapped_column(Integer)
    reviewer: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    verdict: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    blind: Mapped[bool] = mapped_column(Boolean, default=True, server_default="1")
    decides: Mapped[bool] = mapped_column(Boolean, default=False, server_default="0")
    """The decision (裁定) after two judgements differed."""


class Appeal(Scoped, Versioned, Base):
    """A statement (催收员陈述) or an appeal of the person concerned, written by the supervisor."""

    __tablename__ = "appeal"
    __table_args__ = (
        Index("ix_appeal_branch_id_flag_id", "branch_id", "flag_id"),
        follows("flag", "flag_id"),
        scoped_options,
    )

    flag_id: Mapped[int] = mapped_column(Id)
    staff_id: Mapped[int] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(String(200))
    outcome: Mapped[str | None] = mapped_column(String(20))
    answer: Mapped[str] = mapped_column(Text, default="", server_default="")
    answered_by: Mapped[str] = mapped_column(String(200), default="", server_default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
