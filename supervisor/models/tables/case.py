"""The case and its contracts.

No column depends on today. The last block of `Case` is derived from other tables by
`commands.agenda.refresh_cases`, in the transaction that changed them; it holds dates and step
functions which `rules.queue_order` and the queue query compare with the day asked for.
"""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Base, Fen, Id, UtcDateTime, exact
from supervisor.models.tables.scoped import PartialIndex, Scoped, Versioned, follows, scoped_options


def _open_index(name: str, *columns: str, where: str = "ended_on IS NULL") -> Index:
    return PartialIndex(name, *columns, where=where)


_BY_NUMBER = ("case_no", "branch_id", "id")
"""Makes every order total."""

_JUDGED = (
    "overdue_from_on",
    "overdue_until_on",
    "next_overdue_fen",
    "next_overdue_until_on",
    "oldest_due_on",
    "placed_on",
    "last_visit_on",
    "promise_due_on",
    "next_plan_on",
    "next_plan_gaps",
    "recall_cause",
    "hold_from_on",
    "hold_until_on",
    "retained_until_on",
    "critical_since",
    "follow_up_due_at",
)
"""What `rules.queue_order` looks at: every branch is judged from this index, not from the rows.

`ended_on` closes the indexes although it is always null there: SQLite would otherwise read the
row to check the very condition the index is partial on.
"""


class Case(Scoped, Versioned, Base):
    """A collection case of one borrower over one or more contracts."""

    __tablename__ = "collection_case"
    __table_args__ = (
        UniqueConstraint("branch_id", "case_no"),
        Index("ix_case_case_no", "case_no"),
        Index("ix_case_branch_id_borrower_id", "branch_id", "borrower_id"),
        Index("ix_case_placed_on", "placed_on", "branch_id"),
        PartialIndex("ix_case_ended_on", "ended_on", "branch_id", where="ended_on IS NOT NULL"),
        follows("borrower", "borrower_id"),
        _open_index("ix_case_open_overdue", "overdue_fen", *_BY_NUMBER, *_JUDGED, "ended_on"),
        _open_index(
            "ix_case_open_next_overdue",
            "next_overdue_fen",
            *_BY_NUMBER,
            "overdue_until_on",
            "next_overdue_until_on",
            "overdue_from_on",
            "ended_on",
        ),
        _open_index("ix_case_open_next_overdue_until", "next_overdue_until_on"),
        _open_index("ix_case_open_overdue_from", "overdue_from_on"),
        _open_index("ix_case_open_overdue_until", "overdue_until_on"),
        _open_index("ix_case_open_oldest_due", "oldest_due_on", *_BY_NUMBER, "ended_on"),
        _open_index("ix_case_open_agent", "agent_id", *_BY_NUMBER, "ended_on"),
        _open_index("ix_case_open_last_visit", "last_visit_on", *_BY_NUMBER, "ended_on"),
        _open_index(
            "ix_case_critical",
            "critical_since",
            where="ended_on IS NULL AND critical_since IS NOT NULL",
        ),
        _open_index(
            "ix_case_recall", "next_plan_on", where="ended_on IS NULL AND recall_cause IS NOT NULL"
        ),
        _open_index(
            "ix_case_follow_up",
            "follow_up_due_at",
            where="ended_on IS NULL AND follow_up_due_at IS NOT NULL",
        ),
        _open_index(
            "ix_case_promise",
            "promise_due_on",
            "ended_on",
            where="ended_on IS NULL AND promise_due_on IS NOT NULL",
        ),
        _open_index(
            "ix_case_next_plan",
            "next_plan_on",
            where="ended_on IS NULL AND next_plan_on IS NOT NULL",
        ),
        _open_index(
            "ix_case_hold_until",
            "hold_until_on",
            where="ended_on IS NULL AND hold_until_on IS NOT NULL",
        ),
        _open_index(
            "ix_case_retained_until",
            "retained_until_on",
            where="ended_on IS NULL AND retained_until_on IS NOT NULL",
        ),
        scoped_options,
    )

    case_no: Mapped[str] = mapped_column(exact(60))
    borrower_id: Mapped[int] = mapped_column(Id)
    agent_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    second_agent_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    second_person_asked: Mapped[bool] = mapped_column(default=False, server_default="0")
    placed_on: Mapped[date] = mapped_column(Date)
    retained_until_on: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    end_code: Mapped[str | None] = mapped_column(String(20))
    product: Mapped[str] = mapped_column(String(40), default="other", server_default="other")
    arrears_reason: Mapped[str | None] = mapped_column(String(40))
    target_fen: Mapped[int | None] = mapped_column(Fen)
    mark: Mapped[str | None] = mapped_column(String(1))
    do_not_contact_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when the borrower is not to be contacted (请勿联系); None: nobody reported it."""
    batch_id: Mapped[int | None] = mapped_column(Id)

    # Derived by commands.agenda.refresh_cases; see the module docstring.
    contract_no: Mapped[str | None] = mapped_column(exact(60))
    """Number of the leading (oldest unpaid) contract."""
    oldest_due_on: Mapped[date | None] = mapped_column(Date)
    """Due date of the oldest unpaid instalment, possibly in the future; None when settled."""
    settle_fen: Mapped[int] = mapped_column(Fen, default=0, server_default="0")
    """结清金额: everything unpaid."""
    overdue_fen: Mapped[int] = mapped_column(Fen, default=0, server_default="0")
    """逾期应还, valid on every day from `overdue_from_on` to `overdue_until_on` inclusive."""
    overdue_from_on: Mapped[date | None] = mapped_column(Date)
    overdue_until_on: Mapped[date | None] = mapped_column(Date)
    """Last day `overdue_fen` holds (the next due date); None: it never changes by itself."""
    next_overdue_fen: Mapped[int] = mapped_column(Fen, default=0, server_default="0")
    """逾期应还 after `overdue_until_on`, up to and including `next_overdue_until_on`.

    So nobody need touch a case on the day an instalment falls due: a branch whose machines were off
    for a long holiday finds its amounts ready.
    """
    next_overdue_until_on: Mapped[date | None] = mapped_column(Date)
    """Last day `next_overdue_fen` holds; None: for good."""
    last_visit_on: Mapped[date | None] = mapped_column(Date)
    last_visit_outcome: Mapped[str | None] = mapped_column(String(30))
    visit_count: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    promise_due_on: Mapped[date | None] = mapped_column(Date)
    """Due date of the latest promise, if it is unfulfilled and nothing answered it since."""
    promise_fen: Mapped[int | None] = mapped_column(Fen)
    promise_paid_fen: Mapped[int | None] = mapped_column(Fen)
    next_plan_id: Mapped[int | None] = mapped_column(Id)
    next_plan_on: Mapped[date | None] = mapped_column(Date)
    next_plan_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_plan_gaps: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    recall_cause: Mapped[str | None] = mapped_column(String(20))
    """Why the next plan must be called back, from facts recorded after it was made."""
    hold_from_on: Mapped[date | None] = mapped_column(Date)
    hold_until_on: Mapped[date | None] = mapped_column(Date)
    hold_reason: Mapped[str | None] = mapped_column(String(30))
    """The open hold reaching furthest; `hold_from_on` None: no open hold."""
    critical_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the oldest critical flag that nobody has looked at was raised."""
    follow_up_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Earliest due time of an open follow-up."""
    flag_count: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    """Flags not closed."""
    complaint_open: Mapped[bool] = mapped_column(default=False, server_default="0")


class CaseContract(Base):
    """Which contracts a case covers."""

    __tablename__ = "case_contract"
    __table_args__ = (
        follows("collection_case", "case_id", at_commit=True),
        follows("contract", "contract_id", at_commit=True),
        Index("ix_case_contract_branch_id_contract_id", "branch_id", "contract_id"),
        scoped_options,
    )

    branch_id: Mapped[int] = mapped_column(Id, primary_key=True)
    case_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    contract_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
