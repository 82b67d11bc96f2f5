"""A pack read from a file beside the packs of the house: what it may not do, and what is kept.

A new version of a known pack never judges the past otherwise: what was in force before today stands
in it unchanged. Confirmations are the house's own; those of a file do not count.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from supervisor.models.rows.packs import Problem
from supervisor.models.rules.packs.model import Pack, Rule


def objections(pack: Pack, known: Iterable[Pack], today: date) -> tuple[Problem, ...]:
    """Why the house may not take a pack; empty when it may. `known`: its packs as they are."""
    packs = tuple(known)
    found = [_elsewhere(pack, other) for other in packs if other.id != pack.id]
    mine = next((other for other in packs if other.id == pack.id), None)
    newer = () if mine is None else (*_not_newer(pack, mine), *_past(pack, mine, today))
    return (*(one for part in found for one in part), *newer)


def _elsewhere(pack: Pack, other: Pack) -> list[Problem]:
    """Findings are known by the id of their rule: no two packs have one alike."""
    taken = {rule.id for rule in other.rules} & {rule.id for rule in pack.rules}
    return [
        Problem(f"rule({id_})", "pack_rule_elsewhere", {"id": id_, "pack": other.id})
        for id_ in sorted(taken)
    ]


def _not_newer(pack: Pack, mine: Pack) -> tuple[Problem, ...]:
    if pack.version > mine.version:
        return ()
    return (Problem("pack.version", "pack_not_newer", {"version": mine.version}),)


def _past(pack: Pack, mine: Pack, today: date) -> Iterator[Problem]:
    if pack.timezone != mine.timezone:
        yield Problem("pack.timezone", "pack_alters_past", {"id": pack.id})
    for id_ in sorted({rule.id for rule in (*mine.rules, *pack.rules)}):
        if _before(mine, id_, today) != _before(pack, id_, today):
            yield Problem(f"rule({id_})", "pack_alters_past", {"id": id_})


def _before(pack: Pack, id_: str, today: date) -> list[Rule]:
    """The versions that judged days before today, told alike whatever comes later."""
    eve = today - timedelta(days=1)
    found = []
    for rule in pack.rules:
        if rule.id == id_ and rule.valid_from < today:
            ended = rule.valid_until is not None and rule.valid_until < eve
            until = rule.valid_until if ended else eve
            found.append(replace(rule, valid_until=until, confirmed=None))
    return sorted(found, key=lambda one: one.valid_from)


def taken_over(pack: Pack, mine: Pack | None) -> Pack:
    """The pack as the house takes it: off unless the house has it on, confirmed as it was here."""
    kept = {_bare(rule): rule.confirmed for rule in mine.rules} if mine is not None else {}
    rules = tuple(replace(rule, confirmed=kept.get(_bare(rule))) for rule in pack.rules)
    return replace(pack, rules=rules, enabled=mine is not None and mine.enabled)


def _bare(rule: Rule) -> Rule:
    return replace(rule, confirmed=None, valid_until=None)
