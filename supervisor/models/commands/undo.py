"""撤销: take a command back while its rows are as it left them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Table, and_, delete, insert, select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models import ledger
from supervisor.models.base import Base
from supervisor.models.changes import Changes, Refusal
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.parameters import number_of
from supervisor.models.commands.selection import by_branch, may_see
from supervisor.models.commands.trace import from_text
from supervisor.models.enums import Act
from supervisor.models.orders import Undo
from supervisor.models.rules.parameters import UNDO_MINUTES
from supervisor.models.tables import (
    Assignment,
    Case,
    CaseNote,
    CommandLog,
    Hold,
    SavedView,
    UndoEntry,
    VisitPlan,
)

_TABLES: dict[str, type[Base]] = {
    table.__tablename__: table for table in (Assignment, Case, CaseNote, Hold, SavedView, VisitPlan)
}
REMOVED = 0
"""`version_after` of a row the command removed."""

Entry = Row[Any]


def undo(session: Session, order: Undo) -> Changes:
    """Restore what a command changed; what somebody changed since is left and named.

    Raises:
        BadInputError: there is no such command, or nothing of it can be taken back.
        ConflictError: it was taken back before, or too long ago.
        NotAllowedError: it touched a branch that is not the actor's.
    """
    done = _command(session, order)
    groups = _groups(session, order)
    _lock_cases(session, groups)
    restored: list[list[Entry]] = []
    refused: list[Refusal] = []
    for entries in groups.values():
        if all(_is_as_left(session, entry) for entry in entries):
            restored.append(entries)
        else:
            refused.append(Refusal(subject=_name_of(entries), code="changed_since"))
    for entries in restored:
        for entry in reversed(entries):
            _restore(session, entry)
    refs = {(entry.branch_id, entry.case_id) for part in restored for entry in part}
    refresh_cases(session, [(branch, case) for branch, case in refs if case is not None])
    if restored:
        session.execute(
            update(CommandLog)
            .where(CommandLog.command_id == order.undo_id)
            .values(undone_by=order.command_id)
        )
    return Changes(
        act=Act.UNDONE,
        topics=done.topics,
        counts={"records": len(restored), "refused": len(refused)},
        refused=tuple(refused),
        facts={"undone": order.undo_id},
    )


def _command(session: Session, order: Undo) -> Changes:
    row = session.execute(
        select(CommandLog.at, CommandLog.result, CommandLog.undone_by)
        .where(CommandLog.command_id == order.undo_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise BadInputError("undo_unknown")
    if row.undone_by is not None:
        raise ConflictError("undone_before")
    minutes = number_of(session, UNDO_MINUTES)
    if clock.now() - row.at > timedelta(minutes=minutes):
        raise ConflictError("undo_too_late", minutes=minutes)
    return ledger.changes_from_json(row.result)


def _groups(session: Session, order: Undo) -> dict[tuple[str, int], list[Entry]]:
    """The command's entries in the order they were made, bound by case or standing alone."""
    found: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    stmt = (
        select(UndoEntry.__table__)
        .where(UndoEntry.command_id == order.undo_id)
        .order_by(UndoEntry.id)
    )
    for entry in session.execute(stmt):
        if entry.branch_id and not may_see(order.actor, entry.branch_id):
            raise NotAllowedError("branch_not_yours")
        key = ("row", entry.row_id) if entry.case_id is None else ("case", entry.case_id)
        found[key].append(entry)
    if not found:
        raise BadInputError("undo_nothing")
    return found


def _lock_cases(session: Session, groups: dict[tuple[str, int], list[Entry]]) -> None:
    keys = {(part[0].branch_id, part[0].case_id) for part in groups.values()}
    for branch_id, ids in by_branch([key for key in keys if key[1] is not None]):
        session.execute(
            select(Case.id)
            .where(Case.branch_id == branch_id, Case.id.in_(ids))
            .order_by(Case.id)
            .with_for_update(key_share=True)
        ).all()


def _name_of(entries: Iterable[Entry]) -> str:
    return next((entry.subject for entry in entries if entry.subject), "")


def _key(table: Table, entry: Entry) -> ColumnElement[bool]:
    if table.c.branch_id.primary_key:
        return and_(table.c.branch_id == entry.branch_id, table.c.id == entry.row_id)
    return and_(table.c.id == entry.row_id)


def _table(entry: Entry) -> Table:
    return cast("Table", _TABLES[entry.table_name].__table__)


def _is_as_left(session: Session, entry: Entry) -> bool:
    table = _table(entry)
    column = table.c.version if "version" in table.c else table.c.id
    row = session.execute(
        select(column).where(_key(table, entry)).with_for_update(key_share=True)
    ).one_or_none()
    if entry.version_after == REMOVED:
        return row is None
    if row is None:
        return False
    return entry.version_after is None or row[0] == entry.version_after


def _restore(session: Session, entry: Entry) -> None:
    table = _table(entry)
    if entry.before == "null":
        session.execute(delete(table).where(_key(table, entry)))
        return
    values = from_text(table, entry.before)
    if entry.version_after == REMOVED:
        session.execute(insert(table).values(**values))
        return
    if "version" in table.c:
        values["version"] = table.c.version + 1
    session.execute(update(table).where(_key(table, entry)).values(**values))
