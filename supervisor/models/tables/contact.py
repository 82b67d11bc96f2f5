"""What happened with the borrower besides visits: contact attempts, promises, complaints."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Base, Fen, Id, UtcDateTime
from supervisor.models.tables.scoped import Scoped, Versioned, follows, scoped_options, tick


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
    connected: Mapped[str] = tick()
    effective: Mapped[str] = tick()
    outcome: Mapped[str] = mapped_column(Text, default="", server_default="")
    agent_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    done_by_branch_id: Mapped[int] = mapped_column(Id, ForeignKey("branch.id"))
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
