"""The versions of rules in the order they were made: which change made which."""

from collections.abc import Iterable
from dataclasses import dataclass

from supervisor.errors import BadInputError
from supervisor.models.rules.packs.changing import RuleChange, apply_change
from supervisor.models.rules.packs.model import Pack, Rule


@dataclass(frozen=True, slots=True)
class Made:
    """One version as it was when it was made.

    Attributes:
        rule: as it stands now where it stands (its end may have moved), else as it was made.
        change: what the house did; None: a version of the text.
        stands: False: a change of the same day took its place.
    """

    rule: Rule
    change: RuleChange | None
    stands: bool


def traced(base: Pack, changes: Iterable[RuleChange]) -> tuple[Pack, tuple[Made, ...]]:
    """The pack with its changes, and every version ever made; what does not fit is left out."""
    pack = base
    made: list[tuple[Rule, RuleChange | None]] = [(rule, None) for rule in base.rules]
    for change in sorted(changes, key=lambda one: one.number):
        before = {_key(rule) for rule in pack.rules}
        try:
            pack = apply_change(pack, change)
        except BadInputError:
            continue
        made += [(rule, change) for rule in pack.rules if _key(rule) not in before]
    now = {_key(rule): rule for rule in pack.rules}
    found = (Made(now.get(_key(rule), rule), change, _key(rule) in now) for rule, change in made)
    return pack, tuple(found)


def _key(rule: Rule) -> tuple[str, int, int]:
    return rule.id, rule.version, rule.revision
