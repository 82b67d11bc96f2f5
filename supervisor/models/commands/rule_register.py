"""Every rule of the house: as it counts now, with each version it had and who made it."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.errors import BadInputError
from supervisor.models.commands.rule_packs import Base, as_it_is, bases, changes
from supervisor.models.rows.rule_register import (
    PackAsk,
    PackLine,
    PackText,
    Parameter,
    Register,
    RegisterAsk,
    RuleLine,
    VersionLine,
)
from supervisor.models.rules.packs.canonical import canonical_text, pack_hash
from supervisor.models.rules.packs.citing import citation_of
from supervisor.models.rules.packs.compiling import counting
from supervisor.models.rules.packs.model import Pack, Rule
from supervisor.models.rules.packs.stored import change_hash
from supervisor.models.rules.packs.tracing import Made, traced
from supervisor.models.tables import RuleChangeRow

DIGEST_SHOWN = 8


def rule_register(session: Session, ask: RegisterAsk) -> Register:
    """Packs by id, rules by pack, section and id."""
    packs, rules = [], []
    for base in bases(session):
        pack = as_it_is(session, base)
        _, made = traced(base.pack, changes(session, base))
        packs.append(_pack_line(session, base, pack, ask.as_of))
        rules += _rule_lines(pack, made, ask.as_of)
    return Register(ask.as_of, tuple(packs), tuple(rules))


def _pack_line(session: Session, base: Base, pack: Pack, as_of: date) -> PackLine:
    stmt = (
        select(RuleChangeRow.by, RuleChangeRow.recorded_at)
        .where(RuleChangeRow.pack_id == pack.id)
        .order_by(RuleChangeRow.id.desc())
        .limit(1)
    )
    last = session.execute(stmt).one_or_none()
    in_force = pack.in_force(as_of)
    return PackLine(
        pack_id=pack.id,
        version=pack.version,
        name_zh=pack.name_zh,
        name_en=pack.name_en,
        enabled=pack.enabled,
        hash=pack_hash(pack),
        rules=sum(rule.enabled for rule in in_force),
        off=sum(not rule.enabled for rule in in_force),
        confirmed=sum(rule.confirmed is not None for rule in in_force),
        taken=base.number > 0,
        changed_by=last.by if last else "",
        changed_at=last.recorded_at if last else None,
    )


def _rule_lines(pack: Pack, made: Iterable[Made], as_of: date) -> list[RuleLine]:
    by_id: dict[str, list[Made]] = defaultdict(list)
    for one in made:
        by_id[one.rule.id].append(one)
    found = [_rule_line(pack, versions, as_of) for versions in by_id.values()]
    return sorted(found, key=lambda line: (line.section, line.rule_id))


def _rule_line(pack: Pack, versions: list[Made], as_of: date) -> RuleLine:
    shown = _shown([one for one in versions if one.stands], as_of)
    rule, change = shown.rule, shown.change
    return RuleLine(
        pack_id=pack.id,
        rule_id=rule.id,
        label=rule.label,
        zh=rule.zh,
        en=rule.en,
        section=rule.section,
        subjects=rule.subjects,
        category=rule.category,
        severity=rule.severity,
        counts_as=counting(rule.severity, confirmed=rule.confirmed is not None),
        caused_by=rule.caused_by,
        citation=citation_of(pack, rule),
        also=_also(pack, rule),
        blocks=rule.blocks,
        follow_up=rule.follow_up,
        params=_parameters(rule),
        valid_from=rule.valid_from,
        valid_until=rule.valid_until,
        enabled=rule.enabled,
        pack_enabled=pack.enabled,
        in_force=rule.in_force(as_of),
        confirmed_by=rule.confirmed.by if rule.confirmed else "",
        confirmed_on=rule.confirmed.on if rule.confirmed else None,
        changed_by=change.by if change else "",
        changed_at=change.at if change else None,
        history=tuple(_version(one) for one in _newest_first(versions)),
    )


def _shown(standing: list[Made], as_of: date) -> Made:
    """The version in force, else the next to come, else the last."""
    by_day = sorted(standing, key=lambda one: one.rule.valid_from)
    for one in by_day:
        if one.rule.in_force(as_of):
            return one
    coming = [one for one in by_day if one.rule.valid_from > as_of]
    return coming[0] if coming else by_day[-1]


def _newest_first(versions: Iterable[Made]) -> list[Made]:
    return sorted(
        versions,
        key=lambda one: (one.rule.valid_from, one.rule.version, one.rule.revision),
        reverse=True,
    )


def _version(made: Made) -> VersionLine:
    rule, change = made.rule, made.change
    return VersionLine(
        label=rule.label,
        valid_from=rule.valid_from,
        valid_until=rule.valid_until,
        enabled=rule.enabled,
        confirmed=rule.confirmed is not None,
        params=rule.params,
        by=change.by if change else "",
        at=change.at if change else None,
        reason=change.reason if change else "",
        hash=change_hash(change) if change else "",
        stands=made.stands,
    )


def _parameters(rule: Rule) -> tuple[Parameter, ...]:
    limits = dict(rule.limits)
    return tuple(Parameter(key, value, limits.get(key, ())) for key, value in rule.params)


def _also(pack: Pack, rule: Rule) -> tuple[tuple[str, str, str], ...]:
    titles = {one.id: (one.title_zh, one.title_en) for one in pack.documents}
    return tuple((*titles[document], clause) for document, clause in rule.also)


def pack_text(session: Session, ask: PackAsk) -> PackText:
    """A pack with the changes of the house, as the text of a file; reading it gives the same.

    Raises:
        BadInputError: there is no such pack.
    """
    for base in bases(session):
        if base.pack.id == ask.pack_id:
            pack = as_it_is(session, base)
            digest = pack_hash(pack)
            table: Any = json.loads(canonical_text(pack))
            text = json.dumps(table, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
            name = f"{pack.id}-v{pack.version}-{digest[:DIGEST_SHOWN]}.json"
            return PackText(name, text, digest, len(pack.rules))
    known = ", ".join(base.pack.id for base in bases(session))
    raise BadInputError("pack_unknown", id=ask.pack_id, known=known)
