"""Sums over visits by day, and which days wait to be summed up; every day there is waits at first.

Visits are found by the branch that did them and their day.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COUNTERS = (
    "visits",
    "met",
    "promised",
    "refusal",
    "conflict",
    "legal_risk",
    "flagged",
    "hours_yes",
    "hours_no",
    "two_people",
    "recorded_yes",
    "recorded_no",
    "id_yes",
    "id_no",
    "position_yes",
    "position_no",
    "no_position",
    "no_end",
    "late",
    "late_unknown",
)


def upgrade() -> None:
    op.create_table(
        "summary_visit",
        sa.Column("branch_id", ID, autoincrement=False, nullable=False),
        sa.Column("cut", sa.String(length=5), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("key", ID, autoincrement=False, nullable=False),
        sa.Column("product", sa.String(length=40), nullable=False),
        *(
            sa.Column(name, sa.Integer(), server_default="0", nullable=False)
            for name in COUNTERS
        ),
        sa.Column("yield_fen", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint(
            "branch_id", "cut", "day", "key", "product", name="pk_summary_visit"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "summary_dirty",
        sa.Column("id", ID, sa.Identity(always=False), nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_summary_dirty"),
    )
    op.create_index("ix_summary_dirty_branch_id_day", "summary_dirty", ["branch_id", "day"])
    op.create_index("ix_visit_done_by_branch_id", "visit", ["done_by_branch_id", "visited_on"])
    op.execute(
        "INSERT INTO summary_dirty (branch_id, day) "
        "SELECT DISTINCT done_by_branch_id, visited_on FROM visit"
    )


def downgrade() -> None:
    op.drop_index("ix_visit_done_by_branch_id", "visit")
    op.drop_table("summary_dirty")
    op.drop_table("summary_visit")
