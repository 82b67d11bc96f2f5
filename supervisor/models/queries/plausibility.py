"""Visits of a period looked through for questions, with the explanations there are."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.models.enums import VisitOutcome
from supervisor.models.ids import BranchId, CaseId, StaffId, VisitId
from supervisor.models.queries.flagged import completed
from supervisor.models.queries.house_numbers import house_numbers
from supervisor.models.queries.incident_conditions import scope
from supervisor.models.rows.plausibility import (
    MOST_DAYS,
    QuestionFilter,
    QuestionPage,
    VisitQuestionRow,
)
from supervisor.models.rules.parameters import (
    BURST_MINUTES,
    BURST_VISITS,
    COPIED_LETTERS,
    SHORT_STAY_MINUTES,
    TRAVEL_KMH,
)
from supervisor.models.rules.plausibility import Limits, Question, Trace, questions
from supervisor.models.tables import Case, Staff, Visit, VisitQuestion

_KEYS = (TRAVEL_KMH, SHORT_STAY_MINUTES, BURST_VISITS, BURST_MINUTES, COPIED_LETTERS)
_BLOCK = 500


def visit_questions(session: Session, wanted: QuestionFilter) -> QuestionPage:
    """Questions of the period; the rules see all its visits, whatever kinds are shown."""
    branches = scope(wanted.branches, wanted.allowed)
    limits = Limits(**house_numbers(session, _KEYS, branches or ()))
    traces = _traces(session, wanted, branches)
    asked = [
        one for one in questions(traces, limits) if not wanted.kinds or one.kind in wanted.kinds
    ]
    answers = _answers(session, asked)
    if wanted.open_only:
        asked = [one for one in asked if _key(one) not in answers]
    asked.sort(key=lambda one: (_key(one) in answers, -one.trace.started_at.timestamp()))
    shown = asked[: wanted.limit]
    names = _Names(session, shown)
    return QuestionPage(
        rows=tuple(_row(one, answers.get(_key(one)), names, wanted) for one in shown),
        total=len(asked),
        open=sum(_key(one) not in answers for one in asked),
        visits=len(traces),
        positioned=sum(one.position is not None for one in traces),
        by_kind=dict(Counter(one.kind for one in asked)),
    )


def _key(asked: Question) -> tuple[int, str]:
    return asked.trace.visit_id, asked.kind.value


def _traces(
    session: Session, wanted: QuestionFilter, branches: tuple[BranchId, ...] | None
) -> list[Trace]:
    first = max(wanted.first_on, wanted.last_on - timedelta(days=MOST_DAYS - 1))
    stmt = select(
        Visit.branch_id,
        Visit.id,
        Visit.case_id,
        Visit.agent_id,
        Visit.second_agent_id,
        Visit.started_at,
        Visit.ended_at,
        Visit.late_entry_minutes,
        Visit.latitude,
        Visit.longitude,
        Visit.outcome,
        Visit.note,
    ).where(completed(), Visit.visited_on >= first, Visit.visited_on <= wanted.last_on)
    if branches is not None:
        stmt = stmt.where(Visit.branch_id.in_(branches))
    return [_trace(row) for row in session.execute(stmt)]


def _trace(row: Any) -> Trace:
    placed = row.latitude is not None and row.longitude is not None
    return Trace(
        branch_id=BranchId(row.branch_id),
        visit_id=VisitId(row.id),
        case_id=CaseId(row.case_id),
        people=tuple(
            StaffId(one) for one in (row.agent_id, row.second_agent_id) if one is not None
        ),
        started_at=row.started_at,
        ended_at=row.ended_at,
        late_entry_minutes=row.late_entry_minutes,
        position=(row.latitude, row.longitude) if placed else None,
        outcome=VisitOutcome(row.outcome),
        note=row.note,
    )


def _answers(session: Session, asked: Sequence[Question]) -> Mapping[tuple[int, str], Any]:
    found = {}
    for part in _blocks(sorted({one.trace.visit_id for one in asked})):
        stmt = select(VisitQuestion.__table__).where(VisitQuestion.visit_id.in_(part))
        stmt = stmt.where(VisitQuestion.branch_id.in_({one.trace.branch_id for one in asked}))
        found.update({(row.visit_id, row.kind): row for row in session.execute(stmt)})
    return found


def _blocks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + _BLOCK] for start in range(0, len(ids), _BLOCK))


class _Names:
    """What visits, cases and people are called."""

    def __init__(self, session: Session, asked: Sequence[Question]) -> None:
        self.visits: dict[int, str] = {}
        self.cases: dict[int, str] = {}
        self.people: dict[int, tuple[str, str]] = {}
        branches = {one.trace.branch_id for one in asked}
        visits = {one.trace.visit_id for one in asked} | {
            id_ for one in asked for id_ in one.others
        }
        for part in _blocks(sorted(visits)):
            stmt = select(Visit.id, Visit.visit_no)
            stmt = stmt.where(Visit.branch_id.in_(branches), Visit.id.in_(part))
            self.visits |= {row.id: row.visit_no for row in session.execute(stmt)}
        for part in _blocks(sorted({one.trace.case_id for one in asked})):
            stmt = select(Case.id, Case.case_no)
            stmt = stmt.where(Case.branch_id.in_(branches), Case.id.in_(part))
            self.cases |= {row.id: row.case_no for row in session.execute(stmt)}
        for part in _blocks(sorted({id_ for one in asked for id_ in one.trace.people})):
            people = select(Staff.id, Staff.name, Staff.staff_no).where(Staff.id.in_(part))
            self.people |= {row.id: (row.name, row.staff_no) for row in session.execute(people)}


def _row(asked: Question, answer: Any, names: _Names, wanted: QuestionFilter) -> VisitQuestionRow:
    trace, hidden = asked.trace, wanted.deidentified
    people = [names.people[one] for one in trace.people if one in names.people]
    return VisitQuestionRow(
        branch_id=trace.branch_id,
        visit_id=trace.visit_id,
        visit_no="" if hidden else names.visits.get(trace.visit_id, ""),
        case_id=trace.case_id,
        case_no="" if hidden else names.cases.get(trace.case_id, ""),
        kind=asked.kind,
        facts=asked.facts,
        others=() if hidden else tuple(names.visits.get(one, "") for one in asked.others),
        started_at=trace.started_at,
        ended_at=trace.ended_at,
        outcome=trace.outcome,
        agents=tuple(name for name, _ in people),
        agent_nos=tuple(number for _, number in people),
        explanation="" if answer is None else answer.explanation,
        explained_by="" if answer is None else answer.explained_by,
        explained_at=None if answer is None else answer.recorded_at,
        version=0 if answer is None else answer.version,
    )
