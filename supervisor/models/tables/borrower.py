"""The borrower: search keys and masked name, and apart from them the full name."""

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Base, Id, exact
from supervisor.models.tables.scoped import Scoped, Versioned, follows, scoped_options


class Borrower(Scoped, Versioned, Base):
    """What lists and search may see.

    `masked_name` 王**; `pinyin_key` zhangwei; `initials` zw; `phone_tail` the last four digits of
    the main phone; `area` street or community, never a house number; `household_key` equal for
    people at one address (同户), a digest that tells nothing by itself.
    """

    __tablename__ = "borrower"
    __table_args__ = (
        UniqueConstraint("branch_id", "borrower_no"),
        Index("ix_borrower_initials_branch_id", "initials", "branch_id"),
        Index("ix_borrower_phone_tail_branch_id", "phone_tail", "branch_id"),
        Index("ix_borrower_pinyin_key_branch_id", "pinyin_key", "branch_id"),
        Index("ix_borrower_branch_id_household_key", "branch_id", "household_key"),
        scoped_options,
    )

    borrower_no: Mapped[str] = mapped_column(exact(60))
    masked_name: Mapped[str] = mapped_column(exact(200))
    pinyin_key: Mapped[str] = mapped_column(exact(300), default="", server_default="")
    initials: Mapped[str] = mapped_column(exact(100), default="", server_default="")
    phone_tail: Mapped[str] = mapped_column(exact(4), default="", server_default="")
    area: Mapped[str] = mapped_column(exact(200), default="", server_default="")
    household_key: Mapped[str | None] = mapped_column(String(64))
    batch_id: Mapped[int | None] = mapped_column(Id)


class BorrowerName(Versioned, Base):
    """The full name; lists read it only where the branch shows names.

    A part of the borrower, recorded with it: the borrower's `recorded_at` is its own.
    """

    __tablename__ = "borrower_name"
    __table_args__ = (
        follows("borrower", "borrower_id"),
        Index("ix_borrower_name_full_name_branch_id", "full_name", "branch_id"),
        scoped_options,
    )

    branch_id: Mapped[int] = mapped_column(Id, primary_key=True)
    borrower_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    full_name: Mapped[str] = mapped_column(exact(400))
