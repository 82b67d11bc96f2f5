"""On how many days people went out, over all branches at once."""

from typing import Any

from sqlalchemy import Select, exists, func, literal_column, select, union
from sqlalchemy.orm import Session

from supervisor.models.queries.asked_branches import FIRST, UNTIL, given
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.tables import SummaryDirty, SummaryVisit, Visit
from supervisor.models.visit_cuts import AGENT, NOBODY
from supervisor.models.visit_facts import completed, visits_from


def all_person_days(session: Session, wanted: MeasureFilter) -> int:
    """Days of people with a visit in the period; somebody counts once for each day."""
    return int(session.execute(_PRESENT, given(wanted)).scalar_one())


def _present() -> Select[Any]:
    """Days of people over all branches: on clean days as kept, and who is not among those.

    Somebody may have gone out for two branches on a day, of which one is dirty.
    """
    own, taken = SummaryVisit, SummaryDirty
    clean = (
        # Said in so many words: an index of these rows alone knows the people of a day.
        own.cut == literal_column(f"'{AGENT}'"),
        own.key != NOBODY,
        ~exists().where(taken.branch_id == own.branch_id, taken.day == own.day),
    )
    days = own.day.between(FIRST, UNTIL)
    known = select(own.day, own.key).where(days, *clean).group_by(own.day, own.key).subquery()
    dirty = select(taken.branch_id, taken.day).where(taken.day.between(FIRST, UNTIL)).distinct()
    days_of = dirty.cte("dirty")

    def went(person: Any) -> Select[Any]:
        return (
            select(Visit.visited_on.label("day"), person.label("person"))
            .select_from(visits_from(days_of))
            .where(completed(), person.is_not(None))
        )

    each = union(went(Visit.agent_id), went(Visit.second_agent_id)).subquery("went")
    also = ~exists().where(own.day == each.c.day, own.key == each.c.person, *clean)
    more = select(func.count()).select_from(each).where(also).scalar_subquery()
    return select(select(func.count()).select_from(known).scalar_subquery() + more)


_PRESENT = _present()
