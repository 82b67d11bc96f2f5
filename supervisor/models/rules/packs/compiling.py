"""A rule made ready for one subject: gates and checks as closures, findings shared where possible.

A rule that reads only ticks and codes is judged once for each combination of them and remembered;
all others share their findings where nothing in them differs. This is what makes a million visits
practical; it changes no answer.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from supervisor.clock import SHANGHAI
from supervisor.models.enums import Severity, Tick
from supervisor.models.rows.packs import Finding, Outcome, Plain, Subject
from supervisor.models.rules.packs.citing import citation_of
from supervisor.models.rules.packs.fields import FINITE, fields_of
from supervisor.models.rules.packs.kind import BREACH, PASS, UNKNOWN, Built, Decide, Earliest
from supervisor.models.rules.packs.kinds import ANY_OF, KINDS
from supervisor.models.rules.packs.model import PARAMETER_SIGN, Check, Gate, Pack, Rule, Value
from supervisor.models.rules.packs.walking import as_day, as_time

LEFT_OUT, NOT_KNOWN = 3, 4
"""What a check says besides: its gates are closed; it is optional and its facts are not known."""

REMEMBERED = 4096
"""Combinations a rule remembers at most."""

_RANK = {level: place for place, level in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class _Part:
    """A check of a rule for one subject."""

    key: str
    decide: Decide
    earliest: Earliest | None
    fields: tuple[str, ...]
    severity: Severity


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """One version of a rule for one subject.

    `judge` gives its finding; `allowed_from` when a breach would be none, were it only for time;
    `left_out` is what it says where it does not apply.
    """

    rule: Rule
    judge: Callable[[Any], Finding]
    allowed_from: Earliest
    left_out: Finding


def compile_rule(pack: Pack, rule: Rule, subject: Subject) -> CompiledRule:
    """Make a rule ready; the pack is whole, so nothing here can fail."""
    zone, params = ZoneInfo(pack.timezone), dict(rule.params)
    parts = tuple(
        _part(check, rule, params, zone)
        for check in rule.checks
        if not check.on or subject in check.on
    )
    gates = tuple((gate.field, _gate(gate)) for gate in rule.when)
    maker = _Maker(pack, rule, subject, parts, gates)
    return CompiledRule(rule, _remembering(maker), maker.allowed_from, maker.left_out)


def _part(check: Check, rule: Rule, params: Mapping[str, Value], zone: ZoneInfo) -> _Part:
    decide, earliest = _check(check, params, zone)
    return _Part(check.key, decide, earliest, _fields_read(check), check.severity or rule.severity)


def _fields_read(check: Check) -> tuple[str, ...]:
    """Every field a check looks at, its gates' and alternatives' included."""
    return tuple(
        dict.fromkeys(
            (
                *(gate.field for gate in check.when),
                *(name for _, name in check.fields),
                *(name for inner in check.alternatives for name in _fields_read(inner)),
            )
        )
    )


def fields_read(rule: Rule, subject: Subject) -> tuple[str, ...]:
    """Every field a rule looks at for a subject, sorted."""
    checks = [check for check in rule.checks if not check.on or subject in check.on]
    found = {name for check in checks for name in _fields_read(check)}
    return tuple(sorted(found | {gate.field for gate in rule.when}))


def _check(
    check: Check, params: Mapping[str, Value], zone: ZoneInfo
) -> tuple[Decide, Earliest | None]:
    if check.kind == ANY_OF:
        decide, earliest = _any_of(check, params, zone), None
    else:
        slots = {name: _setting(value, params) for name, value in check.slots}
        get = {part: attrgetter(name) for part, name in check.fields}
        made = KINDS[check.kind].build(Built(get, slots, zone))
        decide, earliest = made.decide, made.earliest
    gates = tuple(_gate(gate) for gate in check.when)
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
    if not gates and not optional:
        return decide

    def guarded(facts: Any) -> int:
        opened = [gate(facts) for gate in gates]
        if BREACH in opened:
            return LEFT_OUT
        answer = UNKNOWN if UNKNOWN in opened else decide(facts)
        return NOT_KNOWN if optional and answer == UNKNOWN else answer

    return guarded


def _any_of(check: Check, params: Mapping[str, Value], zone: ZoneInfo) -> Decide:
    """One that is met is enough; unknown while one that is not known might be met."""
    several = tuple(_check(inner, params, zone)[0] for inner in check.alternatives)

    def decide(facts: Any) -> int:
        answers = [one(facts) for one in several]
        for answer in (PASS, UNKNOWN, BREACH, NOT_KNOWN):
            if answer in answers:
                return answer
        return LEFT_OUT

    return decide


def _gate(gate: Gate) -> Decide:
    """PASS: open, BREACH: closed."""
    get, among = attrgetter(gate.field), frozenset(gate.among)
    inside, outside = (BREACH, PASS) if gate.negated else (PASS, BREACH)

    def decide(facts: Any) -> int:
        value = get(facts)
        if value is None or value is Tick.UNKNOWN:
            return UNKNOWN
        found = value & among if isinstance(value, frozenset) else value in among
        return inside if found else outside

    return decide


class _Maker:
    """Makes the findings of a rule for one subject."""

    def __init__(
        self,
        pack: Pack,
        rule: Rule,
        subject: Subject,
        parts: tuple[_Part, ...],
        gates: tuple[tuple[str, Decide], ...],
    ) -> None:
        self.rule, self.subject = rule, subject
        self._parts, self._gates = parts, gates
        self._decides = tuple(part.decide for part in parts)
        self._opens = tuple(decide for _, decide in gates)
        self._gate_fields = tuple(name for name, _ in gates)
        self._citation = citation_of(pack, rule)
        self._pack_id = pack.id
        self._passed = self._finding(Outcome.PASS)
        self.left_out = self._finding(Outcome.NOT_APPLICABLE)
        self._unknown: dict[tuple[str, ...], Finding] = {}

    def make(self, facts: Any) -> Finding:
        """The finding of one set of facts."""
        opened = [opens(facts) for opens in self._opens]
        if BREACH in opened:
            return self.left_out
        if UNKNOWN in opened:
            return self._not_known(facts, self._gate_fields)
        return self._answered(facts, [decide(facts) for decide in self._decides])

    def _answered(self, facts: Any, answers: list[int]) -> Finding:
        """A breach is one whatever else is unknown; a pass needs every check that must be known."""
        if BREACH in answers:
            return self._breach(facts, answers)
        for unsure in (UNKNOWN,) if PASS in answers else (UNKNOWN, NOT_KNOWN):
            if unsure in answers:
                return self._not_known(facts, self._fields_of(answers, unsure))
        return self._passed if PASS in answers else self.left_out

    def allowed_from(self, facts: Any) -> date | datetime | None:
        """The latest of the checks not met; None when one of them is no matter of time."""
        found: list[date | datetime] = []
        for part in self._parts:
            if part.decide(facts) == BREACH:
                first = part.earliest(facts) if part.earliest else None
                if first is None:
                    return None
                found.append(first)
        return max(found, key=_comparable) if found else None

    def _fields_of(self, answers: list[int], wanted: int) -> tuple[str, ...]:
        found = [
            name
            for part, answer in zip(self._parts, answers, strict=True)
            if answer == wanted
            for name in part.fields
        ]
        return tuple(dict.fromkeys(found))

    def _not_known(self, facts: Any, fields: tuple[str, ...]) -> Finding:
        missing = tuple(sorted(name for name in fields if not is_known(attrgetter(name)(facts))))
        missing = missing or tuple(sorted(fields))
        found = self._unknown.get(missing)
        if found is None:
            found = self._unknown[missing] = self._finding(Outcome.UNKNOWN, missing=missing)
        return found

    def _breach(self, facts: Any, answers: list[int]) -> Finding:
        failed = [
            part for part, answer in zip(self._parts, answers, strict=True) if answer == BREACH
        ]
        names = {name for part in failed for name in part.fields} | set(self._gate_fields)
        values = {name: attrgetter(name)(facts) for name in sorted(names)}
        return self._finding(
            Outcome.BREACH,
            severity=max((part.severity for part in failed), key=_RANK.__getitem__),
            failed=tuple(sorted(part.key for part in failed)),
            evidence=tuple(
                (name, plain(value)) for name, value in values.items() if is_known(value)
            ),
        )

    def _finding(
        self,
        outcome: Outcome,
        *,
        severity: Severity | None = None,
        failed: tuple[str, ...] = (),
        missing: tuple[str, ...] = (),
        evidence: tuple[tuple[str, Plain], ...] = (),
    ) -> Finding:
        rule = self.rule
        return Finding(
            pack=self._pack_id,
            rule_id=rule.id,
            rule_version=rule.label,
            outcome=outcome,
            category=rule.category,
            severity=_counting(severity or rule.severity, confirmed=rule.confirmed is not None),
            caused_by=rule.caused_by,
            confirmed=rule.confirmed is not None,
            blocks=rule.blocks,
            failed=failed,
            missing=missing,
            evidence=evidence,
            citation=self._citation,
        )


def _counting(severity: Severity, *, confirmed: bool) -> Severity:
    """A rule that nobody has confirmed is never more than major (product.md 5.6)."""
    if confirmed or _RANK[severity] <= _RANK[Severity.MAJOR]:
        return severity
    return Severity.MAJOR


def _remembering(maker: _Maker) -> Callable[[Any], Finding]:
    names = fields_read(maker.rule, maker.subject)
    specs = fields_of(maker.subject)
    looked_at = all(check.fields or check.alternatives for check in maker.rule.checks)
    if not names or not looked_at or any(specs[name].kind not in FINITE for name in names):
        return maker.make
    values_of, seen, make = attrgetter(*names), dict[Any, Finding](), maker.make

    def judge(facts: Any) -> Finding:
        key = values_of(facts)
        found = seen.get(key)
        if found is None:
            found = make(facts)
            if len(seen) < REMEMBERED:
                seen[key] = found
        return found

    return judge


def _comparable(moment: date | datetime) -> datetime:
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time(), SHANGHAI)


def is_known(value: object) -> bool:
    """Whether a fact is known, for everybody where there is one for each person."""
    if isinstance(value, tuple):
        return all(one is not None and one is not Tick.UNKNOWN for one in value)
    return value is not None and value is not Tick.UNKNOWN


def plain(value: object) -> Plain:
    """A fact as evidence keeps it; lists are sorted, attempts tell their time alone."""
    if isinstance(value, tuple | frozenset):
        return tuple(sorted(str(plain(one)) for one in _entries(value)))
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) else str(value)


def _entries(values: Iterable[Any]) -> Iterable[object]:
    for value in values:
        if hasattr(value, "reason"):
            until = value.until_on.isoformat() if value.until_on else ""
            yield f"{value.reason.value} {value.from_on.isoformat()}..{until}"
        else:
            yield value.at if hasattr(value, "at") else value
