"""Which columns a table shows, in which order and how wide: remembered by column key."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from supervisor.ui.tables.column import Column


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """Order and visibility by key; widths only where the person changed them."""

    order: tuple[str, ...]
    hidden: frozenset[str] = frozenset()
    widths: dict[str, int] = field(default_factory=dict)

    def to_text(self) -> str:
        """As JSON, for the settings file and for saved views."""
        plain = asdict(self)
        plain["hidden"] = sorted(self.hidden)
        return json.dumps(plain, sort_keys=True)


def default_layout(columns: Sequence[Column[Any]]) -> ColumnLayout:
    """What a table shows before anybody changed it."""
    return ColumnLayout(
        tuple(column.key for column in columns),
        frozenset(column.key for column in columns if column.hidden),
    )


def read_layout(text: str, columns: Sequence[Column[Any]]) -> ColumnLayout:
    """A remembered layout, mended: unknown keys dropped, new columns put where they stand now."""
    plain = default_layout(columns)
    try:
        found = json.loads(text)
        order = [str(key) for key in found["order"]]
        hidden = {str(key) for key in found["hidden"]}
        widths = {str(key): int(width) for key, width in found.get("widths", {}).items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return plain
    known = [key for key in order if key in plain.order]
    for place, key in enumerate(plain.order):
        if key not in known:
            known.insert(place, key)
            hidden |= {key} & plain.hidden
    fixed = [column.key for column in columns if column.fixed]
    moving = [key for key in known if key not in fixed]
    return ColumnLayout(
        (*fixed, *moving),
        frozenset(hidden & set(plain.order) - set(fixed)),
        {key: max(40, min(width, 1200)) for key, width in widths.items() if key in plain.order},
    )


def borrowed_layout(keys: Sequence[str], own: str, columns: Sequence[Column[Any]]) -> str:
    """Only these columns, in this order, as wide as the person has them; empty if none is known."""
    known = [column.key for column in columns]
    shown = [key for key in keys if key in known]
    if not shown:
        return ""
    others = [key for key in known if key not in shown]
    widths = read_layout(own, columns).widths if own else {}
    text = ColumnLayout((*shown, *others), frozenset(others), widths).to_text()
    return read_layout(text, columns).to_text()
