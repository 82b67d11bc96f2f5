"""SQLite's planner is told the same of every file: after creation, and after a demo was loaded."""

from datetime import date
from pathlib import Path

from sqlalchemy import text

from supervisor.intake.demo import DemoSize, create_demo
from supervisor.models.database import Database
from supervisor.models.migrations.statistics import STATISTICS

TOLD = {
    (table, index, figures)
    for table, indexes in STATISTICS.items()
    for index, figures in indexes.items()
}


def _told(database: Database) -> set[tuple[str, str, str]]:
    with database.transaction() as session:
        return {tuple(row) for row in session.execute(text("SELECT * FROM sqlite_stat1"))}


def test_that_every_figure_names_an_index_there_is_and_counts_its_columns(
    sqlite_database: Database,
) -> None:
    assert _told(sqlite_database) == TOLD
    own_key = "sqlite_autoindex_{}_1"  # told under the table's name
    with sqlite_database.transaction() as session:
        for table, indexes in STATISTICS.items():
            known = session.execute(text(f"PRAGMA index_list('{table}')"))
            there = {row[1] for row in known} - {own_key.format(table)}
            assert there <= set(indexes), "an index without figures is taken for a better one"
        for table, index, figures in TOLD:
            name = own_key.format(table) if index == table else index
            columns = session.execute(text(f"PRAGMA index_info('{name}')")).all()
            assert len(figures.split()) == 1 + len(columns), index


def test_that_a_demo_is_read_by_the_same_figures(tmp_path: Path) -> None:
    path = str(tmp_path / "demo.db")
    create_demo(path, DemoSize(cases=40, visits=60, today=date(2026, 11, 23)))
    database = Database(path)
    assert _told(database) == TOLD
    database.close()


def test_that_a_neighbour_is_found_by_an_index_and_not_by_reading_the_branch(
    sqlite_database: Database,
) -> None:
    question = (
        "EXPLAIN QUERY PLAN SELECT count(*) FROM borrower JOIN collection_case AS c "
        "ON c.branch_id = borrower.branch_id AND c.borrower_id = borrower.id "
        "WHERE borrower.branch_id = 1 AND borrower.household_key = 'x' AND c.ended_on IS NULL"
    )
    with sqlite_database.transaction() as session:
        steps = " ".join(row[-1] for row in session.execute(text(question)))
    assert "(branch_id=? AND household_key=?)" in steps
    assert "(branch_id=? AND borrower_id=?)" in steps
