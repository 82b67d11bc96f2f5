"""Runs an order names: found, locked, checked; and how their scope is written."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models.changes import Actor
from supervisor.models.commands.selection import may_see
from supervisor.models.enums import Role
from supervisor.models.enums_reports import ReportKind, RunState
from supervisor.models.ids import BranchId
from supervisor.models.orders_reports import ReportRef
from supervisor.models.rules.report_look import kinds_seen
from supervisor.models.tables import ReportRun

_DESK = frozenset({Role.SUPERVISOR, Role.MANAGER, Role.COMPLIANCE, Role.ADMIN})
TAKERS = {
    kind: _DESK | {Role.TRAINING_LEAD} if kind is ReportKind.TRAINING else _DESK
    for kind in ReportKind
}
"""Who may take, comment and check a report of a kind."""


def check_reader(actor: Actor, kind: ReportKind) -> None:
    """Raise unless the role may read reports of this kind.

    Raises:
        BadInputError: it may not; said as if there were none.
    """
    if kind not in kinds_seen(actor.role):
        raise BadInputError("report_not_found")


def scope_text(branches: Sequence[BranchId] | None) -> str:
    """Ids with a comma around each; empty: every branch."""
    return "" if branches is None else f",{','.join(map(str, sorted(branches)))},"


def scope_ids(text: str) -> tuple[BranchId, ...] | None:
    """The branches again; None: every branch."""
    return tuple(BranchId(int(one)) for one in text.strip(",").split(",")) if text else None


def check_taker(actor: Actor, kind: ReportKind) -> None:
    """Raise unless the role may work on reports of this kind.

    Raises:
        NotAllowedError: it may not.
    """
    if actor.role not in TAKERS[kind]:
        raise NotAllowedError("report_not_yours", role=actor.role.value)


def check_scope(actor: Actor, branches: Sequence[BranchId] | None) -> None:
    """Raise unless every branch of the scope is the actor's.

    Raises:
        NotAllowedError: one is not.
    """
    if branches is None:
        if actor.branches is not None:
            raise NotAllowedError("branch_not_yours")
    elif not all(may_see(actor, one) for one in branches):
        raise NotAllowedError("branch_not_yours")


def the_run(session: Session, actor: Actor, ref: ReportRef) -> Any:
    """The run an order names, locked, without its content.

    Raises:
        ConflictError: it is gone, or changed since it was read.
        NotAllowedError: not the actor's branch.
        BadInputError: of a kind the role does not see.
    """
    columns = [one for one in ReportRun.__table__.c if one.name != "content"]
    stmt = select(*columns).where(ReportRun.id == ref.report_id).with_for_update()
    row = session.execute(stmt).one_or_none()
    if row is None:
        raise ConflictError("report_not_found")
    check_scope(actor, scope_ids(row.scope))
    check_reader(actor, ReportKind(row.kind))
    if ref.version is not None and ref.version != row.version:
        raise ConflictError("report_changed")
    return row


def still_open(row: Any) -> None:
    """Raise unless the run may still be changed.

    Raises:
        ConflictError: it is signed or withdrawn.
    """
    if row.state == RunState.SIGNED:
        raise ConflictError("report_is_signed")
    if row.state == RunState.WITHDRAWN:
        raise ConflictError("report_is_withdrawn")
