"""What the pictures of a weekly report are made of: the questions the screens ask."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.house_calendar import calendar_of
from supervisor.models.ids import StaffId
from supervisor.models.queries.measures import measures
from supervisor.models.queries.overview_charts import flag_rate_facts, raised_facts
from supervisor.models.queries.report_scope import A_DAY, A_WEEK, Scope
from supervisor.models.queries.workloads import workloads
from supervisor.models.rows.measures import MeasureReport
from supervisor.models.rows.overview_charts import FlagRateFacts, RaisedFacts
from supervisor.models.rows.report_weekly import Charts
from supervisor.models.rows.workloads import WorkloadAsk, Workloads
from supervisor.models.rules.report_figures import Reports

_M = MeasureId
TREND_WEEKS, SPARK_WEEKS, FLAG_WEEKS, INTAKES = 12, 8, 20, 9
"""Weeks of a trend, of hours and sparks, of flag rates; intakes drawn: as on the screens."""
TREND = (
    _M.MET_RATE,
    _M.PROMISE_RATE,
    _M.KEPT_RATE,
    _M.REFUSAL_RATE,
    _M.CONFLICT_RATE,
    _M.LEGAL_RISK_RATE,
)
SHARES = (_M.COVERAGE, _M.MET_RATE, _M.KEPT_RATE, _M.FOLLOW_UP_ON_TIME)
"""Shares beside the target of the month, as `pictures.targets.SHARES`."""


def charts(
    session: Session, found: Scope, month: Reports, target: MeasureReport, week: Reports
) -> Charts:
    """Everything that is drawn; `month`, `week` and `target` have been asked for already."""
    loads = loads_of(session, found)
    trend = week_trend(session, found, TREND)
    hours, quiet = met_hours(session, found)
    roll, funnel, fair, compliance, by_week, by_month, *received = measures(
        session,
        (
            found.measure(_M.ROLL_MATRIX, found.month),
            found.measure(_M.FUNNEL, found.month),
            found.measure(_M.FAIR_COMPARISON, found.month),
            found.measure(_M.COMPLIANCE_SHARES),
            found.measure(
                _M.RECOVERY_CURVE, monday(found.last) - A_WEEK * (INTAKES - 1), by=(Dimension.WEEK,)
            ),
            found.measure(_M.RECOVERY_CURVE, months_back(found.month, INTAKES - 1),
                          by=(Dimension.MONTH,)),
            *(
                found.measure(_M.RECOVERY_AMOUNT, found.first - A_WEEK * n, found.last - A_WEEK * n)
                for n in reversed(range(1, SPARK_WEEKS))
            ),
        ),
    )  # fmt: skip
    return Charts(
        visit_weeks=trend,
        received_weeks=(*received, week[_M.RECOVERY_AMOUNT]),
        intakes_week=by_week,
        intakes_month=by_month,
        roll=roll,
        funnel=funnel,
        hours=hours,
        quiet=quiet,
        compliance=compliance,
        targets=(target, *(month[one] for one in SHARES)),
        flag_rates=rate_of_flags(session, found),
        raised=raised(session, found),
        fair=fair,
        loads=loads,
        names=names_of(loads),
        today=found.last,
    )


def monday(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def months_back(first: date, count: int) -> date:
    """The first of the month so many months before."""
    for _ in range(count):
        first = (first - A_DAY).replace(day=1)
    return first


def week_trend(
    session: Session,
    found: Scope,
    asked: tuple[MeasureId, ...],
    agents: tuple[StaffId, ...] = (),
) -> tuple[MeasureReport, ...]:
    """Measures over visits and promises by week, up to the end of the period."""
    first = monday(found.last) - A_WEEK * (TREND_WEEKS - 1)
    wanted = (found.measure(one, first, by=(Dimension.WEEK,), agents=agents) for one in asked)
    return measures(session, tuple(wanted))


def met_hours(
    session: Session, found: Scope, agents: tuple[StaffId, ...] = ()
) -> tuple[MeasureReport, MeasureReport]:
    """Met rate by weekday and hour, and visits outside the lawful hours: eight weeks."""
    first, by = monday(found.last) - A_WEEK * (SPARK_WEEKS - 1), (Dimension.WEEKDAY, Dimension.HOUR)
    met, quiet = measures(
        session,
        (
            found.measure(_M.MET_RATE, first, by=by, agents=agents),
            found.measure(_M.QUIET_HOURS, first, agents=agents),
        ),
    )
    return met, quiet


def rate_of_flags(session: Session, found: Scope) -> FlagRateFacts:
    """Flags that stand and visits by week."""
    first = monday(found.last) - A_WEEK * (FLAG_WEEKS - 1)
    return flag_rate_facts(session, found.measure(_M.MET_RATE, first, by=(Dimension.WEEK,)))


def raised(session: Session, found: Scope) -> RaisedFacts:
    """Flags raised in the period and in as many days before it."""
    days = (found.last - found.first).days + 1
    before = found.first - timedelta(days=days)
    asked = (
        found.incidents(found.first, found.last),
        found.incidents(before, found.first - A_DAY),
        (found.measure(_M.MET_RATE), found.measure(_M.FLAG_FIRST_LOOK)),
    )
    return raised_facts(session, asked)


def loads_of(session: Session, found: Scope) -> Workloads | None:
    """What everybody of the one branch holds when the report is taken, without the cases."""
    branch = found.the_branch
    if branch is None:
        return None
    ask = found.ask
    tomorrow = calendar_of(session).next_workday(ask.as_of)
    row = workloads(session, WorkloadAsk(branch, ask.as_of, tomorrow, ask.now, ask.actor))
    return replace(row, cases=(), conflicts={})


def names_of(loads: Workloads | None) -> tuple[tuple[StaffId, str], ...]:
    """Who may be named in a picture of people."""
    return () if loads is None else tuple((one.staff_id, one.name) for one in loads.people)
