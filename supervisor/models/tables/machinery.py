"""What keeps the rest honest: audit, revisions, command log, undo, views, parameters."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    ForeignKey,
    Index,
    Integer,
    Sequence,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Base, Id, UtcDateTime
from supervisor.models.tables.scoped import Versioned

row_ids = Sequence("row_id", data_type=BigInteger, metadata=Base.metadata)
"""Row ids on PostgreSQL, shared by all tables: handing them out locks nothing until commit."""


class IdCounter(Base):
    """The next free row id on SQLite, shared by all tables; one row, `name` = 'row'.

    Empty on PostgreSQL, where `row_ids` counts.
    """

    __tablename__ = "id_counter"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    next_id: Mapped[int] = mapped_column(BigInteger)


class AuditEvent(Base):
    """One event per command or batch; append-only, chained by hash; no private values.

    `counts` is canonical JSON. `hash` is SHA-256 over `prev_hash` and the canonical bytes of the
    other columns (`ledger.event_hash`).
    """

    __tablename__ = "audit_event"

    seq: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    act: Mapped[str] = mapped_column(String(40))
    command_id: Mapped[str] = mapped_column(String(64))
    counts: Mapped[str] = mapped_column(Text)
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """Count and last hash of the chain, so that a cut tail is found; one row, id 1."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    count: Mapped[int] = mapped_column(BigInteger)
    last_hash: Mapped[str] = mapped_column(String(64))


class Revision(Base):
    """How often a topic changed; desktops poll it."""

    __tablename__ = "revision"

    topic: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")


class CommandLog(Base):
    """Orders already carried out, with their result as JSON; sending one twice does it once."""

    __tablename__ = "command_log"

    command_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    result: Mapped[str] = mapped_column(Text)
    undone_by: Mapped[str | None] = mapped_column(String(64))


class UndoEntry(Base):
    """What a row looked like before a command, and the version the command left it at.

    `before` is JSON of the changed columns, 'null' where the command created the row, or the whole
    row where it was removed (`version_after` 0). Entries of one `case_id` are taken back together
    or not at all. `subject` is what people call the record; no private values.
    """

    __tablename__ = "undo_entry"
    __table_args__ = (Index("ix_undo_entry_command_id", "command_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    command_id: Mapped[str] = mapped_column(String(64))
    table_name: Mapped[str] = mapped_column(String(40))
    branch_id: Mapped[int] = mapped_column(Id)
    row_id: Mapped[int] = mapped_column(Id)
    case_id: Mapped[int | None] = mapped_column(Id)
    subject: Mapped[str] = mapped_column(String(200), default="", server_default="")
    before: Mapped[str] = mapped_column(Text)
    version_after: Mapped[int | None] = mapped_column(Integer)


class SavedView(Versioned, Base):
    """A named set of conditions, columns and order; `definition` is JSON of `CaseQueueFilter`."""

    __tablename__ = "saved_view"
    __table_args__ = (Index("ix_saved_view_owner", "owner"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    branch_id: Mapped[int | None] = mapped_column(Id, ForeignKey("branch.id"))
    owner: Mapped[str] = mapped_column(String(200))
    scope: Mapped[str] = mapped_column(String(10))
    shared_role: Mapped[str | None] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    pinned: Mapped[bool] = mapped_column(Boolean, default=False, server_default="0")
    position: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    definition: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Parameter(Versioned, Base):
    """A house parameter; `branch_id` 0 stands for every branch."""

    __tablename__ = "parameter"
    branch_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
