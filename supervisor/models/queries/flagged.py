"""Which visits count as completed and as flagged, for every rate over visits alike."""

from typing import Any

from sqlalchemy import ColumnElement, exists, or_

from supervisor.models.enums import VisitOutcome
from supervisor.models.enums_incidents import ClosingReason, Verdict
from supervisor.models.rows.effects import Rate
from supervisor.models.rules.intervals import wilson
from supervisor.models.tables import Flag, Visit

_NOT_DONE = (VisitOutcome.ABORTED, VisitOutcome.NOT_DONE)
_NOTHING = (Verdict.NOT_UPHELD, Verdict.FALSE_ALARM, Verdict.DUPLICATE)
_GONE = (ClosingReason.WITHDRAWN, ClosingReason.DUPLICATE)


def completed() -> ColumnElement[bool]:
    """A visit that took place."""
    return Visit.outcome.not_in(_NOT_DONE)


def stands() -> ColumnElement[bool]:
    """A flag nobody found to be nothing: those not judged yet count, withdrawn ones do not."""
    return or_(Flag.verdict.is_(None), Flag.verdict.not_in(_NOTHING)) & or_(
        Flag.closing_reason.is_(None), Flag.closing_reason.not_in(_GONE)
    )


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
