"""The rule packs of the house: what we bring or it took from files, with every change it made."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from supervisor.errors import BadInputError
from supervisor.models.rules.packs.changing import RuleChange, overlay_known, switched
from supervisor.models.rules.packs.judging import compile_pack
from supervisor.models.rules.packs.model import Pack, Value
from supervisor.models.rules.packs.parsing import parse
from supervisor.models.rules.packs.shipped import shipped_packs
from supervisor.models.rules.visit_judgement import Shelf, shelf_of
from supervisor.models.tables import RuleChangeRow

WHOLE = "*"
"""Stands for the rule id where a whole pack was read from a file."""


@dataclass(frozen=True, slots=True)
class Base:
    """A pack before the changes of the house; `number`: only later changes count upon it."""

    pack: Pack
    number: int = 0


def bases(session: Session) -> tuple[Base, ...]:
    """Packs by id: of one we bring and one taken from a file the higher version, else the file."""
    found = {pack.id: Base(pack) for pack in shipped_packs()}
    stmt = (
        select(RuleChangeRow.id, RuleChangeRow.text)
        .where(RuleChangeRow.rule_id == WHOLE)
        .order_by(RuleChangeRow.id)
    )
    for row in session.execute(stmt):
        pack = _parsed(row.text)
        known = found.get(pack.id)
        if known is None or pack.version >= known.pack.version:
            found[pack.id] = Base(pack, row.id)
    return tuple(found[id_] for id_ in sorted(found))


@lru_cache(maxsize=8)
def _parsed(text: str) -> Pack:
    """A pack as it was stored; it was checked before."""
    parsed = parse(text)
    if parsed.pack is None:
        raise BadInputError("pack_has_problems", path=WHOLE, count=len(parsed.problems))
    return parsed.pack


def changes(session: Session, base: Base) -> tuple[RuleChange, ...]:
    """Stored changes of single rules of a pack since it is what it is, in their order."""
    stmt = (
        select(RuleChangeRow)
        .where(
            RuleChangeRow.pack_id == base.pack.id,
            RuleChangeRow.rule_id.not_in(("", WHOLE)),
            RuleChangeRow.id > base.number,
        )
        .order_by(RuleChangeRow.id)
    )
    return tuple(_change(row) for row in session.scalars(stmt))


def _change(row: RuleChangeRow) -> RuleChange:
    raw: Mapping[str, object] = json.loads(row.params)
    return RuleChange(
        number=row.id,
        rule_id=row.rule_id,
        valid_from=row.valid_from,
        by=row.by,
        at=row.recorded_at,
        reason=row.reason,
        enabled=row.enabled,
        params=tuple((key, _value(value)) for key, value in sorted(raw.items())),
        confirmed=row.confirmed,
    )


def _value(value: object) -> Value:
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    return value if isinstance(value, int) else str(value)


def packs_of(session: Session, _nothing: None = None) -> tuple[Pack, ...]:
    """Every pack as the house has it, those that are off included, by id."""
    return tuple(as_it_is(session, base) for base in bases(session))


def as_it_is(session: Session, base: Base) -> Pack:
    """A pack with the changes that can be applied, on or off as it was switched last."""
    pack, _ = overlay_known(base.pack, changes(session, base))
    on = session.scalar(
        select(RuleChangeRow.enabled)
        .where(RuleChangeRow.pack_id == base.pack.id, RuleChangeRow.rule_id == "")
        .order_by(RuleChangeRow.id.desc())
        .limit(1)
    )
    return pack if on is None else switched(pack, enabled=on)


def shelf(session: Session, _nothing: None = None) -> Shelf:
    """The packs that are on, ready to judge; made anew only when a change was stored."""
    state = session.execute(
        select(func.count(), func.max(RuleChangeRow.id), func.max(RuleChangeRow.hash))
    ).one()
    address = str(session.get_bind().engine.url)
    return _remembered(session, (address, *state))


_shelves: dict[tuple[object, ...], Shelf] = {}
_KEPT = 4


def _remembered(session: Session, key: tuple[object, ...]) -> Shelf:
    known = _shelves.get(key)
    if known is None:
        known = shelf_of(_compiled(pack) for pack in packs_of(session))
        while len(_shelves) >= _KEPT:
            _shelves.pop(next(iter(_shelves)), None)
        _shelves[key] = known
    return known


_compiled = lru_cache(maxsize=8)(compile_pack)
