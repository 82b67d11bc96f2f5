"""Brings a database to this program's schema, or says in a sentence why not."""

import shutil
from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from supervisor import clock
from supervisor.errors import SchemaError
from supervisor.models.database import Database


class SchemaState(StrEnum):
    """How a database stands to this program."""

    EMPTY = "empty"
    CURRENT = "current"
    BEHIND = "behind"
    TOO_NEW = "too_new"


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration without an ini file."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.attributes["connection"] = connection
    return made


def head() -> str:
    """The newest revision this program knows."""
    newest = ScriptDirectory.from_config(config()).get_current_head()
    if newest is None:
        raise SchemaError("no_revisions")
    return newest


def state_of(database: Database) -> SchemaState:
    """Compare the database's revision with ours."""
    with database.transaction() as session:
        current = MigrationContext.configure(session.connection()).get_current_revision()
    if current is None:
        return SchemaState.EMPTY
    if current == head():
        return SchemaState.CURRENT
    known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    return SchemaState.BEHIND if current in known else SchemaState.TOO_NEW


def upgrade(database: Database, revision: str = "head") -> None:
    """Apply every missing revision in one transaction: all of it or nothing."""
    with database.transaction() as session:
        command.upgrade(config(session.connection()), revision)


def downgrade(database: Database, revision: str) -> None:
    """Go back to `revision` ("base" for nothing at all), in one transaction."""
    with database.transaction() as session:
        command.downgrade(config(session.connection()), revision)


def copy_before_upgrade(path: Path) -> Path:
    """Copy a SQLite file beside itself; the name says when."""
    stamp = clock.now().astimezone(clock.SHANGHAI).strftime("%Y%m%d-%H%M%S")
    copy = path.with_name(f"{path.stem}-before-upgrade-{stamp}{path.suffix}")
    shutil.copy2(path, copy)
    return copy
