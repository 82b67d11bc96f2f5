"""What every table promises: the branch in its keys, who follows a move, when it was recorded."""

import ast
from pathlib import Path

import pytest
from sqlalchemy import ForeignKeyConstraint, Index, Table, UniqueConstraint

from supervisor.models.tables import metadata

TABLES = metadata().sorted_tables
SCOPED = [
    table
    for table in TABLES
    if "branch_id" in table.c and table.c.branch_id.primary_key and len(table.primary_key) > 1
    if table.name
    not in {"parameter", "summary_visit", "summary_area", "summary_tally", "case_period"}
]
RECORDS_ITSELF = frozenset(
    {
        *("audit_event", "audit_head", "command_log", "id_counter", "revision"),
        *("import_batch", "import_before", "import_mapping", "inbox", "undo_entry"),
        *("note_reading", "unknown_rules", "summary_visit", "summary_dirty"),
        *("summary_house", "summary_area", "summary_house_area"),
        *("summary_tally", "summary_house_tally"),
        *("case_columns", "case_period", "case_columns_dirty"),
    }
)
"""The machinery has instants and a sequence of its own, what is worked out anew needs none."""
PARTS = {"borrower_name": "borrower", "borrower_private": "borrower"}
"""Rows recorded with another one."""
NEVER_CHANGED = frozenset({"case_contract", "finding", "flag_event", "review", "rule_change"})
"""Rows that are made and perhaps removed, never changed."""
SUPERVISOR = Path(__file__).resolve().parent.parent.parent / "supervisor"


def _names(constraint: ForeignKeyConstraint | UniqueConstraint | Index) -> set[str]:
    return {column.name for column in constraint.columns}


def _named(table: Table) -> str:
    return table.name


@pytest.mark.parametrize("table", SCOPED, ids=_named)
def test_that_keys_of_a_scoped_table_contain_the_branch(table: Table) -> None:
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    for one in (*unique, *(index for index in table.indexes if index.unique)):
        assert "branch_id" in _names(one), one.name
    for key in table.foreign_key_constraints:
        if key.referred_table in SCOPED:
            assert "branch_id" in _names(key), key.name
            assert key.onupdate == "CASCADE", key.name


@pytest.mark.parametrize("table", SCOPED, ids=_named)
def test_that_every_scoped_table_follows_the_borrower(table: Table) -> None:
    parents = [table]
    while parents[-1].name != "borrower":
        above = [
            key.referred_table
            for key in parents[-1].foreign_key_constraints
            if key.referred_table in SCOPED and key.referred_table not in parents
        ]
        assert above, f"{parents[-1].name} follows nothing"
        parents.append(above[0])


@pytest.mark.parametrize("table", TABLES, ids=_named)
def test_that_rows_keep_when_they_were_recorded_and_their_version(table: Table) -> None:
    if table.name not in RECORDS_ITSELF | PARTS.keys() | {"case_contract"}:
        assert "recorded_at" in table.c
    if table.name not in RECORDS_ITSELF | NEVER_CHANGED:
        assert "version" in table.c


def test_that_every_exception_names_a_table() -> None:
    named = RECORDS_ITSELF | NEVER_CHANGED | PARTS.keys() | set(PARTS.values())
    assert named <= {table.name for table in TABLES}


READS_PRIVATE = {
    *("models/tables/borrower.py", "models/tables/__init__.py", "models/queries/private.py"),
    *("models/queries/exports.py", "models/commands/import_contracts.py"),
    *("models/commands/import_undo.py", "models/private_words.py"),
}
"""Showing one person after a reveal, exporting, importing, taking out of texts; no list, no search.

`private_words` gives words to be hidden to `rules.known_words`; they are never shown.
"""


def test_that_no_list_and_no_search_reads_private_things() -> None:
    found = {
        path.relative_to(SUPERVISOR).as_posix()
        for path in SUPERVISOR.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if "BorrowerPrivate"
        in {
            getattr(node, "id", None),
            getattr(node, "attr", None),
            *(alias.name for alias in getattr(node, "names", ()) if isinstance(alias, ast.alias)),
        }
    }
    assert found <= READS_PRIVATE
    assert "models/queries/private.py" in found
