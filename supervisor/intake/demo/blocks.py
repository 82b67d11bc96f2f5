"""Rows on their way to a database: columns side by side, in the shape both engines take.

Values are int, float, bool, str or None; days and instants are text already (see `days`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import TypeAlias

Value: TypeAlias = int | float | bool | str | None
Column: TypeAlias = Sequence[Value]


@dataclass(frozen=True, slots=True)
class Same:
    """A column that holds one value in every row."""

    value: Value


@dataclass(frozen=True, slots=True)
class Block:
    """`count` rows of one table, in the order of its key."""

    table: str
    count: int
    columns: Mapping[str, Column | Same]

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """Row by row."""
        return zip(
            *(
                repeat(column.value, self.count) if isinstance(column, Same) else column
                for column in self.columns.values()
            ),
            strict=False,
        )


class Ids:
    """Hands out row ids; one counter for all tables."""

    def __init__(self, first: int) -> None:
        self.next = first

    def take(self, count: int) -> int:
        """The first of `count` consecutive ids."""
        first = self.next
        self.next += count
        return first
