"""Checks of a rule as closures for one subject: gates, optional facts, alternatives."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from supervisor.models.enums import Severity, Tick
from supervisor.models.rows.packs import Subject
from supervisor.models.rules.packs.fields import FINITE, FieldSpec, fields_of
from supervisor.models.rules.packs.kind import BREACH, PASS, UNKNOWN, Built, Decide, Earliest
from supervisor.models.rules.packs.kinds import ANY_OF, KINDS
from supervisor.models.rules.packs.model import PARAMETER_SIGN, Check, Gate, Pack, Rule, Value
from supervisor.models.rules.packs.walking import as_day, as_time

LEFT_OUT, NOT_KNOWN = 3, 4
"""What a check says besides: its gates are closed; it is optional and its facts are not known."""

Specs = Mapping[str, FieldSpec]


@dataclass(frozen=True, slots=True)
class BuiltPart:
    """A check of a rule for one subject. `finite`: it reads nothing but ticks and codes."""

    key: str
    decide: Decide
    earliest: Earliest | None
    fields: tuple[str, ...]
    severity: Severity
    finite: bool


def parts_of(pack: Pack, rule: Rule, subject: Subject) -> tuple[BuiltPart, ...]:
    """The checks a rule makes of a subject; the pack is whole, so nothing here can fail."""
    zone, params = ZoneInfo(pack.timezone), dict(rule.params)
    return tuple(
        _part(check, rule, params, zone, subject)
        for check in rule.checks
        if not check.on or subject in check.on
    )


def _part(
    check: Check, rule: Rule, params: Mapping[str, Value], zone: ZoneInfo, subject: Subject
) -> BuiltPart:
    specs = fields_of(subject)
    decide, earliest = _check(check, params, zone, specs)
    fields = fields_read(check)
    return BuiltPart(
        key=check.key,
        decide=decide,
        earliest=earliest,
        fields=fields,
        severity=check.severity or rule.severity,
        finite=bool(fields) and all(specs[name].kind in FINITE for name in fields),
    )


def fields_read(check: Check) -> tuple[str, ...]:
    """Every field a check looks at, its gates' and alternatives' included."""
    return tuple(
        dict.fromkeys(
            (
                *(gate.field for gate in check.when),
                *(name for _, name in check.fields),
                *(name for inner in check.alternatives for name in fields_read(inner)),
            )
        )
    )


def needs(rule: Rule, subject: Subject) -> tuple[str, ...]:
    """Every field a rule may look at for a subject, sorted."""
    checks = [check for check in rule.checks if not check.on or subject in check.on]
    found = {name for check in checks for name in fields_read(check)}
    return tuple(sorted(found | {gate.field for gate in rule.when}))


def _check(
    check: Check, params: Mapping[str, Value], zone: ZoneInfo, specs: Specs
) -> tuple[Decide, Earliest | None]:
    if check.kind == ANY_OF:
        decide, earliest = _any_of(check, params, zone, specs), None
    else:
        slots = {name: _setting(value, params) for name, value in check.slots}
        get = {part: attrgetter(name) for part, name in check.fields}
        types = {part: specs[name].kind for part, name in check.fields}
        made = KINDS[check.kind].build(Built(types, get, slots, zone))
        decide, earliest = made.decide, made.earliest
    gates = tuple(gate_of(gate) for gate in check.when)
    return (_guarded(decide, gates, optional=check.optional), earliest)


def _setting(value: Value, params: Mapping[str, Value]) -> Any:
    """A setting's value as the kinds take it: times and days as such."""
    if isinstance(value, str) and value.startswith(PARAMETER_SIGN):
        value = params[value.removeprefix(PARAMETER_SIGN)]
    if isinstance(value, tuple):
        days = [as_day(one) for one in value]
        return tuple(days) if days and None not in days else value
    return as_time(value) or value


def _guarded(decide: Decide, gates: tuple[Decide, ...], *, optional: bool) -> Decide:
    not_known = NOT_KNOWN if optional else UNKNOWN

    def tolerant(facts: Any) -> int:
        answer = decide(facts)
        return not_known if answer == UNKNOWN else answer

    def guarded(facts: Any) -> int:
        opened = [gate(facts) for gate in gates]
        if BREACH in opened:
            return LEFT_OUT
        return not_known if UNKNOWN in opened else tolerant(facts)

    if gates:
        return guarded
    return tolerant if optional else decide


def _any_of(check: Check, params: Mapping[str, Value], zone: ZoneInfo, specs: Specs) -> Decide:
    """One that is met is enough; unknown while one that is not known might be met."""
    several = tuple(_check(inner, params, zone, specs)[0] for inner in check.alternatives)

    def decide(facts: Any) -> int:
        answers = [one(facts) for one in several]
        for answer in (PASS, UNKNOWN, BREACH, NOT_KNOWN):
            if answer in answers:
                return answer
        return LEFT_OUT

    return decide


def gate_of(gate: Gate) -> Decide:
    """PASS: open, BREACH: closed."""
    get, among = attrgetter(gate.field), frozenset(gate.among)
    inside, outside = (BREACH, PASS) if gate.negated else (PASS, BREACH)
    unknown = PASS if gate.on_record else UNKNOWN

    def decide(facts: Any) -> int:
        value = get(facts)
        if value is None or value == Tick.UNKNOWN:
            return unknown
        found = value & among if isinstance(value, frozenset) else value in among
        return inside if found else outside

    return decide
