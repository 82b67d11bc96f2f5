"""Imports, what they changed, and what waits to be taken in."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Identity,
    Index,
    Integer,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Base, Id, UtcDateTime


class ImportBatch(Base):
    """One import. Rows it inserted carry its id; rows it changed lie in `import_before`."""

    __tablename__ = "import_batch"

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(100))
    file_name: Mapped[str] = mapped_column(String(400))
    file_sha256: Mapped[str] = mapped_column(String(64))
    done_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    done_by: Mapped[str] = mapped_column(String(200))
    rows_read: Mapped[int] = mapped_column(Integer)
    inserted: Mapped[int] = mapped_column(Integer)
    updated: Mapped[int] = mapped_column(Integer)
    unchanged: Mapped[int] = mapped_column(Integer)
    refused: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(10), default="done", server_default="done")
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    command_id: Mapped[str] = mapped_column(String(64))


class ImportBefore(Base):
    """A row as it was before an import changed it (JSON), for undo."""

    __tablename__ = "import_before"
    __table_args__ = (Index("ix_import_before_batch_id", "batch_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    batch_id: Mapped[int] = mapped_column(Id, ForeignKey("import_batch.id"))
    table_name: Mapped[str] = mapped_column(String(40))
    branch_id: Mapped[int] = mapped_column(Id)
    row_id: Mapped[int] = mapped_column(Id)
    before: Mapped[str] = mapped_column(Text)


class ImportMapping(Base):
    """Column mapping kept per source and kind (JSON heading to field)."""

    __tablename__ = "import_mapping"

    source: Mapped[str] = mapped_column(String(100), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    mapping: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Inbox(Base):
    """Arrivals: the only table other systems may write, and they may only insert.

    They give `kind, payload, source, key, received_at`; the rest is ours. The same (source, kind,
    key) is taken once.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        Index("ix_inbox_state_id", "state", "id"),
        Index("ix_inbox_source_kind_key", "source", "kind", "key"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), Identity(), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(20))
    payload: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(100))
    key: Mapped[str] = mapped_column(String(200))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(10), default="waiting", server_default="waiting")
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(Text)
