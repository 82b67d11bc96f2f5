"""Flags counted by kind, state and who caused them.

Answered by `queries.flag_counts`: `raised_flags(session, IncidentFilter) -> tuple[RaisedRow, ...]`
and `weekly_flags(session, MeasureFilter) -> tuple[WeeklyFlagsRow, ...]`.
"""

from dataclasses import dataclass
from datetime import date

from supervisor.models.enums import CausedBy, FlagCategory, FlagState


@dataclass(frozen=True, slots=True)
class RaisedRow:
    """How many flags the conditions find of one kind, state and causer."""

    category: FlagCategory
    state: FlagState
    caused_by: CausedBy
    flags: int


@dataclass(frozen=True, slots=True)
class WeeklyFlagsRow:
    """How many flags stand on the completed visits of a week; `week` is its Monday."""

    week: date
    category: FlagCategory
    caused_by: CausedBy
    flags: int
