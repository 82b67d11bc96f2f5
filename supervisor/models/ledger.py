"""The last statements of every write: revision bumps in fixed order, then the audit chain link.

Both live in `seal` so that no transaction holds these hot rows longer than its commit needs, and
so that all of them take the rows in the same order: twenty writers queue briefly and never
deadlock. The canonical bytes are the same on both engines.

Every write passes here while others wait for it, so the statements are built once and run straight
on the connection, without the session's part in them.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from typing import Any, cast

from sqlalchemy import Executable, Table, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from supervisor import __version__, clock
from supervisor.errors import NotAllowedError
from supervisor.models.changes import Changes, Refusal
from supervisor.models.enums import Act, Topic
from supervisor.models.ids import CommandId
from supervisor.models.office import login
from supervisor.models.orders import Order
from supervisor.models.rules.parameters import EVERY_BRANCH, PROGRAM_MINIMUM
from supervisor.models.tables import (
    AuditEvent,
    AuditHead,
    CommandLog,
    IdCounter,
    Parameter,
    Revision,
)
from supervisor.models.tables.machinery import row_ids

CHANNEL = "field_collection"
"""The server's channel on which every write says its topics; any login can listen to it."""
GENESIS = "0" * 64
"""`prev_hash` of the first event."""

_log = cast("Table", CommandLog.__table__)
_head = cast("Table", AuditHead.__table__)
_event = cast("Table", AuditEvent.__table__)
_revision = cast("Table", Revision.__table__)
_counter = cast("Table", IdCounter.__table__)
_parameter = cast("Table", Parameter.__table__)

_THE_HEAD = _head.c.id == 1
_READ_HEAD = select(_head.c.count, _head.c.last_hash).where(_THE_HEAD).with_for_update()
_MOVE_HEAD = (
    update(_head)
    .where(_THE_HEAD)
    .values(count=bindparam("new_count"), last_hash=bindparam("new_hash"))
)
_LINK = insert(_event)
_BUMP = (
    update(_revision)
    .where(_revision.c.topic == bindparam("of_topic"))
    .values(number=_revision.c.number + 1)
)
_READ_RESULT = select(_log.c.result).where(_log.c.command_id == bindparam("of_command"))
_STORE_RESULT = (
    update(_log)
    .where(_log.c.command_id == bindparam("of_command"))
    .values(result=bindparam("new_result"))
)
_SPEAK = _STORE_RESULT.returning(func.pg_notify(CHANNEL, bindparam("news")))
"""On a server the same statement lets everybody know; the word goes out with the commit."""
_COUNT_ON = (
    update(_counter)
    .where(_counter.c.name == "row")
    .values(next_id=_counter.c.next_id + bindparam("more"))
    .returning(_counter.c.next_id)
)


def allocate_ids(session: Session, count: int) -> Sequence[int]:
    """Reserve `count` row ids, ascending; gaps are harmless, repeats impossible.

    On SQLite there is one writer anyway and a counter row does; on PostgreSQL the sequence keeps
    writers from queueing for each other's commit.
    """
    if count <= 0:
        return range(0)
    if session.get_bind().dialect.name == "sqlite":
        return _from_counter(session, count)
    return _from_sequence(session, count)


def _from_counter(session: Session, count: int) -> range:
    end = session.connection().execute(_COUNT_ON, {"more": count}).scalar_one()
    return range(end - count, end)


def _from_sequence(session: Session, count: int) -> Sequence[int]:
    series = func.generate_series(1, count).table_valued("n")
    taken = select(row_ids.next_value().label("value")).select_from(series).subquery()
    first, last = session.execute(select(func.min(taken.c.value), func.max(taken.c.value))).one()
    if last - first + 1 == count:
        return range(first, last + 1)
    # Somebody drew in between: the block has foreign ids in it. Draw again, one by one.
    return sorted(session.execute(select(row_ids.next_value()).select_from(series)).scalars())


def canonical_json(value: object) -> str:
    """JSON with sorted keys and no spaces: the same text for the same value, everywhere."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def event_hash(
    prev_hash: str,
    seq: int,
    at: datetime,
    actor: str,
    role: str,
    act: str,
    command_id: str,
    counts: str,
) -> str:
    """SHA-256 (hex) over the previous hash and this event's canonical bytes (UTF-8 JSON)."""
    instant = at.astimezone(UTC).isoformat(timespec="microseconds")
    body = canonical_json([prev_hash, seq, instant, actor, role, act, command_id, counts])
    return hashlib.sha256(body.encode()).hexdigest()


def claim(session: Session, order: Order) -> Changes | None:
    """Take the order's command id; if it was carried out before, give back its result.

    A second sender of the same id waits here until the first has committed or rolled back.

    Raises:
        NotAllowedError: the administrator demands a newer program; nothing may be written.
    """
    connection = session.connection()
    row = {"command_id": order.command_id, "at": clock.now(), "result": ""}
    claimed = connection.execute(_claim(connection.dialect.name), row).one_or_none()
    if claimed is not None:
        _refuse_old_program(claimed.minimum)
        return None
    stored = connection.execute(_READ_RESULT, {"of_command": order.command_id}).scalar_one()
    return changes_from_json(stored)


@cache
def _claim(engine: str) -> Executable:
    # Only the engine in use is loaded: the other one would cost start-up time.
    stmt: Any = import_module(f"sqlalchemy.dialects.{engine}").insert(_log)
    # The oldest program that may write comes with the claim: no write asks a question more.
    minimum = select(_parameter.c.value).where(
        _parameter.c.branch_id == EVERY_BRANCH, _parameter.c.key == PROGRAM_MINIMUM
    )
    claimed: Executable = stmt.on_conflict_do_nothing().returning(
        _log.c.command_id, minimum.scalar_subquery().label("minimum")
    )
    return claimed


def _refuse_old_program(minimum: str | None) -> None:
    if not minimum:
        return
    from supervisor.models.program_versions import is_older  # noqa: PLC0415 - seldom demanded

    if is_older(__version__, minimum):
        raise NotAllowedError("program_too_old", own=__version__, minimum=minimum)


def seal(session: Session, order: Order, changes: Changes) -> None:
    """Store the result, bump revisions (fixed order), link the audit chain. Last of all."""
    session.flush()
    connection = session.connection()
    result = {"of_command": order.command_id, "new_result": changes_to_json(changes)}
    if connection.dialect.name == "sqlite" or not changes.topics:
        connection.execute(_STORE_RESULT, result)
    else:
        connection.execute(_SPEAK, {**result, "news": ",".join(sorted(changes.topics))})
    if changes.topics:
        connection.execute(_BUMP, [{"of_topic": topic} for topic in sorted(changes.topics)])
    append_event(session, order, changes.act, {**changes.facts, **changes.counts})


def append_event(session: Session, order: Order, act: Act, counts: Mapping[str, int | str]) -> None:
    """Link one event to the chain; the head row is locked until commit.

    People of an office may not write the chain: there the server links it, and says itself who.
    """
    connection = session.connection()
    if login.is_person(connection):
        login.append_event(connection, act, order.command_id, canonical_json(dict(counts)))
        return
    linked, last_hash = connection.execute(_READ_HEAD).one()
    seq, at, text = linked + 1, clock.now(), canonical_json(dict(counts))
    link = event_hash(
        last_hash, seq, at, order.actor.name, order.actor.role, act, order.command_id, text
    )
    event = {
        "seq": seq,
        "at": at,
        "actor": order.actor.name,
        "role": order.actor.role,
        "act": act,
        "command_id": order.command_id,
        "counts": text,
        "prev_hash": last_hash,
        "hash": link,
    }
    connection.execute(_LINK, event)
    connection.execute(_MOVE_HEAD, {"new_count": seq, "new_hash": link})


def changes_to_json(changes: Changes) -> str:
    """The stored form of a result."""
    return canonical_json(
        {
            "act": changes.act,
            "topics": sorted(changes.topics),
            "counts": dict(changes.counts),
            "refused": [asdict(refusal) for refusal in changes.refused],
            "undo_id": changes.undo_id,
            "created": dict(changes.created),
            "facts": dict(changes.facts),
        }
    )


def changes_from_json(text: str) -> Changes:
    """Read back what `changes_to_json` wrote."""
    raw = json.loads(text)
    return Changes(
        act=Act(raw["act"]),
        topics=frozenset(Topic(topic) for topic in raw["topics"]),
        counts=raw["counts"],
        refused=tuple(Refusal(**refusal) for refusal in raw["refused"]),
        undo_id=CommandId(raw["undo_id"]) if raw["undo_id"] else None,
        created=raw["created"],
        facts=raw["facts"],
    )
