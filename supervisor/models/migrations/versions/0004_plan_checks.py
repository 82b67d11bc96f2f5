"""Planned visits remember by which rules they were checked; a case knows of "do not contact".

Every plan waits to be checked once.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
WAITS = "checked_with IS NULL AND state = 'planned'"
WAITS_POSTGRESQL = "checked_with IS NULL AND state::text = 'planned'::text"


def upgrade() -> None:
    op.add_column("collection_case", sa.Column("do_not_contact_at", INSTANT, nullable=True))
    op.add_column("visit_plan", sa.Column("checked_with", sa.String(length=16), nullable=True))
    op.add_column("visit_plan", sa.Column("recall_rules", sa.Text(), nullable=True))
    op.create_index(
        "ix_visit_plan_unchecked",
        "visit_plan",
        ["branch_id", "case_id", "id"],
        unique=False,
        sqlite_where=sa.text(WAITS),
        postgresql_where=sa.text(WAITS_POSTGRESQL),
    )


def downgrade() -> None:
    op.execute("UPDATE collection_case SET recall_cause = NULL "
               "WHERE recall_cause IN ('rule', 'do_not_contact')")  # fmt: skip
    op.drop_index("ix_visit_plan_unchecked", "visit_plan")
    op.drop_column("visit_plan", "recall_rules")
    op.drop_column("visit_plan", "checked_with")
    op.drop_column("collection_case", "do_not_contact_at")
