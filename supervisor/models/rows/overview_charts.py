"""Facts behind charts of the start page, answered by `queries.overview_charts`."""

from dataclasses import dataclass

from supervisor.models.rows.flag_counts import RaisedRow, WeeklyFlagsRow
from supervisor.models.rows.measures import MeasureReport


@dataclass(frozen=True, slots=True)
class FlagRateFacts:
    """Standing flags by week, kind and causer; `visits`: a measure by week whose n are visits."""

    flags: tuple[WeeklyFlagsRow, ...]
    visits: MeasureReport


@dataclass(frozen=True, slots=True)
class RaisedFacts:
    """Flags raised in a period and in the one before, visits done and first looks in time."""

    now: tuple[RaisedRow, ...]
    before: tuple[RaisedRow, ...]
    visits: MeasureReport
    first_look: MeasureReport
