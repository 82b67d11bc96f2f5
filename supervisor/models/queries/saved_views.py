"""Saved views as rows, and the stored form of their conditions.

The stored form is JSON: fields that say something, by name. Day and instant are never stored; a
field or a value this program does not know (a newer one wrote it) is left out, not refused.
"""

import json
import types
import typing
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.models.changes import Actor
from supervisor.models.enums_queue import SortKey, ViewScope
from supervisor.models.ids import TeamId, ViewId
from supervisor.models.rows.case_queue import CaseQueueFilter, Sort
from supervisor.models.rows.saved_view import SavedViewRow
from supervisor.models.rules.builtin_views import BUILTIN, Asker, wanted_by
from supervisor.models.tables import SavedView, Staff

_NEVER_STORED = frozenset({"as_of", "now"})
_COLUMNS = "columns"


def saved_views(session: Session, actor: Actor) -> tuple[SavedViewRow, ...]:
    """The ready-made views, then the actor's own and those shared with their role and branches.

    Conditions are as of the present day; ready-made views have their key as name.
    """
    as_of, now = clock.today(), clock.now()
    asker = Asker(actor.branches, _team_of(session, actor))
    ready = tuple(
        SavedViewRow(
            view_id=None,
            builtin=key,
            name=key,
            owner="",
            scope=ViewScope.SHARED,
            pinned=False,
            position=place,
            wanted=wanted_by(key, as_of, now, asker),
            columns=(),
            version=0,
        )
        for place, key in enumerate(BUILTIN)
    )
    return ready + _stored(session, actor, as_of, now)


def _stored(session: Session, actor: Actor, as_of: date, now: datetime) -> tuple[SavedViewRow, ...]:
    shared = and_(
        SavedView.scope == ViewScope.SHARED,
        or_(SavedView.shared_role.is_(None), SavedView.shared_role == actor.role),
    )
    if actor.branches is not None:
        here = or_(SavedView.branch_id.is_(None), SavedView.branch_id.in_(actor.branches))
        shared = and_(shared, here)
    rows = session.execute(
        select(SavedView.__table__)
        .where(or_(SavedView.owner == actor.name, shared))
        .order_by(SavedView.pinned.desc(), SavedView.position, SavedView.name, SavedView.id)
    )
    return tuple(
        SavedViewRow(
            view_id=ViewId(row.id),
            builtin=None,
            name=row.name,
            owner=row.owner,
            scope=ViewScope(row.scope),
            pinned=row.pinned,
            position=row.position,
            wanted=wanted_from(row.definition, as_of, now),
            columns=columns_from(row.definition),
            version=row.version,
        )
        for row in rows
    )


def _team_of(session: Session, actor: Actor) -> TeamId | None:
    if actor.staff_id is None:
        return None
    team = session.scalar(select(Staff.team_id).where(Staff.id == actor.staff_id))
    return TeamId(team) if team is not None else None


def definition_of(wanted: CaseQueueFilter, columns: tuple[str, ...] = ()) -> str:
    """The stored form of conditions, order and columns."""
    plain = CaseQueueFilter(as_of=wanted.as_of, now=wanted.now)
    said = {
        field.name: _to_json(getattr(wanted, field.name))
        for field in fields(CaseQueueFilter)
        if field.name not in _NEVER_STORED
        and getattr(wanted, field.name) != getattr(plain, field.name)
    }
    if columns:
        said[_COLUMNS] = list(columns)
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def wanted_from(definition: str, as_of: date, now: datetime) -> CaseQueueFilter:
    """Read the stored form back, for a day; what is not understood is left out."""
    said = _read(definition)
    known: dict[str, Any] = {}
    for name, kind in _kinds().items():
        if name in said:
            value = _from_json(kind, said[name])
            if value is not _UNKNOWN:
                known[name] = value
    return CaseQueueFilter(as_of=as_of, now=now, **known)


def columns_from(definition: str) -> tuple[str, ...]:
    """The columns of a stored view; empty means the default ones."""
    columns = _read(definition).get(_COLUMNS, [])
    return tuple(str(column) for column in columns) if isinstance(columns, list) else ()


_UNKNOWN = object()
"""Stands for a value this program cannot read."""


def _read(definition: str) -> dict[str, Any]:
    try:
        said = json.loads(definition)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


@cache
def _kinds() -> dict[str, Any]:
    hints = typing.get_type_hints(CaseQueueFilter)
    return {name: kind for name, kind in hints.items() if name not in _NEVER_STORED}


def _to_json(value: Any) -> Any:
    if isinstance(value, Sort):
        return {"key": value.key.value, "descending": value.descending}
    if isinstance(value, frozenset):
        return sorted(_to_json(item) for item in value)
    if isinstance(value, tuple):
        return [_to_json(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _from_json(kind: Any, value: Any) -> Any:
    """The value as its field's type; items of a collection that are not known are left out."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is types.UnionType:
        return None if value is None else _from_json(inner[0], value)
    if origin in {tuple, frozenset}:
        items = value if isinstance(value, list) else []
        read = [_from_json(inner[0], item) for item in items]
        return origin(item for item in read if item is not _UNKNOWN)
    try:
        return _single(kind, value)
    except (KeyError, TypeError, ValueError):
        return _UNKNOWN


def _single(kind: Any, value: Any) -> Any:
    if kind is Sort:
        return Sort(SortKey(value["key"]), bool(value.get("descending", False)))
    if kind is date:
        return date.fromisoformat(value)
    plain = getattr(kind, "__supertype__", kind)
    if plain in {bool, str, int} and type(value) is not plain:
        raise TypeError(value)
    return plain(value)
