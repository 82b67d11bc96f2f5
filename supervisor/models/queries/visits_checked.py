"""How many visits were checked for flags: what an empty list of incidents says."""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from supervisor.models.queries.incident_conditions import scope
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.models.rows.visits_checked import VisitsChecked
from supervisor.models.tables import Visit


def visits_checked(session: Session, wanted: IncidentFilter) -> VisitsChecked:
    """Visits done on the days of `raised_from` to `raised_until`, in the filter's branches."""
    branches = scope(wanted.branches, wanted.allowed)
    conditions: list[ColumnElement[bool]] = []
    if branches is not None:
        conditions.append(Visit.branch_id.in_(branches))
    if wanted.raised_from is not None:
        conditions.append(Visit.visited_on >= wanted.raised_from)
    if wanted.raised_until is not None:
        conditions.append(Visit.visited_on <= wanted.raised_until)
    every, judged = session.execute(
        select(func.count(), func.count(Visit.judged_with)).select_from(Visit).where(*conditions)
    ).one()
    return VisitsChecked(judged, every - judged)
