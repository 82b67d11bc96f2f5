"""Every row that can change keeps its version.

Parts of a borrower, schedules, payments, contacts, assignments, notes and the rest of the directory
had none. A column with a constant default costs nothing on either engine, however many rows.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    "absence",
    "assignment",
    "borrower_name",
    "borrower_private",
    "case_note",
    "contact_attempt",
    "device",
    "instalment",
    "pair",
    "payment",
)


def upgrade() -> None:
    for table in TABLES:
        op.add_column(
            table, sa.Column("version", sa.Integer(), server_default="1", nullable=False)
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "version")
