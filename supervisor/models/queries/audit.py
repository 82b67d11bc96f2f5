"""Whether the audit chain is whole."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.models.ledger import GENESIS, event_hash
from supervisor.models.rows.audit import AuditCheckRow
from supervisor.models.tables import AuditEvent, AuditHead

PORTION = 2_000
"""Events held in memory at a time."""


def verify(session: Session, _wanted: None) -> AuditCheckRow:
    """Walk the chain from its first event; finds changed, missing, swapped and cut-off events."""
    head = session.execute(
        select(AuditHead.count.label("events"), AuditHead.last_hash)
    ).one_or_none()
    stmt = (
        select(
            AuditEvent.seq,
            AuditEvent.at,
            AuditEvent.actor,
            AuditEvent.role,
            AuditEvent.act,
            AuditEvent.command_id,
            AuditEvent.counts,
            AuditEvent.prev_hash,
            AuditEvent.hash,
        )
        .order_by(AuditEvent.seq)
        # Events appended since the head was read are not this check's business.
        .where(AuditEvent.seq <= (head.events if head else 0))
        .execution_options(yield_per=PORTION)
    )
    length, last_hash = 0, GENESIS
    for row in session.execute(stmt):
        link = event_hash(
            last_hash, row.seq, row.at, row.actor, row.role, row.act, row.command_id, row.counts
        )
        if row.seq != length + 1 or row.prev_hash != last_hash or row.hash != link:
            return AuditCheckRow(ok=False, count=length, head=last_hash, first_bad=length + 1)
        length, last_hash = row.seq, row.hash
    if head is None or head.events != length or head.last_hash != last_hash:
        return AuditCheckRow(ok=False, count=length, head=last_hash, first_bad=length + 1)
    return AuditCheckRow(ok=True, count=length, head=last_hash, first_bad=None)
