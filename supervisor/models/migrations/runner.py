"""Brings a database to this program's schema, or says in a sentence why not."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect

from supervisor import clock
from supervisor.errors import ExpectedError, SchemaError, UnreachableError
from supervisor.models import filesystem
from supervisor.models.database import Database
from supervisor.models.migrations.statistics import tell_planner

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent
NEWEST = "0015"
"""The newest revision, as `head` finds it: a current schema is known without reading scripts."""
VERSION_TABLE = "alembic_version"
ROOM = 1.5
"""Room asked for before an upgrade, in sizes of the file: its copy, and what the upgrade writes."""
OLDEST_SERVER = 15
"""Major version of PostgreSQL."""


class SchemaState(StrEnum):
    """How a database stands to this program."""

    EMPTY = "empty"
    CURRENT = "current"
    BEHIND = "behind"
    TOO_NEW = "too_new"
    FOREIGN = "foreign"


class Opened(StrEnum):
    """What `open_ready` had to do."""

    AS_IT_WAS = "as_it_was"
    CREATED = "created"
    UPGRADED = "upgraded"


@dataclass(frozen=True, slots=True)
class Opening:
    """How a database became ready; `copy` is the file kept from before an upgrade."""

    done: Opened
    copy: Path | None = None


def config(connection: Connection | None = None, scripts: Path = SCRIPTS) -> "Config":
    """Alembic's configuration without an ini file."""
    from alembic.config import Config  # noqa: PLC0415 - slow to load, not for a current schema

    made = Config()
    made.set_main_option("script_location", str(scripts))
    made.attributes["connection"] = connection
    return made


def head(scripts: Path = SCRIPTS) -> str:
    """The newest revision this program knows, read from the scripts.

    Raises:
        SchemaError: there is no script.
    """
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as above

    newest = ScriptDirectory.from_config(config(scripts=scripts)).get_current_head()
    if newest is None:
        raise SchemaError("no_revisions")
    return newest


def state_of(database: Database, scripts: Path = SCRIPTS) -> SchemaState:
    """Compare the database's revision with ours; writes nothing.

    Raises:
        SchemaError: the server is too old or keeps text in another encoding.
        ExpectedError: the database refused or is away.
    """
    with database.looking() as connection:
        if not database.is_sqlite:
            _refuse_unfit_server(connection)
        found = _revisions_in(connection)
        if not found:
            tables = inspect(connection).get_table_names()
            return SchemaState.FOREIGN if tables else SchemaState.EMPTY
    newest = NEWEST if scripts == SCRIPTS else head(scripts)
    if found == {newest}:
        return SchemaState.CURRENT
    return SchemaState.BEHIND if found <= _known(scripts) else SchemaState.TOO_NEW


def _revisions_in(connection: Connection) -> set[str]:
    """What the database says of itself: one revision, none when it never was ours."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return set()
    found = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}")  # noqa: S608
    return {str(revision) for revision in found.scalars()}


def revision_of(database: Database) -> str | None:
    """The revision a database is of; None: it never was ours."""
    with database.looking() as connection:
        return next(iter(_revisions_in(connection)), None)


def _known(scripts: Path) -> set[str]:
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as above

    walked = ScriptDirectory.from_config(config(scripts=scripts)).walk_revisions()
    return {script.revision for script in walked}


def _refuse_unfit_server(connection: Connection) -> None:
    """A server older than promised, or one that cannot keep every name, is refused at the door."""
    found = connection.dialect.server_version_info or (0,)
    if found < (OLDEST_SERVER,):
        said = ".".join(str(part) for part in found)
        raise SchemaError("server_too_old", found=said, least=OLDEST_SERVER)
    encoding = str(connection.exec_driver_sql("SHOW server_encoding").scalar())
    if encoding != "UTF8":
        raise SchemaError("server_not_utf8", found=encoding)


def open_ready(database: Database, scripts: Path = SCRIPTS) -> Opening:
    """Make a database ready at the start of a desktop or a command.

    A SQLite file is created or upgraded (after a copy); a shared PostgreSQL schema is never
    touched from here: one desk must not change everybody's schema.

    Raises:
        SchemaError: too new, not ours, on a network drive, or an administrator's turn.
        ExpectedError: the database refused or is away.
    """
    if database.is_sqlite:
        return _open_file(database, scripts)
    state = state_of(database, scripts)
    if state is SchemaState.CURRENT:
        database.recognise()
        return Opening(Opened.AS_IT_WAS)
    raise _refusal(state)


def migrate(database: Database, scripts: Path = SCRIPTS) -> Opening:
    """Create or upgrade on either engine: the administrator's explicit command.

    Raises:
        SchemaError: too new, not ours or on a network drive.
        ExpectedError: the database refused or is away.
    """
    if database.is_sqlite:
        return _open_file(database, scripts)
    state = state_of(database, scripts)
    if state is SchemaState.CURRENT:
        return Opening(Opened.AS_IT_WAS)
    if state in {SchemaState.TOO_NEW, SchemaState.FOREIGN}:
        raise _refusal(state)
    upgrade(database, scripts=scripts)
    return Opening(Opened.CREATED if state is SchemaState.EMPTY else Opened.UPGRADED)


def _open_file(database: Database, scripts: Path) -> Opening:
    path = file_of(database)
    filesystem.refuse_network_drive(path)
    if path.is_dir():
        raise UnreachableError("file_is_folder", path=str(path))
    filesystem.create_for_owner(path)
    state = state_of(database, scripts)
    if state in {SchemaState.TOO_NEW, SchemaState.FOREIGN}:
        raise _refusal(state)
    filesystem.keep_to_owner(path)
    if state is SchemaState.CURRENT:
        return Opening(Opened.AS_IT_WAS)
    copy = copy_before_upgrade(path) if state is SchemaState.BEHIND else None
    upgrade(database, scripts=scripts)
    return Opening(Opened.UPGRADED if copy else Opened.CREATED, copy)


def _refusal(state: SchemaState) -> SchemaError:
    return SchemaError(
        {
            SchemaState.EMPTY: "schema_missing",
            SchemaState.BEHIND: "schema_behind",
            SchemaState.TOO_NEW: "schema_too_new",
        }.get(state, "schema_not_ours")
    )


def file_of(database: Database) -> Path:
    """The file behind a SQLite database."""
    return Path(database.url.database or "").expanduser()


def upgrade(database: Database, revision: str = "head", scripts: Path = SCRIPTS) -> None:
    """Apply every missing revision in one transaction: all of it or nothing.

    In an office new tables are opened to whom `office.decisions` says, and to nobody else.
    """
    from alembic import command  # noqa: PLC0415 - as above

    from supervisor.models.office.install import repair  # noqa: PLC0415 - only when tables change

    with database.schema_change() as connection:
        command.upgrade(config(connection, scripts), revision)
        tell_planner(connection)
        repair(connection)


def downgrade(database: Database, revision: str, scripts: Path = SCRIPTS) -> None:
    """Go back to `revision` ("base" for nothing at all), in one transaction."""
    from alembic import command  # noqa: PLC0415 - as above

    with database.schema_change() as connection:
        command.downgrade(config(connection, scripts), revision)


def copy_before_upgrade(path: Path) -> Path:
    """Copy a SQLite file beside itself; the name says when.

    SQLite's own backup includes what still lies in the write-ahead log, which a copy of the file
    would miss. A copy that cannot be finished is taken away again.

    Raises:
        ExpectedError: there is no room for the copy and the upgrade.
    """
    log = path.with_name(path.name + "-wal")
    size = sum(part.stat().st_size for part in (path, log) if part.exists())
    filesystem.refuse_without_room(path.parent, int(size * ROOM))
    stamp = clock.now().astimezone(clock.SHANGHAI).strftime("%Y%m%d-%H%M%S")
    copy, number = path.with_name(f"{path.stem}-before-upgrade-{stamp}{path.suffix}"), 1
    while copy.exists():
        number += 1
        copy = path.with_name(f"{path.stem}-before-upgrade-{stamp}-{number}{path.suffix}")
    filesystem.create_for_owner(copy)
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    except sqlite3.Error as error:
        copy.unlink()
        raise ExpectedError("copy_failed", folder=str(path.parent)) from error
    return copy
