"""Who is away, who goes out with whom, and with which device."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Base, Id, UtcDateTime, exact
from supervisor.models.tables.scoped import Versioned


class Absence(Versioned, Base):
    """Days somebody is away; both ends included."""

    __tablename__ = "absence"

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    staff_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"), index=True)
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(200), default="", server_default="")
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Pair(Versioned, Base):
    """Two people who usually visit together."""

    __tablename__ = "pair"
    __table_args__ = (UniqueConstraint("first_id", "second_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    branch_id: Mapped[int] = mapped_column(Id, ForeignKey("branch.id"), index=True)
    first_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"))
    second_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Device(Versioned, Base):
    """A recording device (记录仪) with its last check and who carries it."""

    __tablename__ = "device"
    __table_args__ = (UniqueConstraint("branch_id", "code"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    branch_id: Mapped[int] = mapped_column(Id, ForeignKey("branch.id"))
    code: Mapped[str] = mapped_column(exact(40))
    staff_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    checked_on: Mapped[date | None] = mapped_column(Date)
    active: Mapped[bool] = mapped_column(Boolean, default=True, server_default="1")
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
