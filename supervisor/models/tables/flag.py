"""Flags."""

from datetime import datetime

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Base, Id, UtcDateTime
from supervisor.models.tables.scoped import PartialIndex, Scoped, Versioned, follows, scoped_options


class Flag(Scoped, Versioned, Base):
    """One category on one visit (or case). `looked_at` None: awaiting the first look (待初核).

    `subject`: `visit:<id>` or `case:<kind>`; with case and category it is unique, so that two
    writers never make the same flag twice; None for flags made by hand. Severity, `caused_by` and
    the leading rule are those of its worst standing finding. People of the visit are copied here
    so that counts need no visits. `due_at`: when the present state is due; `closed_at` is set in
    the closed state alone. `snapshot`: JSON of the facts as they were judged.
    """

    __tablename__ = "flag"
    __table_args__ = (
        Index("ix_flag_branch_id_case_id", "branch_id", "case_id"),
        Index("ix_flag_branch_id_state", "branch_id", "state", "severity"),
        Index("uq_flag_subject", "branch_id", "case_id", "subject", "category", unique=True),
        Index(
            "ix_flag_branch_id_raised_at",
            *("branch_id", "raised_at", "closing_reason", "severity", "looked_at"),
        ),
        Index("ix_flag_kind", "category", "state", "caused_by", "raised_at"),
        Index("ix_flag_agent_id", "agent_id", "happened_at"),
        PartialIndex("ix_flag_closed_at", "closed_at", "branch_id", where="closed_at IS NOT NULL"),
        PartialIndex("ix_flag_open_due", "branch_id", "due_at", where="closed_at IS NULL"),
        follows("collection_case", "case_id"),
        scoped_options,
    )

    case_id: Mapped[int] = mapped_column(Id)
    visit_id: Mapped[int | None] = mapped_column(Id)
    subject: Mapped[str | None] = mapped_column(String(60))
    category: Mapped[str] = mapped_column(String(20))
    severity: Mapped[str] = mapped_column(String(10))
    caused_by: Mapped[str] = mapped_column(String(20), default="unknown", server_default="unknown")
    source: Mapped[str] = mapped_column(String(20))
    lead_rule: Mapped[str] = mapped_column(String(60), default="", server_default="")
    lead_reason: Mapped[str] = mapped_column(String(80), default="", server_default="")
    evidence: Mapped[str] = mapped_column(Text, default="", server_default="")
    snapshot: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")
    state: Mapped[str] = mapped_column(String(20), default="new", server_default="new")
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    happened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    agent_id: Mapped[int | None] = mapped_column(Id)
    second_agent_id: Mapped[int | None] = mapped_column(Id)
    done_by_branch_id: Mapped[int | None] = mapped_column(Id)
    owner: Mapped[str] = mapped_column(String(200), default="", server_default="")
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    looked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    looked_by: Mapped[str | None] = mapped_column(String(200))
    reviews_needed: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    verdict: Mapped[str | None] = mapped_column(String(20))
    closing_reason: Mapped[str | None] = mapped_column(String(20))
    duplicate_of: Mapped[int | None] = mapped_column(Id)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reopened: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    review_round: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    """Counted up when it is returned or reopened: judgements of earlier rounds count no more."""
    escalated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
