"""Words of what comes in: import batches, the inbox, what staff do."""

from enum import StrEnum


class BatchState(StrEnum):
    """Course of an import batch."""

    DONE = "done"
    UNDONE = "undone"


class InboxState(StrEnum):
    """Course of an arrival."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    DISMISSED = "dismissed"


class StaffRole(StrEnum):
    """What somebody does in a branch, as a staff file says it; a person may do several."""

    COLLECTOR = "collector"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    TRAINING_LEAD = "training_lead"
    COMPLIANCE = "compliance"
    ADMIN = "admin"
    AUDITOR = "auditor"
