"""Writes blocks into an empty PostgreSQL schema through COPY, inside the caller's transaction.

Foreign keys, unique constraints and indexes are taken away first and put back afterwards, which
also checks every row; all of it is undone with the transaction.
"""

from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Any, cast

from sqlalchemy import ForeignKeyConstraint, Table, UniqueConstraint, text
from sqlalchemy.orm import Session
from sqlalchemy.schema import AddConstraint, CreateIndex, DropConstraint, DropIndex

from supervisor.intake.demo.blocks import Block, Column, Same, Value
from supervisor.models.database import Database, translated
from supervisor.models.tables import metadata

_SETTINGS = (
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL synchronous_commit = off",
    "SET LOCAL maintenance_work_mem = '256MB'",
)


def load(session: Session, blocks: Iterable[Block]) -> int:
    """Write all blocks; gives the number of rows."""
    for setting in _SETTINGS:
        session.execute(text(setting))
    tables: list[Table] = []
    rows = 0
    for block in _bare(session, blocks, tables):
        rows += _copy(session, block)
    _put_back(session, tables)
    return rows


def set_next_id(session: Session, next_id: int) -> None:
    """Let the row sequence go on after the demo's ids, and tell the planner of the new rows."""
    session.execute(text("SELECT setval('row_id', :last)"), {"last": next_id - 1})
    session.execute(text("ANALYZE"))


def settle(database: Database) -> None:
    """Once the rows are committed: mark their pages as visible to all and measure the tables.

    Until a vacuum has seen a page, an index alone cannot answer for its rows, and the server's own
    vacuum comes minutes later, or never to a table that only grew a little.
    """
    tables = ", ".join(f'"{table.name}"' for table in metadata().sorted_tables)
    with translated(), database.engine.connect() as bare:
        connection = bare.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text(f"VACUUM (ANALYZE) {tables}"))
        connection.execute(text("RESET statement_timeout"))


def _bare(session: Session, blocks: Iterable[Block], tables: list[Table]) -> Iterator[Block]:
    """Strip each table of its constraints and indexes before its first block."""
    for block in blocks:
        table = metadata().tables[block.table]
        if table not in tables:
            tables.append(table)
            for key in _foreign_keys(table):
                session.execute(DropConstraint(key))
            for unique in _uniques(table):
                session.execute(DropConstraint(unique))
            for index in sorted(table.indexes, key=lambda index: str(index.name)):
                session.execute(DropIndex(index))
        yield block


def _put_back(session: Session, tables: list[Table]) -> None:
    for table in tables:
        for unique in _uniques(table):
            session.execute(AddConstraint(unique, isolate_from_table=False))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            session.execute(CreateIndex(index))
    for table in tables:
        for key in _foreign_keys(table):
            session.execute(AddConstraint(key, isolate_from_table=False))


def _foreign_keys(table: Table) -> list[ForeignKeyConstraint]:
    return sorted(table.foreign_key_constraints, key=lambda key: str(key.name))


def _uniques(table: Table) -> list[UniqueConstraint]:
    found = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    # Names follow a convention and are only known once compiled; the columns always are.
    return sorted(found, key=lambda one: [column.name for column in one.columns])


def _copy(session: Session, block: Block) -> int:
    if not block.count:
        return 0
    names = ", ".join(f'"{name}"' for name in block.columns)
    connection = cast("Any", session.connection().connection.driver_connection)
    lines = map(
        "\t".join, zip(*(_texts(one, block.count) for one in block.columns.values()), strict=True)
    )
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{block.table}" ({names}) FROM STDIN') as copy,
    ):
        copy.write("\n".join(lines) + "\n")
    return block.count


def _texts(column: Column | Same, count: int) -> Iterable[str]:
    if isinstance(column, Same):
        return repeat(_text(column.value), count)
    if isinstance(column, range):
        return map(str, column)
    return [value if value.__class__ is str else _text(value) for value in column]


def _text(value: Value) -> str:
    """A value as COPY reads it; the demo's own words hold nothing that would need escaping."""
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value)
