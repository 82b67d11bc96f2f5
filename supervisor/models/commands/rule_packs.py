"""The rule packs of the house: what we bring, with every change an administrator made."""

import json
from collections.abc import Mapping
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from supervisor.models.rules.packs.changing import RuleChange, overlay, switched
from supervisor.models.rules.packs.judging import compile_pack
from supervisor.models.rules.packs.model import Pack, Value
from supervisor.models.rules.packs.shipped import shipped_packs
from supervisor.models.rules.visit_judgement import Shelf, shelf_of
from supervisor.models.tables import RuleChangeRow


def changes(session: Session, pack_id: str) -> tuple[RuleChange, ...]:
    """Stored changes of single rules of a pack, in the order they were made."""
    stmt = (
        select(RuleChangeRow)
        .where(RuleChangeRow.pack_id == pack_id, RuleChangeRow.rule_id != "")
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
    found = []
    for base in shipped_packs():
        pack = overlay(base, changes(session, base.id))
        on = session.scalar(
            select(RuleChangeRow.enabled)
            .where(RuleChangeRow.pack_id == base.id, RuleChangeRow.rule_id == "")
            .order_by(RuleChangeRow.id.desc())
            .limit(1)
        )
        found.append(pack if on is None else switched(pack, enabled=on))
    return tuple(found)


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
