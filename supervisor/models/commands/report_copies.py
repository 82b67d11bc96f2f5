"""The register of copies (登记簿), and how long reports are kept."""

import hashlib
import zlib
from datetime import date
from typing import Any

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.models.changes import Changes
from supervisor.models.commands.parameters import number_of
from supervisor.models.commands.report_selection import the_run
from supervisor.models.commands.reports import TOPICS, facts_of, request_of
from supervisor.models.enums import Act
from supervisor.models.enums_reports import CopyForm, RunState
from supervisor.models.ledger import allocate_ids
from supervisor.models.orders_reports import RegisterCopy, TidyReports
from supervisor.models.rules.parameters import REPORT_YEARS
from supervisor.models.tables import ReportCopy, ReportRun

_UNSYNCHRONISED = {"synchronize_session": False}


def register_copy(session: Session, order: RegisterCopy) -> Changes:
    """Write who took which copy away; `created["copy"]` is its number in the register.

    The bytes of the first PDF of a language are kept, and of the first after it was signed, so
    that the issued paper can be had again whatever becomes of the program.

    Raises:
        ConflictError: the report is gone or changed.
        NotAllowedError: not the actor's branches.
    """
    row = the_run(session, order.actor, order.report)
    newest = select(func.max(ReportCopy.number)).where(ReportCopy.run_id == row.id)
    number = (session.scalar(newest) or 0) + 1
    (copy_id,) = allocate_ids(session, 1)
    digest = hashlib.sha256(order.data).hexdigest()
    kept = order.form is not CopyForm.WORKBOOK and not _is_kept(session, row, order.language)
    session.execute(
        insert(ReportCopy).values(
            id=copy_id,
            run_id=row.id,
            number=number,
            form=order.form,
            language=order.language,
            stamp_name=order.stamp.name,
            stamp_at=order.stamp.at,
            made_by=order.actor.name,
            digest=digest,
            size=len(order.data),
            data=zlib.compress(order.data) if kept else None,
            recorded_at=clock.now(),
        )
    )
    return Changes(
        act=Act.REPORT_COPIED,
        topics=TOPICS,
        counts={"copies": 1, "bytes": len(order.data)},
        created={"copy": number},
        facts={
            **facts_of(request_of(row), row.number),
            "form": order.form.value,
            "language": order.language,
            "stamp": order.stamp.name,
            "sha256": digest,
        },
    )


def _is_kept(session: Session, row: object, language: str) -> bool:
    """Whether a copy in this language is kept already that is as far as the report has come."""
    signed_at = getattr(row, "signed_at", None)
    stmt = select(ReportCopy.id).where(
        ReportCopy.run_id == getattr(row, "id", None),
        ReportCopy.language == language,
        ReportCopy.data.is_not(None),
    )
    if signed_at is not None:
        stmt = stmt.where(ReportCopy.recorded_at >= signed_at)
    return session.scalar(stmt.limit(1)) is not None


def anything_old(session: Session, on: date) -> bool:
    """Whether `tidy_reports` would find something on this day."""
    return session.scalar(_old(_oldest(session, on)).limit(1)) is not None


def _oldest(session: Session, on: date) -> date:
    """The first day a report must reach to be kept by its age alone."""
    years = number_of(session, REPORT_YEARS)
    return on.replace(year=on.year - years, day=min(on.day, 28))


def _old(oldest: date) -> "Select[Any]":
    """Reports past their time. What is signed is kept for good, what awaits a signature too."""
    return (
        select(ReportRun.id)
        .where(
            ReportRun.to_on < oldest,
            ReportRun.content.is_not(None),
            ReportRun.signed_at.is_(None),
            ReportRun.state != RunState.CHECKED,
        )
        .order_by(ReportRun.id)
    )


def tidy_reports(session: Session, order: TidyReports) -> Changes:
    """Take away content and stored copies of reports past their time; their lines stay.

    Signed reports (also those withdrawn later) and those that await a signature are never touched.
    """
    oldest = _oldest(session, order.on)
    old = list(session.scalars(_old(oldest).limit(order.limit)))
    if old:
        session.execute(
            update(ReportCopy)
            .where(ReportCopy.run_id.in_(old), ReportCopy.data.is_not(None))
            .values(data=None, version=ReportCopy.version + 1),
            execution_options=_UNSYNCHRONISED,
        )
        session.execute(
            update(ReportRun)
            .where(ReportRun.id.in_(old))
            .values(content=None, version=ReportRun.version + 1),
            execution_options=_UNSYNCHRONISED,
        )
    return Changes(
        act=Act.REPORTS_TIDIED,
        topics=TOPICS if old else frozenset(),
        counts={"reports": len(old)},
        facts={"until": oldest.isoformat()},
    )
