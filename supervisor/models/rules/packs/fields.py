"""Which facts exist, of which kind, for each subject: read from the fact classes alone.

A field of the history is named `history.x`. Rules are checked against this when a pack is read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, StrEnum, auto
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from supervisor.models.enums import Tick
from supervisor.models.rows.packs import Subject
from supervisor.models.rules.packs.facts import (
    AgencyFacts,
    AttemptFact,
    ContactFacts,
    HistoryFacts,
    HoldFact,
    HouseFacts,
    PlanFacts,
    RecordFacts,
    SubjectFacts,
    VisitFacts,
    ZoneName,
)

HISTORY = "history"

CLASSES: Mapping[Subject, type[SubjectFacts]] = {
    Subject.VISIT: VisitFacts,
    Subject.PLAN: PlanFacts,
    Subject.CONTACT: ContactFacts,
    Subject.AGENCY: AgencyFacts,
    Subject.RECORD: RecordFacts,
    Subject.HOUSE: HouseFacts,
}
"""The class of facts of each subject."""


class FieldType(Enum):
    """What a fact can be. `..._EACH`: one entry for each person going, unknown allowed."""

    TICK = auto()
    TICK_EACH = auto()
    DAY = auto()
    DAY_EACH = auto()
    DAYS = auto()
    INSTANT = auto()
    NUMBER = auto()
    TEXT = auto()
    TEXTS = auto()
    ZONE = auto()
    CODE = auto()
    CODES = auto()
    HOLDS = auto()
    ATTEMPTS = auto()


FINITE = frozenset({FieldType.TICK, FieldType.TICK_EACH, FieldType.CODE, FieldType.CODES})
"""Kinds with few values: a rule that reads only these is judged once for each combination."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A fact: its dotted name, its kind, and for codes their vocabulary."""

    name: str
    kind: FieldType
    codes: type[StrEnum] | None = None


@cache
def fields_of(subject: Subject) -> Mapping[str, FieldSpec]:
    """Every fact of a subject by its dotted name."""
    return _specs(CLASSES[subject])


def _specs(kind: Callable[..., Any]) -> Mapping[str, FieldSpec]:
    found: dict[str, FieldSpec] = {}
    for name, hint in get_type_hints(kind).items():
        if hint is HistoryFacts:
            inner = _specs(HistoryFacts)
            found.update(
                (f"{HISTORY}.{key}", FieldSpec(f"{HISTORY}.{key}", spec.kind, spec.codes))
                for key, spec in inner.items()
            )
        else:
            found[name] = _spec(name, _known(hint))
    return found


@cache
def attempt_fields() -> Mapping[str, FieldSpec]:
    """The facts of one earlier attempt."""
    return _specs(AttemptFact)


@cache
def hold_fields() -> Mapping[str, FieldSpec]:
    """The facts of one hold."""
    return _specs(HoldFact)


def _known(hint: Any) -> Any:
    """The type of the value when it is known."""
    if get_origin(hint) in {Union, UnionType}:
        return next(part for part in get_args(hint) if part is not type(None))
    return hint


_SCALARS: Mapping[Any, FieldType] = {
    Tick: FieldType.TICK,
    datetime: FieldType.INSTANT,
    date: FieldType.DAY,
    int: FieldType.NUMBER,
    str: FieldType.TEXT,
    ZoneName: FieldType.ZONE,
}
_TUPLES: Mapping[Any, FieldType] = {
    Tick: FieldType.TICK_EACH,
    date: FieldType.DAYS,
    date | None: FieldType.DAY_EACH,
    str: FieldType.TEXTS,
    HoldFact: FieldType.HOLDS,
    AttemptFact: FieldType.ATTEMPTS,
}


def _spec(name: str, kind: Any) -> FieldSpec:
    origin = get_origin(kind)
    if origin is frozenset:
        return FieldSpec(name, FieldType.CODES, get_args(kind)[0])
    if origin is tuple:
        return FieldSpec(name, _TUPLES[get_args(kind)[0]])
    if kind in _SCALARS:
        return FieldSpec(name, _SCALARS[kind])
    return FieldSpec(name, FieldType.CODE, kind)
