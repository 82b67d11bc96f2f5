"""Quality sheets (质检单) of one visit, and how items were answered over many."""

import json
from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.models.enums import Role, VisitOutcome
from supervisor.models.enums_training import SheetGroup, SheetItem
from supervisor.models.ids import BranchId, SheetId, VisitId
from supervisor.models.private_words import words_of_cases
from supervisor.models.queries.incident_conditions import scope
from supervisor.models.rows.quality import (
    QualityFilter,
    QualitySummary,
    SheetAsk,
    SheetRow,
    SheetView,
    Tally,
)
from supervisor.models.rules.known_words import hide
from supervisor.models.rules.quality_sheet import Answers, answers_of, tally
from supervisor.models.tables import QualityReview, Staff, Visit


def sheet_of(session: Session, ask: SheetAsk) -> SheetView | None:
    """Every edition of every reviewer; None when there is no such visit to see."""
    allowed = ask.actor.branches
    if allowed is not None and ask.branch_id not in allowed:
        return None
    visit = session.execute(
        select(
            Visit.id,
            Visit.branch_id,
            Visit.case_id,
            Visit.started_at,
            Visit.outcome,
            Visit.agent_id,
            Visit.second_agent_id,
        ).where(Visit.branch_id == ask.branch_id, Visit.id == ask.visit_id)
    ).one_or_none()
    if visit is None:
        return None
    editions = _editions(session, ask, visit.case_id)
    mine = next((one for one in editions if one.reviewer == ask.actor.name), None)
    return SheetView(
        branch_id=BranchId(visit.branch_id),
        visit_id=VisitId(visit.id),
        started_at=visit.started_at,
        outcome=VisitOutcome(visit.outcome),
        agents=_names(session, visit),
        mine=mine,
        editions=editions,
    )


def _editions(session: Session, ask: SheetAsk, case_id: int) -> tuple[SheetRow, ...]:
    rows = session.execute(
        select(QualityReview.__table__)
        .where(QualityReview.branch_id == ask.branch_id, QualityReview.visit_id == ask.visit_id)
        .order_by(QualityReview.recorded_at.desc(), QualityReview.id.desc())
    ).all()
    hidden = ask.actor.role is Role.TRAINING_LEAD
    known = words_of_cases(session, ask.branch_id, (case_id,))[case_id] if hidden and rows else None
    return tuple(
        SheetRow(
            sheet_id=SheetId(row.id),
            reviewer=row.reviewer,
            role=Role(row.role),
            saved_at=row.recorded_at,
            answers=answers_of(json.loads(row.sheet)),
            words=row.words if known is None else hide(row.words, known),
        )
        for row in rows
    )


def _names(session: Session, visit: Any) -> tuple[str, ...]:
    ids = [one for one in (visit.agent_id, visit.second_agent_id) if one is not None]
    names = {
        row.id: row.name
        for row in session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(ids)))
    }
    return tuple(names[one] for one in ids if one in names)


def quality_summary(session: Session, wanted: QualityFilter) -> QualitySummary:
    """The newest sheet of each reviewer on each visit, over visits of the period."""
    stmt = (
        select(QualityReview.visit_id, QualityReview.reviewer, QualityReview.sheet)
        .join(
            Visit,
            (Visit.branch_id == QualityReview.branch_id) & (Visit.id == QualityReview.visit_id),
        )
        .where(Visit.visited_on <= min(wanted.last_on or wanted.as_of, wanted.as_of))
        .order_by(QualityReview.id)
    )
    branches = scope(wanted.branches, wanted.allowed)
    if branches is not None:
        stmt = stmt.where(QualityReview.branch_id.in_(branches))
    if wanted.first_on is not None:
        stmt = stmt.where(Visit.visited_on >= wanted.first_on)
    if wanted.staff:
        mine = Visit.agent_id.in_(wanted.staff) | Visit.second_agent_id.in_(wanted.staff)
        stmt = stmt.where(mine)
    newest = {(row.visit_id, row.reviewer): row.sheet for row in session.execute(stmt)}
    groups: dict[SheetGroup, Tally] = dict.fromkeys(SheetGroup, Tally())
    items: dict[SheetItem, Tally] = defaultdict(Tally)
    for text in newest.values():
        answers = answers_of(json.loads(text))
        for group in SheetGroup:
            groups[group] += tally(answers, group)
        for item, one in _single(answers):
            items[item] += one
    visits = {visit for visit, _ in newest}
    return QualitySummary(len(newest), len(visits), groups, dict(items))


def _single(answers: Answers) -> list[tuple[SheetItem, Tally]]:
    return [(item, Tally(**{answer.value: 1})) for item, answer in answers.items()]
