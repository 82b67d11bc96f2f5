"""Head-office pages at once: flags and breaches by day, plans' reports, and what changed lately.

`summary_tally` is filled here, dirty days as well: whoever cleans them writes them anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEXES = (
    ("ix_visit_plan_id", "visit", ("branch_id", "plan_id"), "plan_id IS NOT NULL"),
    ("ix_flag_closed_at", "flag", ("closed_at", "branch_id"), "closed_at IS NOT NULL"),
    ("ix_follow_up_done_at", "follow_up", ("done_at", "branch_id"), "done_at IS NOT NULL"),
    ("ix_case_placed_on", "collection_case", ("placed_on", "branch_id"), None),
    ("ix_case_ended_on", "collection_case", ("ended_on", "branch_id"), "ended_on IS NOT NULL"),
)
FLAGS = """
SELECT v.done_by_branch_id, v.visited_on, 'flag:' || f.category || ':' || f.caused_by, count(*)
FROM flag f
JOIN visit v ON v.branch_id = f.branch_id AND v.case_id = f.case_id AND v.id = f.visit_id
WHERE v.outcome NOT IN ('ABORTED', 'NOT_DONE')
AND (f.verdict IS NULL OR f.verdict NOT IN ('not_upheld', 'false_alarm', 'duplicate'))
AND (f.closing_reason IS NULL OR f.closing_reason NOT IN ('withdrawn', 'duplicate'))
GROUP BY 1, 2, 3
"""
BREACHES = """
SELECT v.done_by_branch_id, v.visited_on, {what}, {count}
FROM finding f JOIN visit v ON v.branch_id = f.branch_id AND v.id = f.visit_id
WHERE f.category = 'legal_risk' AND f.superseded_at IS NULL
GROUP BY 1, 2
"""
UNKNOWN = """
SELECT done_by_branch_id, visited_on, 'unknown', count(*)
FROM visit WHERE unknown_key IS NOT NULL GROUP BY 1, 2
"""


def upgrade() -> None:
    for name, table, columns, where in INDEXES:
        only = None if where is None else sa.text(where)
        op.create_index(name, table, list(columns), sqlite_where=only, postgresql_where=only)
    for name, key in (("summary_tally", "branch_id"), ("summary_house_tally", None)):
        own = [sa.Column(key, ID, autoincrement=False, nullable=False)] if key else []
        keys = [one for one in (key, "day", "what") if one]
        op.create_table(
            name,
            *own,
            sa.Column("day", sa.Date(), nullable=False),
            sa.Column("what", sa.String(60), nullable=False),
            sa.Column("n", sa.Integer(), server_default="0", nullable=False),
            sa.PrimaryKeyConstraint(*keys, name=f"pk_{name}"),
            sqlite_with_rowid=False,
        )
    into = "INSERT INTO summary_tally (branch_id, day, what, n) "
    breaches = BREACHES.format(what="'breaches'", count="count(*)")
    flags = BREACHES.format(what="'breach_flags'", count="count(DISTINCT f.flag_id)")
    for found in (FLAGS, breaches, flags, UNKNOWN):
        op.execute(into + found)
    op.execute(
        "INSERT INTO summary_house_tally (day, what, n) "
        "SELECT day, what, sum(n) FROM summary_tally GROUP BY day, what"
    )


def downgrade() -> None:
    op.drop_table("summary_house_tally")
    op.drop_table("summary_tally")
    for name, table, _, _ in reversed(INDEXES):
        op.drop_index(name, table)
