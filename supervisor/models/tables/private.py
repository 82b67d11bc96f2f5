"""What of a borrower is shown only when somebody asks for it and says why."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Base, Id
from supervisor.models.tables.scoped import Versioned, follows, scoped_options


class BorrowerPrivate(Versioned, Base):
    """Everything else private; no list and no search reads this table.

    `phones`, `addresses` and `contacts` are JSON lists: phones `{number, kind}`, addresses
    `{kind, text, valid}`, contacts `{name, relation, phone, source, do_not_contact}`.
    """

    __tablename__ = "borrower_private"
    __table_args__ = (follows("borrower", "borrower_id"), scoped_options)

    branch_id: Mapped[int] = mapped_column(Id, primary_key=True)
    borrower_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    id_number: Mapped[str] = mapped_column(String(60), default="", server_default="")
    phones: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    addresses: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    contacts: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    liability: Mapped[str] = mapped_column(Text, default="", server_default="")
