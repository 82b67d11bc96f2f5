"""Cases of each branch by columns, facts of often asked periods, and which cases wait.

Nothing is kept at first: reads take raw rows until the worker has been through.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "case_columns",
        sa.Column("branch_id", ID, autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("branch_id", name="pk_case_columns"),
    )
    op.create_table(
        "case_period",
        sa.Column("branch_id", ID, autoincrement=False, nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("part", sa.String(length=6), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("branch_id", "first_on", "last_on", "part", name="pk_case_period"),
    )
    op.create_table(
        "case_columns_dirty",
        sa.Column("id", ID, sa.Identity(always=False), nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_columns_dirty"),
    )
    op.create_index(
        "ix_case_columns_dirty_branch_id_case_id", "case_columns_dirty", ["branch_id", "case_id"]
    )
    if op.get_bind().dialect.name == "postgresql":
        # Packed already: the server's own packing would only cost time.
        for table in ("case_columns", "case_period"):
            op.execute(f"ALTER TABLE {table} ALTER COLUMN data SET STORAGE EXTERNAL")


def downgrade() -> None:
    op.drop_index("ix_case_columns_dirty_branch_id_case_id", "case_columns_dirty")
    op.drop_table("case_columns_dirty")
    op.drop_table("case_period")
    op.drop_table("case_columns")
