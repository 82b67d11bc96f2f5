"""What happened with the borrower: contact attempts, plans, visits, promises, complaints."""

from datetime import date, datetime

from sqlalchemy import Date, Float, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Base, Fen, Id, UtcDateTime
from supervisor.models.tables.scoped import PartialIndex, Scoped, Versioned, follows, scoped_options


def _tick() -> Mapped[str]:
    """A `Tick` column: what nobody reported is unknown, never no."""
    return mapped_column(String(7), default="unknown", server_default="unknown")


class ContactAttempt(Scoped, Versioned, Base):
    """A call, a message or a letter."""

    __tablename__ = "contact_attempt"
    __table_args__ = (
        UniqueConstraint("branch_id", "contact_no"),
        Index("ix_contact_attempt_branch_id_case_id", "branch_id", "case_id", "at"),
        follows("collection_case", "case_id"),
        scoped_options,
    )

    case_id: Mapped[int] = mapped_column(Id)
    contact_no: Mapped[str] = mapped_column(String(80))
    channel: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    party: Mapped[str] = mapped_column(String(20), default="debtor", server_default="debtor")
    connected: Mapped[str] = _tick()
    effective: Mapped[str] = _tick()
    outcome: Mapped[str] = mapped_column(Text, default="", server_default="")
    agent_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    done_by_branch_id: Mapped[int] = mapped_column(Id, ForeignKey("branch.id"))
    batch_id: Mapped[int | None] = mapped_column(Id)


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
    notice_delivered: Mapped[str] = _tick()
    file_ready: Mapped[str] = _tick()
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
    position_matched: Mapped[str] = _tick()
    id_shown: Mapped[str] = _tick()
    recorded: Mapped[str] = _tick()
    recording_consent: Mapped[str] = _tick()
    notice_given: Mapped[str] = _tick()
    conduct: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    receipt_no: Mapped[str | None] = mapped_column(String(80))
    late_entry_minutes: Mapped[int | None] = mapped_column(Integer)
    judged_with: Mapped[str | None] = mapped_column(String(16))
    unknown_key: Mapped[str | None] = mapped_column(String(16))
    batch_id: Mapped[int | None] = mapped_column(Id)


class Promise(Scoped, Versioned, Base):
    """A promise to pay. `paid_fen`: money valued from `made_on` to `due_on` (derived).

    Kept is `paid_fen >= amount_fen`; whether an unpaid one is broken depends on the day asked
    for and on how far payment data reach (`rules.promises`).
    """

    __tablename__ = "promise"
    __table_args__ = (
        UniqueConstraint("branch_id", "promise_no"),
        Index("ix_promise_branch_id_case_id", "branch_id", "case_id", "due_on"),
        # With all that is counted of a promise: measures need not look at the rows.
        Index(
            "ix_promise_done_by_branch_id",
            "done_by_branch_id",
            "due_on",
            "withdrawn",
            "agent_id",
            "amount_fen",
            "paid_fen",
            "branch_id",
        ),
        follows("collection_case", "case_id"),
        scoped_options,
    )

    case_id: Mapped[int] = mapped_column(Id)
    promise_no: Mapped[str] = mapped_column(String(80))
    visit_id: Mapped[int | None] = mapped_column(Id)
    agent_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    made_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    amount_fen: Mapped[int] = mapped_column(Fen)
    paid_fen: Mapped[int] = mapped_column(Fen, default=0, server_default="0")
    withdrawn: Mapped[bool] = mapped_column(default=False, server_default="0")
    done_by_branch_id: Mapped[int] = mapped_column(Id, ForeignKey("branch.id"))
    batch_id: Mapped[int | None] = mapped_column(Id)


class Complaint(Scoped, Versioned, Base):
    """A complaint with its clock (15 / 30 / 60 days); `closed_on` None: open.

    `clock_days`: how long the answer may take by now; `answered_on`: when it went out.
    """

    __tablename__ = "complaint"
    __table_args__ = (
        UniqueConstraint("branch_id", "complaint_no"),
        Index("ix_complaint_branch_id_case_id", "branch_id", "case_id"),
        follows("collection_case", "case_id"),
        scoped_options,
    )

    case_id: Mapped[int] = mapped_column(Id)
    complaint_no: Mapped[str] = mapped_column(String(80))
    channel: Mapped[str] = mapped_column(String(20), default="company", server_default="company")
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    about: Mapped[str] = mapped_column(Text, default="", server_default="")
    visit_no: Mapped[str | None] = mapped_column(String(80))
    person_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    clock_days: Mapped[int] = mapped_column(Integer, default=15, server_default="15")
    extended_because: Mapped[str] = mapped_column(Text, default="", server_default="")
    answered_on: Mapped[date | None] = mapped_column(Date)
    outcome: Mapped[str | None] = mapped_column(String(20))
    answer: Mapped[str] = mapped_column(Text, default="", server_default="")
    closed_on: Mapped[date | None] = mapped_column(Date)
    batch_id: Mapped[int | None] = mapped_column(Id)
