"""Contracts, their schedules and payments. All money is integer 分."""

from datetime import date

from sqlalchemy import Date, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Base, Fen, Id, exact
from supervisor.models.tables.scoped import Scoped, Versioned, follows, scoped_options


class Contract(Scoped, Versioned, Base):
    """A loan contract. `rate_ppm`: yearly rate in parts per million (36 % = 360000).

    `accelerated_on`: the day everything was called in, if it was. `credit_state`: 征信 reporting
    state; `credit_objection`: an objection to it is open.
    """

    __tablename__ = "contract"
    __table_args__ = (
        UniqueConstraint("branch_id", "contract_no"),
        Index("ix_contract_contract_no", "contract_no"),
        Index("ix_contract_branch_id_borrower_id", "branch_id", "borrower_id"),
        follows("borrower", "borrower_id"),
        scoped_options,
    )

    borrower_id: Mapped[int] = mapped_column(Id)
    contract_no: Mapped[str] = mapped_column(exact(60))
    product: Mapped[str] = mapped_column(String(40))
    principal_fen: Mapped[int] = mapped_column(Fen)
    rate_ppm: Mapped[int | None] = mapped_column(Integer)
    signed_on: Mapped[date | None] = mapped_column(Date)
    accelerated_on: Mapped[date | None] = mapped_column(Date)
    credit_state: Mapped[str] = mapped_column(String(40), default="", server_default="")
    credit_objection: Mapped[str] = mapped_column(
        String(10), default="unknown", server_default="unknown"
    )
    batch_id: Mapped[int | None] = mapped_column(Id)


class Instalment(Scoped, Versioned, Base):
    """One line of the schedule; amounts as the lender's system booked them, penalty included."""

    __tablename__ = "instalment"
    __table_args__ = (
        UniqueConstraint("branch_id", "contract_id", "number"),
        follows("contract", "contract_id"),
        scoped_options,
    )

    contract_id: Mapped[int] = mapped_column(Id)
    number: Mapped[int] = mapped_column(Integer)
    due_on: Mapped[date] = mapped_column(Date)
    principal_fen: Mapped[int] = mapped_column(Fen)
    interest_fen: Mapped[int] = mapped_column(Fen, default=0, server_default="0")
    fee_fen: Mapped[int] = mapped_column(Fen, default=0, server_default="0")
    penalty_fen: Mapped[int] = mapped_column(Fen, default=0, server_default="0")
    batch_id: Mapped[int | None] = mapped_column(Id)


class Payment(Scoped, Versioned, Base):
    """Money received. A negative amount is a reversal. `value_on` decides when it counts.

    Payments settle a contract's instalments oldest first (see `rules.amounts`).
    """

    __tablename__ = "payment"
    __table_args__ = (
        UniqueConstraint("branch_id", "payment_no"),
        Index("ix_payment_branch_id_contract_id_value_on", "branch_id", "contract_id", "value_on"),
        follows("contract", "contract_id"),
        scoped_options,
    )

    contract_id: Mapped[int] = mapped_column(Id)
    payment_no: Mapped[str] = mapped_column(String(80))
    value_on: Mapped[date] = mapped_column(Date)
    amount_fen: Mapped[int] = mapped_column(Fen)
    channel: Mapped[str] = mapped_column(String(40), default="other", server_default="other")
    batch_id: Mapped[int | None] = mapped_column(Id)
