"""What the charts of the start page rest on, each read by itself: one that fails fails alone."""

from sqlalchemy.orm import Session

from supervisor.models.queries.flag_counts import raised_flags, weekly_flags
from supervisor.models.queries.measures import measures
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.rows.overview_charts import FlagRateFacts, RaisedFacts


def flag_rate_facts(session: Session, visits: MeasureFilter) -> FlagRateFacts:
    """Flags and visits by week; `visits` is a measure over visits by week."""
    (done,) = measures(session, (visits,))
    return FlagRateFacts(weekly_flags(session, visits), done)


def raised_facts(
    session: Session,
    asked: tuple[IncidentFilter, IncidentFilter, tuple[MeasureFilter, MeasureFilter]],
) -> RaisedFacts:
    """Flags of a period and of the one before; visits done and first looks of the period."""
    now, before, (done, looks) = asked
    visits, first_look = measures(session, (done, looks))
    return RaisedFacts(
        raised_flags(session, now), raised_flags(session, before), visits, first_look
    )
