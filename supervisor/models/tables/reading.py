"""What judging visits leaves beside flags: readings of notes, and which rules were unknown."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Base, Id, UtcDateTime
from supervisor.models.tables.scoped import follows, scoped_options


class NoteReading(Base):
    """How the note of a visit was read, where it had anything to tell.

    A judged visit without such a row was read and said nothing of the kind. `labels`:
    comma-separated categories. `dismissed`: JSON list of wording that looked like a finding and was
    none, `{start, end, category, severity, rule, cancelled}`. `deidentified`: the note without
    names, numbers, addresses and places, with spans of its own (`standing`, as `dismissed`).
    """

    __tablename__ = "note_reading"
    __table_args__ = (follows("visit", "visit_id"), scoped_options)

    branch_id: Mapped[int] = mapped_column(Id, primary_key=True)
    visit_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    reader: Mapped[str] = mapped_column(String(40))
    labels: Mapped[str] = mapped_column(String(60), default="", server_default="")
    refuse_pay: Mapped[bool] = mapped_column(Boolean, default=False, server_default="0")
    standing: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    dismissed: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    deidentified: Mapped[str] = mapped_column(Text, default="", server_default="")
    deidentified_spans: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)


class UnknownRules(Base):
    """A set of rules that could not be judged for want of facts; many visits share one.

    `key`: digest of `rules`, which are comma-separated ids in order.
    """

    __tablename__ = "unknown_rules"

    key: Mapped[str] = mapped_column(String(16), primary_key=True)
    rules: Mapped[str] = mapped_column(Text)


class RuleChangeRow(Base):
    """A change of a rule, or of a whole pack (`rule_id` empty), as an administrator made it.

    `id` counts up and decides the order. `text`: canonical JSON, `hash` its SHA-256.
    """

    __tablename__ = "rule_change"
    __table_args__ = (Index("ix_rule_change_pack_id", "pack_id", "rule_id", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    pack_id: Mapped[str] = mapped_column(String(60))
    rule_id: Mapped[str] = mapped_column(String(60), default="", server_default="")
    valid_from: Mapped[date] = mapped_column(Date)
    enabled: Mapped[bool | None] = mapped_column(Boolean)
    confirmed: Mapped[bool | None] = mapped_column(Boolean)
    params: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")
    by: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20), default="", server_default="")
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    text: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
