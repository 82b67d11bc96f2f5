"""The first schema.

Written out in full and free of our code: the program moves on, this revision does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
TOPICS = (
    "directory",
    "cases",
    "payments",
    "visits",
    "plans",
    "promises",
    "contacts",
    "complaints",
    "flags",
    "views",
    "imports",
    "parameters",
)
TABLES = (
    "branch",
    "team",
    "staff",
    "absence",
    "device",
    "pair",
    "borrower",
    "borrower_name",
    "borrower_private",
    "contract",
    "instalment",
    "payment",
    "collection_case",
    "assignment",
    "case_contract",
    "case_note",
    "hold",
    "complaint",
    "contact_attempt",
    "promise",
    "visit",
    "visit_plan",
    "flag",
    "follow_up",
    "audit_event",
    "audit_head",
    "command_log",
    "id_counter",
    "import_batch",
    "import_mapping",
    "inbox",
    "parameter",
    "revision",
    "undo_entry",
    "import_before",
    "saved_view",
)
"""In the order of their making; dropped backwards."""


def upgrade() -> None:
    _create_directory()
    _create_borrowers()
    _create_contracts()
    _create_cases()
    _create_contacts()
    _create_flags()
    _create_machinery()
    _create_row_ids()
    _seed()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP SEQUENCE row_id")


def _create_row_ids() -> None:
    """PostgreSQL counts without holding a lock until commit; SQLite has one writer anyway."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.schema.CreateSequence(sa.Sequence("row_id", data_type=sa.BigInteger())))
    else:
        op.execute("INSERT INTO id_counter (name, next_id) VALUES ('row', 1)")


def _seed() -> None:
    op.execute(f"INSERT INTO audit_head (id, count, last_hash) VALUES (1, 0, '{'0' * 64}')")
    for topic in TOPICS:
        op.execute(f"INSERT INTO revision (topic, number) VALUES ('{topic}', 0)")


def _create_directory() -> None:
    """Branches, teams, staff, pairs, devices."""
    op.create_table(
        "branch",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column(
            "code",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("shows_names", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("payments_known_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_branch"),
        sa.UniqueConstraint("code", name="uq_branch_code"),
    )
    op.create_table(
        "team",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column(
            "code",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name="fk_team_branch_id_branch"),
        sa.PrimaryKeyConstraint("id", name="pk_team"),
        sa.UniqueConstraint("branch_id", "code", name="uq_team_branch_id_code"),
    )
    op.create_table(
        "staff",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("team_id", ID, nullable=True),
        sa.Column(
            "staff_no",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "pinyin_key",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "initials",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column("roles", sa.String(length=200), server_default="collector", nullable=False),
        sa.Column("active", sa.Boolean(), server_default="1", nullable=False),
        sa.Column("daily_capacity", sa.Integer(), server_default="8", nullable=False),
        sa.Column("hired_on", sa.Date(), nullable=True),
        sa.Column("exam_valid_until", sa.Date(), nullable=True),
        sa.Column("training_valid_until", sa.Date(), nullable=True),
        sa.Column("batch_id", ID, nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name="fk_staff_branch_id_branch"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_staff_team_id_team"),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("branch_id", "staff_no", name="uq_staff_branch_id_staff_no"),
    )
    op.create_index("ix_staff_branch_id_team_id", "staff", ["branch_id", "team_id"], unique=False)
    op.create_table(
        "absence",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), server_default="", nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_absence_staff_id_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
    )
    op.create_index("ix_absence_staff_id", "absence", ["staff_id"], unique=False)
    op.create_table(
        "device",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column(
            "code",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default="1", nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name="fk_device_branch_id_branch"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_device_staff_id_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_device"),
        sa.UniqueConstraint("branch_id", "code", name="uq_device_branch_id_code"),
    )
    op.create_table(
        "pair",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("first_id", ID, nullable=False),
        sa.Column("second_id", ID, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name="fk_pair_branch_id_branch"),
        sa.ForeignKeyConstraint(["first_id"], ["staff.id"], name="fk_pair_first_id_staff"),
        sa.ForeignKeyConstraint(["second_id"], ["staff.id"], name="fk_pair_second_id_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_pair"),
        sa.UniqueConstraint("first_id", "second_id", name="uq_pair_first_id_second_id"),
    )
    op.create_index("ix_pair_branch_id", "pair", ["branch_id"], unique=False)


def _create_borrowers() -> None:
    """Search keys, full names and private items, apart from each other."""
    op.create_table(
        "borrower",
        sa.Column(
            "borrower_no",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "masked_name",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "pinyin_key",
            sa.String(length=300).with_variant(sa.String(length=300, collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "initials",
            sa.String(length=100).with_variant(sa.String(length=100, collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "phone_tail",
            sa.String(length=4).with_variant(sa.String(length=4, collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "area",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column("household_key", sa.String(length=64), nullable=True),
        sa.Column("batch_id", ID, nullable=True),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name="fk_borrower_branch_id_branch"),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_borrower"),
        sa.UniqueConstraint("branch_id", "borrower_no", name="uq_borrower_branch_id_borrower_no"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_borrower_branch_id_household_key",
        "borrower",
        ["branch_id", "household_key"],
        unique=False,
    )
    op.create_index(
        "ix_borrower_initials_branch_id", "borrower", ["initials", "branch_id"], unique=False
    )
    op.create_index(
        "ix_borrower_phone_tail_branch_id", "borrower", ["phone_tail", "branch_id"], unique=False
    )
    op.create_index(
        "ix_borrower_pinyin_key_branch_id", "borrower", ["pinyin_key", "branch_id"], unique=False
    )
    op.create_table(
        "borrower_name",
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("borrower_id", ID, autoincrement=False, nullable=False),
        sa.Column(
            "full_name",
            sa.String(length=400).with_variant(sa.String(length=400, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["branch_id", "borrower_id"],
            ["borrower.branch_id", "borrower.id"],
            name="fk_borrower_name_branch_id_borrower_id_borrower",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("branch_id", "borrower_id", name="pk_borrower_name"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_borrower_name_full_name_branch_id",
        "borrower_name",
        ["full_name", "branch_id"],
        unique=False,
    )
    op.create_table(
        "borrower_private",
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("borrower_id", ID, autoincrement=False, nullable=False),
        sa.Column("id_number", sa.String(length=60), server_default="", nullable=False),
        sa.Column("phones", sa.Text(), server_default="[]", nullable=False),
        sa.Column("addresses", sa.Text(), server_default="[]", nullable=False),
        sa.Column("contacts", sa.Text(), server_default="[]", nullable=False),
        sa.Column("liability", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id", "borrower_id"],
            ["borrower.branch_id", "borrower.id"],
            name="fk_borrower_private_branch_id_borrower_id_borrower",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("branch_id", "borrower_id", name="pk_borrower_private"),
        sqlite_with_rowid=False,
    )


def _create_contracts() -> None:
    """Contracts, schedules, payments."""
    op.create_table(
        "contract",
        sa.Column("borrower_id", ID, nullable=False),
        sa.Column(
            "contract_no",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("product", sa.String(length=40), nullable=False),
        sa.Column("principal_fen", sa.BigInteger(), nullable=False),
        sa.Column("rate_ppm", sa.Integer(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("accelerated_on", sa.Date(), nullable=True),
        sa.Column("credit_state", sa.String(length=40), server_default="", nullable=False),
        sa.Column(
            "credit_objection", sa.String(length=10), server_default="unknown", nullable=False
        ),
        sa.Column("batch_id", ID, nullable=True),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id", "borrower_id"],
            ["borrower.branch_id", "borrower.id"],
            name="fk_contract_branch_id_borrower_id_borrower",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name="fk_contract_branch_id_branch"),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_contract"),
        sa.UniqueConstraint("branch_id", "contract_no", name="uq_contract_branch_id_contract_no"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_contract_branch_id_borrower_id", "contract", ["branch_id", "borrower_id"], unique=False
    )
    op.create_index("ix_contract_contract_no", "contract", ["contract_no"], unique=False)
    op.create_table(
        "instalment",
        sa.Column("contract_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("principal_fen", sa.BigInteger(), nullable=False),
        sa.Column("interest_fen", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("fee_fen", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("penalty_fen", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("batch_id", ID, nullable=True),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id", "contract_id"],
            ["contract.branch_id", "contract.id"],
            name="fk_instalment_branch_id_contract_id_contract",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branch.id"], name="fk_instalment_branch_id_branch"
        ),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_instalment"),
        sa.UniqueConstraint(
            "branch_id", "contract_id", "number", name="uq_instalment_branch_id_contract_id_number"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "payment",
        sa.Column("contract_id", ID, nullable=False),
        sa.Column("payment_no", sa.String(length=80), nullable=False),
        sa.Column("value_on", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(length=40), server_default="other", nullable=False),
        sa.Column("batch_id", ID, nullable=True),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id", "contract_id"],
            ["contract.branch_id", "contract.id"],
            name="fk_payment_branch_id_contract_id_contract",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name="fk_payment_branch_id_branch"),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_payment"),
        sa.UniqueConstraint("branch_id", "payment_no", name="uq_payment_branch_id_payment_no"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_payment_branch_id_contract_id_value_on",
        "payment",
        ["branch_id", "contract_id", "value_on"],
        unique=False,
    )


def _create_cases() -> None:
    """Cases, who held them, holds, notes."""
    op.create_table(
        "collection_case",
        sa.Column(
            "case_no",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("borrower_id", ID, nullable=False),
        sa.Column("agent_id", ID, nullable=True),
        sa.Column("second_agent_id", ID, nullable=True),
        sa.Column("second_person_asked", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("placed_on", sa.Date(), nullable=False),
        sa.Column("retained_until_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_code", sa.String(length=20), nullable=True),
        sa.Column("product", sa.String(length=40), server_default="other", nullable=False),
        sa.Column("arrears_reason", sa.String(length=40), nullable=True),
        sa.Column("target_fen", sa.BigInteger(), nullable=True),
        sa.Column("mark", sa.String(length=1), nullable=True),
        sa.Column("batch_id", ID, nullable=True),
        sa.Column(
            "contract_no",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("oldest_due_on", sa.Date(), nullable=True),
        sa.Column("settle_fen", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("overdue_fen", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("overdue_from_on", sa.Date(), nullable=True),
        sa.Column("overdue_until_on", sa.Date(), nullable=True),
        sa.Column("last_visit_on", sa.Date(), nullable=True),
        sa.Column("last_visit_outcome", sa.String(length=30), nullable=True),
        sa.Column("visit_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("promise_due_on", sa.Date(), nullable=True),
        sa.Column("promise_fen", sa.BigInteger(), nullable=True),
        sa.Column("promise_paid_fen", sa.BigInteger(), nullable=True),
        sa.Column("next_plan_id", ID, nullable=True),
        sa.Column("next_plan_on", sa.Date(), nullable=True),
        sa.Column("next_plan_at", INSTANT, nullable=True),
        sa.Column("next_plan_gaps", sa.Integer(), server_default="0", nullable=False),
        sa.Column("recall_cause", sa.String(length=20), nullable=True),
        sa.Column("hold_from_on", sa.Date(), nullable=True),
        sa.Column("hold_until_on", sa.Date(), nullable=True),
        sa.Column("hold_reason", sa.String(length=30), nullable=True),
        sa.Column("critical_since", INSTANT, nullable=True),
        sa.Column("follow_up_due_at", INSTANT, nullable=True),
        sa.Column("flag_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("complaint_open", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["staff.id"], name="fk_collection_case_agent_id_staff"
        ),
        sa.ForeignKeyConstraint(
            ["branch_id", "borrower_id"],
            ["borrower.branch_id", "borrower.id"],
            name="fk_collection_case_branch_id_borrower_id_borrower",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branch.id"], name="fk_collection_case_branch_id_branch"
        ),
        sa.ForeignKeyConstraint(
            ["second_agent_id"], ["staff.id"], name="fk_collection_case_second_agent_id_staff"
        ),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_collection_case"),
        sa.UniqueConstraint("branch_id", "case_no", name="uq_collection_case_branch_id_case_no"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_case_branch_id_borrower_id",
        "collection_case",
        ["branch_id", "borrower_id"],
        unique=False,
    )
    op.create_index("ix_case_case_no", "collection_case", ["case_no"], unique=False)
    op.create_index(
        "ix_case_critical",
        "collection_case",
        ["critical_since"],
        unique=False,
        sqlite_where=sa.text("ended_on IS NULL AND critical_since IS NOT NULL"),
        postgresql_where=sa.text("ended_on IS NULL AND critical_since IS NOT NULL"),
    )
    op.create_index(
        "ix_case_follow_up",
        "collection_case",
        ["follow_up_due_at"],
        unique=False,
        sqlite_where=sa.text("ended_on IS NULL AND follow_up_due_at IS NOT NULL"),
        postgresql_where=sa.text("ended_on IS NULL AND follow_up_due_at IS NOT NULL"),
    )
    op.create_index(
        "ix_case_hold_until",
        "collection_case",
        ["hold_until_on"],
        unique=False,
        sqlite_where=sa.text("ended_on IS NULL AND hold_until_on IS NOT NULL"),
        postgresql_where=sa.text("ended_on IS NULL AND hold_until_on IS NOT NULL"),
    )
    op.create_index(
        "ix_case_next_plan",
        "collection_case",
        ["next_plan_on"],
        unique=False,
        sqlite_where=sa.text("ended_on IS NULL AND next_plan_on IS NOT NULL"),
        postgresql_where=sa.text("ended_on IS NULL AND next_plan_on IS NOT NULL"),
    )
    op.create_index(
        "ix_case_open_agent",
        "collection_case",
        ["agent_id", "case_no", "branch_id", "id", "ended_on"],
        unique=False,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_index(
        "ix_case_open_last_visit",
        "collection_case",
        ["last_visit_on", "case_no", "branch_id", "id", "ended_on"],
        unique=False,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_index(
        "ix_case_open_oldest_due",
        "collection_case",
        ["oldest_due_on", "case_no", "branch_id", "id", "ended_on"],
        unique=False,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_index(
        "ix_case_open_overdue",
        "collection_case",
        [
            "overdue_fen",
            "case_no",
            "branch_id",
            "id",
            "overdue_from_on",
            "overdue_until_on",
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
        ],
        unique=False,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_index(
        "ix_case_open_overdue_from",
        "collection_case",
        ["overdue_from_on"],
        unique=False,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_index(
        "ix_case_open_overdue_until",
        "collection_case",
        ["overdue_until_on"],
        unique=False,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_index(
        "ix_case_promise",
        "collection_case",
        ["promise_due_on", "ended_on"],
        unique=False,
        sqlite_where=sa.text("ended_on IS NULL AND promise_due_on IS NOT NULL"),
        postgresql_where=sa.text("ended_on IS NULL AND promise_due_on IS NOT NULL"),
    )
    op.create_index(
        "ix_case_recall",
        "collection_case",
        ["next_plan_on"],
        unique=False,
        sqlite_where=sa.text("ended_on IS NULL AND recall_cause IS NOT NULL"),
        postgresql_where=sa.text("ended_on IS NULL AND recall_cause IS NOT NULL"),
    )
    op.create_index(
        "ix_case_retained_until",
        "collection_case",
        ["retained_until_on"],
        unique=False,
        sqlite_where=sa.text("ended_on IS NULL AND retained_until_on IS NOT NULL"),
        postgresql_where=sa.text("ended_on IS NULL AND retained_until_on IS NOT NULL"),
    )
    op.create_table(
        "assignment",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("agent_id", ID, nullable=True),
        sa.Column("second_agent_id", ID, nullable=True),
        sa.Column("from_at", INSTANT, nullable=False),
        sa.Column("until_at", INSTANT, nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("by", sa.String(length=200), server_default="", nullable=False),
        sa.Column("done_by_branch_id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["staff.id"], name="fk_assignment_agent_id_staff"),
        sa.ForeignKeyConstraint(
            ["branch_id", "case_id"],
            ["collection_case.branch_id", "collection_case.id"],
            name="fk_assignment_branch_id_case_id_collection_case",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branch.id"], name="fk_assignment_branch_id_branch"
        ),
        sa.ForeignKeyConstraint(
            ["done_by_branch_id"], ["branch.id"], name="fk_assignment_done_by_branch_id_branch"
        ),
        sa.ForeignKeyConstraint(
            ["second_agent_id"], ["staff.id"], name="fk_assignment_second_agent_id_staff"
        ),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_assignment"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_assignment_agent_id_from_at", "assignment", ["agent_id", "from_at"], unique=False
    )
    op.create_index(
        "ix_assignment_branch_id_case_id",
        "assignment",
        ["branch_id", "case_id", "from_at"],
        unique=False,
    )
    op.create_table(
        "case_contract",
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("case_id", ID, autoincrement=False, nullable=False),
        sa.Column("contract_id", ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id", "case_id"],
            ["collection_case.branch_id", "collection_case.id"],
            name="fk_case_contract_branch_id_case_id_collection_case",
            onupdate="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["branch_id", "contract_id"],
            ["contract.branch_id", "contract.id"],
            name="fk_case_contract_branch_id_contract_id_contract",
            onupdate="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("branch_id", "case_id", "contract_id", name="pk_case_contract"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_case_contract_branch_id_contract_id",
        "case_contract",
        ["branch_id", "contract_id"],
        unique=False,
    )
    op.create_table(
        "case_note",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id", "case_id"],
            ["collection_case.branch_id", "collection_case.id"],
            name="fk_case_note_branch_id_case_id_collection_case",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name="fk_case_note_branch_id_branch"),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_case_note"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_case_note_branch_id_case_id", "case_note", ["branch_id", "case_id"], unique=False
    )
    op.create_table(
        "hold",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("owner", sa.String(length=200), server_default="", nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("ended_by", sa.String(length=200), nullable=True),
        sa.Column("end_words", sa.Text(), nullable=True),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id", "case_id"],
            ["collection_case.branch_id", "collection_case.id"],
            name="fk_hold_branch_id_case_id_collection_case",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name="fk_hold_branch_id_branch"),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_hold"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_hold_branch_id_case_id", "hold", ["branch_id", "case_id"], unique=False)


def _create_contacts() -> None:
    """Attempts, plans, visits, promises, complaints."""
    op.create_table(
        "complaint",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("complaint_no", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=20), server_default="company", nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("about", sa.Text(), server_default="", nullable=False),
        sa.Column("visit_no", sa.String(length=80), nullable=True),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("batch_id", ID, nullable=True),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id", "case_id"],
            ["collection_case.branch_id", "collection_case.id"],
            name="fk_complaint_branch_id_case_id_collection_case",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name="fk_complaint_branch_id_branch"),
        sa.ForeignKeyConstraint(["person_id"], ["staff.id"], name="fk_complaint_person_id_staff"),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_complaint"),
        sa.UniqueConstraint(
            "branch_id", "complaint_no", name="uq_complaint_branch_id_complaint_no"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_complaint_branch_id_case_id", "complaint", ["branch_id", "case_id"], unique=False
    )
    op.create_table(
        "contact_attempt",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("contact_no", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("party", sa.String(length=20), server_default="debtor", nullable=False),
        sa.Column("connected", sa.String(length=7), server_default="unknown", nullable=False),
        sa.Column("effective", sa.String(length=7), server_default="unknown", nullable=False),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("agent_id", ID, nullable=True),
        sa.Column("done_by_branch_id", ID, nullable=False),
        sa.Column("batch_id", ID, nullable=True),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["staff.id"], name="fk_contact_attempt_agent_id_staff"
        ),
        sa.ForeignKeyConstraint(
            ["branch_id", "case_id"],
            ["collection_case.branch_id", "collection_case.id"],
            name="fk_contact_attempt_branch_id_case_id_collection_case",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branch.id"], name="fk_contact_attempt_branch_id_branch"
        ),
        sa.ForeignKeyConstraint(
            ["done_by_branch_id"], ["branch.id"], name="fk_contact_attempt_done_by_branch_id_branch"
        ),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_contact_attempt"),
        sa.UniqueConstraint(
            "branch_id", "contact_no", name="uq_contact_attempt_branch_id_contact_no"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_contact_attempt_branch_id_case_id",
        "contact_attempt",
        ["branch_id", "case_id", "at"],
        unique=False,
    )
    op.create_table(
        "promise",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("promise_no", sa.String(length=80), nullable=False),
        sa.Column("visit_id", ID, nullable=True),
        sa.Column("agent_id", ID, nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_fen", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("done_by_branch_id", ID, nullable=False),
        sa.Column("batch_id", ID, nullable=True),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["staff.id"], name="fk_promise_agent_id_staff"),
        sa.ForeignKeyConstraint(
            ["branch_id", "case_id"],
            ["collection_case.branch_id", "collection_case.id"],
            name="fk_promise_branch_id_case_id_collection_case",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name="fk_promise_branch_id_branch"),
        sa.ForeignKeyConstraint(
            ["done_by_branch_id"], ["branch.id"], name="fk_promise_done_by_branch_id_branch"
        ),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_promise"),
        sa.UniqueConstraint("branch_id", "promise_no", name="uq_promise_branch_id_promise_no"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_promise_branch_id_case_id", "promise", ["branch_id", "case_id", "due_on"], unique=False
    )
    op.create_table(
        "visit",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("visit_no", sa.String(length=80), nullable=False),
        sa.Column("plan_id", ID, nullable=True),
        sa.Column("agent_id", ID, nullable=True),
        sa.Column("second_agent_id", ID, nullable=True),
        sa.Column("done_by_branch_id", ID, nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("address_kind", sa.String(length=20), server_default="home", nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("talk_results", sa.String(length=300), server_default="", nullable=False),
        sa.Column("arrears_reason", sa.String(length=40), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column(
            "position_matched", sa.String(length=7), server_default="unknown", nullable=False
        ),
        sa.Column("id_shown", sa.String(length=7), server_default="unknown", nullable=False),
        sa.Column("recorded", sa.String(length=7), server_default="unknown", nullable=False),
        sa.Column(
            "recording_consent", sa.String(length=7), server_default="unknown", nullable=False
        ),
        sa.Column("notice_given", sa.String(length=7), server_default="unknown", nullable=False),
        sa.Column("conduct", sa.Text(), server_default="{}", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("receipt_no", sa.String(length=80), nullable=True),
        sa.Column("late_entry_minutes", sa.Integer(), nullable=True),
        sa.Column("batch_id", ID, nullable=True),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["staff.id"], name="fk_visit_agent_id_staff"),
        sa.ForeignKeyConstraint(
            ["branch_id", "case_id"],
            ["collection_case.branch_id", "collection_case.id"],
            name="fk_visit_branch_id_case_id_collection_case",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name="fk_visit_branch_id_branch"),
        sa.ForeignKeyConstraint(
            ["done_by_branch_id"], ["branch.id"], name="fk_visit_done_by_branch_id_branch"
        ),
        sa.ForeignKeyConstraint(
            ["second_agent_id"], ["staff.id"], name="fk_visit_second_agent_id_staff"
        ),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_visit"),
        sa.UniqueConstraint("branch_id", "visit_no", name="uq_visit_branch_id_visit_no"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_visit_branch_id_case_id", "visit", ["branch_id", "case_id", "visited_on"], unique=False
    )
    op.create_index(
        "ix_visit_branch_id_visited_on", "visit", ["branch_id", "visited_on"], unique=False
    )
    op.create_index(
        "ix_visit_request",
        "visit",
        ["branch_id", "case_id", "visited_on"],
        unique=False,
        sqlite_where=sa.text("instr(talk_results, '_REQ') > 0"),
        postgresql_where=sa.text("strpos(talk_results::text, '_REQ'::text) > 0"),
    )
    op.create_table(
        "visit_plan",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("plan_no", sa.String(length=80), nullable=False),
        sa.Column("plan_on", sa.Date(), nullable=False),
        sa.Column("window_from", INSTANT, nullable=False),
        sa.Column("window_until", INSTANT, nullable=False),
        sa.Column("address_kind", sa.String(length=20), server_default="home", nullable=False),
        sa.Column("agent_id", ID, nullable=True),
        sa.Column("second_agent_id", ID, nullable=True),
        sa.Column("device_id", ID, nullable=True),
        sa.Column("target_fen", sa.BigInteger(), nullable=True),
        sa.Column("strategy", sa.Text(), server_default="", nullable=False),
        sa.Column("notice_sent_at", INSTANT, nullable=True),
        sa.Column(
            "notice_delivered", sa.String(length=7), server_default="unknown", nullable=False
        ),
        sa.Column("file_ready", sa.String(length=7), server_default="unknown", nullable=False),
        sa.Column("state", sa.String(length=20), server_default="planned", nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("batch_id", ID, nullable=True),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["staff.id"], name="fk_visit_plan_agent_id_staff"),
        sa.ForeignKeyConstraint(
            ["branch_id", "case_id"],
            ["collection_case.branch_id", "collection_case.id"],
            name="fk_visit_plan_branch_id_case_id_collection_case",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branch.id"], name="fk_visit_plan_branch_id_branch"
        ),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name="fk_visit_plan_device_id_device"
        ),
        sa.ForeignKeyConstraint(
            ["second_agent_id"], ["staff.id"], name="fk_visit_plan_second_agent_id_staff"
        ),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_visit_plan"),
        sa.UniqueConstraint("branch_id", "plan_no", name="uq_visit_plan_branch_id_plan_no"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_visit_plan_branch_id_case_id",
        "visit_plan",
        ["branch_id", "case_id", "plan_on"],
        unique=False,
    )
    op.create_index(
        "ix_visit_plan_branch_id_plan_on", "visit_plan", ["branch_id", "plan_on"], unique=False
    )


def _create_flags() -> None:
    """Flags and their follow-ups."""
    op.create_table(
        "flag",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("visit_id", ID, nullable=True),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("caused_by", sa.String(length=20), server_default="unknown", nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("evidence", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.String(length=20), server_default="new", nullable=False),
        sa.Column("raised_at", INSTANT, nullable=False),
        sa.Column("looked_at", INSTANT, nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id", "case_id"],
            ["collection_case.branch_id", "collection_case.id"],
            name="fk_flag_branch_id_case_id_collection_case",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name="fk_flag_branch_id_branch"),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_flag"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_flag_branch_id_case_id", "flag", ["branch_id", "case_id"], unique=False)
    op.create_index(
        "ix_flag_branch_id_state", "flag", ["branch_id", "state", "severity"], unique=False
    )
    op.create_table(
        "follow_up",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("flag_id", ID, nullable=True),
        sa.Column("step", sa.String(length=60), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("owner", sa.String(length=200), server_default="", nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id", "case_id"],
            ["collection_case.branch_id", "collection_case.id"],
            name="fk_follow_up_branch_id_case_id_collection_case",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name="fk_follow_up_branch_id_branch"),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_follow_up"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_follow_up_branch_id_case_id", "follow_up", ["branch_id", "case_id"], unique=False
    )


def _create_machinery() -> None:
    """Audit, revisions, command log, undo, imports, inbox, views."""
    op.create_table(
        "audit_event",
        sa.Column("seq", ID, autoincrement=False, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("command_id", sa.String(length=64), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit_event"),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("last_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.create_table(
        "command_log",
        sa.Column("command_id", sa.String(length=64), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("undone_by", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("command_id", name="pk_command_log"),
    )
    op.create_table(
        "id_counter",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("next_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_id_counter"),
    )
    op.create_table(
        "import_batch",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("file_name", sa.String(length=400), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("done_at", INSTANT, nullable=False),
        sa.Column("done_by", sa.String(length=200), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("inserted", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="done", nullable=False),
        sa.Column("undone_at", INSTANT, nullable=True),
        sa.Column("command_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_import_batch"),
    )
    op.create_index("ix_import_batch_done_at", "import_batch", ["done_at"], unique=False)
    op.create_table(
        "import_mapping",
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("source", "kind", name="pk_import_mapping"),
    )
    op.create_table(
        "inbox",
        sa.Column("id", ID, sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(length=10), server_default="waiting", nullable=False),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inbox_source_kind_key", "inbox", ["source", "kind", "key"], unique=False)
    op.create_index("ix_inbox_state_id", "inbox", ["state", "id"], unique=False)
    op.create_table(
        "parameter",
        sa.Column("branch_id", ID, autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("branch_id", "key", name="pk_parameter"),
    )
    op.create_table(
        "revision",
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("number", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("topic", name="pk_revision"),
    )
    op.create_table(
        "undo_entry",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("command_id", sa.String(length=64), nullable=False),
        sa.Column("table_name", sa.String(length=40), nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("row_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("subject", sa.String(length=200), server_default="", nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("version_after", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_undo_entry"),
    )
    op.create_index("ix_undo_entry_command_id", "undo_entry", ["command_id"], unique=False)
    op.create_table(
        "import_before",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("table_name", sa.String(length=40), nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("row_id", ID, nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name="fk_import_before_batch_id_import_batch"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_import_before"),
    )
    op.create_index("ix_import_before_batch_id", "import_before", ["batch_id"], unique=False)
    op.create_table(
        "saved_view",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("branch_id", ID, nullable=True),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("scope", sa.String(length=10), nullable=False),
        sa.Column("shared_role", sa.String(length=20), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("pinned", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branch.id"], name="fk_saved_view_branch_id_branch"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_saved_view"),
    )
    op.create_index("ix_saved_view_owner", "saved_view", ["owner"], unique=False)
