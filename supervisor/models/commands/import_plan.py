"""What a chunk of rows would do, row for row, and the few statements that do it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, update
from sqlalchemy.orm import Session

from supervisor.models.base import Base
from supervisor.models.commands.import_context import Context
from supervisor.models.commands.summary_marks import (
    RELEVANT,
    mark_cases,
    mark_days,
    mark_rows,
    matters,
)
from supervisor.models.commands.trace import to_text
from supervisor.models.tables import CaseContract, ImportBefore, Visit, metadata

Row = dict[str, Any]


@dataclass(slots=True)
class Change:
    """A row to change: `key` its primary key, `was` and `becomes` the columns that differ."""

    table: type[Base]
    key: Mapping[str, int]
    was: Row
    becomes: Row


@dataclass(slots=True)
class Plan:
    """Inserts by table, changes, and rows the batch makes beside its own."""

    inserts: dict[str, list[Row]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    made: list[tuple[type[Base], Mapping[str, int]]] = field(default_factory=list)
    after: list[Callable[[], None]] = field(default_factory=list)

    def insert(self, table: type[Base], row: Row) -> None:
        """Add a new row."""
        self.inserts.setdefault(table.__tablename__, []).append(row)

    def change(self, table: type[Base], key: Mapping[str, int], was: Row, becomes: Row) -> None:
        """Add a change of an existing row."""
        self.changes.append(Change(table, key, was, becomes))


def differences(existing: Mapping[str, Any], wanted: Row) -> tuple[Row, Row]:
    """(was, becomes) of the columns that differ."""
    becomes = {name: value for name, value in wanted.items() if existing[name] != value}
    return {name: existing[name] for name in becomes}, becomes


def apply(context: Context, plan: Plan) -> None:
    """Write a chunk: inserts table by table, updates of the same shape together."""
    session = context.session
    _mark_changes(session, plan)
    for table in metadata().sorted_tables:  # parents before children
        rows = plan.inserts.get(table.name, [])
        for shape_rows in _by_shape(rows):
            session.execute(insert(table), shape_rows)
    if context.batch is not None:
        _keep_before(context, plan)
    shapes: dict[tuple[Any, ...], list[Row]] = {}
    for change in plan.changes:
        shape = (change.table, tuple(change.key), tuple(sorted(change.becomes)))
        bound = {f"k_{name}": value for name, value in change.key.items()}
        bound.update({f"v_{name}": value for name, value in change.becomes.items()})
        shapes.setdefault(shape, []).append(bound)
    for (table, key, names), rows in shapes.items():
        _update(context, cast("Table", table.__table__), key, names, rows)
    judge_again(session, [change.key for change in plan.changes if change.table is Visit])
    _mark_changes(session, plan)
    _mark_inserts(session, plan)
    for act in plan.after:
        act()


def _mark_changes(session: Session, plan: Plan) -> None:
    """Days of the summary that rest on rows to change: as they were, and as they became."""
    refs: dict[type[Base], set[tuple[int, int]]] = {}
    for change in plan.changes:
        if matters(change.table, change.becomes):
            key = (change.key["branch_id"], change.key["id"])
            refs.setdefault(change.table, set()).add(key)
    for table, keys in refs.items():
        mark_rows(session, table, keys)


def _mark_inserts(session: Session, plan: Plan) -> None:
    for table in RELEVANT:
        rows = plan.inserts.get(table.__tablename__, [])
        if table is Visit:
            # Visits before them may wait as well: `importing.finish`, once their cases are locked.
            mark_days(session, {(row["done_by_branch_id"], row["visited_on"]) for row in rows})
        else:
            mark_rows(session, table, {(row["branch_id"], row["id"]) for row in rows})
    links = plan.inserts.get(CaseContract.__tablename__, [])
    mark_cases(session, {(row["branch_id"], row["case_id"]): None for row in links})


def _update(
    context: Context, table: Table, key: tuple[str, ...], names: tuple[str, ...], rows: list[Row]
) -> None:
    values: Row = {
        name: bindparam(f"v_{name}", type_=table.c[name].type, required=True) for name in names
    }
    if "version" in table.c:
        values["version"] = table.c.version + 1
    conditions = [table.c[name] == bindparam(f"k_{name}") for name in key]
    context.session.connection().execute(update(table).where(*conditions).values(values), rows)


def judge_again(session: Session, visits: Sequence[Mapping[str, int]]) -> None:
    """Visits that changed wait to be judged once more; their versions stay."""
    if not visits:
        return
    table = cast("Table", Visit.__table__)
    stmt = (
        update(table)
        .where(table.c.branch_id == bindparam("of_branch"), table.c.id == bindparam("of_id"))
        .values(judged_with=None)
    )
    rows = [{"of_branch": key["branch_id"], "of_id": key["id"]} for key in visits]
    session.connection().execute(stmt, rows)


def _by_shape(rows: list[Row]) -> list[list[Row]]:
    """Rows with the same columns together: a column left out takes the table's default."""
    shapes: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        shapes.setdefault(tuple(row), []).append(row)
    return list(shapes.values())


def _keep_before(context: Context, plan: Plan) -> None:
    """Before-images: JSON `{"key", "was", "left"}`; `{"key"}` alone for a row made beside."""
    rows = [
        _before(context, change.table, change.key, {"was": change.was, "left": change.becomes})
        for change in plan.changes
    ]
    rows += [_before(context, table, key, {}) for table, key in plan.made]
    if rows:
        context.session.execute(insert(ImportBefore.__table__), rows)  # type: ignore[arg-type]


def _before(
    context: Context, table: type[Base], key: Mapping[str, int], image: Mapping[str, Row]
) -> Row:
    parts = {"key": dict(key), **image}
    return {
        "id": context.new_id(),
        "batch_id": context.batch,
        "table_name": table.__tablename__,
        "branch_id": key.get("branch_id", 0),
        "row_id": next(value for name, value in key.items() if name != "branch_id"),
        "before": json.dumps(
            {name: json.loads(to_text(part)) for name, part in parts.items()}, ensure_ascii=False
        ),
    }
