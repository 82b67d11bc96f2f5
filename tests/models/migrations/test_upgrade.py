"""An empty database reaches the program's schema on both engines."""

from supervisor.models.database import Database
from supervisor.models.migrations import runner


def test_that_a_migrated_database_is_current(database: Database) -> None:
    assert runner.state_of(database) is runner.SchemaState.CURRENT
