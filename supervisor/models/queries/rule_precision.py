"""How often a rule's findings stood up to a person's look (以往成立)."""

from datetime import timedelta
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from supervisor.models.enums_incidents import Verdict
from supervisor.models.queries.incident_conditions import scope, start_of
from supervisor.models.rows.incidents import PrecisionFilter, RulePrecision
from supervisor.models.rules.incidents import STANDING
from supervisor.models.rules.intervals import wilson
from supervisor.models.tables import Finding, Flag

_JUDGED = tuple(verdict.value for verdict in Verdict if verdict is not Verdict.DUPLICATE)


def rule_precision(session: Session, wanted: PrecisionFilter) -> tuple[RulePrecision, ...]:
    """One line for each rule with findings, by rule id.

    A finding counts as the flag it belongs to was judged; superseded findings do not count.
    """
    judged = _judged(session, wanted)
    hits = _hits(session, wanted)
    return tuple(
        a_precision(rule, *judged.get(rule, (0, 0)), hits.get(rule, 0))
        for rule in sorted({*judged, *hits})
    )


def a_precision(rule: str, upheld: int, of: int, hits: int) -> RulePrecision:
    """A line with its interval."""
    interval = wilson(upheld, of)
    low, high = interval if interval is not None else (None, None)
    return RulePrecision(rule, upheld, of, low, high, hits)


def _limits(wanted: PrecisionFilter) -> list[Any]:
    branches = scope(wanted.branches, wanted.allowed)
    found: list[Any] = [Finding.superseded_at.is_(None)]
    if branches is not None:
        found.append(Finding.branch_id.in_(branches))
    if wanted.rules:
        found.append(Finding.rule_id.in_(wanted.rules))
    return found


def _judged(session: Session, wanted: PrecisionFilter) -> dict[str, tuple[int, int]]:
    stood = func.sum(case((Flag.verdict.in_(STANDING), 1), else_=0))
    stmt = (
        select(Finding.rule_id, stood, func.count())
        .join(Flag, (Flag.branch_id == Finding.branch_id) & (Flag.id == Finding.flag_id))
        .where(*_limits(wanted), Flag.verdict.in_(_JUDGED))
        .group_by(Finding.rule_id)
    )
    if wanted.closed_from is not None:
        stmt = stmt.where(Flag.closed_at >= start_of(wanted.closed_from))
    if wanted.closed_until is not None:
        stmt = stmt.where(Flag.closed_at < start_of(wanted.closed_until + timedelta(days=1)))
    return {rule: (upheld, count) for rule, upheld, count in session.execute(stmt)}


def _hits(session: Session, wanted: PrecisionFilter) -> dict[str, int]:
    stmt = select(Finding.rule_id, func.count()).where(*_limits(wanted)).group_by(Finding.rule_id)
    if wanted.hits_from is not None:
        stmt = stmt.where(Finding.recorded_at >= start_of(wanted.hits_from))
    return {row[0]: row[1] for row in session.execute(stmt)}
