"""Column mappings, kept per source and kind."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.models.changes import Changes
from supervisor.models.enums import Act, Kind, Topic
from supervisor.models.orders import Order
from supervisor.models.tables import ImportMapping


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepMapping(Order):
    """Keep how the columns of a source are read: heading to field key, None to leave out."""

    source: str
    kind: Kind
    mapping: Mapping[str, str | None]


def keep_mapping(session: Session, order: KeepMapping) -> Changes:
    """Replace the mapping of a source and kind."""
    where = (ImportMapping.source == order.source[:100], ImportMapping.kind == order.kind.value)
    session.execute(delete(ImportMapping).where(*where))
    session.execute(
        insert(ImportMapping).values(
            source=order.source[:100],
            kind=order.kind.value,
            mapping=json.dumps(dict(order.mapping), ensure_ascii=False),
            saved_at=clock.now(),
        )
    )
    return Changes(
        act=Act.PARAMETER_SET,
        topics=frozenset({Topic.IMPORTS}),
        counts={"columns": len(order.mapping)},
    )
