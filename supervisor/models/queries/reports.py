"""Reports there are: the list, one with its snapshot and register, and a stored copy's bytes."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from supervisor.errors import BadInputError, ConflictError
from supervisor.models import snapshots
from supervisor.models.enums_reports import CopyForm, ReportKind, RunState
from supervisor.models.ids import BranchId, ReportId
from supervisor.models.rows.reports import (
    CONTENTS,
    Commentary,
    CopyRow,
    KeptWords,
    PackVersion,
    ReportRequest,
    Restated,
    RunAsk,
    RunFilter,
    RunRow,
    Snapshot,
    Stamp,
    StoredRun,
)
from supervisor.models.tables import Branch, ReportCopy, ReportRun

_LIGHT = [one for one in ReportRun.__table__.c if one.name != "content"]


@dataclass(frozen=True, slots=True)
class CopyAsk:
    """The stored copy of a run in a language; the newest one."""

    id: ReportId
    language: str
    allowed: tuple[BranchId, ...] | None = None


def runs(session: Session, wanted: RunFilter) -> tuple[RunRow, ...]:
    """The list, the latest period first and of one period the newest run first."""
    stmt = select(*_LIGHT, ReportRun.content.is_not(None).label("kept"), _copies()).order_by(
        ReportRun.to_on.desc(), ReportRun.id.desc()
    )
    if wanted.kinds:
        stmt = stmt.where(ReportRun.kind.in_(wanted.kinds))
    if wanted.states:
        stmt = stmt.where(ReportRun.state.in_(wanted.states))
    if wanted.branches:
        stmt = stmt.where(_holds_one_of(wanted.branches))
    if wanted.to_on is not None:
        stmt = stmt.where(ReportRun.to_on == wanted.to_on)
    names = _names(session)
    found: list[RunRow] = []
    for row in session.execute(stmt):
        if len(found) == wanted.limit:
            break
        if _may_see(row.scope, wanted.allowed):
            found.append(_row(row, names))
    return tuple(found)


def stored_run(session: Session, ask: RunAsk) -> StoredRun:
    """A run with its snapshot and register.

    Raises:
        BadInputError: there is no such run, or it is not of the branches that may be seen.
        ConflictError: its content is no longer kept, damaged, or from a newer program.
    """
    row = session.execute(
        select(ReportRun.__table__, ReportRun.content.is_not(None).label("kept"), _copies()).where(
            ReportRun.id == ask.id
        )
    ).one_or_none()
    if row is None or not _may_see(row.scope, ask.allowed):
        raise BadInputError("report_not_found")
    if row.content is None:
        raise ConflictError("report_too_old")
    return StoredRun(_row(row, _names(session)), _snapshot(row), _register(session, ask.id))


def stored_copy(session: Session, ask: CopyAsk) -> tuple[CopyRow, bytes]:
    """The newest kept copy in a language, byte for byte as it was issued.

    Raises:
        BadInputError: there is no such run, or no copy of it is kept.
        ConflictError: the bytes are damaged.
    """
    scope = session.scalar(select(ReportRun.scope).where(ReportRun.id == ask.id))
    if scope is None or not _may_see(scope, ask.allowed):
        raise BadInputError("report_not_found")
    row = session.execute(
        select(ReportCopy.__table__)
        .where(
            ReportCopy.run_id == ask.id,
            ReportCopy.language == ask.language,
            ReportCopy.data.is_not(None),
        )
        .order_by(ReportCopy.number.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        raise BadInputError("report_copy_missing")
    try:
        return _copy(row), zlib.decompress(row.data)
    except zlib.error as error:
        raise ConflictError("report_damaged") from error


def _holds_one_of(branches: Iterable[BranchId]) -> Any:
    """Runs over one of these branches: over it alone, over several, or over every branch."""
    several = (ReportRun.scope.contains(f",{one},", autoescape=True) for one in branches)
    return or_(
        ReportRun.branch_id.in_(tuple(branches)),
        and_(
            ReportRun.branch_id.is_(None),
            or_(ReportRun.scope == "", *several),
        ),
    )


def _copies() -> Any:
    return (
        select(func.count())
        .where(ReportCopy.run_id == ReportRun.id)
        .correlate(ReportRun)
        .scalar_subquery()
        .label("copies")
    )


def _scope(text: str) -> tuple[BranchId, ...] | None:
    return tuple(BranchId(int(one)) for one in text.strip(",").split(",")) if text else None


def _may_see(text: str, allowed: tuple[BranchId, ...] | None) -> bool:
    """Every branch of the scope must be seen: a report over more says more."""
    ids = _scope(text)
    return allowed is None or (ids is not None and set(ids) <= set(allowed))


def _names(session: Session) -> dict[int, str]:
    return {row.id: row.name for row in session.execute(select(Branch.id, Branch.name))}


def _row(row: Any, names: dict[int, str]) -> RunRow:
    ids = _scope(row.scope) or ()
    words = _words(row.commentary)
    return RunRow(
        id=ReportId(row.id),
        version=row.version,
        number=row.number,
        kind=ReportKind(row.kind),
        branch_ids=ids,
        branches=_known(ids, names),
        from_on=row.from_on,
        to_on=row.to_on,
        subject=row.subject,
        state=RunState(row.state),
        as_of=row.as_of,
        taken_at=row.recorded_at,
        taken_by=row.taken_by,
        checked_by=row.checked_by,
        signed_by=row.signed_by,
        restates=None if row.restates is None else ReportId(row.restates),
        restated=len(_restated(row.restated)),
        copies=row.copies,
        digest=row.digest,
        kept=bool(row.kept),
        look=words.look,
        withdrawn=words.withdrawn,
    )


def _words(text: str) -> KeptWords:
    """What people wrote; nothing where a newer program wrote it in another way."""
    try:
        return snapshots.from_json(KeptWords, text)
    except snapshots.SnapshotError:
        return KeptWords()


def _known(ids: Iterable[int], names: dict[int, str]) -> tuple[str, ...]:
    return tuple(names.get(one, str(one)) for one in ids)


def _restated(text: str) -> tuple[Restated, ...]:
    return snapshots.from_json(tuple[Restated, ...], text)


def _snapshot(row: Any) -> Snapshot:
    kind = ReportKind(row.kind)
    try:
        text = snapshots.unpack(row.content)
    except snapshots.SnapshotError as error:
        raise ConflictError("report_damaged") from error
    if snapshots.digest_of(text) != row.digest:
        raise ConflictError("report_damaged")
    try:
        words = snapshots.from_json(KeptWords, row.commentary)
        return Snapshot(
            id=ReportId(row.id),
            number=row.number,
            request=ReportRequest(
                kind, _scope(row.scope), row.from_on, row.to_on, row.subject or None
            ),
            as_of=row.as_of,
            taken_by=row.taken_by,
            state=RunState(row.state),
            content=snapshots.from_json(CONTENTS[kind], text),
            commentary=snapshots.from_json(Commentary, row.commentary),
            look=words.look,
            withdrawn=words.withdrawn,
            measures_version=row.measures_version,
            packs=snapshots.from_json(tuple[PackVersion, ...], row.packs),
            restated=_restated(row.restated),
            checked=_stamp(row.checked_by, row.checked_at),
            signed=_stamp(row.signed_by, row.signed_at),
        )
    except snapshots.SnapshotError as error:
        raise ConflictError("report_content_new") from error


def _stamp(name: str, at: Any) -> Stamp | None:
    return None if at is None else Stamp(name, at)


def _register(session: Session, run: ReportId) -> tuple[CopyRow, ...]:
    columns = [one for one in ReportCopy.__table__.c if one.name != "data"]
    stmt = (
        select(*columns, ReportCopy.data.is_not(None).label("stored"))
        .where(ReportCopy.run_id == run)
        .order_by(ReportCopy.number)
    )
    found: Sequence[Any] = session.execute(stmt).all()
    return tuple(_copy(row) for row in found)


def _copy(row: Any) -> CopyRow:
    return CopyRow(
        number=row.number,
        form=CopyForm(row.form),
        language=row.language,
        stamp=Stamp(row.stamp_name, row.stamp_at),
        by=row.made_by,
        sha256=row.digest,
        size=row.size,
        stored=bool(getattr(row, "stored", True)),
    )
