"""Flags counted by kind, state and who caused them, for the charts of the start page."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from supervisor.models.enums import CausedBy, FlagCategory, FlagState
from supervisor.models.enums_measures import Dimension
from supervisor.models.queries.incident_conditions import conditions, start_of
from supervisor.models.queries.measure_visits import branches_of
from supervisor.models.rows.flag_counts import RaisedRow, WeeklyFlagsRow
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.rules.measures.grouping import day_key
from supervisor.models.tables import Flag, Visit
from supervisor.models.visit_facts import completed, stands

A_DAY = timedelta(days=1)


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
    first, until = wanted.first_on, wanted.until
    same = and_(
        Visit.branch_id == Flag.branch_id,
        Visit.case_id == Flag.case_id,
        Visit.id == Flag.visit_id,
    )
    where = [completed(), stands(), Visit.visited_on.between(first, until)]
    # A visit begins on its business date: this narrows the flags before visits are looked up.
    where.append(Flag.happened_at >= start_of(first - A_DAY))
    branches = branches_of(wanted)
    if branches is not None:
        where.append(Visit.done_by_branch_id.in_(branches))
    stmt = (
        select(Visit.visited_on, Flag.category, Flag.caused_by, func.count())
        .select_from(Flag)
        .join(Visit, same)
        .where(*where)
        .group_by(Visit.visited_on, Flag.category, Flag.caused_by)
    )
    found: Counter[tuple[object, str, str]] = Counter()
    for day, category, cause, flags in session.execute(stmt):
        found[day_key(Dimension.WEEK, day), category, cause] += int(flags)
    return tuple(
        WeeklyFlagsRow(week, FlagCategory(category), CausedBy(cause), flags)  # type: ignore[arg-type]
        for (week, category, cause), flags in sorted(found.items(), key=str)
    )
