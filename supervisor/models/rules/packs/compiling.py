"""A rule made ready for one subject: what it looks at first, what it remembers, its findings.

Most of a rule's answer hangs on a few ticks and codes. What those decide alone is judged once for
each combination; the checks on times and numbers are asked every time, and only a breach is written
down anew. This makes a million visits practical and changes no answer.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from operator import attrgetter
from typing import Any

from supervisor.clock import SHANGHAI
from supervisor.models.enums import Severity
from supervisor.models.rows.packs import Finding, Outcome, Plain, Subject
from supervisor.models.rules.packs.building import (
    LEFT_OUT,
    NOT_KNOWN,
    BuiltPart,
    gate_of,
    parts_of,
)
from supervisor.models.rules.packs.citing import head_of
from supervisor.models.rules.packs.evidence import is_known, plain
from supervisor.models.rules.packs.fields import FieldType, fields_of
from supervisor.models.rules.packs.kind import BREACH, PASS, UNKNOWN, Earliest
from supervisor.models.rules.packs.model import Pack, Rule

REMEMBERED = 4096
"""Combinations a rule remembers at most."""

_RANK = {level: place for place, level in enumerate(Severity)}
_Getters = tuple[tuple[str, Callable[[Any], Any]], ...]
_Others = dict[int | tuple[int, ...], "Finding | _Ready"]


@dataclass(frozen=True, slots=True)
class _Ready:
    """How a finding is written that differs from visit to visit: a breach, or what is missing."""

    getters: _Getters
    failed: tuple[str, ...] = ()
    severity: Severity = Severity.INFO


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
    made = _Judge(pack, rule, subject)
    return CompiledRule(rule, made.closure(), made.allowed_from, made.left_out)


class _Judge:
    """Judges one version of a rule for one subject."""

    def __init__(self, pack: Pack, rule: Rule, subject: Subject) -> None:
        self._rule, self._head = rule, head_of(pack, rule)
        self._parts = parts_of(pack, rule, subject)
        self._gates = tuple(gate_of(gate) for gate in rule.when)
        self._gate_fields = tuple(gate.field for gate in rule.when)
        self._others = tuple(part.decide for part in self._parts if not part.finite)
        finite = [name for part in self._parts if part.finite for name in part.fields]
        names = sorted({*finite, *self._gate_fields})
        self._first_of = attrgetter(*names) if names else lambda _facts: ()
        self._kept_back = {
            name for name, spec in fields_of(subject).items() if spec.kind is FieldType.TEXT
        }
        self._first: dict[Any, Finding | _Others] = {}
        self._unknown: dict[tuple[str, ...], Finding] = {}
        self._passed = self._finding(Outcome.PASS, rule.severity)
        self.left_out = self._finding(Outcome.NOT_APPLICABLE, rule.severity)

    def closure(self) -> Callable[[Any], Finding]:
        """The judgement as one function whose names are all its own: it runs for every visit."""
        first_of, remembered, others = self._first_of, self._first, self._others
        begin, settle, write = self._begin, self._settle, self._write

        def by_codes(facts: Any) -> Any:
            found = remembered.get(first_of(facts))
            return begin(facts) if found is None else found

        if not others:
            return by_codes
        other = others[0]

        def by_one(facts: Any) -> Finding:
            first: Any = remembered.get(first_of(facts)) or begin(facts)
            if first.__class__ is Finding:
                return first
            answer = other(facts)
            ready = first.get(answer)
            if ready is None:
                ready = first[answer] = settle(facts)
            return ready if ready.__class__ is Finding else write(facts, ready)

        def by_several(facts: Any) -> Finding:
            first: Any = remembered.get(first_of(facts)) or begin(facts)
            if first.__class__ is Finding:
                return first
            answers = tuple([decide(facts) for decide in others])
            ready = first.get(answers)
            if ready is None:
                ready = first[answers] = settle(facts)
            return ready if ready.__class__ is Finding else write(facts, ready)

        return by_one if len(others) == 1 else by_several

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

    def _begin(self, facts: Any) -> "Finding | _Others":
        """What ticks and codes decide alone; else a place to remember what the rest decides."""
        found = self._by_codes(facts)
        if len(self._first) < REMEMBERED:
            self._first[self._first_of(facts)] = found
        return found

    def _by_codes(self, facts: Any) -> "Finding | _Others":
        opened = [gate(facts) for gate in self._gates]
        if BREACH in opened:
            return self.left_out
        if UNKNOWN in opened:
            return self._write(facts, _Ready(_getters(self._gate_fields)))
        if self._others:
            return {}
        ready = self._settle(facts)
        return self._write(facts, ready) if isinstance(ready, _Ready) else ready

    def _settle(self, facts: Any) -> "Finding | _Ready":
        """A breach is one whatever else is unknown; a pass needs all that must be known."""
        answers = [part.decide(facts) for part in self._parts]
        if BREACH in answers:
            failed = self._answering(answers, BREACH)
            names = {name for part in failed for name in part.fields}.union(self._gate_fields)
            return _Ready(
                _getters(names - self._kept_back),
                tuple(sorted(part.key for part in failed)),
                max((part.severity for part in failed), key=_RANK.__getitem__),
            )
        if UNKNOWN in answers:
            return self._unsure(answers, UNKNOWN)
        if PASS in answers:
            return self._passed
        return self.left_out if set(answers) <= {LEFT_OUT} else self._unsure(answers, NOT_KNOWN)

    def _unsure(self, answers: list[int], unsure: int) -> "Finding | _Ready":
        """Which facts are missing; nothing differs where each check reads one fact alone."""
        parts = self._answering(answers, unsure)
        names = {name for part in parts for name in part.fields}
        if all(len(part.fields) == 1 for part in parts):
            return self._not_known(tuple(sorted(names)))
        return _Ready(_getters(names))

    def _answering(self, answers: list[int], answer: int) -> list[BuiltPart]:
        return [part for part, one in zip(self._parts, answers, strict=True) if one == answer]

    def _write(self, facts: Any, ready: _Ready) -> Finding:
        values = [(name, get(facts)) for name, get in ready.getters]
        if ready.failed:
            evidence = tuple([(name, plain(value)) for name, value in values if is_known(value)])
            return self._finding(
                Outcome.BREACH, ready.severity, failed=ready.failed, evidence=evidence
            )
        missing = tuple([name for name, value in values if not is_known(value)])
        return self._not_known(missing or tuple(name for name, _ in values))

    def _not_known(self, missing: tuple[str, ...]) -> Finding:
        found = self._unknown.get(missing)
        if found is None:
            found = self._finding(Outcome.UNKNOWN, self._rule.severity, missing=missing)
            self._unknown[missing] = found
        return found

    def _finding(
        self,
        outcome: Outcome,
        severity: Severity,
        *,
        failed: tuple[str, ...] = (),
        missing: tuple[str, ...] = (),
        evidence: tuple[tuple[str, Plain], ...] = (),
    ) -> Finding:
        counts_as = counting(severity, confirmed=self._head.confirmed)
        return Finding(self._head, outcome, counts_as, failed, missing, evidence)


def _getters(names: Iterable[str]) -> _Getters:
    return tuple((name, attrgetter(name)) for name in sorted(set(names)))


def counting(severity: Severity, *, confirmed: bool) -> Severity:
    """A rule that nobody has confirmed is never more than major (product.md 5.6)."""
    if confirmed or _RANK[severity] <= _RANK[Severity.MAJOR]:
        return severity
    return Severity.MAJOR


def _comparable(moment: date | datetime) -> datetime:
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time(), SHANGHAI)
