"""Arrivals: what other systems put into `inbox`, read like a row of a file.

They insert `kind, payload, source, key, received_at` and nothing else. `payload` is a JSON object
of field keys (`supervisor import --describe KIND`) to values: text as in a file, numbers, true and
false; money in yuan, times in Shanghai time unless they carry an offset. `key` is the sender's own
name for the message: the same source, kind and key is taken once.
"""

import json
from typing import Any

from supervisor import clock
from supervisor.intake.cells import Cell, CellProblemError
from supervisor.intake.fields import FIELDS, KEYS
from supervisor.intake.staging import read_cell
from supervisor.models.changes import Actor
from supervisor.models.commands.arrivals import DrainInbox, Parsed, drain_inbox
from supervisor.models.database import Database
from supervisor.models.enums import Kind
from supervisor.models.queries import imports
from supervisor.models.rows.intake import DrainResult


def drain(database: Database, actor: Actor, limit: int = 1_000) -> DrainResult:
    """Carry out waiting arrivals; see `api.drain_inbox`. Nothing waiting: nothing is written."""
    if not database.read(imports.waiting, None):
        return DrainResult(0, 0, 0, 0, 0, 0, 0)
    order = DrainInbox(actor=actor, parse=parse_arrival, limit=limit)
    changes = database.write(drain_inbox, order)
    return DrainResult(**changes.counts)


def parse_arrival(kind_name: str, payload: str) -> Parsed:
    """The values of one message, or why it cannot be used."""
    try:
        kind = Kind(kind_name)
    except ValueError:
        return Parsed(code="arrival_kind_unknown", facts={"value": kind_name})
    try:
        message = json.loads(payload, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return Parsed(kind, code="arrival_not_json")
    if not isinstance(message, dict):
        return Parsed(kind, code="arrival_not_json")
    return _values(kind, message)


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _values(kind: Kind, message: dict[str, Any]) -> Parsed:
    values: dict[str, Any] = {}
    for field in FIELDS[kind]:
        cell = message.get(field.key)
        try:
            value = read_cell(field, _cell(cell), 1, clock.today())
        except CellProblemError as problem:
            facts = {**problem.facts, "field": field.key}
            return Parsed(kind, code=problem.code, facts=facts)
        if value is not None:
            values[field.key] = value
        elif field.required:
            return Parsed(kind, code="value_missing", facts={"field": field.key})
    return Parsed(kind, values, tuple(values.get(key) for key in KEYS[kind][1:]))


def _cell(cell: Any) -> Cell:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, list | dict):
        return json.dumps(cell, ensure_ascii=False)
    return cell if cell is None or isinstance(cell, str | int | float) else str(cell)
