"""Drain the inbox through the import commands: each arrival once, refused ones kept with reasons.

Refused arrivals can be tried again (their case may have come meanwhile) or put aside. Several
desktops may drain at the same time: on PostgreSQL each takes rows nobody else has locked.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, func, or_, select, update
from sqlalchemy import exc as sa_exc
from sqlalchemy.orm import Session, aliased

from supervisor import clock
from supervisor.errors import ConflictError
from supervisor.models.changes import Changes
from supervisor.models.commands.import_context import Context, StagedRow, Values
from supervisor.models.commands.import_plan import apply
from supervisor.models.commands.importing import TOPICS, a_context, finish, plan_chunk
from supervisor.models.enums import Act, Kind, Topic
from supervisor.models.enums_intake import InboxState
from supervisor.models.orders import Order
from supervisor.models.tables import Inbox

Facts = Mapping[str, str | int]
_BLOCK = 1_000


@dataclass(frozen=True, slots=True)
class Parsed:
    """An arrival as far as it could be read: values and natural key, or a code and facts."""

    kind: Kind | None = None
    values: Values = field(default_factory=dict)
    key: tuple[Any, ...] = ()
    code: str | None = None
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrainInbox(Order):
    """Carry out at most `limit` waiting arrivals; `parse` reads (kind, payload)."""

    parse: Callable[[str, str], Parsed]
    limit: int = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleArrivals(Order):
    """What becomes of refused arrivals; `arrivals` None: of all of them."""

    arrivals: tuple[int, ...] | None = None


@dataclass(slots=True)
class _MemoryStage:
    """A stage for a handful of rows."""

    refusals: dict[int, tuple[str, str, Facts]] = field(default_factory=dict)
    seen: dict[str, tuple[int, str]] = field(default_factory=dict)

    def chunks(self) -> Iterator[list[StagedRow]]:
        """Rows are handed over directly."""
        return iter(())

    def refuse(self, row: int, column: str, code: str, facts: Facts) -> None:
        """Note why an arrival is refused."""
        self.refusals[row] = (column, code, facts)

    def first_rows(self, claims: Sequence[tuple[str, str, int]]) -> list[tuple[int, str]]:
        """Who claimed each key first."""
        return [self.seen.setdefault(key, (row, content)) for key, content, row in claims]

    def tick(self, done: int) -> None:
        """Nothing to tell."""


@dataclass(slots=True)
class _Totals:
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    repeated: int = 0
    topics: frozenset[Topic] = frozenset({Topic.IMPORTS})


def drain_inbox(session: Session, order: DrainInbox) -> Changes:
    """Take waiting arrivals in the order they came."""
    rows = _take(session, order.limit)
    totals = _Totals()
    fresh = _without_repeats(session, rows, totals)
    parsed = [(row.id, order.parse(row.kind, row.payload)) for row in fresh]
    for run in _runs(parsed):
        _carry_out(session, order, run, totals)
    waiting = session.scalar(
        select(func.count()).select_from(Inbox).where(Inbox.state == InboxState.WAITING.value)
    )
    return Changes(
        act=Act.ARRIVALS_DRAINED,
        topics=totals.topics if rows else frozenset(),
        counts={
            "taken": len(rows),
            "inserted": totals.inserted,
            "updated": totals.updated,
            "unchanged": totals.unchanged,
            "refused": totals.refused,
            "repeated": totals.repeated,
            "waiting": waiting or 0,
        },
    )


def retry_arrivals(session: Session, order: SettleArrivals) -> Changes:
    """Refused arrivals wait again, in the place they had; the next drain takes them."""
    values = {"state": InboxState.WAITING.value, "done_at": None, "reason": None}
    return _move(session, order, Act.ARRIVALS_RETRIED, values)


def dismiss_arrivals(session: Session, order: SettleArrivals) -> Changes:
    """Refused arrivals leave the list; they stay in the inbox with their reason.

    Raises:
        ConflictError: none of the named arrivals is refused.
    """
    values = {"state": InboxState.DISMISSED.value, "done_at": clock.now()}
    return _move(session, order, Act.ARRIVALS_DISMISSED, values)


def _move(session: Session, order: SettleArrivals, act: Act, values: dict[str, Any]) -> Changes:
    refused = Inbox.state == InboxState.REFUSED.value
    moved = 0
    if order.arrivals is None:
        moved = _count_moved(session, refused, values)
    else:
        for start in range(0, len(order.arrivals), _BLOCK):
            named = Inbox.id.in_(order.arrivals[start : start + _BLOCK])
            moved += _count_moved(session, and_(refused, named), values)
    if order.arrivals and not moved:
        raise ConflictError("arrival_not_refused")
    return Changes(act=act, topics=frozenset({Topic.IMPORTS}), counts={"arrivals": moved})


def _count_moved(session: Session, which: ColumnElement[bool], values: dict[str, Any]) -> int:
    stmt = update(Inbox).where(which).values(**values)
    found = session.execute(stmt.execution_options(synchronize_session=False))
    return int(cast("CursorResult[Any]", found).rowcount)


def _take(session: Session, limit: int) -> Sequence[Inbox]:
    """Waiting rows nobody else holds; one whose twin came earlier and still waits stays behind."""
    earlier = aliased(Inbox)
    twin_waits = (
        select(earlier.id)
        .where(
            earlier.source == Inbox.source,
            earlier.kind == Inbox.kind,
            earlier.key == Inbox.key,
            earlier.id < Inbox.id,
            earlier.state == InboxState.WAITING.value,
        )
        .exists()
    )
    stmt = (
        select(Inbox)
        .where(Inbox.state == InboxState.WAITING.value, or_(Inbox.key == "", ~twin_waits))
        .order_by(Inbox.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Inbox)
    )
    return session.scalars(stmt).all()


def _without_repeats(session: Session, rows: Sequence[Inbox], totals: _Totals) -> list[Inbox]:
    """Leave out what was taken before under the same source, kind and key."""
    keys = {row.key for row in rows if row.key}
    stmt = select(Inbox.source, Inbox.kind, Inbox.key).where(
        Inbox.state == InboxState.DONE.value, Inbox.key.in_(keys)
    )
    done = {tuple(found) for found in session.execute(stmt)}
    fresh = []
    for row in rows:
        if row.key and (row.source, row.kind, row.key) in done:
            totals.repeated += 1
            _settle(session, row.id, InboxState.DONE, "arrival_repeated", {})
        else:
            fresh.append(row)
    return fresh


def _runs(parsed: list[tuple[int, Parsed]]) -> Iterator[list[tuple[int, Parsed]]]:
    """Neighbours of one kind that name different records; the order of arrival is kept."""
    run: list[tuple[int, Parsed]] = []
    keys: set[tuple[Any, ...]] = set()
    for id_, one in parsed:
        if run and (one.kind is not run[-1][1].kind or one.key in keys):
            yield run
            run, keys = [], set()
        run.append((id_, one))
        keys.add(one.key)
    if run:
        yield run


def _carry_out(
    session: Session, order: DrainInbox, run: list[tuple[int, Parsed]], totals: _Totals
) -> None:
    readable = []
    for id_, one in run:
        if one.code is None and one.kind is not None:
            readable.append((id_, one))
        else:
            totals.refused += 1
            _settle(session, id_, InboxState.REFUSED, one.code or "arrival_unreadable", one.facts)
    if not readable:
        return
    try:
        with session.begin_nested():
            context, stage = _write(session, order, readable)
    except sa_exc.DBAPIError as error:
        if error.connection_invalidated:
            raise
        if len(readable) == 1:
            totals.refused += 1
            _settle(session, readable[0][0], InboxState.REFUSED, "arrival_impossible", {})
            return
        for alone in readable:
            _carry_out(session, order, [alone], totals)
        return
    _count(session, readable, context, stage, totals)


def _write(
    session: Session, order: DrainInbox, run: list[tuple[int, Parsed]]
) -> tuple[Context, _MemoryStage]:
    stage = _MemoryStage()
    context = a_context(session, order, stage, writes=True, batch=None)
    kind = cast(Kind, run[0][1].kind)  # readable arrivals have one
    plan = plan_chunk(context, kind, [StagedRow(id_, dict(one.values)) for id_, one in run])
    apply(context, plan)
    finish(context)
    return context, stage


def _count(
    session: Session,
    run: list[tuple[int, Parsed]],
    context: Context,
    stage: _MemoryStage,
    totals: _Totals,
) -> None:
    totals.inserted += context.inserted
    totals.updated += context.updated
    totals.unchanged += context.unchanged
    totals.refused += context.refused
    kind = run[0][1].kind
    if kind is not None and (context.inserted or context.updated):
        totals.topics |= TOPICS[kind]
    for id_, _ in run:
        refusal = stage.refusals.get(id_)
        if refusal is None:
            _settle(session, id_, InboxState.DONE, None, {})
        else:
            column, code, facts = refusal
            _settle(session, id_, InboxState.REFUSED, code, {**facts, "field": column})


def _settle(session: Session, id_: int, state: InboxState, code: str | None, facts: Facts) -> None:
    reason = None
    if code is not None:
        reason = json.dumps({"code": code, "facts": dict(facts)}, ensure_ascii=False)
    values = {"state": state.value, "done_at": clock.now(), "reason": reason}
    session.execute(update(Inbox).where(Inbox.id == id_).values(**values))
