"""Teaching cases for the case library, and explanations of questions about visits."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "teaching_case",
        sa.Column("flag_id", ID, nullable=False),
        sa.Column("theme", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("spans", sa.Text(), server_default="[]", nullable=False),
        sa.Column("questions", sa.Text(), server_default="[]", nullable=False),
        sa.Column("trainer_notes", sa.Text(), server_default="", nullable=False),
        sa.Column("chosen_by", sa.String(length=200), nullable=False),
        sa.Column("retired_at", INSTANT, nullable=True),
        *_scoped("teaching_case", "flag"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "uq_teaching_case_flag_id", "teaching_case", ["branch_id", "flag_id"], unique=True
    )
    op.create_table(
        "visit_question",
        sa.Column("visit_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("evidence", sa.Text(), server_default="{}", nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("explained_by", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        *_scoped("visit_question", "visit"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "uq_visit_question_kind",
        "visit_question",
        ["branch_id", "visit_id", "kind"],
        unique=True,
    )


def _scoped(table: str, parent: str) -> tuple[sa.schema.SchemaItem, ...]:
    """Columns and keys every scoped table of a parent shares."""
    return (
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id", f"{parent}_id"],
            [f"{parent}.branch_id", f"{parent}.id"],
            name=f"fk_{table}_branch_id_{parent}_id_{parent}",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branch.id"], name=f"fk_{table}_branch_id_branch"
        ),
        sa.PrimaryKeyConstraint("branch_id", "id", name=f"pk_{table}"),
    )


def downgrade() -> None:
    op.drop_table("visit_question")
    op.drop_table("teaching_case")
