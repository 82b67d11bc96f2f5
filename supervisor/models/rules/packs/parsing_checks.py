"""Checks, gates and parameters of a rule, held against the kinds and the facts there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from supervisor.models.enums import HoldReason, Severity, Tick
from supervisor.models.rows.packs import Subject
from supervisor.models.rules.packs.fields import FieldSpec, FieldType, attempt_fields, fields_of
from supervisor.models.rules.packs.kind import Kind, Slot, SlotType
from supervisor.models.rules.packs.kinds import ANY_OF, KINDS
from supervisor.models.rules.packs.model import PARAMETER_SIGN, Check, Gate, Value
from supervisor.models.rules.packs.walking import (
    LARGEST,
    MOST_YEARS,
    Walk,
    as_day,
    as_time,
    known,
    short,
)

_OWN_KEYS = ("kind", "key", "when", "on", "severity", "optional", "any")
_GATED = {FieldType.TICK, FieldType.CODE, FieldType.CODES}


@dataclass(slots=True)
class Parameters:
    """The parameters of a rule while its checks are read: their values and where each is used."""

    values: Mapping[str, Value]
    used: dict[str, SlotType] = field(default_factory=dict)


def checks_of(walk: Walk, subjects: tuple[Subject, ...], params: Parameters) -> tuple[Check, ...]:
    """The checks of a rule; each subject needs at least one."""
    found = tuple(_check(inner, subjects, params) for inner in walk.tables("check", 1))
    for subject in subjects:
        if found and not any(not check.on or subject in check.on for check in found):
            walk.wrong("check", "pack_subject_unchecked", subject=subject.value)
    keys = [check.key for check in found]
    for key in {key for key in keys if keys.count(key) > 1}:
        walk.wrong("check", "pack_check_key_twice", key=key)
    return tuple(sorted(found, key=lambda check: check.key))


def _check(walk: Walk, subjects: tuple[Subject, ...], params: Parameters) -> Check:
    kind = walk.text("kind", 40)
    on = walk.codes("on", Subject) if walk.has("on") else ()
    for subject in on:
        if subject not in subjects:
            walk.wrong("on", "pack_subject_not_of_rule", subject=subject.value)
    made_for = on or subjects
    key = walk.text("key", 40) if walk.has("key") else kind
    severity = walk.code("severity", Severity) if walk.has("severity") else None
    optional = walk.flag("optional", default=False)
    when = gates_of(walk, made_for)
    fields: tuple[tuple[str, str], ...] = ()
    slots: tuple[tuple[str, Value], ...] = ()
    alternatives: tuple[Check, ...] = ()
    if kind == ANY_OF:
        alternatives = tuple(_check(inner, made_for, params) for inner in walk.tables("any", 2))
    elif kind in KINDS:
        fields = _parts(walk, KINDS[kind], made_for)
        slots = _slots(walk, KINDS[kind], made_for, params)
    elif kind:
        walk.wrong("kind", "pack_kind_unknown", value=short(kind), known=", ".join(sorted(KINDS)))
        walk.seen(*walk.table)
    walk.seen(*(name for name in _OWN_KEYS if name != "any" or kind == ANY_OF))
    walk.close()
    return Check(key, kind, fields, slots, when, on, severity, optional, alternatives)


def _parts(walk: Walk, kind: Kind, subjects: Iterable[Subject]) -> tuple[tuple[str, str], ...]:
    found = []
    for name, part in kind.parts.items():
        if not part.required and not walk.has(name):
            continue
        field_name = walk.text(name, 60)
        for spec in _specs(walk, name, field_name, subjects):
            if spec.kind not in part.types:
                walk.wrong(name, "pack_field_unfit", field=field_name)
                break
        found.append((name, field_name))
    return tuple(found)


def _specs(
    walk: Walk, key: str, field_name: str, subjects: Iterable[Subject]
) -> tuple[FieldSpec, ...]:
    """The field in each subject; a problem for each that has no such fact."""
    found = []
    for subject in subjects:
        spec = fields_of(subject).get(field_name)
        if spec is not None:
            found.append(spec)
        elif field_name:
            walk.wrong(key, "pack_field_unknown", field=short(field_name), subject=subject.value)
    return tuple(found)


def _slots(
    walk: Walk, kind: Kind, subjects: Iterable[Subject], params: Parameters
) -> tuple[tuple[str, Value], ...]:
    found: list[tuple[str, Value]] = []
    for name, slot in kind.slots.items():
        if not slot.required and not walk.has(name):
            continue
        raw = walk.value(name)
        if isinstance(raw, str) and raw.startswith(PARAMETER_SIGN):
            _use(walk, name, slot, raw.removeprefix(PARAMETER_SIGN), params)
            found.append((name, raw))
        elif walk.has(name):
            found.append((name, value_of(walk, name, raw, slot.type)))
        codes = _codes_of(walk, slot, subjects)
        if codes is not None:
            _check_codes(walk, name, _resolved(raw, params), codes)
    if kind.one_of and not any(walk.has(name) for name in kind.one_of):
        walk.wrong("", "pack_bound_missing", known=", ".join(kind.one_of))
    return tuple(found)


def _use(walk: Walk, name: str, slot: Slot, parameter: str, params: Parameters) -> None:
    if parameter not in params.values:
        walk.wrong(name, "pack_parameter_unknown", key=short(parameter))
        return
    if params.used.setdefault(parameter, slot.type) is not slot.type:
        walk.wrong(name, "pack_parameter_two_types", key=parameter)
    value_of(walk, name, _as_read(params.values[parameter]), slot.type)


def _as_read(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _resolved(raw: Any, params: Parameters) -> Any:
    if isinstance(raw, str) and raw.startswith(PARAMETER_SIGN):
        return _as_read(params.values.get(raw.removeprefix(PARAMETER_SIGN), ()))
    return raw


def value_of(walk: Walk, name: str, raw: Any, kind: SlotType) -> Value:
    """A setting as the model keeps it; a problem when it is not of its type."""
    if kind is SlotType.WHOLE and fits_whole(name, raw):
        return int(raw)
    if kind is SlotType.TIME and as_time(raw) is not None:
        return str(raw)
    if kind is SlotType.TICK and raw in {Tick.YES.value, Tick.NO.value}:
        return str(raw)
    if kind is SlotType.DAYS and isinstance(raw, list) and all(as_day(one) for one in raw):
        return tuple(sorted({str(one) for one in raw}))
    listed = kind in {SlotType.CODES, SlotType.REASONS, SlotType.WHERE}
    if listed and isinstance(raw, list) and raw and all(isinstance(one, str) for one in raw):
        return tuple(sorted(set(raw)))
    walk.wrong(name, f"pack_setting_{kind.name.lower()}_bad", key=name, value=short(raw))
    return ""


def fits_whole(name: str, raw: object) -> bool:
    """Whether a value is a whole number a setting of this name can take."""
    most = MOST_YEARS if name.endswith("years") else LARGEST
    least = 1 if name.endswith("years") else 0
    return type(raw) is int and least <= raw <= most


def _codes_of(walk: Walk, slot: Slot, subjects: Iterable[Subject]) -> set[str] | None:
    """The values a list may name; None: not a list of codes."""
    if slot.type is SlotType.REASONS:
        return {reason.value for reason in HoldReason}
    if slot.type is SlotType.WHERE:
        return {
            f"{name}={code}"
            for name, spec in attempt_fields().items()
            if spec.kind in {FieldType.TICK, FieldType.CODE}
            for code in _values(spec)
        }
    if slot.type is SlotType.CODES:
        name = walk.table.get("field")
        specs = [fields_of(subject).get(name) for subject in subjects if isinstance(name, str)]
        return {code for spec in specs if spec is not None for code in _values(spec)}
    return None


def _values(spec: FieldSpec) -> tuple[str, ...]:
    codes: type[StrEnum] = spec.codes or Tick
    return tuple(member.value for member in codes)


def _check_codes(walk: Walk, name: str, raw: Any, codes: set[str]) -> None:
    for value in raw if isinstance(raw, list) else ():
        if codes and value not in codes:
            walk.wrong(
                name, "pack_code_unknown", value=short(value), known=", ".join(sorted(codes)[:30])
            )


def gates_of(walk: Walk, subjects: Iterable[Subject]) -> tuple[Gate, ...]:
    """What must hold for a rule or check to apply."""
    return tuple(_gate(inner, subjects) for inner in walk.tables("when"))


def _gate(walk: Walk, subjects: Iterable[Subject]) -> Gate:
    field_name = walk.text("field", 60)
    negated = walk.has("not_in")
    key = "not_in" if negated else "in"
    among = walk.entries(key, 1)
    for spec in _specs(walk, "field", field_name, subjects):
        if spec.kind not in _GATED:
            walk.wrong("field", "pack_field_unfit", field=field_name)
            break
        for value in among:
            if value not in _values(spec):
                walk.wrong(
                    key,
                    "pack_code_unknown",
                    value=short(value),
                    known=known(spec.codes or Tick),
                )
    on_record = walk.flag("on_record", default=False)
    walk.close()
    codes = tuple(sorted(str(value) for value in among))
    return Gate(field_name, codes, negated, on_record)
