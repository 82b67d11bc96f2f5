"""Runs revisions on the connection the runner hands over; never opens one of its own."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import types

from supervisor.models import tables
from supervisor.models.base import UtcDateTime


def render_item(kind: str, item: Any, autogen_context: Any) -> str | Literal[False]:
    """Write our column types as plain ones: revisions never import our code."""
    if kind != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, types.BigInteger) and getattr(item, "_variant_mapping", None):
        return 'sa.BigInteger().with_variant(sa.Integer(), "sqlite")'
    del autogen_context
    return False


def run() -> None:
    """Run what the runner asked for on its connection."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=tables.metadata(),
        render_as_batch=True,
        render_item=render_item,
        compare_type=True,
        transaction_per_migration=False,
    )
    context.run_migrations()


run()
