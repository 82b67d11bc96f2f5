"""Notified against un-notified visits: how often the debtor was met, how often talk was refused."""

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from supervisor.models.enums import FlagCategory, Tick, VisitOutcome
from supervisor.models.queries.flagged import a_rate, completed, flagged
from supervisor.models.queries.incident_conditions import scope
from supervisor.models.rows.effects import (
    Difference,
    EffectFilter,
    NoticeEffect,
    NoticeGroup,
    Rate,
)
from supervisor.models.rules.intervals import newcombe
from supervisor.models.tables import Flag, Visit


def notice_effect(session: Session, wanted: EffectFilter) -> NoticeEffect:
    """Completed visits of the period by notice; a visit is refused when a refusal flag stands."""
    met = func.sum(case((Visit.outcome == VisitOutcome.MET_DEBTOR, 1), else_=0))
    refused = func.sum(case((flagged(Flag.category == FlagCategory.REFUSAL), 1), else_=0))
    last = min(wanted.last_on, wanted.as_of)
    stmt = (
        select(Visit.notice_given, func.count(), met, refused)
        .where(completed(), Visit.visited_on >= wanted.first_on, Visit.visited_on <= last)
        .group_by(Visit.notice_given)
    )
    branches = scope(wanted.branches, wanted.allowed)
    if branches is not None:
        stmt = stmt.where(Visit.branch_id.in_(branches))
    counts = {Tick(row[0]): tuple(map(int, row[1:])) for row in session.execute(stmt)}
    groups = tuple(_group(tick, *counts.get(tick, (0, 0, 0))) for tick in Tick)
    by_tick = {one.notice: one for one in groups}
    told, untold = by_tick[Tick.YES], by_tick[Tick.NO]
    visits = sum(one.visits for one in groups)
    return NoticeEffect(
        groups=groups,
        unknown=a_rate(by_tick[Tick.UNKNOWN].visits, visits),
        met=difference(told.met, untold.met),
        refused=difference(told.refused, untold.refused),
    )


def _group(notice: Tick, visits: int, met: int, refused: int) -> NoticeGroup:
    return NoticeGroup(notice, visits, a_rate(met, visits), a_rate(refused, visits))


def difference(one: Rate, other: Rate) -> Difference | None:
    """One share less another; None while either rests on too few."""
    if one.few or other.few or one.share is None or other.share is None:
        return None
    limits = newcombe(one.hits, one.of, other.hits, other.of)
    return None if limits is None else Difference(one.share - other.share, *limits)
