"""Imports done so far, kept mappings, and arrivals that wait or were refused."""

import json
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.models.enums import Kind
from supervisor.models.enums_intake import BatchState, InboxState
from supervisor.models.ids import BatchId
from supervisor.models.rows.intake import ArrivalRow, BatchRow, IntakeRow
from supervisor.models.rules.parameters import IMPORT_UNDO_HOURS, PARAMETERS
from supervisor.models.tables import ImportBatch, ImportMapping, Inbox, Parameter

_LATEST = 500


def batches(session: Session, kind: Kind | None) -> tuple[BatchRow, ...]:
    """The latest imports (of a kind), newest first."""
    stmt = select(ImportBatch).order_by(ImportBatch.done_at.desc(), ImportBatch.id.desc())
    if kind is not None:
        stmt = stmt.where(ImportBatch.kind == kind.value)
    hours = _undo_hours(session)
    return tuple(_batch(found, hours) for found in session.scalars(stmt.limit(_LATEST)))


def intake(session: Session, _nothing: None) -> IntakeRow:
    """What the import screen opens with."""
    refused = select(func.count()).where(Inbox.state == InboxState.REFUSED.value)
    named = select(ImportBatch.source).union(select(ImportMapping.source))
    return IntakeRow(
        batches=batches(session, None),
        refused=arrivals(session, InboxState.REFUSED),
        refused_count=session.scalar(refused) or 0,
        sources=tuple(sorted(filter(None, session.scalars(named)))),
    )


def _undo_hours(session: Session) -> int:
    stmt = select(Parameter.value).where(
        Parameter.key == IMPORT_UNDO_HOURS, Parameter.branch_id == 0
    )
    return int(session.scalar(stmt) or PARAMETERS[IMPORT_UNDO_HOURS].default)


def _batch(found: ImportBatch, hours: int) -> BatchRow:
    until = found.done_at + timedelta(hours=hours)
    done = found.state == BatchState.DONE.value
    return BatchRow(
        batch_id=BatchId(found.id),
        kind=Kind(found.kind),
        source=found.source,
        file_name=found.file_name,
        done_at=found.done_at,
        done_by=found.done_by,
        read=found.rows_read,
        inserted=found.inserted,
        updated=found.updated,
        unchanged=found.unchanged,
        refused=found.refused,
        state=BatchState(found.state),
        undone_at=found.undone_at,
        undo_until=until if done and until >= clock.now() else None,
    )


def mapping(session: Session, wanted: tuple[str, Kind]) -> dict[str, str | None] | None:
    """The mapping kept for (source, kind): heading to field key."""
    source, kind = wanted
    stmt = select(ImportMapping.mapping).where(
        ImportMapping.source == source[:100], ImportMapping.kind == kind.value
    )
    kept = session.scalar(stmt)
    if kept is None:
        return None
    read: dict[str, str | None] = json.loads(kept)
    return read


def arrivals(session: Session, state: InboxState | None) -> tuple[ArrivalRow, ...]:
    """The latest arrivals of a state (None: any), newest first."""
    stmt = select(Inbox).order_by(Inbox.id.desc()).limit(_LATEST)
    if state is not None:
        stmt = stmt.where(Inbox.state == state.value)
    return tuple(_arrival(found) for found in session.scalars(stmt))


def _arrival(found: Inbox) -> ArrivalRow:
    reason = json.loads(found.reason) if found.reason else {}
    return ArrivalRow(
        arrival_id=found.id,
        kind=found.kind,
        source=found.source,
        key=found.key,
        received_at=found.received_at,
        state=InboxState(found.state),
        code=reason.get("code"),
        facts=reason.get("facts", {}),
    )


def waiting(session: Session, _nothing: None) -> int:
    """How many arrivals wait."""
    stmt = select(func.count()).select_from(Inbox).where(Inbox.state == InboxState.WAITING.value)
    return session.scalar(stmt) or 0
