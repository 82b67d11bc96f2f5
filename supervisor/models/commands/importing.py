"""Import a staged file: one order, one transaction, one audit event.

    read -> map -> parse (in `intake`)  ->  resolve -> judge -> compare -> write (here, by chunks)

`check_rows` runs everything but the writing. A file imported twice changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import SupervisorError
from supervisor.models.changes import Changes
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.import_cases import plan_cases
from supervisor.models.commands.import_context import Context, Stage, StagedRow
from supervisor.models.commands.import_contracts import plan_contracts
from supervisor.models.commands.import_leaves import plan_leaves
from supervisor.models.commands.import_plan import Plan, apply
from supervisor.models.commands.import_staff import plan_staff
from supervisor.models.commands.summary_marks import mark_all, mark_before_visits
from supervisor.models.enums import Act, Kind, Topic
from supervisor.models.orders import Order
from supervisor.models.tables import Branch, ImportBatch

TOPICS: dict[Kind, frozenset[Topic]] = {
    Kind.STAFF: frozenset({Topic.DIRECTORY, Topic.CASES}),
    Kind.CONTRACTS: frozenset({Topic.CASES}),
    Kind.INSTALMENTS: frozenset({Topic.CASES}),
    Kind.PAYMENTS: frozenset({Topic.PAYMENTS, Topic.CASES, Topic.PROMISES}),
    Kind.CASES: frozenset({Topic.CASES}),
    Kind.CONTACTS: frozenset({Topic.CONTACTS, Topic.CASES}),
    Kind.PLANS: frozenset({Topic.PLANS, Topic.CASES}),
    Kind.VISITS: frozenset({Topic.VISITS, Topic.CASES}),
    Kind.PROMISES: frozenset({Topic.PROMISES, Topic.CASES}),
    Kind.COMPLAINTS: frozenset({Topic.COMPLAINTS, Topic.CASES}),
}


class RowsRefusedError(SupervisorError):
    """Rows were refused and nothing was to be written in that case; `context` has the counts."""

    def __init__(self, context: Context) -> None:
        super().__init__("rows_refused", refused=context.refused)
        self.context = context


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRows(Order):
    """A staged file. `refused_before`: rows that could not even be read."""

    kind: Kind
    source: str
    file_name: str
    file_sha256: str
    stage: Stage
    read: int
    refused_before: int
    good_rows: bool


def plan_chunk(context: Context, kind: Kind, rows: list[StagedRow]) -> Plan:
    """What a chunk would do."""
    special: dict[Kind, Callable[[Context, list[StagedRow]], Plan]] = {
        Kind.STAFF: plan_staff,
        Kind.CONTRACTS: plan_contracts,
        Kind.CASES: plan_cases,
    }
    if kind in special:
        return special[kind](context, rows)
    return plan_leaves(context, kind, rows)


def a_context(
    session: Session, order: Order, stage: Stage, *, writes: bool, batch: int | None
) -> Context:
    """The state an import starts with."""
    context = Context(
        session, order.actor, stage, clock.today(), clock.now(), batch=batch, writes=writes
    )
    context.load_directory()
    return context


def check_rows(session: Session, order: ImportRows) -> Context:
    """A dry run: the counts and refusals of `import_rows`, nothing written."""
    context = a_context(session, order, order.stage, writes=False, batch=0)
    done = 0
    for rows in order.stage.chunks():
        plan_chunk(context, order.kind, rows)
        done += len(rows)
        order.stage.tick(done)
    context.refused += order.refused_before
    return context


def import_rows(session: Session, order: ImportRows) -> Changes:
    """Write the rows of a file, or only its good ones.

    Raises:
        RowsRefusedError: rows are refused and the order wants all or nothing.
    """
    context = a_context(session, order, order.stage, writes=True, batch=None)
    context.batch = context.new_id()
    context.refused = order.refused_before
    _open_batch(session, order, context.batch)
    done = 0
    for rows in order.stage.chunks():
        plan = plan_chunk(context, order.kind, rows)
        if order.good_rows or not context.refused:
            apply(context, plan)
        done += len(rows)
        order.stage.tick(done)
    if context.refused and not order.good_rows:
        raise RowsRefusedError(context)
    finish(context)
    return _close_batch(session, order, context)


def finish(context: Context) -> None:
    """Payment data reach as far as the newest payment; touched cases are worked out anew."""
    plan = Plan()
    stmt = select(Branch.id, Branch.payments_known_on).where(Branch.id.in_(context.known_on))
    for branch_id, known_on in context.session.execute(stmt):
        newest = context.known_on[branch_id]
        if known_on is None or newest > known_on:
            was, becomes = {"payments_known_on": known_on}, {"payments_known_on": newest}
            plan.change(Branch, {"id": branch_id}, was, becomes)
    apply(context, plan)
    if context.touched is None:
        refresh_cases(context.session, None)
        mark_all(context.session)
    elif context.touched:
        refresh_cases(context.session, context.touched, visits=context.visits_alone())
        mark_before_visits(context.session, context.visited_since)


def _open_batch(session: Session, order: ImportRows, batch: int) -> None:
    values: dict[str, Any] = dict.fromkeys(("inserted", "updated", "unchanged", "refused"), 0)
    session.execute(
        insert(ImportBatch).values(
            id=batch,
            kind=order.kind.value,
            source=order.source[:100],
            file_name=order.file_name[:400],
            file_sha256=order.file_sha256,
            done_at=clock.now(),
            done_by=order.actor.name,
            rows_read=order.read,
            command_id=order.command_id,
            **values,
        )
    )


def _close_batch(session: Session, order: ImportRows, context: Context) -> Changes:
    counts = {
        "read": order.read,
        "inserted": context.inserted,
        "updated": context.updated,
        "unchanged": context.unchanged,
        "refused": context.refused,
    }
    columns = {name: count for name, count in counts.items() if name != "read"}
    batch = cast(int, context.batch)  # an import, unlike arrivals, is a batch
    session.execute(update(ImportBatch).where(ImportBatch.id == batch).values(**columns))
    changed = bool(context.inserted or context.updated)
    return Changes(
        act=Act.IMPORTED,
        topics=(TOPICS[order.kind] if changed else frozenset()) | {Topic.IMPORTS},
        counts=counts,
        created={"batch": batch},
        facts={"kind": order.kind.value},
    )
