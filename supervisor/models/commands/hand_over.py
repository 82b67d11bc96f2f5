"""Rows with private items, brought by people who may not read them: they go into the inbox.

The login of the quiet work takes them in. The server lets an administrator add contracts of own
branches there, under the own name, and read none of them back.
"""

from dataclasses import dataclass

from sqlalchemy import column, insert, table
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.models.changes import Changes
from supervisor.models.enums import Act, Kind, Topic
from supervisor.models.orders import Order

_INBOX = table("inbox", *map(column, ("kind", "payload", "source", "key", "received_at")))
"""The columns people may fill; the mapped table would fill others by itself."""
_BLOCK = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Order):
    """Messages (key, payload) of one kind; the same key is taken in once."""

    kind: Kind
    source: str
    messages: tuple[tuple[str, str], ...]


def hand_over(session: Session, order: HandOver) -> Changes:
    """Put every message into the inbox, all or none.

    Raises:
        NotAllowedError: a row is of another's branch, or the role brings none (from the server).
    """
    now = clock.now()
    rows = [
        {"kind": order.kind.value, "payload": payload, "source": order.source, "key": key,
         "received_at": now}
        for key, payload in order.messages
    ]  # fmt: skip
    for start in range(0, len(rows), _BLOCK):
        session.connection().execute(insert(_INBOX), rows[start : start + _BLOCK])
    return Changes(
        act=Act.ROWS_HANDED_OVER,
        topics=frozenset({Topic.IMPORTS}),
        counts={"rows": len(rows)},
        facts={"kind": order.kind.value},
    )
