"""What a database holds, so that a copy of it can be compared."""

from collections.abc import Mapping
from dataclasses import dataclass

from supervisor.models.rows.audit import AuditCheckRow


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """Rows by table, and the verdict on the audit chain.

    Attributes:
        rows: number of rows of every table of ours that is there, by name.
        audit: as `queries.audit.verify` finds it.
    """

    rows: Mapping[str, int]
    audit: AuditCheckRow

    @property
    def total(self) -> int:
        """Rows of all tables together."""
        return sum(self.rows.values())
