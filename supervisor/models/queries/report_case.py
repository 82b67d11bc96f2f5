"""Cases on paper: preparation of visits, and everything that happened on one case; all masked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from supervisor.errors import BadInputError
from supervisor.models.ids import BranchId, CaseId, StaffId
from supervisor.models.private_words import words_of_cases
from supervisor.models.queries.audit import verify
from supervisor.models.queries.case_file import case_file, find_cases
from supervisor.models.queries.complaints import complaint_ledger
from supervisor.models.queries.incident_detail import incident
from supervisor.models.queries.incidents import incidents
from supervisor.models.queries.report_scope import MANY, Scope, head_of, one_branch, scope_of
from supervisor.models.queries.schedule import schedule_day
from supervisor.models.rows.case_file import (
    CaseFileFilter,
    CaseFileRow,
    CaseNumbers,
    EntryKind,
    EntryRow,
    HoldRow,
)
from supervisor.models.rows.case_queue import CaseQueueRow
from supervisor.models.rows.complaints import ComplaintFilter, ComplaintRow
from supervisor.models.rows.incident_detail import IncidentAsk, IncidentDetail
from supervisor.models.rows.report_evidence import AuditLine, EvidenceContent
from supervisor.models.rows.report_visit_sheet import BEFORE, Stop, VisitSheetContent
from supervisor.models.rows.reports import ReportAsk
from supervisor.models.rows.schedule import ScheduleAsk, VisitCard
from supervisor.models.rules.known_words import KnownWords, hide
from supervisor.models.rules.masking import mask_name
from supervisor.models.tables import AuditEvent

_PAST = frozenset({EntryKind.VISIT, EntryKind.PROMISE, EntryKind.PAYMENT, EntryKind.FLAG})


def visit_sheet(session: Session, ask: ReportAsk) -> VisitSheetContent:
    """Visits planned for `request.from_on`, or the case of number `request.subject`.

    Raises:
        BadInputError: no such case, or not about one branch.
        NotAllowedError: the branch is not the actor's.
    """
    found = scope_of(session, ask)
    branch = one_branch(found)
    day = schedule_day(session, ScheduleAsk(branch, found.first, ask.now))
    planned: list[tuple[VisitCard | None, CaseId]] = [
        (card, card.case_id) for lane in day.lanes for card in lane.cards
    ]
    names = {person.staff_id: person.name for lane in day.lanes for person in lane.people}
    if ask.request.subject:
        wanted = _case(session, found, branch)
        planned = [one for one in planned if one[1] == wanted] or [(None, wanted)]
    stops = []
    for card, case_id in planned:
        file = case_file(session, CaseFileFilter(branch, case_id, ask.as_of, ask.now))
        if file is not None:
            known = words_of_cases(session, branch, (case_id,))[case_id]
            stops.append(_stop(card, file, known, names))
    return VisitSheetContent(head_of(session, found), tuple(stops), ask.now)


def _stop(
    card: VisitCard | None, file: CaseFileRow, known: KnownWords, names: Mapping[StaffId, str]
) -> Stop:
    pair = (file.head.agent, file.head.second_agent)
    if card is not None:
        pair = tuple(  # type: ignore[assignment]
            names.get(one) if one is not None else None
            for one in (card.agent_id, card.second_agent_id)
        )
    past = [entry for entry in file.timeline if entry.kind in _PAST][:BEFORE]
    return Stop(
        plan=None if card is None else replace(card, name=mask_name(card.name)),
        people=tuple(name for name in pair if name),
        case=_masked(file.head),
        borrower=file.borrower,
        contracts=file.contracts,
        amounts=file.amounts,
        preparation=file.preparation,
        holds=_holds([one for one in file.holds if one.ended_at is None], known),
        before=_entries(past, known),
    )


def _case(session: Session, found: Scope, branch: BranchId) -> CaseId:
    number = found.ask.request.subject
    if not number:
        raise BadInputError("report_subject_missing")
    cases = find_cases(session, CaseNumbers((number,), (branch,)))
    if not cases:
        raise BadInputError("report_case_unknown", value=number)
    return cases[0].case_id


def _masked(row: CaseQueueRow) -> CaseQueueRow:
    return replace(row, name=mask_name(row.name))


def _entries(entries: Sequence[EntryRow], known: KnownWords) -> tuple[EntryRow, ...]:
    """What people wrote, without names, numbers and places of the customer."""
    return tuple(replace(one, text=hide(one.text, known)) if one.text else one for one in entries)


def _holds(holds: Sequence[HoldRow], known: KnownWords) -> tuple[HoldRow, ...]:
    return tuple(replace(one, words=hide(one.words, known)) for one in holds)


def evidence(session: Session, ask: ReportAsk) -> EvidenceContent:
    """Everything on the case of number `request.subject`, on every channel, and who looked.

    Raises:
        BadInputError: no such case, or not about one branch.
        NotAllowedError: the branch is not the actor's.
    """
    found = scope_of(session, ask)
    branch = one_branch(found)
    case_id = _case(session, found, branch)
    file = case_file(session, CaseFileFilter(branch, case_id, ask.as_of, ask.now))
    if file is None:
        raise BadInputError("report_case_unknown", value=ask.request.subject or "")
    known = words_of_cases(session, branch, (case_id,))[case_id]
    flags = _flags(session, found, case_id)
    numbers = tuple(one.row.ref.flag_id for one in flags)
    return EvidenceContent(
        head=head_of(session, found),
        case=_masked(file.head),
        borrower=file.borrower,
        contracts=file.contracts,
        amounts=file.amounts,
        schedule=file.schedule,
        timeline=_entries(tuple(reversed(file.timeline)), known),
        holds=_holds(file.holds, known),
        assignments=tuple(reversed(file.assignments)),
        incidents=flags,
        complaints=_complaints(session, found, case_id, known),
        audit=_audit(session, case_id, file.head.case_no, numbers),
        chain=verify(session, None),
    )


def _flags(session: Session, found: Scope, case_id: CaseId) -> tuple[IncidentDetail, ...]:
    page = incidents(session, found.incidents(cases=(case_id,)))
    ask = found.ask
    details = (
        incident(
            session,
            IncidentAsk(row.ref.branch_id, row.ref.flag_id, ask.actor, ask.as_of, ask.now,
                        deidentified=True),
        )
        for row in sorted(page.rows, key=lambda row: row.raised_at)
    )  # fmt: skip
    return tuple(one for one in details if one is not None)


def _complaints(
    session: Session, found: Scope, case_id: CaseId, known: KnownWords
) -> tuple[ComplaintRow, ...]:
    wanted = ComplaintFilter(
        as_of=found.ask.as_of,
        branches=found.branches or (),
        allowed=found.ask.actor.branches,
        cases=(case_id,),
        limit=MANY,
    )
    rows = complaint_ledger(session, wanted).rows
    return tuple(
        replace(
            row,
            borrower=mask_name(row.borrower),
            about=hide(row.about, known),
            answer=hide(row.answer, known),
            extended_because=hide(row.extended_because, known),
        )
        for row in sorted(rows, key=lambda row: row.received_at)
    )


def _audit(
    session: Session, case_id: CaseId, case_no: str, flags: Sequence[int]
) -> tuple[AuditLine, ...]:
    """Events that name the case, one of its flags, or a report about it."""
    named = [("case_id", case_id), ("subject", case_no), *(("flag_id", one) for one in flags)]
    likes = [
        AuditEvent.counts.contains(f'"{key}":{json.dumps(value, ensure_ascii=False)}',
                                   autoescape=True)
        for key, value in named
    ]  # fmt: skip
    stmt = (
        select(AuditEvent.seq, AuditEvent.at, AuditEvent.actor, AuditEvent.role,
               AuditEvent.act, AuditEvent.counts)
        .where(or_(*likes))
        .order_by(AuditEvent.seq)
    )  # fmt: skip
    found = []
    for row in session.execute(stmt):
        counts = json.loads(row.counts)
        # The text may begin like ours and go on: 12 is no 123.
        if any(counts.get(key) == value for key, value in named):
            found.append(AuditLine(row.seq, row.at, row.actor, row.role, row.act, counts))
    return tuple(found)
