"""Saved views: make, change, pin, share, hand over, remove; all of it can be taken back."""

import json
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models.changes import Actor, Changes
from supervisor.models.commands.selection import may_see
from supervisor.models.commands.trace import Trace
from supervisor.models.enums import Act, Role, Topic
from supervisor.models.ledger import allocate_ids
from supervisor.models.orders import RemoveView, SaveView
from supervisor.models.tables import SavedView

LONGEST_NAME = 100
NO_BRANCH = 0


def save_view(session: Session, order: SaveView) -> Changes:
    """Create a view, or rename, pin, share, hand over or redefine one.

    Raises:
        BadInputError: no name, a name too long, or a definition that is none.
        ConflictError: the name is taken, or the view is gone or changed.
        NotAllowedError: the view is somebody else's; on a server: handed over by its owner.
    """
    _refuse_unusable(order)
    if order.branch_id is not None and not may_see(order.actor, order.branch_id):
        raise NotAllowedError("branch_not_yours")
    old = None if order.view_id is None else _mine(session, order.actor, order.view_id)
    if old is not None and order.version is not None and order.version != old.version:
        raise ConflictError("view_changed", name=old.name)
    owner = order.owner or (order.actor.name if old is None else old.owner)
    if old is not None and owner != old.owner:
        _check_hand_over(session, order.actor)
    values = {
        "branch_id": order.branch_id,
        "owner": owner,
        "scope": order.scope,
        "shared_role": order.shared_role,
        "name": order.name.strip(),
        "pinned": order.pinned,
        "definition": order.definition,
    }
    _refuse_taken_name(session, values, 0 if old is None else old.id)
    trace = Trace(order)
    view_id = (
        _create(session, trace, values) if old is None else _change(session, trace, old, values)
    )
    trace.save(session)
    return _changes(order, Act.VIEW_SAVED, view_id)


def remove_view(session: Session, order: RemoveView) -> Changes:
    """Remove a view; taking it back restores it as it was.

    Raises:
        ConflictError: it is gone already.
        NotAllowedError: it is somebody else's.
    """
    old = _mine(session, order.actor, order.view_id)
    trace = Trace(order)
    trace.removed(SavedView, (old.branch_id or NO_BRANCH, old.id), old._asdict(), subject=old.name)
    session.execute(delete(SavedView).where(SavedView.id == old.id))
    trace.save(session)
    return _changes(order, Act.VIEW_REMOVED, old.id)


def _refuse_unusable(order: SaveView) -> None:
    if not order.name.strip():
        raise BadInputError("view_name_empty")
    if len(order.name.strip()) > LONGEST_NAME:
        raise BadInputError("view_name_too_long", longest=LONGEST_NAME)
    try:
        readable = isinstance(json.loads(order.definition), dict)
    except ValueError:
        readable = False
    if not readable:
        raise BadInputError("view_definition_unreadable")


def _mine(session: Session, actor: Actor, view_id: int) -> Row[Any]:
    old = session.execute(
        select(SavedView.__table__).where(SavedView.id == view_id).with_for_update()
    ).one_or_none()
    if old is None:
        raise ConflictError("view_gone")
    if old.owner != actor.name and actor.role is not Role.ADMIN:
        raise NotAllowedError("view_not_yours", name=old.name)
    return old


def _check_hand_over(session: Session, actor: Actor) -> None:
    """A server lets nobody write under another name but an administrator."""
    if session.get_bind().dialect.name != "sqlite" and actor.role is not Role.ADMIN:
        raise NotAllowedError("view_handed_over_by_admin")


def _refuse_taken_name(session: Session, values: dict[str, Any], own_id: int) -> None:
    taken = session.scalar(
        select(SavedView.id)
        .where(
            SavedView.owner == values["owner"],
            SavedView.name == values["name"],
            SavedView.id != own_id,
        )
        .limit(1)
    )
    if taken is not None:
        raise ConflictError("view_name_taken", name=values["name"])


def _create(session: Session, trace: Trace, values: dict[str, Any]) -> int:
    (view_id,) = allocate_ids(session, 1)
    last = session.scalar(
        select(func.max(SavedView.position)).where(SavedView.owner == values["owner"])
    )
    session.execute(
        insert(SavedView).values(
            id=view_id, position=(last or 0) + 1, recorded_at=clock.now(), **values
        )
    )
    key = (values["branch_id"] or NO_BRANCH, view_id)
    trace.created(SavedView, key, version=1, subject=values["name"])
    return view_id


def _change(session: Session, trace: Trace, old: Row[Any], values: dict[str, Any]) -> int:
    # Only what is another: on an office server nobody may set the branch of a view anew.
    values = {name: value for name, value in values.items() if getattr(old, name) != value}
    before = {name: getattr(old, name) for name in values}
    trace.changed(
        SavedView,
        (old.branch_id or NO_BRANCH, old.id),
        before,
        version=old.version + 1,
        subject=old.name,
    )
    session.execute(
        update(SavedView)
        .where(SavedView.id == old.id)
        .values(**values, version=SavedView.version + 1)
    )
    return int(old.id)


def _changes(order: SaveView | RemoveView, act: Act, view_id: int) -> Changes:
    return Changes(
        act=act,
        topics=frozenset({Topic.VIEWS}),
        counts={"views": 1},
        undo_id=order.command_id,
        created={"view": view_id},
        facts={"view_id": view_id},
    )
