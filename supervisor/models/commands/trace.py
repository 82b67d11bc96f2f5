"""What a command leaves behind so that it can be taken back: rows as they were before."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from supervisor.models.base import Base, UtcDateTime
from supervisor.models.ledger import allocate_ids, canonical_json
from supervisor.models.orders import Order
from supervisor.models.tables import UndoEntry

Values = Mapping[str, Any]

_KEEP = insert(cast("Table", UndoEntry.__table__))


@dataclass(slots=True)
class Trace:
    """Collects undo entries of one order; `save` writes them.

    `case_id` binds entries that are taken back together or not at all; `subject` is what people
    call the record.
    """

    order: Order
    entries: list[dict[str, Any]] = field(default_factory=list)

    def changed(
        self,
        table: type[Base],
        key: tuple[int, int],
        before: Values,
        *,
        version: int | None = None,
        case_id: int | None = None,
        subject: str = "",
    ) -> None:
        """A row had these values before; the command left it at `version`."""
        self._add(table, key, to_text(before), version, case_id, subject)

    def created(
        self,
        table: type[Base],
        key: tuple[int, int],
        *,
        version: int | None = None,
        case_id: int | None = None,
        subject: str = "",
    ) -> None:
        """The command made this row."""
        self._add(table, key, "null", version, case_id, subject)

    def removed(
        self, table: type[Base], key: tuple[int, int], before: Values, *, subject: str = ""
    ) -> None:
        """The command removed this row."""
        self._add(table, key, to_text(before), 0, None, subject)

    def _add(
        self,
        table: type[Base],
        key: tuple[int, int],
        before: str,
        version: int | None,
        case_id: int | None,
        subject: str,
    ) -> None:
        self.entries.append(
            {
                "command_id": self.order.command_id,
                "table_name": table.__tablename__,
                "branch_id": key[0],
                "row_id": key[1],
                "before": before,
                "version_after": version,
                "case_id": case_id,
                "subject": subject,
            }
        )

    def save(self, session: Session) -> None:
        """Write the entries, in the order they were made."""
        if self.entries:
            ids = allocate_ids(session, len(self.entries))
            rows = [{**entry, "id": id_} for entry, id_ in zip(self.entries, ids, strict=True)]
            session.connection().execute(_KEEP, rows)


def to_text(values: Values) -> str:
    """Column values as JSON; dates and instants in ISO form."""
    return canonical_json(
        {
            name: value.isoformat() if isinstance(value, date | datetime) else value
            for name, value in values.items()
        }
    )


def from_text(table: Table, text: str) -> dict[str, Any]:
    """The values `to_text` wrote, as the columns of `table` want them."""
    read: dict[str, Any] = json.loads(text)
    return {name: _value(table, name, value) for name, value in read.items()}


def _value(table: Table, name: str, value: Any) -> Any:
    if value is None:
        return None
    kind = table.c[name].type
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if kind.python_type is date else value
