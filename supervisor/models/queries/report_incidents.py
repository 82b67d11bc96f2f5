"""Incidents and their follow-up over a period, made of what the page of incidents asks."""

from datetime import timedelta

from sqlalchemy.orm import Session

from supervisor.models.enums_measures import MeasureId
from supervisor.models.queries.agreement import agreement
from supervisor.models.queries.incidents import ageing, burn_down
from supervisor.models.queries.measures import measures
from supervisor.models.queries.report_charts import raised, rate_of_flags
from supervisor.models.queries.report_figures import ask_all, flag_lines
from supervisor.models.queries.report_items import complaints, items, late_steps
from supervisor.models.queries.report_scope import head_of, scope_of
from supervisor.models.queries.report_weekly import definitions, precision
from supervisor.models.rows.agreement import AgreementFilter
from supervisor.models.rows.report_incidents import IncidentsContent
from supervisor.models.rows.reports import ReportAsk
from supervisor.models.rules.report_figures import FLAG_RATES

_M = MeasureId
AGREEMENT_DAYS = timedelta(days=89)


def incidents_report(session: Session, ask: ReportAsk) -> IncidentsContent:
    """The content of an incident and follow-up report.

    Raises:
        BadInputError: the period is upside down or lies ahead, or there is no such branch.
        NotAllowedError: a branch is not the actor's.
    """
    found = scope_of(session, ask)
    first_look, on_time = measures(
        session, (found.measure(_M.FLAG_FIRST_LOOK), found.measure(_M.FOLLOW_UP_ON_TIME))
    )
    raised_items, raised_total = items(session, found, found.incidents(found.first, found.last))
    open_items, open_total = items(session, found, found.incidents(open_only=True))
    pairs = AgreementFilter(
        branches=found.branches or (),
        allowed=ask.actor.branches,
        first_on=found.last - AGREEMENT_DAYS,
        last_on=found.last,
    )
    return IncidentsContent(
        head=head_of(session, found),
        flags=flag_lines(session, found, ask_all(session, found, (_M.MET_RATE, *FLAG_RATES))),
        ageing=ageing(session, found.incidents()),
        raised_items=raised_items,
        raised_total=raised_total,
        open_items=open_items,
        open_total=open_total,
        late_steps=late_steps(session, found),
        complaints=complaints(session, found),
        first_look=first_look,
        on_time=on_time,
        flag_rates=rate_of_flags(session, found),
        raised=raised(session, found),
        burn_down=burn_down(session, found.incidents(found.first, found.last)),
        precision=precision(session, found),
        agreement=agreement(session, pairs),
        definitions=definitions(
            FLAG_RATES, (_M.FLAG_FIRST_LOOK, _M.FOLLOW_UP_ON_TIME, _M.PRECISION)
        ),
    )
