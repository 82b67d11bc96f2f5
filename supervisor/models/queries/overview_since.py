"""What changed since an instant, in counts: flags, steps, complaints, cases, imports."""

from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from supervisor.clock import business_date
from supervisor.models.enums import Severity
from supervisor.models.queries.incident_conditions import scope
from supervisor.models.rows.overview_since import SinceFilter, SinceRow
from supervisor.models.tables import Case, Complaint, Flag, FollowUp, ImportBatch


def changed_since(session: Session, wanted: SinceFilter) -> SinceRow:
    """Counts of what the person may see."""
    branches = scope(wanted.branches, wanted.allowed)

    def count(table: Any, *where: Any) -> int:
        here = [] if branches is None else [table.branch_id.in_(branches)]
        found = session.scalar(select(func.count()).select_from(table).where(*where, *here))
        return int(found or 0)

    day = business_date(wanted.since)
    critical = (Flag.raised_at >= wanted.since, Flag.severity == Severity.CRITICAL)
    imports, imported = _imports(session, wanted) if branches is None else (None, None)
    return SinceRow(
        flags_raised=count(Flag, Flag.raised_at >= wanted.since),
        critical=count(Flag, *critical),
        flags_closed=count(Flag, Flag.closed_at >= wanted.since),
        steps_done=count(FollowUp, FollowUp.done_at >= wanted.since),
        complaints=count(Complaint, Complaint.received_at >= wanted.since),
        placed=count(Case, Case.placed_on.between(day, wanted.as_of)),
        ended=count(Case, Case.ended_on.between(day, wanted.as_of)),
        imports=imports,
        imported=imported,
    )


def _imports(session: Session, wanted: SinceFilter) -> tuple[int, int]:
    taken = case((ImportBatch.state == "done", ImportBatch.inserted + ImportBatch.updated))
    batches, rows = session.execute(
        select(func.count(taken), func.sum(taken)).where(ImportBatch.done_at >= wanted.since)
    ).one()
    return int(batches), int(rows or 0)
