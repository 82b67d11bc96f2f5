"""The shape every scoped table shares: branch in the key, and foreign keys that follow a move."""

from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Id, UtcDateTime

__all__ = ["PartialIndex", "Scoped", "Versioned", "follows", "scoped_options"]


class Scoped:
    """A row that belongs to the branch that may see it now.

    `branch_id` leads the key; children follow their parent to another branch through
    `ON UPDATE CASCADE`. Ids come from `ledger.allocate_ids`, one counter for all.
    """

    branch_id: Mapped[int] = mapped_column(Id, ForeignKey("branch.id"), primary_key=True)
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Versioned:
    """A row people may change: `version` rises by one with each write."""

    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")


class PartialIndex(Index):
    """An index over the rows that meet a condition; `postgresql` where it is said differently.

    A dialect learns of the condition when it is first asked for. SQLAlchemy's own arguments would
    load PostgreSQL's dialect, and every driver it knows, at the start of each desk.
    """

    def __init__(self, name: str, *columns: str, where: str, postgresql: str = "") -> None:
        self._where = {"sqlite": where, "postgresql": postgresql or where}
        super().__init__(name, *columns)

    @cached_property
    def dialect_options(self) -> "_Options":  # type: ignore[override]
        """As in SQLAlchemy: options by dialect and name."""
        return _Options(super().dialect_options, self._where)


class _Options(dict[str, Any]):
    def __init__(self, plain: Any, where: dict[str, str]) -> None:
        super().__init__()
        self._plain, self._where = plain, where

    def __missing__(self, dialect: str) -> Any:
        options = self._plain[dialect]
        if dialect in self._where:
            options["where"] = text(self._where[dialect])
        self[dialect] = options
        return options


def follows(parent: str, column: str, *, at_commit: bool = False) -> ForeignKeyConstraint:
    """A foreign key (branch_id, column) to `parent`, moving with it.

    `at_commit`: checked when the transaction ends. A row with two parents needs it: PostgreSQL
    moves the parents one after the other, and in between the row has left one of them.
    """
    return ForeignKeyConstraint(
        ["branch_id", column],
        [f"{parent}.branch_id", f"{parent}.id"],
        onupdate="CASCADE",
        deferrable=at_commit or None,
        initially="DEFERRED" if at_commit else None,
    )


scoped_options = {"sqlite_with_rowid": False}
"""SQLite clusters scoped tables by (branch_id, id): one branch's rows lie together."""


def tick() -> Mapped[str]:
    """A `Tick` column: what nobody reported is unknown, never no."""
    return mapped_column(String(7), default="unknown", server_default="unknown")
