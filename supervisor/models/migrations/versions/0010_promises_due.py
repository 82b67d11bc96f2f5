"""Promises are found by the branch that took them and the day they fall due."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_promise_done_by_branch_id",
        "promise",
        [
            "done_by_branch_id",
            "due_on",
            "withdrawn",
            "agent_id",
            "amount_fen",
            "paid_fen",
            "branch_id",
        ],
    )


def downgrade() -> None:
    op.drop_index("ix_promise_done_by_branch_id", "promise")
