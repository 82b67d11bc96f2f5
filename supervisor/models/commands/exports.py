"""Rows that leave the program leave a line in the audit."""

from sqlalchemy.orm import Session

from supervisor.models.changes import Changes
from supervisor.models.enums import Act
from supervisor.models.orders import LogExport


def log_export(session: Session, order: LogExport) -> Changes:
    """Write that rows were exported or copied; the audit event is all there is to it."""
    del session
    return Changes(
        act=Act.COPIED if order.copied else Act.EXPORTED,
        topics=frozenset(),
        counts={"rows": order.rows},
        facts={"what": order.what} | ({} if order.case_id is None else {"case_id": order.case_id}),
    )
