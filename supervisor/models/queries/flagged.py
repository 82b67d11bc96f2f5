"""Which visits count as completed and as flagged, for every rate over visits alike."""

from typing import Any

from sqlalchemy import ColumnElement, exists

from supervisor.models.rows.effects import Rate
from supervisor.models.rules.intervals import wilson
from supervisor.models.tables import Flag, Visit
from supervisor.models.visit_facts import completed, stands

__all__ = ["a_rate", "completed", "flagged"]


def flagged(*conditions: Any) -> ColumnElement[bool]:
    """The visit has a flag that stands and meets the conditions."""
    return exists().where(
        Flag.branch_id == Visit.branch_id,
        Flag.case_id == Visit.case_id,
        Flag.visit_id == Visit.id,
        stands(),
        *conditions,
    )


def a_rate(hits: int, of: int) -> Rate:
    """A share with its interval."""
    interval = wilson(hits, of)
    low, high = interval if interval is not None else (None, None)
    return Rate(hits, of, low, high)
