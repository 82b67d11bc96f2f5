"""Take an import back: its new rows go, what it changed is as before; all of it or nothing."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import ConflictError, NotAllowedError
from supervisor.models.base import Base
from supervisor.models.changes import Changes
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.import_context import MOST_TOUCHED
from supervisor.models.commands.import_flags import take_back_flags
from supervisor.models.commands.importing import TOPICS
from supervisor.models.commands.parameters import number_of
from supervisor.models.commands.summary_marks import RELEVANT, mark_cases, mark_rows
from supervisor.models.commands.trace import from_text
from supervisor.models.enums import Act, Kind, Topic
from supervisor.models.enums_intake import BatchState
from supervisor.models.ids import BatchId
from supervisor.models.orders import Order
from supervisor.models.rules.parameters import IMPORT_UNDO_HOURS
from supervisor.models.tables import (
    Assignment,
    Borrower,
    BorrowerName,
    BorrowerPrivate,
    Branch,
    Case,
    CaseContract,
    CaseNote,
    Complaint,
    ContactAttempt,
    Contract,
    Device,
    Flag,
    FollowUp,
    Hold,
    ImportBatch,
    ImportBefore,
    Instalment,
    Payment,
    Promise,
    QualityReview,
    Staff,
    Team,
    Visit,
    VisitPlan,
    metadata,
)

TABLES: dict[Kind, tuple[type[Base], ...]] = {
    Kind.STAFF: (Staff,),
    Kind.CONTRACTS: (Contract, Borrower),
    Kind.INSTALMENTS: (Instalment,),
    Kind.PAYMENTS: (Payment,),
    Kind.CASES: (Case,),
    Kind.CONTACTS: (ContactAttempt,),
    Kind.PLANS: (VisitPlan,),
    Kind.VISITS: (Visit,),
    Kind.PROMISES: (Promise,),
    Kind.COMPLAINTS: (Complaint,),
}
"""Tables whose new rows carry the batch, children first."""

_DEPENDENTS: dict[type[Base], tuple[tuple[type[Base], str], ...]] = {
    Staff: (
        (Case, "agent_id"),
        (Case, "second_agent_id"),
        (Assignment, "agent_id"),
        (Assignment, "second_agent_id"),
        (ContactAttempt, "agent_id"),
        (VisitPlan, "agent_id"),
        (VisitPlan, "second_agent_id"),
        (Visit, "agent_id"),
        (Visit, "second_agent_id"),
        (Promise, "agent_id"),
        (Complaint, "person_id"),
        (Device, "staff_id"),
    ),
    Contract: (
        (Instalment, "contract_id"),
        (Payment, "contract_id"),
        (CaseContract, "contract_id"),
    ),
    Borrower: ((Contract, "borrower_id"), (Case, "borrower_id")),
    Case: tuple(
        (table, "case_id")
        for table in (
            ContactAttempt,
            VisitPlan,
            Visit,
            Promise,
            Complaint,
            Hold,
            CaseNote,
            Flag,
            FollowUp,
        )
    ),
    VisitPlan: ((Visit, "plan_id"),),
    Visit: ((Promise, "visit_id"), (Flag, "visit_id"), (QualityReview, "visit_id")),
}  # fmt: skip
_CHANGED_BY_IMPORTS_ALONE = frozenset({Borrower, Instalment, Payment, ContactAttempt})
"""No screen writes these: what changed them since is known from `import_before`."""
_BLOCK = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoImport(Order):
    """Take back a batch."""

    batch: BatchId


def undo_import(session: Session, order: UndoImport) -> Changes:
    """Take the batch back.

    Raises:
        ConflictError: unknown, already undone, too old, or later data depend on it.
        NotAllowedError: it holds rows of a branch that the actor may not write in.
    """
    kind = _open_batch(session, order.batch)
    _check_scope(session, order, kind)
    if kind is Kind.VISITS:
        take_back_flags(session, order.batch)
    _check_later(session, order.batch, kind)
    touched = _touched(session, order.batch, kind)
    _mark_own(session, order.batch, kind)
    _mark_restored(session, order.batch)
    restored = _restore(session, order.batch)
    removed = _remove(session, order.batch, kind)
    _remove_made(session, order.batch)
    _mark_restored(session, order.batch)
    session.execute(
        update(ImportBatch)
        .where(ImportBatch.id == order.batch)
        .values(state=BatchState.UNDONE.value, undone_at=clock.now())
    )
    if touched is None or touched:
        refresh_cases(session, touched)
    return Changes(
        act=Act.IMPORT_UNDONE,
        topics=TOPICS[kind] | {Topic.IMPORTS},
        counts={"removed": removed, "restored": restored},
        facts={"batch": int(order.batch), "kind": kind.value},
    )


def _mark_own(session: Session, batch: int, kind: Kind) -> None:
    """Days of the visit summary that rest on what the batch brought."""
    for mapped in TABLES[kind]:
        if mapped in RELEVANT:
            columns = _table(mapped).c
            rows = session.execute(
                select(columns.branch_id, columns.id).where(columns.batch_id == batch)
            )
            mark_rows(session, mapped, {(row.branch_id, row.id) for row in rows})


def _mark_restored(session: Session, batch: int) -> None:
    """The same for rows it changed (as they are now), and for links it made."""
    tables = {mapped.__tablename__: mapped for mapped in RELEVANT}
    for rows in _befores(session, batch):
        refs: dict[type[Base], set[tuple[int, int]]] = {}
        linked: set[tuple[int, int]] = set()
        for row in rows:
            key = json.loads(row.before)["key"]
            if row.table_name in tables:
                refs.setdefault(tables[row.table_name], set()).add((key["branch_id"], key["id"]))
            elif row.table_name == CaseContract.__tablename__:
                linked.add((key["branch_id"], key["case_id"]))
        for mapped, keys in refs.items():
            mark_rows(session, mapped, keys)
        mark_cases(session, dict.fromkeys(linked, None))


def _open_batch(session: Session, batch: BatchId) -> Kind:
    stmt = select(ImportBatch.kind, ImportBatch.state, ImportBatch.done_at).where(
        ImportBatch.id == batch
    )
    found = session.execute(stmt.with_for_update()).one_or_none()
    if found is None:
        raise ConflictError("batch_unknown", batch=int(batch))
    if found.state != BatchState.DONE.value:
        raise ConflictError("batch_undone_already", batch=int(batch))
    hours = number_of(session, IMPORT_UNDO_HOURS)
    if clock.now() - found.done_at > timedelta(hours=hours):
        raise ConflictError("batch_too_old", batch=int(batch), hours=hours)
    return Kind(found.kind)


def _check_scope(session: Session, order: UndoImport, kind: Kind) -> None:
    if order.actor.branches is None:
        return
    for table in TABLES[kind]:
        columns = _table(table).c
        outside = and_(
            columns.batch_id == order.batch, columns.branch_id.not_in(order.actor.branches)
        )
        if session.scalar(select(exists().where(outside))):
            raise NotAllowedError("not_allowed")
    stmt = select(ImportBefore.id).where(
        ImportBefore.batch_id == order.batch,
        ImportBefore.branch_id.not_in((0, *order.actor.branches)),
    )
    if session.scalar(stmt.limit(1)) is not None:
        raise NotAllowedError("not_allowed")


def _table(mapped: type[Base]) -> Table:
    return cast("Table", mapped.__table__)


def _check_later(session: Session, batch: int, kind: Kind) -> None:
    """Refuse when something was built upon the new rows, or they were changed since."""
    for mapped in TABLES[kind]:
        table = _table(mapped)
        mine = table.c.batch_id == batch
        for child_mapped, column in _DEPENDENTS.get(mapped, ()):
            child = _table(child_mapped)
            joined = and_(child.c[column] == table.c.id, mine)
            if "branch_id" in child.c and mapped is not Staff:
                joined = and_(joined, child.c.branch_id == table.c.branch_id)
            if session.scalar(select(exists().where(joined, _foreign(child, kind, batch)))):
                raise ConflictError("batch_has_dependents", batch=batch, table=child.name)
        changed = exists().where(
            mine,
            ImportBefore.table_name == table.name,
            ImportBefore.row_id == table.c.id,
            ImportBefore.batch_id != batch,
        )
        if session.scalar(select(changed)):
            raise ConflictError("batch_changed_since", batch=batch)
        if mapped not in _CHANGED_BY_IMPORTS_ALONE:
            touched = exists().where(mine, table.c.version != 1)
            if session.scalar(select(touched)):
                raise ConflictError("batch_changed_since", batch=batch)


def _foreign(child: Table, kind: Kind, batch: int) -> ColumnElement[bool]:
    """Rows of the same batch do not count as built upon it (a borrower and its contract)."""
    own = {_table(mapped).name for mapped in TABLES[kind]}
    if child.name in own:
        return or_(child.c.batch_id.is_(None), child.c.batch_id != batch)
    return child.c[next(iter(child.c.keys()))].is_not(None)


def _befores(session: Session, batch: int) -> Iterator[list[Any]]:
    """The batch's before-images, newest first, in blocks."""
    last: int | None = None
    while True:
        stmt = select(ImportBefore.id, ImportBefore.table_name, ImportBefore.before)
        stmt = stmt.where(ImportBefore.batch_id == batch)
        if last is not None:
            stmt = stmt.where(ImportBefore.id < last)
        rows = session.execute(stmt.order_by(ImportBefore.id.desc()).limit(_BLOCK)).all()
        if not rows:
            return
        last = rows[-1].id
        yield list(rows)


def _restore(session: Session, batch: int) -> int:
    restored = 0
    for rows in _befores(session, batch):
        for row in rows:
            image = json.loads(row.before)
            if "was" in image:
                restored += _restore_one(session, batch, row.table_name, image)
    return restored


def _restore_one(session: Session, batch: int, name: str, image: dict[str, Any]) -> int:
    table = metadata().tables[name]
    was = from_text(table, json.dumps(image["was"]))
    left = from_text(table, json.dumps(image["left"]))
    where = and_(*(table.c[column] == value for column, value in image["key"].items()))
    found = session.execute(select(*(table.c[c] for c in left)).where(where)).mappings().first()
    if found is None or any(found[column] != value for column, value in left.items()):
        if name == Branch.__tablename__ and set(left) == {"payments_known_on"}:
            return 0  # newer payment data reach further; that stays true
        raise ConflictError("batch_changed_since", batch=batch)
    values: dict[str, Any] = dict(was)
    if "version" in table.c:
        values["version"] = table.c.version + 1
    if name == Visit.__tablename__:
        values["judged_with"] = None
    session.execute(update(table).where(where).values(values))
    return 1


def _remove(session: Session, batch: int, kind: Kind) -> int:
    removed = 0
    for mapped in TABLES[kind]:
        table = _table(mapped)
        mine = table.c.batch_id == batch
        for child_mapped, column in _PARTS.get(mapped, ()):
            child = _table(child_mapped)
            joined = and_(
                mine, table.c.id == child.c[column], table.c.branch_id == child.c.branch_id
            )
            session.execute(delete(child).where(exists().where(joined)))
        result = session.execute(delete(table).where(mine))
        removed += cast("Any", result).rowcount if mapped is not Borrower else 0
    return removed


_PARTS: dict[type[Base], tuple[tuple[type[Base], str], ...]] = {
    Case: ((CaseContract, "case_id"), (Assignment, "case_id")),
    Borrower: ((BorrowerName, "borrower_id"), (BorrowerPrivate, "borrower_id")),
}


def _remove_made(session: Session, batch: int) -> None:
    """Rows made beside: links and assignments of older cases, teams, then branches."""
    later: list[tuple[str, dict[str, int]]] = []
    for rows in _befores(session, batch):
        for row in rows:
            image = json.loads(row.before)
            if "was" not in image:
                later.append((row.table_name, image["key"]))
    order = {"branch": 2, "team": 1}
    for name, key in sorted(later, key=lambda made: order.get(made[0], 0)):
        table = metadata().tables[name]
        if name in _DIRECTORY and _in_use(session, name, key["id"]):
            raise ConflictError("batch_has_dependents", batch=batch, table=name)
        where = (table.c[column] == value for column, value in key.items())
        session.execute(delete(table).where(*where))


_DIRECTORY: dict[str, tuple[tuple[type[Base], str], ...]] = {
    Device.__tablename__: ((VisitPlan, "device_id"),),
    Team.__tablename__: ((Staff, "team_id"),),
    Branch.__tablename__: (
        (Staff, "branch_id"),
        (Team, "branch_id"),
        (Borrower, "branch_id"),
        (Device, "branch_id"),
    ),
}


def _in_use(session: Session, name: str, id_: int) -> bool:
    return any(
        session.scalar(select(exists().where(_table(child).c[column] == id_)))
        for child, column in _DIRECTORY[name]
    )


def _touched(session: Session, batch: int, kind: Kind) -> set[tuple[int, int]] | None:
    """Cases whose facts the batch changed and that stay; None: too many to name."""
    found: set[tuple[int, int]] = set()
    (mapped, *_rest) = TABLES[kind]
    table = _table(mapped)
    touched_rows = or_(
        table.c.batch_id == batch,
        table.c.id.in_(
            select(ImportBefore.row_id).where(
                ImportBefore.batch_id == batch, ImportBefore.table_name == table.name
            )
        ),
    )
    if mapped in {Staff}:
        return found
    if mapped is Case:
        stmt = select(table.c.branch_id, table.c.id).where(
            touched_rows, or_(table.c.batch_id.is_(None), table.c.batch_id != batch)
        )
    elif "case_id" in table.c:
        stmt = select(table.c.branch_id, table.c.case_id).where(touched_rows)
    else:
        column = table.c.id if mapped is Contract else table.c.contract_id
        stmt = select(CaseContract.branch_id, CaseContract.case_id).join(
            table,
            and_(CaseContract.branch_id == table.c.branch_id, CaseContract.contract_id == column),
        )
        stmt = stmt.where(touched_rows)
    for branch_id, case_id in session.execute(stmt.distinct().limit(MOST_TOUCHED + 1)):
        found.add((branch_id, case_id))
    return None if len(found) > MOST_TOUCHED else found
