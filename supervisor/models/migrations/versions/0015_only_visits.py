"""A mark on the kept columns of a case may say that nothing but one visit came; two more indexes.

They count people by day and flags by kind over all branches; that of raised flags knows what first
looks are judged by.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
RAISED = "ix_flag_branch_id_raised_at"


def upgrade() -> None:
    op.add_column("case_columns_dirty", sa.Column("visit_id", ID, nullable=True))
    people = sa.text("cut = 'agent'")
    op.create_index(
        "ix_summary_visit_people",
        "summary_visit",
        ["day", "key", "branch_id"],
        sqlite_where=people,
        postgresql_where=people,
    )
    op.create_index("ix_flag_kind", "flag", ["category", "state", "caused_by", "raised_at"])
    op.drop_index(RAISED, "flag")
    op.create_index(
        RAISED, "flag", ["branch_id", "raised_at", "closing_reason", "severity", "looked_at"]
    )


def downgrade() -> None:
    op.drop_index(RAISED, "flag")
    op.create_index(RAISED, "flag", ["branch_id", "raised_at"])
    op.drop_index("ix_flag_kind", "flag")
    op.drop_index("ix_summary_visit_people", "summary_visit")
    # Earlier programs read such a mark as any other: true, only slower.
    op.drop_column("case_columns_dirty", "visit_id")
