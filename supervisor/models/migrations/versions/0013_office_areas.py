"""Visits by area over all branches: made of what is kept by branch."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    area = sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")
    op.create_table(
        "summary_house_area",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("area", area, nullable=False),
        sa.Column("visits", sa.Integer(), server_default="0", nullable=False),
        sa.Column("flagged", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("day", "area", name="pk_summary_house_area"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO summary_house_area (day, area, visits, flagged) "
        "SELECT day, area, sum(visits), sum(flagged) FROM summary_area GROUP BY day, area"
    )


def downgrade() -> None:
    op.drop_table("summary_house_area")
