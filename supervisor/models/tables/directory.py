"""The office directory: branches, teams, staff. Not scoped; referred to by id."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Base, Id, UtcDateTime, exact
from supervisor.models.tables.scoped import Versioned


class Branch(Versioned, Base):
    """A branch office (网点).

    `shows_names`: lists may show full names (姓名显示), else masked ones.
    `payments_known_on`: payment data are complete up to and including this business date.
    """

    __tablename__ = "branch"
    __table_args__ = (UniqueConstraint("code"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(exact(40))
    name: Mapped[str] = mapped_column(String(200))
    shows_names: Mapped[bool] = mapped_column(Boolean, default=False, server_default="0")
    payments_known_on: Mapped[date | None] = mapped_column(Date)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Team(Versioned, Base):
    """A team inside a branch (小组)."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("branch_id", "code"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    branch_id: Mapped[int] = mapped_column(Id, ForeignKey("branch.id"))
    code: Mapped[str] = mapped_column(exact(40))
    name: Mapped[str] = mapped_column(String(200))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Staff(Versioned, Base):
    """A person on our side. `roles` holds comma-separated codes ("collector", `Role` values)."""

    __tablename__ = "staff"
    __table_args__ = (
        UniqueConstraint("branch_id", "staff_no"),
        Index("ix_staff_branch_id_team_id", "branch_id", "team_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    branch_id: Mapped[int] = mapped_column(Id, ForeignKey("branch.id"))
    team_id: Mapped[int | None] = mapped_column(Id, ForeignKey("team.id"))
    staff_no: Mapped[str] = mapped_column(exact(40))
    name: Mapped[str] = mapped_column(String(200))
    pinyin_key: Mapped[str] = mapped_column(exact(200), default="", server_default="")
    initials: Mapped[str] = mapped_column(exact(60), default="", server_default="")
    roles: Mapped[str] = mapped_column(String(200), default="collector", server_default="collector")
    active: Mapped[bool] = mapped_column(Boolean, default=True, server_default="1")
    daily_capacity: Mapped[int] = mapped_column(Integer, default=8, server_default="8")
    hired_on: Mapped[date | None] = mapped_column(Date)
    exam_valid_until: Mapped[date | None] = mapped_column(Date)
    training_valid_until: Mapped[date | None] = mapped_column(Date)
    batch_id: Mapped[int | None] = mapped_column(Id)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
