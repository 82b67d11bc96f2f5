"""Kinds of check on ticks, codes and numbers."""

from typing import Any

from supervisor.models.enums import Tick
from supervisor.models.rules.packs.fields import FieldType
from supervisor.models.rules.packs.kind import (
    BREACH,
    PASS,
    UNKNOWN,
    Built,
    Kind,
    Made,
    Slot,
    SlotType,
    part,
)


def _tick_is(built: Built) -> Made:
    """A tick has the wanted answer; with one tick for each person, all of them have."""
    get, wanted = built.get["field"], Tick(built.slots["wanted"])
    against = Tick.NO if wanted is Tick.YES else Tick.YES

    def decide(facts: Any) -> int:
        value = get(facts)
        if value == wanted:
            return PASS
        if value == against:
            return BREACH
        if type(value) is tuple and value:
            if against in value:
                return BREACH
            return UNKNOWN if Tick.UNKNOWN in value else PASS
        return UNKNOWN

    return Made(decide)


def _one_of(built: Built) -> Made:
    """A code is among those allowed; of several codes, every one is."""
    get, codes = built.get["field"], frozenset(built.slots["codes"])

    def decide(facts: Any) -> int:
        value = get(facts)
        if value is None:
            return UNKNOWN
        allowed = value <= codes if isinstance(value, frozenset) else value in codes
        return PASS if allowed else BREACH

    return Made(decide)


def _none_of(built: Built) -> Made:
    """A code is not among those excluded; of several codes, none is."""
    get, codes = built.get["field"], frozenset(built.slots["codes"])

    def decide(facts: Any) -> int:
        value = get(facts)
        if value is None:
            return UNKNOWN
        excluded = value & codes if isinstance(value, frozenset) else value in codes
        return BREACH if excluded else PASS

    return Made(decide)


def _has_all(built: Built) -> Made:
    """Every code asked for is there."""
    get, codes = built.get["field"], frozenset(built.slots["codes"])

    def decide(facts: Any) -> int:
        value = get(facts)
        if value is None:
            return UNKNOWN
        return PASS if codes <= value else BREACH

    return Made(decide)


def _number_within(built: Built) -> Made:
    """A number lies within its bounds, both included."""
    get, (least, most) = built.get["field"], built.bounds()

    def decide(facts: Any) -> int:
        value = get(facts)
        if value is None:
            return UNKNOWN
        return PASS if least <= value <= most else BREACH

    return Made(decide)


def _count_of(built: Built) -> Made:
    """So many different entries, both bounds included."""
    get, (least, most) = built.get["field"], built.bounds()

    def decide(facts: Any) -> int:
        value = get(facts)
        if value is None:
            return UNKNOWN
        return PASS if least <= len(set(value)) <= most else BREACH

    return Made(decide)


_ONE_FIELD_OF_CODES = {"field": part(FieldType.CODE, FieldType.CODES)}
_CODES = {"codes": Slot(SlotType.CODES)}
_BOUNDS = {
    "least": Slot(SlotType.WHOLE, required=False),
    "most": Slot(SlotType.WHOLE, required=False),
}

KINDS = {
    "tick_is": Kind(
        _tick_is,
        {"field": part(FieldType.TICK, FieldType.TICK_EACH)},
        {"wanted": Slot(SlotType.TICK)},
    ),
    "one_of": Kind(_one_of, _ONE_FIELD_OF_CODES, _CODES),
    "none_of": Kind(_none_of, _ONE_FIELD_OF_CODES, _CODES),
    "has_all": Kind(_has_all, {"field": part(FieldType.CODES)}, _CODES),
    "number_within": Kind(
        _number_within, {"field": part(FieldType.NUMBER)}, _BOUNDS, ("least", "most")
    ),
    "count_of": Kind(_count_of, {"field": part(FieldType.TEXTS)}, _BOUNDS, ("least", "most")),
}
"""Kinds by name."""
