"""Waiting visits by id, so that what has just arrived is found beside a long backlog."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

WAITS = sa.text("judged_with IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_visit_unjudged_id",
        "visit",
        ["id"],
        unique=False,
        sqlite_where=WAITS,
        postgresql_where=WAITS,
    )


def downgrade() -> None:
    op.drop_index("ix_visit_unjudged_id", "visit")
