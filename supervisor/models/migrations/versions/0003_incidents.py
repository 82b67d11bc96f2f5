"""Findings, reviews, follow-up steps, training and complaints with their answers.

Flags of before get the subject their uniqueness rests on, the people and time of their visit, and
steps the codes of today. Every visit waits to be judged once.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
CODE = sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql")

NEW_TABLES = (
    "unknown_rules",
    "rule_change",
    "training_course",
    "training_assignment",
    "quality_review",
    "note_reading",
    "finding",
    "flag_event",
    "review",
    "appeal",
)
"""Parents first; dropped backwards."""

NEW_INDEXES = (
    ("flag", "ix_flag_agent_id"),
    ("flag", "ix_flag_branch_id_raised_at"),
    ("flag", "ix_flag_open_due"),
    ("flag", "uq_flag_subject"),
    ("follow_up", "ix_follow_up_branch_id_flag_id"),
    ("follow_up", "ix_follow_up_open_due"),
    ("visit", "ix_visit_unjudged"),
)

NEW_COLUMNS = {
    "complaint": (
        "clock_days",
        "extended_because",
        "answered_on",
        "outcome",
        "answer",
    ),
    "flag": (
        "subject",
        "lead_rule",
        "lead_reason",
        "snapshot",
        "happened_at",
        "agent_id",
        "second_agent_id",
        "done_by_branch_id",
        "owner",
        "due_at",
        "looked_by",
        "reviews_needed",
        "verdict",
        "closing_reason",
        "duplicate_of",
        "reopened",
        "review_round",
        "escalated_at",
    ),
    "follow_up": (
        "family",
        "owner_role",
        "done_by",
        "outcome",
        "escalated_at",
    ),
    "hold": ("flag_id",),
    "visit": (
        "judged_with",
        "unknown_key",
    ),
}

STEPS = {
    "notice": "agree_time",
    "second_person": "add_person",
    "training": "deescalation_course",
    "evidence": "keep_recordings",
    "legal_review": "legal_desk",
    "callback": "call_back",
}
"""Codes of follow-up steps, before and now."""


def upgrade() -> None:
    _flags()
    _findings()
    _reviews()
    _training()
    _rules()
    _fill_flags()
    _unique_subjects()
    for before, now in STEPS.items():
        op.execute(
            sa.text("UPDATE follow_up SET step = :now WHERE step = :before").bindparams(
                now=now, before=before
            )
        )


def downgrade() -> None:
    for now, before in ((now, before) for before, now in STEPS.items()):
        op.execute(
            sa.text("UPDATE follow_up SET step = :before WHERE step = :now").bindparams(
                now=now, before=before
            )
        )
    for table in reversed(NEW_TABLES):
        op.drop_table(table)
    for table, index in NEW_INDEXES:
        op.drop_index(index, table)
    for table, columns in NEW_COLUMNS.items():
        for column in columns:
            op.drop_column(table, column)


def _fill_flags() -> None:
    """Flags of before: what their visit tells."""
    op.execute("UPDATE flag SET subject = 'case:' || id WHERE visit_id IS NULL")
    op.execute("UPDATE flag SET subject = 'visit:' || visit_id WHERE visit_id IS NOT NULL")
    op.execute(
        "UPDATE flag SET subject = subject || '/' || id WHERE EXISTS (SELECT 1 FROM flag AS twin"
        " WHERE twin.branch_id = flag.branch_id AND twin.case_id = flag.case_id"
        " AND twin.visit_id = flag.visit_id AND twin.category = flag.category"
        " AND twin.id < flag.id)"
    )
    for column, source in (
        ("happened_at", "started_at"),
        ("agent_id", "agent_id"),
        ("second_agent_id", "second_agent_id"),
        ("done_by_branch_id", "done_by_branch_id"),
    ):
        op.execute(
            f"UPDATE flag SET {column} = (SELECT visit.{source} FROM visit"  # noqa: S608
            " WHERE visit.branch_id = flag.branch_id AND visit.id = flag.visit_id)"
            " WHERE visit_id IS NOT NULL"
        )


def _flags() -> None:
    """Who, what, until when and how it ended, on what there was before."""
    op.add_column("flag", sa.Column("subject", sa.String(length=60), nullable=True))
    op.add_column(
        "flag", sa.Column("lead_rule", sa.String(length=60), server_default="", nullable=False)
    )
    op.add_column(
        "flag", sa.Column("lead_reason", sa.String(length=80), server_default="", nullable=False)
    )
    op.add_column("flag", sa.Column("snapshot", sa.Text(), server_default="{}", nullable=False))
    op.add_column("flag", sa.Column("happened_at", INSTANT, nullable=True))
    op.add_column("flag", sa.Column("agent_id", ID, nullable=True))
    op.add_column("flag", sa.Column("second_agent_id", ID, nullable=True))
    op.add_column("flag", sa.Column("done_by_branch_id", ID, nullable=True))
    op.add_column(
        "flag", sa.Column("owner", sa.String(length=200), server_default="", nullable=False)
    )
    op.add_column("flag", sa.Column("due_at", INSTANT, nullable=True))
    op.add_column("flag", sa.Column("looked_by", sa.String(length=200), nullable=True))
    op.add_column(
        "flag", sa.Column("reviews_needed", sa.Integer(), server_default="1", nullable=False)
    )
    op.add_column("flag", sa.Column("verdict", sa.String(length=20), nullable=True))
    op.add_column("flag", sa.Column("closing_reason", sa.String(length=20), nullable=True))
    op.add_column("flag", sa.Column("duplicate_of", ID, nullable=True))
    op.add_column("flag", sa.Column("reopened", sa.Integer(), server_default="0", nullable=False))
    op.add_column(
        "flag", sa.Column("review_round", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("flag", sa.Column("escalated_at", INSTANT, nullable=True))
    op.create_index("ix_flag_agent_id", "flag", ["agent_id", "happened_at"], unique=False)
    op.create_index("ix_flag_branch_id_raised_at", "flag", ["branch_id", "raised_at"], unique=False)
    op.create_index(
        "ix_flag_open_due",
        "flag",
        ["branch_id", "due_at"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.add_column(
        "follow_up",
        sa.Column("family", sa.String(length=20), server_default="lawfulness", nullable=False),
    )
    op.add_column(
        "follow_up",
        sa.Column("owner_role", sa.String(length=20), server_default="supervisor", nullable=False),
    )
    op.add_column(
        "follow_up", sa.Column("done_by", sa.String(length=200), server_default="", nullable=False)
    )
    op.add_column("follow_up", sa.Column("outcome", sa.String(length=20), nullable=True))
    op.add_column("follow_up", sa.Column("escalated_at", INSTANT, nullable=True))
    op.create_index(
        "ix_follow_up_branch_id_flag_id", "follow_up", ["branch_id", "flag_id"], unique=False
    )
    op.create_index(
        "ix_follow_up_open_due",
        "follow_up",
        ["branch_id", "due_at"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.add_column("hold", sa.Column("flag_id", ID, nullable=True))


def _findings() -> None:
    """What flags rest on, and what reading and judging a visit leaves behind."""
    op.create_table(
        "finding",
        sa.Column("flag_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("visit_id", ID, nullable=True),
        sa.Column("rule_id", sa.String(length=60), nullable=False),
        sa.Column("rule_version", sa.String(length=30), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=20), server_default="breach", nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("caused_by", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=80), server_default="", nullable=False),
        sa.Column("facts", sa.Text(), server_default="{}", nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("citation", sa.Text(), server_default="", nullable=False),
        sa.Column("confirmed", sa.Boolean(), server_default="1", nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("superseded_at", INSTANT, nullable=True),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id", "flag_id"],
            ["flag.branch_id", "flag.id"],
            name="fk_finding_branch_id_flag_id_flag",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name="fk_finding_branch_id_branch"),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_finding"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_finding_rule_id", "finding", ["rule_id", "branch_id", "recorded_at"], unique=False
    )
    op.create_index(
        "uq_finding_fingerprint", "finding", ["branch_id", "flag_id", "fingerprint"], unique=True
    )
    op.create_table(
        "note_reading",
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("visit_id", ID, autoincrement=False, nullable=False),
        sa.Column("reader", sa.String(length=40), nullable=False),
        sa.Column("labels", sa.String(length=60), server_default="", nullable=False),
        sa.Column("refuse_pay", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("standing", sa.Text(), server_default="[]", nullable=False),
        sa.Column("dismissed", sa.Text(), server_default="[]", nullable=False),
        sa.Column("deidentified", sa.Text(), server_default="", nullable=False),
        sa.Column("deidentified_spans", sa.Text(), server_default="[]", nullable=False),
        sa.Column("read_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id", "visit_id"],
            ["visit.branch_id", "visit.id"],
            name="fk_note_reading_branch_id_visit_id_visit",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("branch_id", "visit_id", name="pk_note_reading"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "unknown_rules",
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_unknown_rules"),
    )
    op.add_column("visit", sa.Column("judged_with", sa.String(length=16), nullable=True))
    op.add_column("visit", sa.Column("unknown_key", sa.String(length=16), nullable=True))
    op.create_index(
        "ix_visit_unjudged",
        "visit",
        ["branch_id", "case_id", "id"],
        unique=False,
        sqlite_where=sa.text("judged_with IS NULL"),
        postgresql_where=sa.text("judged_with IS NULL"),
    )


def _reviews() -> None:
    """What people did with a flag."""
    op.create_table(
        "flag_event",
        sa.Column("flag_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("by", sa.String(length=200), server_default="", nullable=False),
        sa.Column("role", sa.String(length=20), server_default="", nullable=False),
        sa.Column("from_state", sa.String(length=20), nullable=True),
        sa.Column("to_state", sa.String(length=20), nullable=True),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id", "flag_id"],
            ["flag.branch_id", "flag.id"],
            name="fk_flag_event_branch_id_flag_id_flag",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branch.id"], name="fk_flag_event_branch_id_branch"
        ),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_flag_event"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_flag_event_branch_id_flag_id", "flag_event", ["branch_id", "flag_id"], unique=False
    )
    op.create_table(
        "review",
        sa.Column("flag_id", ID, nullable=False),
        sa.Column("round", sa.Integer(), server_default="0", nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reviewer", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("blind", sa.Boolean(), server_default="1", nullable=False),
        sa.Column("decides", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id", "flag_id"],
            ["flag.branch_id", "flag.id"],
            name="fk_review_branch_id_flag_id_flag",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name="fk_review_branch_id_branch"),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_review"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "uq_review_number", "review", ["branch_id", "flag_id", "round", "number"], unique=True
    )
    op.create_table(
        "appeal",
        sa.Column("flag_id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_by", sa.String(length=200), server_default="", nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id", "flag_id"],
            ["flag.branch_id", "flag.id"],
            name="fk_appeal_branch_id_flag_id_flag",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name="fk_appeal_branch_id_branch"),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_appeal"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_appeal_branch_id_flag_id", "appeal", ["branch_id", "flag_id"], unique=False)


def _training() -> None:
    """Courses, who takes them, quality sheets."""
    op.create_table(
        "training_course",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("code", CODE, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("minutes", sa.Integer(), server_default="30", nullable=False),
        sa.Column("themes", sa.Text(), server_default="", nullable=False),
        sa.Column("active", sa.Boolean(), server_default="1", nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_training_course"),
        sa.UniqueConstraint("code", name="uq_training_course_code"),
    )
    op.create_table(
        "training_assignment",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("course_id", ID, nullable=False),
        sa.Column("flag_id", ID, nullable=True),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("assigned_by", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branch.id"], name="fk_training_assignment_branch_id_branch"
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["training_course.id"],
            name="fk_training_assignment_course_id_training_course",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_training_assignment_staff_id_staff"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_training_assignment"),
    )
    op.create_index(
        "ix_training_assignment_branch_id",
        "training_assignment",
        ["branch_id", "due_on"],
        unique=False,
    )
    op.create_index(
        "ix_training_assignment_flag_id", "training_assignment", ["flag_id"], unique=False
    )
    op.create_index(
        "ix_training_assignment_staff_id",
        "training_assignment",
        ["staff_id", "due_on"],
        unique=False,
    )
    op.create_table(
        "quality_review",
        sa.Column("visit_id", ID, nullable=False),
        sa.Column("reviewer", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("sheet", sa.Text(), server_default="{}", nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id", "visit_id"],
            ["visit.branch_id", "visit.id"],
            name="fk_quality_review_branch_id_visit_id_visit",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["branch.id"], name="fk_quality_review_branch_id_branch"
        ),
        sa.PrimaryKeyConstraint("branch_id", "id", name="pk_quality_review"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_quality_review_branch_id_visit_id",
        "quality_review",
        ["branch_id", "visit_id"],
        unique=False,
    )


def _rules() -> None:
    """Changes of rules, and the clock of complaints."""
    op.create_table(
        "rule_change",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("pack_id", sa.String(length=60), nullable=False),
        sa.Column("rule_id", sa.String(length=60), server_default="", nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.Column("params", sa.Text(), server_default="{}", nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rule_change"),
    )
    op.create_index(
        "ix_rule_change_pack_id", "rule_change", ["pack_id", "rule_id", "id"], unique=False
    )
    op.add_column(
        "complaint", sa.Column("clock_days", sa.Integer(), server_default="15", nullable=False)
    )
    op.add_column(
        "complaint", sa.Column("extended_because", sa.Text(), server_default="", nullable=False)
    )
    op.add_column("complaint", sa.Column("answered_on", sa.Date(), nullable=True))
    op.add_column("complaint", sa.Column("outcome", sa.String(length=20), nullable=True))
    op.add_column("complaint", sa.Column("answer", sa.Text(), server_default="", nullable=False))


def _unique_subjects() -> None:
    """Only once every flag has its own."""
    op.create_index(
        "uq_flag_subject",
        "flag",
        ["branch_id", "case_id", "subject", "category"],
        unique=True,
    )
