"""Flags counted by kind, state and who caused them, for the charts of the start page."""

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from supervisor.models.enums import CausedBy, FlagCategory, FlagState
from supervisor.models.enums_measures import Dimension
from supervisor.models.queries.incident_conditions import conditions
from supervisor.models.queries.measure_visits import tallies
from supervisor.models.rows.flag_counts import RaisedRow, WeeklyFlagsRow
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.rules.measures.grouping import day_key
from supervisor.models.tables import Flag
from supervisor.models.visit_tallies import FLAG


def raised_flags(session: Session, wanted: IncidentFilter) -> tuple[RaisedRow, ...]:
    """What the list of incidents shows with the same conditions, counted."""
    stmt = (
        select(Flag.category, Flag.state, Flag.caused_by, func.count())
        .where(*conditions(wanted))
        .group_by(Flag.category, Flag.state, Flag.caused_by)
    )
    found = (
        RaisedRow(FlagCategory(category), FlagState(state), CausedBy(cause), int(flags))
        for category, state, cause, flags in session.execute(stmt)
    )
    order = [list(one) for one in (FlagCategory, FlagState, CausedBy)]
    return tuple(
        sorted(
            found,
            key=lambda row: (
                order[0].index(row.category),
                order[1].index(row.state),
                order[2].index(row.caused_by),
            ),
        )
    )


def weekly_flags(session: Session, wanted: MeasureFilter) -> tuple[WeeklyFlagsRow, ...]:
    """Flags that stand on completed visits, by the week of the visit, kind and causer.

    Over the causers they add up to the numerators of the refusal, conflict and legal-risk rates by
    week. Branches are those that did the visits; teams and people are not asked for.
    """
    found: Counter[tuple[object, str, str]] = Counter()
    for day, what, flags in tallies(session, wanted, f"{FLAG}:%"):
        _, category, cause = what.split(":")
        found[day_key(Dimension.WEEK, day), category, cause] += flags
    return tuple(
        WeeklyFlagsRow(week, FlagCategory(category), CausedBy(cause), flags)  # type: ignore[arg-type]
        for (week, category, cause), flags in sorted(found.items(), key=str)
    )
