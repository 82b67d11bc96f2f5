"""What a case owes after its next due date, so that a passed due date needs no reading of raw rows.

Cases keep it from the next time they are written; until then nothing is said of later days.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLE = "collection_case"
OPEN = sa.text("ended_on IS NULL")
NUMBERED = ["case_no", "branch_id", "id"]
HOLDS = ["overdue_from_on", "overdue_until_on"]
NEXT = ["next_overdue_fen", "next_overdue_until_on"]
FACTS = [
    "oldest_due_on",
    "placed_on",
    "last_visit_on",
    "promise_due_on",
    "next_plan_on",
    "next_plan_gaps",
    "recall_cause",
    "hold_from_on",
    "hold_until_on",
    "retained_until_on",
    "critical_since",
    "follow_up_due_at",
    "ended_on",
]


def upgrade() -> None:
    op.add_column(
        TABLE,
        sa.Column("next_overdue_fen", sa.BigInteger(), server_default="0", nullable=False),
    )
    op.add_column(TABLE, sa.Column("next_overdue_until_on", sa.Date(), nullable=True))
    # An empty stretch of days: the amount of later days is not known yet.
    op.execute(f"UPDATE {TABLE} SET next_overdue_until_on = overdue_until_on")
    op.drop_index("ix_case_open_overdue", TABLE)
    _open_index("ix_case_open_overdue", ["overdue_fen", *NUMBERED, *HOLDS, *NEXT, *FACTS])
    _open_index(
        "ix_case_open_next_overdue",
        [
            "next_overdue_fen",
            *NUMBERED,
            "overdue_until_on",
            "next_overdue_until_on",
            "overdue_from_on",
            "ended_on",
        ],
    )
    _open_index("ix_case_open_next_overdue_until", ["next_overdue_until_on"])


def downgrade() -> None:
    op.drop_index("ix_case_open_next_overdue_until", TABLE)
    op.drop_index("ix_case_open_next_overdue", TABLE)
    op.drop_index("ix_case_open_overdue", TABLE)
    _open_index("ix_case_open_overdue", ["overdue_fen", *NUMBERED, *HOLDS, *FACTS])
    op.drop_column(TABLE, "next_overdue_until_on")
    op.drop_column(TABLE, "next_overdue_fen")


def _open_index(name: str, columns: list[str]) -> None:
    op.create_index(name, TABLE, columns, unique=False, sqlite_where=OPEN, postgresql_where=OPEN)
