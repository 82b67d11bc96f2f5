"""Sums over visits as columns: one row for each detail that was read, grouped as a measure asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from supervisor.models.enums_measures import Dimension
from supervisor.models.rows.measures import Key
from supervisor.models.rules.measures.columns import Ints
from supervisor.models.rules.measures.grouping import OF_DAY, day_key, sort_key
from supervisor.models.visit_facts import COUNTERS

Sums = dict[str, int]
"""The counters by name."""


def detail(by: Sequence[Dimension]) -> tuple[Dimension, ...]:
    """What has to be read for these dimensions: weeks and the like are made of days."""
    return tuple(dict.fromkeys(Dimension.DAY if name in OF_DAY else name for name in by))


@dataclass(frozen=True, slots=True)
class VisitTable:
    """Rows of sums: of each dimension the keys there are and the place of each row's among them."""

    keys: Mapping[Dimension, Sequence[Key]]
    places: Mapping[Dimension, Ints]
    sums: Ints
    """Rows x `COUNTERS`."""

    @classmethod
    def of(cls, by: Sequence[Dimension], rows: Sequence[Sequence[Any]]) -> "VisitTable":
        """Rows as a cursor gives them: the keys in this order, then the counters."""
        keys: dict[Dimension, Sequence[Key]] = {}
        places: dict[Dimension, Ints] = {}
        for place, name in enumerate(by):
            values = [row[place] for row in rows]
            known = {value: number for number, value in enumerate(dict.fromkeys(values))}
            keys[name] = [_key(name, value) for value in known]
            places[name] = np.fromiter((known[one] for one in values), np.int64, len(values))
        sums = [[value or 0 for value in row[len(by) :]] for row in rows]
        shape = (len(rows), len(COUNTERS))
        return cls(keys, places, np.array(sums, dtype=np.int64).reshape(shape))

    def plus(self, other: "VisitTable") -> "VisitTable":
        """The rows of both."""
        keys = {name: [*some, *other.keys[name]] for name, some in self.keys.items()}
        places = {
            name: np.concatenate([some, other.places[name] + len(self.keys[name])])
            for name, some in self.places.items()
        }
        return VisitTable(keys, places, np.concatenate([self.sums, other.sums]))

    def by(self, names: Sequence[Dimension]) -> dict[tuple[Key, ...], Sums]:
        """The counters by group, in the order of the groups."""
        if not len(self.sums):
            return {}
        code = np.zeros(len(self.sums), dtype=np.int64)
        groups: list[tuple[Key, ...]] = [()]
        for name in names:
            code, groups = self._split(code, groups, name)
        total = np.zeros((len(groups), len(COUNTERS)), dtype=np.int64)
        np.add.at(total, code, self.sums)
        found = zip(groups, total.tolist(), strict=True)
        return {
            group: dict(zip(COUNTERS, own, strict=True))
            for group, own in sorted(found, key=lambda one: sort_key(one[0]))
        }

    def _split(
        self, code: Ints, groups: list[tuple[Key, ...]], name: Dimension
    ) -> tuple[Ints, list[tuple[Key, ...]]]:
        column = Dimension.DAY if name in OF_DAY else name
        own = [_coarse(name, key) for key in self.keys[column]]
        known = {key: place for place, key in enumerate(dict.fromkeys(own))}
        place = np.array([known[key] for key in own], dtype=np.int64)[self.places[column]]
        there, mixed = np.unique(code * len(known) + place, return_inverse=True)
        names = list(known)
        made = [
            (*groups[one // len(known)], names[one % len(known)]) for one in there.tolist()
        ]  # fmt: skip
        return mixed, made


def _coarse(name: Dimension, key: Key) -> Key:
    return day_key(name, key) if name in OF_DAY and isinstance(key, date) else key


def _key(dimension: Dimension, value: Any) -> Key:
    if dimension in {Dimension.AGENT, Dimension.TEAM}:
        return int(value) or None if value is not None else None
    if dimension is Dimension.DAY:
        return date.fromisoformat(value) if isinstance(value, str) else value
    return value if dimension is Dimension.PRODUCT else int(value)
