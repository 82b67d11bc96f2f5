"""Visits that wait to be judged, with the facts our data hold about them."""

import json
from collections.abc import Collection, Sequence
from dataclasses import fields
from itertools import groupby
from typing import Any, get_type_hints

from sqlalchemy import Select, and_, exists, or_, select, tuple_
from sqlalchemy.orm import Session

from supervisor.models.commands.borrower_past import (
    Pasts,
    agreement_on,
    dispute_on,
    held_on,
    pasts_of,
)
from supervisor.models.enums import (
    AddressKind,
    HoldReason,
    TalkResult,
    Tick,
    VisitOutcome,
)
from supervisor.models.ids import BranchId, CaseId, VisitId
from supervisor.models.rows.judging import JudgeAsk, WaitingNote
from supervisor.models.rules.judgement import VisitToJudge
from supervisor.models.rules.packs.codes import Status, TargetRole
from supervisor.models.rules.packs.facts import HistoryFacts, VisitFacts
from supervisor.models.tables import QualityReview, Staff, Visit

_COLUMNS = (
    Visit.branch_id,
    Visit.id,
    Visit.case_id,
    Visit.version,
    Visit.visited_on,
    Visit.started_at,
    Visit.ended_at,
    Visit.agent_id,
    Visit.second_agent_id,
    Visit.done_by_branch_id,
    Visit.address_kind,
    Visit.outcome,
    Visit.talk_results,
    Visit.position_matched,
    Visit.id_shown,
    Visit.recorded,
    Visit.recording_consent,
    Visit.notice_given,
    Visit.conduct,
    Visit.note,
    Visit.receipt_no,
    Visit.late_entry_minutes,
)
_TICKS = frozenset(
    name
    for name, hint in get_type_hints(VisitFacts).items()
    if hint is Tick and name in {field.name for field in fields(VisitFacts)}
)
"""Facts a conduct checklist or a quality sheet may tick under their own names."""


def anything_to_judge(session: Session, branches: tuple[int, ...] | None) -> bool:
    """Whether a visit waits to be judged; one look at an index."""
    found = exists().where(Visit.judged_with.is_(None), *_in(branches))
    return bool(session.execute(select(found)).scalar_one())


def highest_visit(session: Session, _nothing: None = None) -> int:
    """The largest id among waiting visits; 0: none waits."""
    stmt = select(Visit.id).where(Visit.judged_with.is_(None)).order_by(Visit.id.desc()).limit(1)
    return int(session.scalar(stmt) or 0)


def notes_to_judge(session: Session, ask: JudgeAsk) -> tuple[WaitingNote, ...]:
    """Notes of waiting visits with an id above the asked one, the newest `limit` of them."""
    stmt = (
        select(Visit.id, Visit.note)
        .where(Visit.judged_with.is_(None), Visit.id > (ask.above or 0), *_in(ask.branches))
        .order_by(Visit.id.desc())
        .limit(ask.limit)
    )
    return tuple(WaitingNote(VisitId(row.id), row.note) for row in session.execute(stmt))


def _in(branches: tuple[int, ...] | None) -> tuple[Any, ...]:
    return () if branches is None else (Visit.branch_id.in_(branches),)


def visits_to_judge(session: Session, ask: JudgeAsk) -> tuple[VisitToJudge, ...]:
    """Waiting visits in the order of branch, case and id, with their facts.

    Of those `above` an id, the first by id: what has just arrived is found beside a long backlog.
    """
    rows = session.execute(_chosen(ask)).all()
    rows = sorted(rows, key=lambda row: (row.branch_id, row.case_id, row.id))
    found: list[VisitToJudge] = []
    for branch_id, group in groupby(rows, key=lambda row: row.branch_id):
        part = list(group)
        pasts = pasts_of(session, branch_id, {row.case_id for row in part})
        staff = _staff(session, part)
        sheets = _sheets(session, branch_id, [row.id for row in part])
        found.extend(_visit(row, pasts, staff, sheets.get(row.id, {})) for row in part)
    return tuple(found)


def _chosen(ask: JudgeAsk) -> Select[*tuple[Any, ...]]:
    key = (Visit.branch_id, Visit.case_id, Visit.id) if ask.above is None else (Visit.id,)
    stmt: Select[*tuple[Any, ...]] = (
        select(*_COLUMNS).where(*_in(ask.branches)).order_by(*key).limit(ask.limit)
    )
    if ask.waiting_only:
        stmt = stmt.where(Visit.judged_with.is_(None))
    if ask.above is not None:
        stmt = stmt.where(Visit.id > ask.above)
    if ask.among is not None:
        stmt = stmt.where(Visit.id.in_(ask.among))
    if ask.visited_from is not None:
        stmt = stmt.where(Visit.visited_on >= ask.visited_from)
    if ask.visited_until is not None:
        stmt = stmt.where(Visit.visited_on <= ask.visited_until)
    if ask.after is not None:
        branch_id, case_id, visit_id = ask.after
        later = or_(
            Visit.branch_id > branch_id,
            and_(
                Visit.branch_id == branch_id,
                tuple_(Visit.case_id, Visit.id) > tuple_(case_id, visit_id),
            ),
        )
        stmt = stmt.where(later)
    return stmt


def _staff(session: Session, rows: Sequence[Any]) -> dict[int, Any]:
    ids: set[Any] = {row.agent_id for row in rows} | {row.second_agent_id for row in rows}
    ids.discard(None)
    stmt = select(Staff.id, Staff.active, Staff.exam_valid_until, Staff.training_valid_until).where(
        Staff.id.in_(ids)
    )
    return {row.id: row for row in session.execute(stmt)}


def _sheets(session: Session, branch_id: int, visits: Collection[int]) -> dict[int, dict[str, Any]]:
    stmt = (
        select(QualityReview.visit_id, QualityReview.sheet)
        .where(QualityReview.branch_id == branch_id, QualityReview.visit_id.in_(visits))
        .order_by(QualityReview.id)
    )
    return {row.visit_id: json.loads(row.sheet) for row in session.execute(stmt)}


def _visit(row: Any, pasts: Pasts, staff: dict[int, Any], sheet: dict[str, Any]) -> VisitToJudge:
    history = pasts.before(row.case_id, row.started_at, row.id)
    return VisitToJudge(
        branch_id=BranchId(row.branch_id),
        visit_id=VisitId(row.id),
        case_id=CaseId(row.case_id),
        version=row.version,
        started_at=row.started_at,
        agent_id=row.agent_id,
        second_agent_id=row.second_agent_id,
        done_by_branch_id=row.done_by_branch_id,
        note=row.note,
        facts=_facts(row, history, staff, sheet),
    )


def _facts(
    row: Any, history: HistoryFacts, staff: dict[int, Any], sheet: dict[str, Any]
) -> VisitFacts:
    people = [staff[one] for one in (row.agent_id, row.second_agent_id) if one in staff]
    talk = frozenset(TalkResult(one) for one in row.talk_results.split(",") if one)
    given: dict[str, Any] = {
        "on": row.visited_on,
        "start_at": row.started_at,
        "end_at": row.ended_at,
        # Nobody reported who went: not known, which is not "nobody".
        "staff": tuple(str(one.id) for one in people) or None,
        "exam_valid_until": tuple(one.exam_valid_until for one in people) or None,
        "training_valid_until": tuple(one.training_valid_until for one in people) or None,
        "address_kind": AddressKind(row.address_kind),
        "target_role": TargetRole.DEBTOR,  # a case is its borrower's
        "debtor_status": _status(row, history),
        "agreement": agreement_on(history, row.visited_on),
        "dispute": dispute_on(history, row.visited_on),
        "history": history,
        "outcome": VisitOutcome(row.outcome),
        "talk_results": talk,
        "notice_given": Tick(row.notice_given),
        "id_shown": Tick(row.id_shown),
        "recorded": Tick(row.recorded),
        "recording_consent": Tick(row.recording_consent),
        "note_written": Tick.YES if row.note.strip() else Tick.NO,
        "late_entry_minutes": row.late_entry_minutes,
        "position_matched": Tick(row.position_matched),
        "receipt_kept": _receipt(row, talk),
    }
    for ticked in (json.loads(row.conduct or "{}"), sheet):
        given.update(
            {
                name: Tick(value)
                for name, value in ticked.items()
                if name in _TICKS and value in Tick._value2member_map_
            }
        )
    return VisitFacts(**given)


def _status(row: Any, history: HistoryFacts) -> Status | None:
    if row.outcome == VisitOutcome.MET_DEBTOR:
        return Status.ALIVE
    held = held_on(history, row.visited_on)
    if row.outcome == VisitOutcome.DECEASED or HoldReason.DECEASED in held:
        return Status.DECEASED
    return None


def _receipt(row: Any, talk: frozenset[TalkResult]) -> Tick:
    return Tick.YES if TalkResult.LETTER_LEFT in talk and row.receipt_no else Tick.UNKNOWN
