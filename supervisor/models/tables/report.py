"""Reports as they were taken, and the register of their copies."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Base, Id, UtcDateTime, exact
from supervisor.models.tables.scoped import Versioned


class ReportRun(Versioned, Base):
    """A report taken at an instant; nothing of its content ever changes.

    Attributes:
        branch_id: whose, where it is one branch; NULL: of several, or of all.
        scope: ids of its branches with a comma around each; empty: of every branch.
        digest: SHA-256 of the content, compressed in `content`; NULL once retention took it.
        commentary: JSON (`rows.reports.KeptWords`): words and look, until it is signed;
            then why it was withdrawn, if it was.
        restates: the earlier run over the same days; `restated`: JSON of the figures that changed.
    """

    __tablename__ = "report_run"
    __table_args__ = (
        Index("ix_report_run_branch_id_to_on", "branch_id", "to_on"),
        Index("ix_report_run_kind", "kind", "from_on", "to_on"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(exact(40))
    branch_id: Mapped[int | None] = mapped_column(Id)
    scope: Mapped[str] = mapped_column(Text)
    from_on: Mapped[date] = mapped_column(Date)
    to_on: Mapped[date] = mapped_column(Date)
    subject: Mapped[str] = mapped_column(exact(80), default="", server_default="")
    as_of: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_by: Mapped[str] = mapped_column(String(200))
    taken_role: Mapped[str] = mapped_column(String(20))
    measures_version: Mapped[str] = mapped_column(String(20))
    packs: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(12))
    commentary: Mapped[str] = mapped_column(Text)
    written_by: Mapped[str] = mapped_column(String(200), default="", server_default="")
    written_role: Mapped[str] = mapped_column(String(20), default="", server_default="")
    checked_by: Mapped[str] = mapped_column(String(200), default="", server_default="")
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed_by: Mapped[str] = mapped_column(String(200), default="", server_default="")
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    restates: Mapped[int | None] = mapped_column(Id, ForeignKey("report_run.id"))
    restated: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReportCopy(Versioned, Base):
    """A copy that left the program: printed, or saved in a file.

    Attributes:
        digest: SHA-256 of its bytes; `data`: those bytes compressed where the copy is kept.
    """

    __tablename__ = "report_copy"
    __table_args__ = (Index("ix_report_copy_run_id", "run_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    run_id: Mapped[int] = mapped_column(Id, ForeignKey("report_run.id"))
    number: Mapped[int] = mapped_column(Integer)
    form: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(8))
    stamp_name: Mapped[str] = mapped_column(String(200))
    stamp_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(Integer)
    data: Mapped[bytes | None] = mapped_column(LargeBinary)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
