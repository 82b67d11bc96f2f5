"""The house's own changes to a pack: each makes a new version of a rule, none alters an old one.

A change counts from a day on and never backwards, so that a visit of the past is judged as before.
What the text of a rule allows bounds every parameter: the house may be stricter, not laxer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from supervisor.clock import business_date
from supervisor.errors import BadInputError
from supervisor.models.rows.packs import Confidence, Problem
from supervisor.models.rules.packs.kinds import KINDS
from supervisor.models.rules.packs.model import Check, Confirmation, Pack, Rule, Value
from supervisor.models.rules.packs.parsing import allows
from supervisor.models.rules.packs.parsing_checks import value_of
from supervisor.models.rules.packs.walking import Walk


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One change of one rule, as it is stored.

    Attributes:
        number: counted up by whoever stores changes; decides the order.
        rule_id: which rule.
        valid_from: first day it counts.
        by: who made it; `at`: when.
        reason: why, in the person's words.
        enabled: on or off; None: as it was.
        params: parameters to set; those not named stay as they were.
        confirmed: True: confirmed with its source by `by`; False: no longer; None: as it was.
    """

    number: int
    rule_id: str
    valid_from: date
    by: str
    at: datetime
    reason: str
    enabled: bool | None = None
    params: tuple[tuple[str, Value], ...] = ()
    confirmed: bool | None = None


def apply_change(pack: Pack, change: RuleChange) -> Pack:
    """The pack with one more version of one rule.

    The version in force on `valid_from` ends the day before; one that began on that very day is
    replaced. Versions of the text that begin later start with their own values.

    Raises:
        BadInputError: nothing to change, no reason, no such rule or parameter, a value out of its
            bounds, a day in the past, or no version in force on it.
    """
    if change.valid_from < business_date(change.at):
        raise BadInputError("change_in_past", day=change.valid_from.isoformat())
    if not change.reason.strip():
        raise BadInputError("change_without_reason")
    old = _in_force(pack, change)
    new = replace(_changed(old, change), revision=_next_revision(pack, old))
    others = [rule for rule in pack.rules if rule is not old]
    kept = []
    if old.valid_from < change.valid_from:
        kept = [replace(old, valid_until=change.valid_from - timedelta(days=1))]
    rules = sorted((*others, *kept, new), key=lambda one: (one.id, one.version, one.revision))
    return replace(pack, rules=tuple(rules))


def _in_force(pack: Pack, change: RuleChange) -> Rule:
    versions = [rule for rule in pack.rules if rule.id == change.rule_id]
    if not versions:
        raise BadInputError("change_rule_unknown", id=change.rule_id)
    for rule in versions:
        if rule.in_force(change.valid_from):
            return rule
    day = change.valid_from.isoformat()
    raise BadInputError("change_rule_not_in_force", id=change.rule_id, day=day)


def _changed(old: Rule, change: RuleChange) -> Rule:
    enabled = old.enabled if change.enabled is None else change.enabled
    confirmed = old.confirmed
    if change.confirmed is not None:
        day = business_date(change.at)
        confirmed = Confirmation(change.by, day) if change.confirmed else None
    params = tuple(sorted((dict(old.params) | _checked(old, dict(change.params))).items()))
    new = replace(old, enabled=enabled, confirmed=confirmed, params=params)
    if new == old:
        raise BadInputError("change_changes_nothing", id=change.rule_id)
    return replace(new, valid_from=change.valid_from)


def _next_revision(pack: Pack, old: Rule) -> int:
    versions = (rule for rule in pack.rules if (rule.id, rule.version) == (old.id, old.version))
    return max(rule.revision for rule in versions) + 1


def _checked(rule: Rule, wanted: Mapping[str, Value]) -> dict[str, Value]:
    """The parameters to set, of their type and within their bounds."""
    known, limits, found = dict(rule.params), dict(rule.limits), {}
    for key, value in wanted.items():
        if key not in known:
            raise BadInputError("change_parameter_unknown", id=rule.id, key=key)
        read = _typed(rule, key, value)
        limit = limits.get(key)
        if read is None or (limit is not None and not allows(limit, read)):
            bounds = ", ".join(str(one) for one in limit or ())
            raise BadInputError("change_out_of_bounds", id=rule.id, key=key, bounds=bounds)
        found[key] = read
    return found


def _typed(rule: Rule, key: str, value: Value) -> Value | None:
    """The value as a parameter keeps it; None when it is not of the type its check needs."""
    for check in _flat(rule.checks):
        for slot, used in check.slots:
            if used == f"${key}":
                problems: list[Problem] = []
                walk = Walk({}, "", problems)
                raw = list(value) if isinstance(value, tuple) else value
                read = value_of(walk, key, raw, KINDS[check.kind].slots[slot].type)
                return None if problems else read
    return None


def _flat(checks: Iterable[Check]) -> list[Check]:
    return [one for check in checks for one in (check, *_flat(check.alternatives))]


def overlay(base: Pack, changes: Iterable[RuleChange]) -> Pack:
    """The base with stored changes, in the order of their numbers, whatever order they come in.

    Raises:
        BadInputError: one of them cannot be applied.
    """
    pack = base
    for change in sorted(changes, key=lambda one: one.number):
        pack = apply_change(pack, change)
    return pack


def overlay_known(
    base: Pack, changes: Iterable[RuleChange]
) -> tuple[Pack, tuple[tuple[RuleChange, BadInputError], ...]]:
    """Like `overlay`, but what cannot be applied is left out and told with its reason.

    A pack of a newer program may lack a rule or allow less than when a change was stored; that
    must not keep the others from counting.
    """
    pack, left_out = base, []
    for change in sorted(changes, key=lambda one: one.number):
        try:
            pack = apply_change(pack, change)
        except BadInputError as error:
            left_out.append((change, error))
    return pack, tuple(left_out)


def switched(pack: Pack, *, enabled: bool) -> Pack:
    """The pack on or off as a whole."""
    return replace(pack, enabled=enabled)


def confirmations(
    pack: Pack,
    by: str,
    at: datetime,
    *,
    reason: str,
    first_number: int = 1,
    confidences: Iterable[Confidence] = (Confidence.TEXT,),
) -> tuple[RuleChange, ...]:
    """One confirmation for each unconfirmed rule in force that is supported so well."""
    wanted, day = frozenset(confidences), business_date(at)
    ids = [
        rule.id
        for rule in pack.in_force(day)
        if rule.confirmed is None and rule.confidence in wanted
    ]
    return tuple(
        RuleChange(first_number + place, id_, day, by, at, reason, confirmed=True)
        for place, id_ in enumerate(sorted(ids))
    )
