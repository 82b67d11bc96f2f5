"""Changes as text: how the house stores them, and hands them over in a file."""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from supervisor.clock import SHANGHAI
from supervisor.errors import BadInputError
from supervisor.models.rules.packs.canonical import canonical_json
from supervisor.models.rules.packs.changing import RuleChange
from supervisor.models.rules.packs.model import Value
from supervisor.models.rules.packs.walking import as_day

_NEEDED = frozenset({"number", "rule_id", "valid_from", "by", "at", "reason"})
_OPTIONAL = frozenset({"enabled", "params", "confirmed"})


def change_text(change: RuleChange) -> str:
    """A change as canonical JSON, for storing and hashing."""
    return canonical_json(
        {
            "number": change.number,
            "rule_id": change.rule_id,
            "valid_from": change.valid_from,
            "by": change.by,
            "at": change.at,
            "reason": change.reason,
            "enabled": change.enabled,
            "params": dict(change.params),
            "confirmed": change.confirmed,
        }
    )


def change_hash(change: RuleChange) -> str:
    """SHA-256 of the canonical text of a change."""
    return sha256(change_text(change).encode()).hexdigest()


def parse_change(text: str) -> RuleChange:
    """A change from its text; an instant without an offset is Shanghai time.

    Raises:
        BadInputError: not JSON, a key missing or unknown, or a value that cannot be.
    """
    try:
        table = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInputError("change_unreadable", key="JSON") from error
    if not isinstance(table, dict):
        raise BadInputError("change_unreadable", key="JSON")
    for key in sorted(_NEEDED - table.keys()) + sorted(table.keys() - _NEEDED - _OPTIONAL):
        raise BadInputError("change_unreadable", key=key)
    valid_from = as_day(table["valid_from"])
    if valid_from is None:
        raise BadInputError("change_unreadable", key="valid_from")
    return RuleChange(
        number=_of(table, "number", int),
        rule_id=_of(table, "rule_id", str),
        valid_from=valid_from,
        by=_of(table, "by", str),
        at=_instant(table["at"]),
        reason=_of(table, "reason", str),
        enabled=_flag(table, "enabled"),
        params=_params(table.get("params") or {}),
        confirmed=_flag(table, "confirmed"),
    )


def _of(table: Mapping[str, Any], key: str, kind: type[Any]) -> Any:
    if type(table[key]) is not kind:
        raise BadInputError("change_unreadable", key=key)
    return table[key]


def _flag(table: Mapping[str, Any], key: str) -> bool | None:
    value = table.get(key)
    if value is not None and not isinstance(value, bool):
        raise BadInputError("change_unreadable", key=key)
    return value


def _instant(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None:
        raise BadInputError("change_unreadable", key="at")
    return moment.replace(tzinfo=SHANGHAI) if moment.tzinfo is None else moment


def _params(value: object) -> tuple[tuple[str, Value], ...]:
    if not isinstance(value, dict):
        raise BadInputError("change_unreadable", key="params")
    found: list[tuple[str, Value]] = []
    for key, inner in sorted(value.items()):
        if isinstance(inner, list) and all(isinstance(one, str) for one in inner):
            found.append((key, tuple(inner)))
        elif isinstance(inner, str | int) and not isinstance(inner, bool):
            found.append((key, inner))
        else:
            raise BadInputError("change_unreadable", key=key)
    return tuple(found)
