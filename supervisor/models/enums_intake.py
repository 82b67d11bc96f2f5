"""Words of what came in: import batches and the inbox."""

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
