"""Visits planned and made."""

from datetime import date, datetime

from sqlalchemy import Date, Float, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Base, Fen, Id, UtcDateTime
from supervisor.models.tables.scoped import (
    PartialIndex,
    Scoped,
    Versioned,
    follows,
    scoped_options,
    tick,
)


class VisitPlan(Scoped, Versioned, Base):
    """A visit to come (or called back). Window in instants, `plan_on` its business date.

    `words`: why it was cancelled or called back. `checked_with`: digest of the packs that checked
    it; None: something it rests on has changed since, it waits to be checked. `recall_rules`: ids
    of rules it must be called back for, comma-separated. Both derived: `version` stays.
    """

    __tablename__ = "visit_plan"
    __table_args__ = (
        UniqueConstraint("branch_id", "plan_no"),
        Index("ix_visit_plan_branch_id_case_id", "branch_id", "case_id", "plan_on"),
        Index("ix_visit_plan_branch_id_plan_on", "branch_id", "plan_on"),
        PartialIndex(
            "ix_visit_plan_unchecked",
            "branch_id",
            "case_id",
            "id",
            where="checked_with IS NULL AND state = 'planned'",
            postgresql="checked_with IS NULL AND state::text = 'planned'::text",
        ),
        follows("collection_case", "case_id"),
        scoped_options,
    )

    case_id: Mapped[int] = mapped_column(Id)
    plan_no: Mapped[str] = mapped_column(String(80))
    plan_on: Mapped[date] = mapped_column(Date)
    window_from: Mapped[datetime] = mapped_column(UtcDateTime)
    window_until: Mapped[datetime] = mapped_column(UtcDateTime)
    address_kind: Mapped[str] = mapped_column(String(20), default="home", server_default="home")
    agent_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    second_agent_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    device_id: Mapped[int | None] = mapped_column(Id, ForeignKey("device.id"))
    target_fen: Mapped[int | None] = mapped_column(Fen)
    strategy: Mapped[str] = mapped_column(Text, default="", server_default="")
    notice_sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    notice_delivered: Mapped[str] = tick()
    file_ready: Mapped[str] = tick()
    state: Mapped[str] = mapped_column(String(20), default="planned", server_default="planned")
    words: Mapped[str] = mapped_column(Text, default="", server_default="")
    checked_with: Mapped[str | None] = mapped_column(String(16))
    recall_rules: Mapped[str | None] = mapped_column(Text)
    batch_id: Mapped[int | None] = mapped_column(Id)


class Visit(Scoped, Versioned, Base):
    """A visit as it was reported. Unknown stays unknown; nothing here is a judgement.

    `visited_on`: business date of the start. `stay_minutes` is derived by readers, not stored.
    `late_entry_minutes`: how long after the end it was entered. `talk_results`: comma-separated
    `TalkResult` codes. `conduct`: JSON of checklist ticks. Position in the system it was given in.
    `judged_with`: digest of the packs and the reader that judged it; None: it waits to be judged.
    `unknown_key`: which rules lacked a fact (`unknown_rules`). Both derived: `version` stays.
    """

    __tablename__ = "visit"
    __table_args__ = (
        UniqueConstraint("branch_id", "visit_no"),
        Index("ix_visit_branch_id_case_id", "branch_id", "case_id", "visited_on"),
        Index("ix_visit_branch_id_visited_on", "branch_id", "visited_on"),
        Index("ix_visit_done_by_branch_id", "done_by_branch_id", "visited_on"),
        PartialIndex(
            "ix_visit_request",
            "branch_id",
            "case_id",
            "visited_on",
            where="instr(talk_results, '_REQ') > 0",
            postgresql="strpos(talk_results::text, '_REQ'::text) > 0",
        ),
        PartialIndex("ix_visit_plan_id", "branch_id", "plan_id", where="plan_id IS NOT NULL"),
        PartialIndex("ix_visit_unjudged_id", "id", where="judged_with IS NULL"),
        PartialIndex(
            "ix_visit_unjudged",
            "branch_id",
            "case_id",
            "id",
            where="judged_with IS NULL",
        ),
        follows("collection_case", "case_id"),
        scoped_options,
    )

    case_id: Mapped[int] = mapped_column(Id)
    visit_no: Mapped[str] = mapped_column(String(80))
    plan_id: Mapped[int | None] = mapped_column(Id)
    agent_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    second_agent_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    done_by_branch_id: Mapped[int] = mapped_column(Id, ForeignKey("branch.id"))
    visited_on: Mapped[date] = mapped_column(Date)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    address_kind: Mapped[str] = mapped_column(String(20), default="home", server_default="home")
    outcome: Mapped[str] = mapped_column(String(30))
    talk_results: Mapped[str] = mapped_column(String(300), default="", server_default="")
    arrears_reason: Mapped[str | None] = mapped_column(String(40))
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    position_matched: Mapped[str] = tick()
    id_shown: Mapped[str] = tick()
    recorded: Mapped[str] = tick()
    recording_consent: Mapped[str] = tick()
    notice_given: Mapped[str] = tick()
    conduct: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    receipt_no: Mapped[str | None] = mapped_column(String(80))
    late_entry_minutes: Mapped[int | None] = mapped_column(Integer)
    judged_with: Mapped[str | None] = mapped_column(String(16))
    unknown_key: Mapped[str | None] = mapped_column(String(16))
    batch_id: Mapped[int | None] = mapped_column(Id)
