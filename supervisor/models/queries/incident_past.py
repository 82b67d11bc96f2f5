"""What came before a flag, and what came after it."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from supervisor.clock import business_date
from supervisor.models.enums import CausedBy, VisitOutcome
from supervisor.models.enums_incidents import ClosingReason, NextVisit, Verdict
from supervisor.models.rows.incident_detail import EffectRow, HistoryRow
from supervisor.models.rules.parameters import EFFECT_DAYS, PARAMETERS
from supervisor.models.tables import Flag, Parameter, Visit

_YEAR = timedelta(days=365)
_DONE = (VisitOutcome.ABORTED, VisitOutcome.NOT_DONE)
_FOUND = (Verdict.UPHELD, Verdict.PARTLY_UPHELD)


def history_of(session: Session, flag: Any) -> HistoryRow:
    """Twelve months before the event, of the same category; persons only by confirmed conduct."""
    end = flag.happened_at or flag.raised_at
    span = (Flag.happened_at >= end - _YEAR, Flag.happened_at < end, Flag.id != flag.id)
    same = select(func.count()).where(
        Flag.branch_id == flag.branch_id,
        Flag.case_id == flag.case_id,
        Flag.category == flag.category,
        or_(
            Flag.closing_reason.is_(None),
            Flag.closing_reason.not_in((ClosingReason.WITHDRAWN, ClosingReason.DUPLICATE)),
        ),
        *span,
    )
    visits = (Visit.started_at >= end - _YEAR, Visit.started_at < end, Visit.outcome.not_in(_DONE))
    of_case = select(func.count()).where(
        Visit.branch_id == flag.branch_id, Visit.case_id == flag.case_id, *visits
    )
    upheld = visited = 0
    if flag.agent_id is not None:
        confirmed = select(func.count()).where(
            Flag.agent_id == flag.agent_id,
            Flag.category == flag.category,
            Flag.caused_by == CausedBy.OUR_SIDE,
            Flag.verdict.in_(_FOUND),
            *span,
        )
        of_agent = select(func.count()).where(
            Visit.branch_id == flag.branch_id,
            Visit.visited_on >= business_date(end - _YEAR),
            Visit.agent_id == flag.agent_id,
            *visits,
        )
        upheld, visited = session.scalar(confirmed) or 0, session.scalar(of_agent) or 0
    return HistoryRow(
        case_flags_12_months=session.scalar(same) or 0,
        case_visits=session.scalar(of_case) or 0,
        agent_upheld=upheld,
        agent_visits=visited,
    )


def effect_of(session: Session, flag: Any, as_of: date) -> EffectRow | None:
    """The next visit of the case, and another incident within the house's days; None on no visit.

    Nothing after `as_of` counts, so that a paper printed again says the same.
    """
    if flag.happened_at is None:
        return None
    happened_on = business_date(flag.happened_at)
    watched = min((as_of - happened_on).days, _effect_days(session, flag.branch_id))
    visit = session.execute(
        select(Visit.id, Visit.visited_on, Visit.outcome)
        .where(
            Visit.branch_id == flag.branch_id,
            Visit.case_id == flag.case_id,
            Visit.started_at > flag.happened_at,
            Visit.visited_on <= as_of,
            Visit.outcome.not_in(_DONE),
        )
        .order_by(Visit.started_at, Visit.id)
        .limit(1)
    ).one_or_none()
    again = _again(session, flag, happened_on + timedelta(days=max(watched, 0)))
    return EffectRow(
        next_visit=_next(visit, again),
        next_visit_on=None if visit is None else visit.visited_on,
        incident_again_on=None if again is None else business_date(again.happened_at),
        days_watched=max(watched, 0),
    )


def _effect_days(session: Session, branch_id: int) -> int:
    stmt = (
        select(Parameter.value)
        .where(Parameter.key == EFFECT_DAYS, Parameter.branch_id.in_((0, branch_id)))
        .order_by(Parameter.branch_id.desc())
        .limit(1)
    )
    return int(session.scalar(stmt) or PARAMETERS[EFFECT_DAYS].default)


def _again(session: Session, flag: Any, until: date) -> Any:
    stmt = (
        select(Flag.happened_at, Flag.visit_id)
        .where(
            Flag.branch_id == flag.branch_id,
            Flag.case_id == flag.case_id,
            Flag.happened_at > flag.happened_at,
            or_(Flag.verdict.is_(None), Flag.verdict.not_in(_NOTHING)),
            or_(
                Flag.closing_reason.is_(None),
                Flag.closing_reason != ClosingReason.WITHDRAWN,
            ),
        )
        .order_by(Flag.happened_at, Flag.id)
        .limit(1)
    )
    row = session.execute(stmt).one_or_none()
    return row if row is not None and business_date(row.happened_at) <= until else None


_NOTHING = (Verdict.NOT_UPHELD, Verdict.FALSE_ALARM, Verdict.DUPLICATE)


def _next(visit: Any, again: Any) -> NextVisit:
    if visit is None:
        return NextVisit.NONE_YET
    if again is not None and again.visit_id == visit.id:
        return NextVisit.INCIDENT_AGAIN
    return NextVisit.MET if visit.outcome == VisitOutcome.MET_DEBTOR else NextVisit.NOT_MET
