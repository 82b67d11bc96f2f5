"""What a kind of check is made of: parts that are fields, slots that are settings, a builder.

A built check answers `PASS`, `BREACH` or `UNKNOWN`; it knows nothing of rules, words or outcomes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto
from typing import Any
from zoneinfo import ZoneInfo

from supervisor.models.rules.packs.fields import FieldType

PASS, BREACH, UNKNOWN = 0, 1, 2

Decide = Callable[[Any], int]
Earliest = Callable[[Any], date | datetime | None]
"""From when on a check that is not met would be: a day, an instant, or never by waiting."""


class SlotType(Enum):
    """What a setting can be."""

    WHOLE = auto()
    TIME = auto()
    TICK = auto()
    CODES = auto()
    DAYS = auto()
    REASONS = auto()
    WHERE = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """A field a kind reads, and of which types it may be."""

    types: frozenset[FieldType]
    required: bool = True


@dataclass(frozen=True, slots=True)
class Slot:
    """A setting of a kind."""

    type: SlotType
    required: bool = True


@dataclass(frozen=True, slots=True)
class Built:
    """What a builder gets: getter and type of each part that is there, every setting's value."""

    types: Mapping[str, FieldType]
    get: Mapping[str, Callable[[Any], Any]]
    slots: Mapping[str, Any]
    zone: ZoneInfo

    def bounds(self, least: str = "least", most: str = "most") -> tuple[int, int]:
        """Both bounds of a number; one that is not set is out of reach."""
        return self.slots.get(least, -(10**12)), self.slots.get(most, 10**12)


@dataclass(frozen=True, slots=True)
class Made:
    """A check ready to be asked."""

    decide: Decide
    earliest: Earliest | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of check. `one_of`: settings of which at least one must be given."""

    build: Callable[[Built], Made]
    parts: Mapping[str, Part] = field(default_factory=dict)
    slots: Mapping[str, Slot] = field(default_factory=dict)
    one_of: tuple[str, ...] = ()


def part(*types: FieldType, required: bool = True) -> Part:
    """A part of one of these types."""
    return Part(frozenset(types), required)
