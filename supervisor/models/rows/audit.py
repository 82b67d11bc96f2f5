"""What a check of the audit chain found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuditCheckRow:
    """The verdict on the chain.

    Attributes:
        ok: every event links to the one before it and the head agrees.
        count: events read.
        head: hash of the last event read (64 zeros when there is none).
        first_bad: number of the first event that is wrong or missing; None when all is well.
    """

    ok: bool
    count: int
    head: str
    first_bad: int | None
