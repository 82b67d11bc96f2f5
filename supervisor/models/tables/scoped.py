"""The shape every scoped table shares: branch in the key, and foreign keys that follow a move."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Integer
from sqlalchemy.orm import Mapped, mapped_column

from supervisor.models.base import Id, UtcDateTime

__all__ = ["Scoped", "Versioned", "follows", "scoped_options"]


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
