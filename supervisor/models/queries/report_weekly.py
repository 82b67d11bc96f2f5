"""The weekly report of a branch, made of the questions the screens ask."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from supervisor.models.enums import FlagCategory, Severity
from supervisor.models.enums_intake import BatchState
from supervisor.models.enums_measures import MeasureId
from supervisor.models.queries.flag_counts import raised_flags
from supervisor.models.queries.imports import waiting
from supervisor.models.queries.incident_conditions import start_of
from supervisor.models.queries.incidents import ageing, incident_counts
from supervisor.models.queries.measures import measures
from supervisor.models.queries.report_charts import charts
from supervisor.models.queries.report_figures import (
    aims_of,
    ask_all,
    flag_lines,
    summary,
    target_of,
)
from supervisor.models.queries.report_items import complaints, items, late_steps
from supervisor.models.queries.report_people import people, stages
from supervisor.models.queries.report_scope import A_DAY, Scope, head_of, one_branch, scope_of
from supervisor.models.queries.rule_precision import rule_precision
from supervisor.models.rows.incidents import PrecisionFilter, RulePrecision
from supervisor.models.rows.measures import MeasureReport, MeasureRow
from supervisor.models.rows.report_weekly import QualityBox, ReviewCounts, WeeklyContent
from supervisor.models.rows.reports import ReportAsk
from supervisor.models.rules.measures.definitions import MEASURES
from supervisor.models.rules.report_figures import ASKED
from supervisor.models.tables import ImportBatch

_M = MeasureId
PRECISION_DAYS = timedelta(days=90)
DRAWN = (
    *(_M.ROLL_MATRIX, _M.FUNNEL, _M.RECOVERY_CURVE, _M.COMPLIANCE_SHARES, _M.QUIET_HOURS),
    *(_M.FAIR_COMPARISON, _M.TARGET_PROGRESS, _M.UNTOUCHED, _M.WORKLOAD, _M.FLAG_FIRST_LOOK),
    *(_M.PRECISION, _M.DATA_QUALITY),
)
"""Measures beside those of the summary whose definitions the paper prints."""


def weekly(session: Session, ask: ReportAsk) -> WeeklyContent:
    """The content of a weekly report.

    Raises:
        BadInputError: the period is upside down or lies ahead, or it is not about one branch.
        NotAllowedError: a branch is not the actor's.
    """
    found = scope_of(session, ask)
    one_branch(found)
    periods, target = ask_all(session, found), target_of(session, found)
    aimed = aims_of(session, found)
    pictures = replace(charts(session, found, periods[3], target, periods[0]), aims=aimed)
    teams, total = people(session, found, pictures.fair, target)
    open_items, open_total = items(session, found, found.incidents(open_only=True))
    return WeeklyContent(
        head=head_of(session, found),
        figures=summary(periods, target, aimed),
        stages=stages(session, found),
        teams=teams,
        branch_total=total,
        charts=pictures,
        flags=flag_lines(session, found, periods),
        ageing=ageing(session, found.incidents()),
        open_items=open_items,
        open_total=open_total,
        late_steps=late_steps(session, found),
        complaints=complaints(session, found),
        reviews=_reviews(session, found, pictures.raised.first_look),
        precision=precision(session, found),
        quality=quality(session, found),
        definitions=definitions(ASKED, DRAWN),
    )


def definitions(*groups: tuple[MeasureId, ...]) -> tuple[MeasureId, ...]:
    """The measures of these groups, in the order of their definitions."""
    used = {one for group in groups for one in group}
    return tuple(one for one in MEASURES if one in used)


def _reviews(session: Session, found: Scope, first_look: MeasureReport) -> ReviewCounts:
    def raised(**more: object) -> int:
        wanted = found.incidents(found.first, found.last, **more)
        return sum(row.flags for row in raised_flags(session, wanted))

    (on_time,) = measures(session, (found.measure(_M.FOLLOW_UP_ON_TIME),))
    serious = frozenset({Severity.CRITICAL})
    conflicts = frozenset({FlagCategory.CONFLICT})
    return ReviewCounts(
        safety=raised(severities=serious, categories=conflicts),
        serious=raised(severities=serious),
        looked_in_time=_first(first_look),
        followed_in_time=_first(on_time),
    )


def _first(report: MeasureReport) -> MeasureRow | None:
    return report.rows[0] if report.rows else None


def precision(session: Session, found: Scope) -> tuple[RulePrecision, ...]:
    """How findings of each rule stood up to a look, over 90 days to the end of the period."""
    since = found.last - PRECISION_DAYS + A_DAY
    wanted = PrecisionFilter(
        branches=found.branches or (),
        allowed=found.ask.actor.branches,
        closed_from=since,
        closed_until=found.last,
        hits_from=since,
    )
    return rule_precision(session, wanted)


def quality(session: Session, found: Scope) -> QualityBox:
    """What is not as it should be in the data; to be looked at before signing."""
    (gaps,) = measures(session, (found.measure(_M.DATA_QUALITY),))
    done = ImportBatch.state == BatchState.DONE
    inside = (
        ImportBatch.done_at >= start_of(found.first),
        ImportBatch.done_at < start_of(found.last + A_DAY),
    )
    refused = select(func.coalesce(func.sum(ImportBatch.refused), 0)).where(done, *inside)
    return QualityBox(
        gaps=gaps,
        payments_known_on=gaps.payments_known_on,
        imported_at=session.scalar(select(func.max(ImportBatch.done_at)).where(done)),
        refused_rows=int(session.scalar(refused) or 0),
        waiting=waiting(session, None),
        judged_waiting=incident_counts(session, found.incidents()).to_judge,
    )
