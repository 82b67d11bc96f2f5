"""Up, down, up again, with data; models equal schema; half a migration leaves nothing behind."""

import ast
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from supervisor.errors import SchemaError
from supervisor.models import ledger, tables
from supervisor.models.database import Database
from supervisor.models.migrations import runner
from supervisor.models.tables import metadata
from tests import factories

HEAD = runner.head()
NEXT = f"{int(HEAD) + 1:04}"

FAILING = f'''
"""Fails half way."""
import sqlalchemy as sa
from alembic import op
revision = "{NEXT}"
down_revision = "{HEAD}"
branch_labels = None
depends_on = None

def upgrade():
    op.create_table("half_done", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO half_done (id) VALUES (1)")
    op.add_column("branch", sa.Column("half_done", sa.Text()))
    op.execute("SELECT * FROM there_is_no_such_table")

def downgrade():
    op.drop_table("half_done")
'''

PASSING = FAILING.replace('    op.execute("SELECT * FROM there_is_no_such_table")\n', "").replace(
    '    op.drop_table("half_done")',
    '    op.drop_table("half_done")\n'
    '    with op.batch_alter_table("branch") as batch:\n'
    '        batch.drop_column("half_done")',
)

ORPHANING = PASSING.replace(
    "    op.add_column", '    op.execute("DELETE FROM branch")\n    op.add_column'
)


def scripts_with(folder: Path, revision: str) -> Path:
    """A copy of our revisions with one more."""
    scripts = folder / "scripts"
    shutil.copytree(runner.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / f"{NEXT}_planted.py").write_text(revision, encoding="utf-8")
    return scripts


def test_that_a_migrated_database_is_current(database: Database) -> None:
    assert runner.state_of(database) is runner.SchemaState.CURRENT


def test_that_models_equal_the_schema(database: Database) -> None:
    with database.looking() as connection:
        # SQLite gives defaults back in another spelling; PostgreSQL compares them by value.
        opts = {"compare_type": True, "compare_server_default": not database.is_sqlite}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata()) == []


def test_that_every_index_exists_with_its_condition(database: Database) -> None:
    with database.looking() as connection:
        seen = inspect(connection)
        for table in metadata().tables.values():
            found = {index["name"]: index for index in seen.get_indexes(table.name)}
            for index in table.indexes:
                name = str(index.name)
                assert found[name]["column_names"] == [column.name for column in index.columns]
                dialect = connection.dialect.name
                wanted = index.dialect_options[dialect]["where"]
                where = found[name].get("dialect_options", {}).get(f"{dialect}_where")
                assert (where is None) == (wanted is None), name
                if wanted is not None:
                    assert _bare(str(where)) == _bare(str(wanted)), name


def _bare(condition: str) -> str:
    """Without what PostgreSQL adds when it writes a condition back."""
    return condition.replace("(", "").replace(")", "").replace("::text", "").lower()


def test_that_the_row_id_sequence_is_known_to_the_models(postgres_database: Database) -> None:
    with postgres_database.looking() as connection:
        assert inspect(connection).has_sequence("row_id")
    assert "row_id" in {sequence.name for sequence in metadata()._sequences.values()}


def test_that_down_and_up_again_leaves_an_empty_schema_and_no_rest(database: Database) -> None:
    with database.transaction() as session:
        factories.a_case(session, factories.a_branch(session))
    runner.downgrade(database, "base")
    with database.looking() as connection:
        seen = inspect(connection)
        assert set(seen.get_table_names()) <= {"alembic_version"}
        if not database.is_sqlite:
            assert seen.get_sequence_names() == []
    runner.upgrade(database)
    assert runner.state_of(database) is runner.SchemaState.CURRENT
    with database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(tables.Case)) == 0
        factories.a_case(session, factories.a_branch(session))


def test_that_data_survive_up_and_down(database: Database, tmp_path: Path) -> None:
    with database.transaction() as session:
        factories.a_case(session, factories.a_branch(session), case_no="AJ-1", mark="A")
    scripts = scripts_with(tmp_path, PASSING)
    runner.upgrade(database, scripts=scripts)
    runner.downgrade(database, HEAD, scripts=scripts)
    with database.transaction() as session:
        kept = session.execute(select(tables.Case.case_no, tables.Case.mark)).one()
        assert tuple(kept) == ("AJ-1", "A")
    assert runner.state_of(database) is runner.SchemaState.CURRENT


def test_that_every_revision_of_ours_keeps_the_data_on_its_way_down_and_up(
    database: Database,
) -> None:
    with database.transaction() as session:
        case = factories.a_case(session, factories.a_branch(session), case_no="AJ-1")
        factories.a_note(session, case)
        visit = factories.a_visit(session, case, agent_id=None)
        factories.a_flag(
            session,
            case,
            visit_id=visit.id,
            subject=f"visit:{visit.id}",
            happened_at=datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
            done_by_branch_id=case.branch_id,
        )
        factories.a_follow_up(session, case, step="deescalation_course")
        before = _rows(session)
    runner.downgrade(database, "0001")
    assert runner.state_of(database) is runner.SchemaState.BEHIND
    runner.upgrade(database)
    with database.transaction() as session:
        after = _rows(session)
    # Sums are made anew: the day of the visit waits. What is counted beside them is filled at once.
    day = factories.TODAY
    tally = (day, "flag:refusal:unknown", 1)
    assert after.pop("summary_tally") == [(case.branch_id, *tally)]
    assert after.pop("summary_house_tally") == [tally]
    marks = [row[1:] for row in after.pop("summary_dirty")]
    assert marks == [(case.branch_id, day)]
    assert after == {name: rows for name, rows in before.items() if name in after}
    with database.looking() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata()) == []
        if database.is_sqlite:
            made = "SELECT count(*) FROM sqlite_master WHERE sql LIKE '%WITHOUT ROWID%'"
            assert connection.exec_driver_sql(made).scalar() == CLUSTERED


CLUSTERED = sum(
    table.dialect_options["sqlite"]["with_rowid"] is False for table in metadata().sorted_tables
)


def _rows(session: Session) -> dict[str, list[tuple[object, ...]]]:
    return {
        table.name: sorted((tuple(row) for row in session.execute(select(table))), key=str)
        for table in metadata().sorted_tables
    }


def test_that_a_schema_made_by_the_models_has_the_same_defaults(database: Database) -> None:
    with database.transaction() as session:
        ids = ledger.allocate_ids(session, 1)
        session.execute(
            text("INSERT INTO branch (id, code, name, recorded_at) VALUES (:id, 'B', 'b', :at)"),
            {"id": ids[0], "at": "2026-11-01 00:00:00"},
        )
        row = session.execute(select(tables.Branch.shows_names, tables.Branch.version)).one()
        assert tuple(row) == (False, 1)


def test_that_a_migration_leaving_broken_references_is_taken_back(
    sqlite_database: Database, tmp_path: Path
) -> None:
    with sqlite_database.transaction() as session:
        factories.a_case(session, factories.a_branch(session))
    scripts = scripts_with(tmp_path, ORPHANING)
    with pytest.raises(SchemaError, match="references_broken"):
        runner.upgrade(sqlite_database, scripts=scripts)
    with sqlite_database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(tables.Branch)) == 1
        with pytest.raises(IntegrityError):
            session.execute(text("DELETE FROM branch"))


def test_that_half_a_migration_leaves_nothing_behind(database: Database, tmp_path: Path) -> None:
    scripts = scripts_with(tmp_path, FAILING)
    with pytest.raises(SchemaError, match="schema_missing"):
        runner.upgrade(database, scripts=scripts)
    with database.looking() as connection:
        seen = inspect(connection)
        assert "half_done" not in seen.get_table_names()
        assert "half_done" not in {column["name"] for column in seen.get_columns("branch")}
    assert runner.state_of(database) is runner.SchemaState.CURRENT


def test_that_revisions_do_not_import_our_code() -> None:
    revisions = sorted((runner.SCRIPTS / "versions").glob("0*.py"))
    assert revisions
    for path in revisions:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not [name for name in names if name.startswith("supervisor")], path.name


def test_that_revisions_are_numbered_without_gaps() -> None:
    numbers = [path.name[:4] for path in sorted((runner.SCRIPTS / "versions").glob("0*.py"))]
    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]
    assert runner.head() == numbers[-1]
