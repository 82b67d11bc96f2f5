"""Writes blocks into a fresh SQLite file nobody else knows of yet.

The file is thrown away if anything goes wrong, so the journal and the waiting for the disk are
off; explicit indexes are built after the load from their own words in the file.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from supervisor.errors import SchemaError
from supervisor.intake.demo.blocks import Block

_FAST = (
    "journal_mode=OFF",
    "synchronous=OFF",
    "locking_mode=EXCLUSIVE",
    "foreign_keys=OFF",
    "cache_size=-262144",
    "temp_store=FILE",
)


def load(path: Path, blocks: Iterable[Block]) -> int:
    """Write all blocks; gives the number of rows.

    Raises:
        SchemaError: a row names a parent that is not there (a bug of the generator).
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in _FAST:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("BEGIN EXCLUSIVE")
        told = connection.execute("SELECT tbl, idx, stat FROM sqlite_stat1").fetchall()
        indexes = _take_indexes(connection)
        rows = sum(_insert(connection, block) for block in blocks)
        for statement in indexes:
            connection.execute(statement)
        # What the planner is told of an index goes with the index.
        connection.execute("DELETE FROM sqlite_stat1")
        connection.executemany("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", told)
        connection.execute("COMMIT")
        orphans = connection.execute("PRAGMA foreign_key_check").fetchone()
        if orphans is not None:
            raise SchemaError("demo_unsound", table=str(orphans[0]))
        connection.execute("PRAGMA journal_mode=WAL").fetchall()
    finally:
        connection.close()
    return rows


def set_next_id(path: Path, next_id: int) -> None:
    """Let the row counter go on after the demo's ids."""
    connection = sqlite3.connect(path)
    try:
        with connection:
            connection.execute("UPDATE id_counter SET next_id = ? WHERE name = 'row'", (next_id,))
    finally:
        connection.close()


def _take_indexes(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOTNULL ORDER BY rowid"
    ).fetchall()
    for name, _ in found:
        connection.execute(f'DROP INDEX "{name}"')
    return [sql for _, sql in found]


def _insert(connection: sqlite3.Connection, block: Block) -> int:
    names = ", ".join(f'"{name}"' for name in block.columns)
    places = ", ".join("?" * len(block.columns))
    connection.executemany(
        f'INSERT INTO "{block.table}" ({names}) VALUES ({places})',  # noqa: S608 (our own names)
        block.rows(),
    )
    return block.count
