"""Facts to findings: pure, by the versions in force on the day of the facts."""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from supervisor.models.enums import VisitOutcome
from supervisor.models.rows.packs import Finding, Subject
from supervisor.models.rules.packs.compiling import CompiledRule, compile_rule
from supervisor.models.rules.packs.facts import Facts, VisitFacts
from supervisor.models.rules.packs.fields import CLASSES
from supervisor.models.rules.packs.model import Pack

_SUBJECTS: Mapping[type, Subject] = {kind: subject for subject, kind in CLASSES.items()}
Rules = tuple[CompiledRule, ...]


class CompiledPack:
    """A pack made ready once, to judge any number of facts. It remembers, but never changes."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._spans = {kind: _spans(pack, subject) for kind, subject in _SUBJECTS.items()}
        self._judges = {
            kind: [tuple(rule.judge for rule in rules) for rules in spans]
            for kind, (_, spans) in self._spans.items()
        }

    def rules(self, facts: Facts) -> Rules:
        """The rules that judge these facts: of their subject, in force on their day, by id."""
        starts, rules = self._spans[type(facts)]
        return rules[bisect_right(starts, facts.on)]

    def judges(self, facts: Facts) -> tuple[Callable[[Facts], Finding], ...]:
        """What gives the findings of these facts, in the order of `rules`."""
        kind = type(facts)
        return self._judges[kind][bisect_right(self._spans[kind][0], facts.on)]


def compile_pack(pack: Pack) -> CompiledPack:
    """Make a pack ready."""
    return CompiledPack(pack)


def judge(facts: Facts, pack: CompiledPack) -> tuple[Finding, ...]:
    """What every rule in force says of these facts, in the order of rule ids.

    A pack that is off says nothing, nor does a rule that is off. A visit that did not take place
    is none: no rule applies to it.
    """
    if isinstance(facts, VisitFacts) and facts.outcome is VisitOutcome.NOT_DONE:
        return tuple(rule.left_out for rule in pack.rules(facts))
    return tuple([decide(facts) for decide in pack.judges(facts)])


def _spans(pack: Pack, subject: Subject) -> tuple[list[date], list[Rules]]:
    """The days on which something begins or is over, and the rules in force between them."""
    mine = [
        rule for rule in pack.rules if pack.enabled and rule.enabled and subject in rule.subjects
    ]
    starts = sorted(
        {rule.valid_from for rule in mine}
        | {rule.valid_until + timedelta(days=1) for rule in mine if rule.valid_until}
    )
    ready = {(rule.id, rule.label): compile_rule(pack, rule, subject) for rule in mine}
    spans: list[Rules] = [()]
    for day in starts:
        in_force = sorted((rule for rule in mine if rule.in_force(day)), key=lambda one: one.id)
        spans.append(tuple(ready[rule.id, rule.label] for rule in in_force))
    return starts, spans
