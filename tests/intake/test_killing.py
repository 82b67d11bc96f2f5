from pathlib import Path

from supervisor.models.database import Database
from tests.intake.killing import a_prepared_office, kill_once, rounds_of_kills, whole


def test_that_a_killed_import_is_there_whole_or_not_at_all(
    database: Database, tmp_path: Path
) -> None:
    ended = rounds_of_kills(database, tmp_path, rows=2_000, rounds=5)
    assert sum(ended.values()) == 5


def test_that_an_import_that_is_not_killed_is_there(
    sqlite_database: Database, tmp_path: Path
) -> None:
    path = a_prepared_office(sqlite_database, tmp_path, 50)
    kill_once(sqlite_database, path, None)
    assert whole(sqlite_database, 50)
