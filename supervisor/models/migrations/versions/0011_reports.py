"""Reports as they were taken, the register of their copies, and their revision number."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _exact(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _name(name: str, length: int = 200) -> sa.Column[object]:
    return sa.Column(name, sa.String(length=length), server_default="", nullable=False)


def _version() -> sa.Column[object]:
    return sa.Column("version", sa.Integer(), server_default="1", nullable=False)


def upgrade() -> None:
    op.create_table(
        "report_run",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("number", _exact(40), nullable=False),
        sa.Column("branch_id", ID, nullable=True),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("subject", _exact(80), server_default="", nullable=False),
        _instant("as_of"),
        sa.Column("taken_by", sa.String(length=200), nullable=False),
        sa.Column("taken_role", sa.String(length=20), nullable=False),
        sa.Column("measures_version", sa.String(length=20), nullable=False),
        sa.Column("packs", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("commentary", sa.Text(), nullable=False),
        _name("written_by"),
        _name("written_role", 20),
        _name("checked_by"),
        _instant("checked_at", nullable=True),
        _name("signed_by"),
        _instant("signed_at", nullable=True),
        sa.Column("restates", ID, nullable=True),
        sa.Column("restated", sa.Text(), nullable=False),
        _instant("recorded_at"),
        _version(),
        sa.ForeignKeyConstraint(
            ["restates"], ["report_run.id"], name="fk_report_run_restates_report_run"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_report_run"),
    )
    op.create_index("ix_report_run_branch_id_to_on", "report_run", ["branch_id", "to_on"])
    op.create_index("ix_report_run_kind", "report_run", ["kind", "from_on", "to_on"])
    op.create_table(
        "report_copy",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("run_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("stamp_name", sa.String(length=200), nullable=False),
        _instant("stamp_at"),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        _instant("recorded_at"),
        _version(),
        sa.ForeignKeyConstraint(
            ["run_id"], ["report_run.id"], name="fk_report_copy_run_id_report_run"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_report_copy"),
    )
    op.create_index("ix_report_copy_run_id", "report_copy", ["run_id", "number"])
    op.execute("INSERT INTO revision (topic, number) VALUES ('reports', 0)")
    if op.get_bind().dialect.name == "postgresql":
        # Packed already: the server's own packing would only cost time.
        op.execute("ALTER TABLE report_run ALTER COLUMN content SET STORAGE EXTERNAL")
        op.execute("ALTER TABLE report_copy ALTER COLUMN data SET STORAGE EXTERNAL")


def downgrade() -> None:
    op.execute("DELETE FROM revision WHERE topic = 'reports'")
    op.drop_index("ix_report_copy_run_id", "report_copy")
    op.drop_table("report_copy")
    op.drop_index("ix_report_run_kind", "report_run")
    op.drop_index("ix_report_run_branch_id_to_on", "report_run")
    op.drop_table("report_run")
