"""Sums over visits by day, and the days whose sums are not true any more.

Derived: everything here can be made again from raw rows (`supervisor summary rebuild`).
"""

from datetime import date

from sqlalchemy import BigInteger, Date, Identity, Index, Integer, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Base, Fen, Id, exact
from supervisor.models.tables.scoped import scoped_options


def _sum() -> Mapped[int]:
    return mapped_column(Integer, default=0, server_default="0")


class _Counters:
    """The counters of `visit_facts`, summed up."""

    visits: Mapped[int] = _sum()
    met: Mapped[int] = _sum()
    promised: Mapped[int] = _sum()
    refusal: Mapped[int] = _sum()
    conflict: Mapped[int] = _sum()
    legal_risk: Mapped[int] = _sum()
    flagged: Mapped[int] = _sum()
    hours_yes: Mapped[int] = _sum()
    hours_no: Mapped[int] = _sum()
    two_people: Mapped[int] = _sum()
    recorded_yes: Mapped[int] = _sum()
    recorded_no: Mapped[int] = _sum()
    id_yes: Mapped[int] = _sum()
    id_no: Mapped[int] = _sum()
    position_yes: Mapped[int] = _sum()
    position_no: Mapped[int] = _sum()
    no_position: Mapped[int] = _sum()
    no_end: Mapped[int] = _sum()
    late: Mapped[int] = _sum()
    late_unknown: Mapped[int] = _sum()
    yield_fen: Mapped[int] = mapped_column(Fen, default=0, server_default="0")


class SummaryVisit(_Counters, Base):
    """Counters of `visit_facts` for one day of the branch that did the visits, cut three ways.

    `cut`: "hour" (`key` the hour of the start), "case" (`key` the bucket, and the product) or
    "agent" (`key` a person, 0 nobody: a visit of two counts for both).
    """

    __tablename__ = "summary_visit"
    __table_args__ = (
        Index(
            "ix_summary_visit_people",
            "day",
            "key",
            "branch_id",
            sqlite_where=text("cut = 'agent'"),
            postgresql_where=text("cut = 'agent'"),
        ),
        scoped_options,
    )

    branch_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    cut: Mapped[str] = mapped_column(String(5), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    key: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    product: Mapped[str] = mapped_column(String(40), primary_key=True)


class SummaryHouse(_Counters, Base):
    """The rows of `SummaryVisit` summed up over all branches, true days or not.

    Whoever writes rows there takes them off and adds them here in the same transaction, so that a
    read need only change what dirty days of single branches say. Persons are left out.
    """

    __tablename__ = "summary_house"
    __table_args__ = (scoped_options,)

    cut: Mapped[str] = mapped_column(String(5), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    key: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    product: Mapped[str] = mapped_column(String(40), primary_key=True)


class SummaryArea(Base):
    """Completed and flagged visits of one day of the branch that did them, by the customer's area.

    True and dirty together with the day's rows in `SummaryVisit`.
    """

    __tablename__ = "summary_area"
    __table_args__ = (scoped_options,)

    branch_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    area: Mapped[str] = mapped_column(exact(200), primary_key=True)
    visits: Mapped[int] = _sum()
    flagged: Mapped[int] = _sum()


class SummaryHouseArea(Base):
    """The rows of `SummaryArea` summed up over all branches, as `SummaryHouse` is."""

    __tablename__ = "summary_house_area"
    __table_args__ = (scoped_options,)

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    area: Mapped[str] = mapped_column(exact(200), primary_key=True)
    visits: Mapped[int] = _sum()
    flagged: Mapped[int] = _sum()


class SummaryTally(Base):
    """Counts of one day of the branch that did the visits, by what is counted (`visit_tallies`).

    True and dirty together with the day's rows in `SummaryVisit`.
    """

    __tablename__ = "summary_tally"
    __table_args__ = (scoped_options,)

    branch_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    what: Mapped[str] = mapped_column(String(60), primary_key=True)
    n: Mapped[int] = _sum()


class SummaryHouseTally(Base):
    """The rows of `SummaryTally` summed up over all branches, as `SummaryHouse` is."""

    __tablename__ = "summary_house_tally"
    __table_args__ = (scoped_options,)

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    what: Mapped[str] = mapped_column(String(60), primary_key=True)
    n: Mapped[int] = _sum()


class SummaryDirty(Base):
    """A day of visits a branch did whose sums are not to be trusted; the raw rows are read instead.

    Written by whoever changes what the sums rest on, in the same transaction, without looking
    whether it is there already: two writers never wait for each other here. The worker takes them
    away.
    """

    __tablename__ = "summary_dirty"
    __table_args__ = (Index("ix_summary_dirty_branch_id_day", "branch_id", "day"),)

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), Identity(), primary_key=True
    )
    branch_id: Mapped[int] = mapped_column(Id)
    day: Mapped[date] = mapped_column(Date)


class CaseColumnsKept(Base):
    """The columns of one branch's cases (`rules.measures.columns`), packed.

    True of every case without a mark in `case_columns_dirty`.
    """

    __tablename__ = "case_columns"

    branch_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class CasePeriodKept(Base):
    """Facts of one branch's cases in a period people often ask for, packed; made of the columns.

    `part`: "cases" or "tries", so that a read takes in what it needs, "intake" by month of
    placement, "queue" and "stand" of today (`queue_facts`), or one of the `folded` parts
    office-wide pages read.
    """

    __tablename__ = "case_period"

    branch_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    first_on: Mapped[date] = mapped_column(Date, primary_key=True)
    last_on: Mapped[date] = mapped_column(Date, primary_key=True)
    part: Mapped[str] = mapped_column(String(6), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class CaseColumnsDirty(Base):
    """A case whose columns are not to be trusted, `case_id` 0: the whole branch.

    `visit_id`: nothing came but this visit, so the columns are true but for it; None: anything may
    have changed. Written and taken away as `summary_dirty` is.
    """

    __tablename__ = "case_columns_dirty"
    __table_args__ = (Index("ix_case_columns_dirty_branch_id_case_id", "branch_id", "case_id"),)

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), Identity(), primary_key=True
    )
    branch_id: Mapped[int] = mapped_column(Id)
    case_id: Mapped[int] = mapped_column(Id)
    visit_id: Mapped[int | None] = mapped_column(Id)
