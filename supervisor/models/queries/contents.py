"""What a database holds in all: the proof of a copy."""

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from supervisor.models.queries.audit import verify
from supervisor.models.rows.contents import ContentsRow
from supervisor.models.tables import AuditEvent, metadata


def contents(session: Session, _wanted: None) -> ContentsRow:
    """Count every table of ours that is there, and walk the audit chain."""
    there = set(inspect(session.connection()).get_table_names())
    tables = [table for table in metadata().sorted_tables if table.name in there]
    rows = {
        table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
        for table in tables
        if table.name != AuditEvent.__tablename__
    }
    found = verify(session, None)
    return ContentsRow(rows={**rows, AuditEvent.__tablename__: found.count}, audit=found)
