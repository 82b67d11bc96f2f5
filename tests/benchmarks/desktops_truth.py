"""What twenty desks were told, held against what is in the database afterwards.

A row's version is the proof: whoever is told of a change made it from the version the desk had
seen, so no two desks may be told of a change from the same one (the first would be lost), and the
last change told of must stand.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select, tuple_

from supervisor.models.database import Database
from supervisor.models.queries.audit import verify
from supervisor.models.tables import (
    Assignment,
    AuditEvent,
    Case,
    CaseNote,
    CommandLog,
    ContactAttempt,
    Flag,
    FollowUp,
    ReportRun,
    Review,
    TrainingAssignment,
)
from tests.benchmarks.desktop_days import Told

ADDED = {
    "notes": CaseNote.text,
    "steps": FollowUp.words,
    "reviews": Review.reason,
    "courses": TrainingAssignment.why,
    "contacts": ContactAttempt.contact_no,
    "reports": ReportRun.id,
}
"""Where the text lies that names an added row."""
CHUNK = 1_000
Key = tuple[str, int, int]


def state(database: Database) -> dict[str, Any]:
    """What there was before the desks began: rows by kind, commands and events, torn cases."""
    with database.transaction() as session:
        one = session.execute(
            select(
                *(
                    select(func.count()).select_from(column.class_).scalar_subquery().label(kind)
                    for kind, column in ADDED.items()
                ),
                _count(CommandLog).label("commands"),
                _count(AuditEvent).label("events"),
            )
        ).one()
        torn = session.scalar(
            select(func.count())
            .select_from(Case)
            .outerjoin(
                Assignment,
                (Assignment.branch_id == Case.branch_id)
                & (Assignment.case_id == Case.id)
                & Assignment.until_at.is_(None),
            )
            .where(Assignment.agent_id.is_distinct_from(Case.agent_id))
        )
    return {**one._mapping, "torn": torn or 0}


def _count(table: Any) -> Any:
    return select(func.count()).select_from(table).scalar_subquery()


def refuse_losses(
    database: Database,
    before: dict[str, Any],
    changes: Iterable[Told],
    texts: dict[str, list[str]],
) -> None:
    """Everything the desks were told is there, once, or an error that says what is not.

    Raises:
        RuntimeError: a change or a row is lost, doubled or torn, or the audit is not whole.
    """
    after = state(database)
    _refuse_lost_changes(database, list(changes))
    for kind, told in texts.items():
        there = Counter(_texts(database, kind, told))
        if lost := set(told) - set(there):
            raise RuntimeError(f"{kind}: {len(lost)} of {len(told)} told are not there")
        if doubled := [text for text, count in there.items() if count > 1]:
            raise RuntimeError(f"{kind}: {len(doubled)} are there twice")
    for kind in ("notes", "contacts", "courses", "reviews", "reports"):
        made = after[kind] - before[kind]
        if made != len(texts.get(kind, [])):
            raise RuntimeError(f"{kind}: {len(texts.get(kind, []))} told, {made} are there")
    if after["torn"] != before["torn"]:
        raise RuntimeError(f"{after['torn'] - before['torn']} cases lie with nobody or two people")
    if after["commands"] - before["commands"] != after["events"] - before["events"]:
        raise RuntimeError("commands and audit events differ")
    if not database.read(verify, None).ok:
        raise RuntimeError("the audit is not whole")


def _texts(database: Database, kind: str, told: list[str]) -> list[str]:
    column, found = ADDED[kind], list[str]()
    python = column.type.python_type
    with database.transaction() as session:
        for start in range(0, len(told), CHUNK):
            part = list(map(python, told[start : start + CHUNK]))
            found += map(str, session.scalars(select(column).where(column.in_(part))))
    return found


def _refuse_lost_changes(database: Database, changes: list[Told]) -> None:
    """No version was built upon twice, and the newest told change of each row stands.

    Raises:
        RuntimeError: two desks were told of a change from the same version, or one is not there.
    """
    built_on = Counter((one.table, one.branch_id, one.row_id, one.version) for one in changes)
    if twice := [key for key, count in built_on.items() if count > 1]:
        raise RuntimeError(f"{len(twice)} changes were lost under another: {twice[:3]}")
    newest: dict[Key, Told] = {}
    for one in changes:
        key = (one.table, one.branch_id, one.row_id)
        if key not in newest or newest[key].version < one.version:
            newest[key] = one
    there = _rows(database, newest)
    for key, one in newest.items():
        row = there.get(key)
        if row is None or row["version"] <= one.version:
            raise RuntimeError(f"a told change of {key} is not there")
        if row["version"] == one.version + 1 and one.column and row[one.column] != one.value:
            raise RuntimeError(f"{one.column} of {key} is not as told")


def _rows(database: Database, keys: Iterable[Key]) -> dict[Key, dict[str, Any]]:
    wanted: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for table, branch, row in keys:
        wanted[table].append((branch, row))
    found: dict[Key, dict[str, Any]] = {}
    tables: dict[str, tuple[Any, tuple[Any, ...]]] = {
        "collection_case": (Case, (Case.mark, Case.agent_id)),
        "flag": (Flag, (Flag.owner,)),
    }
    with database.transaction() as session:
        for name, listed in wanted.items():
            table, columns = tables[name]
            for start in range(0, len(listed), CHUNK):
                stmt = select(table.branch_id, table.id, table.version, *columns).where(
                    tuple_(table.branch_id, table.id).in_(listed[start : start + CHUNK])
                )
                for row in session.execute(stmt):
                    found[name, row.branch_id, row.id] = dict(row._mapping)
    return found
