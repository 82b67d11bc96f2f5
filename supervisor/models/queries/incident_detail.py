"""One incident in full: the list line, the visit, findings, work done, and what came of it."""

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.models.enums import (
    CausedBy,
    FlagState,
    Role,
    Severity,
    TalkResult,
    Tick,
    VisitOutcome,
)
from supervisor.models.enums_incidents import FlagMove, Verdict
from supervisor.models.ids import CaseId, FlagId, StaffId, VisitId
from supervisor.models.queries.complaints import complaint_ledger
from supervisor.models.queries.incident_findings import cards_of, spans_of
from supervisor.models.queries.incident_hidden import Said, plain_cards, without_customers
from supervisor.models.queries.incident_past import effect_of, history_of
from supervisor.models.queries.incident_work import (
    appeals_of,
    events_of,
    hold_of,
    reviews_of,
    steps_of,
)
from supervisor.models.queries.incidents import a_line, lines
from supervisor.models.rows.complaints import ComplaintFilter, ComplaintRow
from supervisor.models.rows.incident_detail import (
    IncidentAsk,
    IncidentDetail,
    IncidentVisit,
    ReviewRow,
)
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.models.rules.incidents import lacks_compliance, moves_for, verdicts_for
from supervisor.models.tables import Flag, NoteReading, Visit


def incident(session: Session, ask: IncidentAsk) -> IncidentDetail | None:
    """Everything about one flag; None when it is gone or of a branch the actor may not see."""
    hidden = ask.deidentified or ask.actor.role is Role.TRAINING_LEAD
    allowed = ask.actor.branches
    if allowed is not None and ask.branch_id not in allowed:
        return None
    wanted = IncidentFilter(as_of=ask.as_of, now=ask.now, deidentified=hidden)
    row = session.execute(
        lines(wanted).where(Flag.branch_id == ask.branch_id, Flag.id == ask.flag_id)
    ).one_or_none()
    if row is None:
        return None
    visit, reading = _visit(session, row)
    cards, others = cards_of(session, row, ask.actor.branches)
    reviews = reviews_of(session, row, ask.actor)
    said = Said(
        reviews, appeals_of(session, row), events_of(session, row), steps_of(session, row, ask.now)
    )
    if hidden:
        said = without_customers(session, row, said)
        cards, others = plain_cards(cards), plain_cards(others)
    hold = hold_of(session, row, ask.actor)
    return IncidentDetail(
        row=a_line(row, wanted),
        visit=None if visit is None else _shown(row, visit, reading, hidden=hidden),
        spans=spans_of(reading, cards, deidentified=hidden),
        cards=cards,
        other_cards=others,
        steps=said.steps,
        reviews=said.reviews,
        reviews_needed=row.reviews_needed,
        appeals=said.appeals,
        events=said.events,
        hold=hold,
        complaints=() if hidden else _complaints(session, ask, row),
        history=history_of(session, row),
        effect=effect_of(session, row, ask.as_of),
        duplicate_of=None if row.duplicate_of is None else FlagId(row.duplicate_of),
        moves=_moves(ask, row, reviews, may_lift=hold is not None and hold.may_lift),
        verdicts=_verdicts(row),
        deidentified=hidden,
    )


def _visit(session: Session, row: Any) -> tuple[Any, Any]:
    if row.visit_id is None:
        return None, None
    visit = session.execute(
        select(Visit.__table__).where(Visit.branch_id == row.branch_id, Visit.id == row.visit_id)
    ).one_or_none()
    reading = session.execute(
        select(NoteReading.__table__).where(
            NoteReading.branch_id == row.branch_id, NoteReading.visit_id == row.visit_id
        )
    ).one_or_none()
    return visit, reading


def _shown(row: Any, visit: Any, reading: Any, *, hidden: bool) -> IncidentVisit:
    """The note as it was judged, so that spans fit; it may have been corrected since."""
    judged = json.loads(row.snapshot or "{}").get("note", visit.note)
    note = (reading.deidentified if reading is not None else "") if hidden else judged
    people = (visit.agent_id, visit.second_agent_id)
    return IncidentVisit(
        visit_id=VisitId(visit.id),
        visit_no="" if hidden else visit.visit_no,
        started_at=visit.started_at,
        ended_at=visit.ended_at,
        late_entry_minutes=visit.late_entry_minutes,
        outcome=VisitOutcome(visit.outcome),
        talk_results=frozenset(TalkResult(one) for one in visit.talk_results.split(",") if one),
        address_kind=visit.address_kind,
        position_matched=Tick(visit.position_matched),
        id_shown=Tick(visit.id_shown),
        recorded=Tick(visit.recorded),
        recording_consent=Tick(visit.recording_consent),
        notice_given=Tick(visit.notice_given),
        note=note,
        agent_ids=tuple(StaffId(one) for one in people if one is not None),
    )


def _complaints(session: Session, ask: IncidentAsk, row: Any) -> tuple[ComplaintRow, ...]:
    wanted = ComplaintFilter(
        as_of=ask.as_of, branches=(ask.branch_id,), cases=(CaseId(row.case_id),)
    )
    return complaint_ledger(session, wanted).rows


def _moves(
    ask: IncidentAsk, row: Any, reviews: tuple[ReviewRow, ...], *, may_lift: bool
) -> frozenset[FlagMove]:
    """What the table of moves allows, less what these reviews or this hold rule out."""
    moves = moves_for(FlagState(row.state), ask.actor.role)
    if not may_lift:
        moves -= {FlagMove.LIFT_HOLD}
    given = [one.role for one in reviews if one.current and not one.decides]
    if lacks_compliance(Severity(row.severity), [*given, ask.actor.role], row.reviews_needed):
        moves -= {FlagMove.REVIEW}
    mine = any(
        one.reviewer == ask.actor.name and one.role is ask.actor.role and one.current
        for one in reviews
    )
    return moves - {FlagMove.REVIEW, FlagMove.DECIDE} if mine else moves


def _verdicts(row: Any) -> tuple[Verdict, ...]:
    return verdicts_for(CausedBy(row.caused_by))
