"""Sums of visits over all branches, and by area; what is summed up is made anew.

Days that are summed up do not know areas: every day waits again, reads are true meanwhile.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
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


def _sum(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), server_default="0", nullable=False)


def upgrade() -> None:
    op.create_table(
        "summary_house",
        sa.Column("cut", sa.String(length=5), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("key", ID, autoincrement=False, nullable=False),
        sa.Column("product", sa.String(length=40), nullable=False),
        *(_sum(name) for name in COUNTERS),
        sa.Column("yield_fen", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("cut", "day", "key", "product", name="pk_summary_house"),
        sqlite_with_rowid=False,
    )
    area = sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")
    op.create_table(
        "summary_area",
        sa.Column("branch_id", ID, autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("area", area, nullable=False),
        _sum("visits"),
        _sum("flagged"),
        sa.PrimaryKeyConstraint("branch_id", "day", "area", name="pk_summary_area"),
        sqlite_with_rowid=False,
    )
    op.execute("DELETE FROM summary_visit")
    _every_day_waits()


def downgrade() -> None:
    op.drop_table("summary_area")
    op.drop_table("summary_house")


def _every_day_waits() -> None:
    op.execute("DELETE FROM summary_dirty")
    op.execute(
        "INSERT INTO summary_dirty (branch_id, day) "
        "SELECT DISTINCT done_by_branch_id, visited_on FROM visit"
    )
