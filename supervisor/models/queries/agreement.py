"""How far reviewers agree who could not see each other, and what became of appeals."""

from datetime import timedelta
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from supervisor.models.enums import CausedBy
from supervisor.models.enums_incidents import AppealKind, AppealOutcome, Verdict
from supervisor.models.enums_training import Scale
from supervisor.models.queries.incident_conditions import scope, start_of
from supervisor.models.rows.agreement import (
    LEAST_PAIRS,
    AgreementFilter,
    AgreementReport,
    AgreementRow,
    AppealCounts,
)
from supervisor.models.rules.agreement import agreed, kappa, matrix_of
from supervisor.models.rules.incidents import verdicts_for
from supervisor.models.rules.intervals import wilson
from supervisor.models.tables import Appeal, Review

SCALES = {
    Scale.CONDUCT: verdicts_for(CausedBy.OUR_SIDE),
    Scale.EVENT: verdicts_for(CausedBy.CUSTOMER),
}
"""The verdicts of each scale, in the order they are shown."""


def agreement(session: Session, wanted: AgreementFilter) -> AgreementReport:
    """Every first and second judgement of one round; decisions are left out."""
    found = list(session.execute(_pairs(wanted)))
    rows = tuple(_row(scale, labels, found) for scale, labels in SCALES.items())
    return AgreementReport(rows, _appeals(session, wanted))


def _pairs(wanted: AgreementFilter) -> Any:
    first, second = aliased(Review), aliased(Review)
    stmt = (
        select(
            first.verdict.label("first"),
            second.verdict.label("second"),
            first.blind.label("first_blind"),
            second.blind.label("second_blind"),
        )
        .join(
            second,
            (second.branch_id == first.branch_id)
            & (second.flag_id == first.flag_id)
            & (second.round == first.round)
            & (second.number == 2),
        )
        .where(first.number == 1, first.decides.is_(False), second.decides.is_(False))
    )
    return stmt.where(*_when(second, wanted))


def _when(table: Any, wanted: AgreementFilter) -> list[Any]:
    branches = scope(wanted.branches, wanted.allowed)
    found = [] if branches is None else [table.branch_id.in_(branches)]
    if wanted.first_on is not None:
        found.append(table.recorded_at >= start_of(wanted.first_on))
    if wanted.last_on is not None:
        found.append(table.recorded_at < start_of(wanted.last_on + timedelta(days=1)))
    return found


def _row(scale: Scale, labels: tuple[Verdict, ...], found: list[Any]) -> AgreementRow:
    known = frozenset(labels)
    here = [one for one in found if one.first in known and one.second in known]
    blind = [(one.first, one.second) for one in here if one.first_blind and one.second_blind]
    matrix = matrix_of(blind, labels)
    n, equal = len(blind), agreed(matrix)
    share, beyond = wilson(equal, n), kappa(matrix)
    return AgreementRow(
        scale=scale,
        labels=labels,
        matrix=matrix,
        n=n,
        agreed=equal,
        share_low=None if share is None else share[0],
        share_high=None if share is None else share[1],
        kappa=None if beyond is None else beyond.value,
        low=None if beyond is None else beyond.low,
        high=None if beyond is None else beyond.high,
        few=n < LEAST_PAIRS,
        not_blind=len(here) - n,
    )


def _appeals(session: Session, wanted: AgreementFilter) -> AppealCounts:
    def many(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    row = session.execute(
        select(
            func.count(),
            many(Appeal.outcome == AppealOutcome.GRANTED),
            many(Appeal.outcome == AppealOutcome.REJECTED),
            many(Appeal.outcome.is_(None)),
        ).where(Appeal.kind == AppealKind.APPEAL, *_when(Appeal, wanted))
    ).one()
    return AppealCounts(*map(int, row))
