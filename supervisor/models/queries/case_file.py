"""Everything the case panel shows of one case, masked; and cases by their numbers."""

from datetime import time

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from supervisor.models.enums import HoldReason, Tick, VisitOutcome
from supervisor.models.ids import BranchId, CaseId
from supervisor.models.queries.case_debts import (
    KnownDebt,
    contract_row,
    debts_of,
    schedule_rows,
)
from supervisor.models.queries.case_queue import rows_by_id
from supervisor.models.queries.private import masked_borrower
from supervisor.models.queries.timeline import of_case, staff_names, timeline
from supervisor.models.rows.case_file import (
    AmountsRow,
    AssignmentRow,
    CaseFileFilter,
    CaseFileRow,
    CaseNumbers,
    FoundCase,
    HoldRow,
    PreparationRow,
)
from supervisor.models.rows.case_queue import CaseQueueFilter, CaseQueueRow
from supervisor.models.rules.amounts import amounts
from supervisor.models.rules.parameters import PARAMETERS, QUIET_FROM, QUIET_UNTIL
from supervisor.models.rules.preparation import NOBODY, Planned, Prepared, preparation
from supervisor.models.tables import (
    Assignment,
    Borrower,
    Branch,
    Case,
    Hold,
    Parameter,
    Visit,
    VisitPlan,
)

__all__ = ["CaseFileFilter", "CaseNumbers", "case_file", "find_cases"]

CHUNK = 5_000
"""Numbers looked up by one statement."""


def case_file(session: Session, wanted: CaseFileFilter) -> CaseFileRow | None:
    """One case as of a day; None when it is not (or no longer) in that branch."""
    case = session.scalar(
        select(Case).where(Case.branch_id == wanted.branch_id, Case.id == wanted.case_id)
    )
    head = _queue_rows(session, wanted, [(wanted.branch_id, wanted.case_id)])
    if case is None or not head:
        return None
    borrower = session.scalars(
        select(Borrower).where(
            Borrower.branch_id == case.branch_id, Borrower.id == case.borrower_id
        )
    ).one()
    known_on = session.scalar(select(Branch.payments_known_on).where(Branch.id == case.branch_id))
    debts = debts_of(session, case.branch_id, case.id)
    owed = _amounts(debts, wanted)
    holds = of_case(session, Hold, case)
    return CaseFileRow(
        case_id=wanted.case_id,
        branch_id=wanted.branch_id,
        head=head[0],
        amounts=owed,
        borrower=masked_borrower(session, borrower),
        contracts=tuple(contract_row(known) for known in debts),
        schedule=tuple(row for known in debts for row in schedule_rows(known, wanted.as_of)),
        payments_known_on=known_on,
        timeline=timeline(session, case, debts, wanted.as_of, known_on),
        holds=tuple(_hold(row) for row in reversed(holds)),
        assignments=_assignments(session, case),
        preparation=_preparation(session, case, owed, holds),
        household=_household(session, wanted, borrower),
    )


def find_cases(session: Session, wanted: CaseNumbers) -> tuple[FoundCase, ...]:
    """Cases by case number, exactly; a number may be found in several branches, or in none."""
    found: list[FoundCase] = []
    for start in range(0, len(wanted.numbers), CHUNK):
        part = wanted.numbers[start : start + CHUNK]
        query = select(Case.case_no, Case.branch_id, Case.id, Case.version).where(
            Case.case_no.in_(part)
        )
        if wanted.branches is not None:
            query = query.where(Case.branch_id.in_(wanted.branches))
        found += [
            FoundCase(row.case_no, BranchId(row.branch_id), CaseId(row.id), row.version)
            for row in session.execute(query.order_by(Case.case_no, Case.branch_id))
        ]
    return tuple(found)


def _queue_rows(
    session: Session, wanted: CaseFileFilter, refs: list[tuple[BranchId, CaseId]]
) -> tuple[CaseQueueRow, ...]:
    judged = CaseQueueFilter(as_of=wanted.as_of, now=wanted.now, include_ended=True)
    return rows_by_id(session, judged, refs)


def _amounts(debts: list[KnownDebt], wanted: CaseFileFilter) -> AmountsRow:
    owed = amounts([known.debt for known in debts], wanted.as_of)
    return AmountsRow(
        as_of=wanted.as_of,
        overdue_fen=owed.overdue_fen,
        settle_fen=owed.settle_fen,
        to_lower_bucket_fen=owed.to_lower_bucket_fen,
        undue_fen=owed.undue_fen,
        rolls_on=owed.rolls_on,
    )


def _hold(row: Hold) -> HoldRow:
    return HoldRow(
        row.id,
        HoldReason(row.reason),
        row.words,
        row.from_on,
        row.until_on,
        row.owner,
        row.ended_at,
    )


def _assignments(session: Session, case: Case) -> tuple[AssignmentRow, ...]:
    rows = of_case(session, Assignment, case)
    people = {one for row in rows for one in (row.agent_id, row.second_agent_id) if one}
    names = staff_names(session, people)
    latest_first = sorted(rows, key=lambda row: (row.from_at, row.id), reverse=True)
    return tuple(
        AssignmentRow(
            agent=names.get(row.agent_id or 0),
            second_agent=names.get(row.second_agent_id or 0),
            from_at=row.from_at,
            until_at=row.until_at,
            reason=row.reason,
            by=row.by,
        )
        for row in latest_first
    )


def _household(
    session: Session, wanted: CaseFileFilter, borrower: Borrower
) -> tuple[CaseQueueRow, ...]:
    """The other open cases of the borrower or of one household address (同户)."""
    alike = Borrower.id == borrower.id
    if borrower.household_key:
        alike = or_(alike, Borrower.household_key == borrower.household_key)
    rows = session.execute(
        select(Case.branch_id, Case.id)
        .join(
            Borrower,
            and_(Borrower.branch_id == Case.branch_id, Borrower.id == Case.borrower_id),
        )
        .where(
            Case.branch_id == borrower.branch_id,
            Case.ended_on.is_(None),
            Case.id != wanted.case_id,
            alike,
        )
        .order_by(Case.id)
    )
    refs = [(BranchId(row.branch_id), CaseId(row.id)) for row in rows]
    return _queue_rows(session, wanted, refs) if refs else ()


def _preparation(
    session: Session, case: Case, owed: AmountsRow, holds: list[Hold]
) -> tuple[PreparationRow, ...]:
    plan = session.scalar(
        select(VisitPlan).where(
            VisitPlan.branch_id == case.branch_id, VisitPlan.id == case.next_plan_id
        )
    )
    fruitless = [
        row.started_at
        for row in of_case(session, Visit, case)
        if VisitOutcome(row.outcome) in NOBODY
    ]
    return preparation(
        Prepared(
            plan=_planned(plan) if plan is not None else None,
            target_fen=case.target_fen,
            overdue_fen=owed.overdue_fen,
            held=plan is not None and any(_covers(hold, plan) for hold in holds),
            fruitless=tuple(fruitless),
            quiet_until=_time(session, case.branch_id, QUIET_UNTIL),
            quiet_from=_time(session, case.branch_id, QUIET_FROM),
        )
    )


def _planned(plan: VisitPlan) -> Planned:
    return Planned(
        plan_on=plan.plan_on,
        window_from=plan.window_from,
        window_until=plan.window_until,
        target_fen=plan.target_fen,
        strategy=plan.strategy,
        notice_sent=plan.notice_sent_at is not None,
        notice_delivered=Tick(plan.notice_delivered),
        file_ready=Tick(plan.file_ready),
        second_person=plan.second_agent_id is not None,
        device=plan.device_id is not None,
    )


def _covers(hold: Hold, plan: VisitPlan) -> bool:
    if hold.ended_at is not None or hold.from_on > plan.plan_on:
        return False
    return hold.until_on is None or hold.until_on >= plan.plan_on


def _time(session: Session, branch_id: int, key: str) -> time:
    """A time of day: the branch's own value, else everybody's, else the default."""
    rows = session.execute(
        select(Parameter.branch_id, Parameter.value).where(
            Parameter.key == key, Parameter.branch_id.in_((0, branch_id))
        )
    )
    values = {row.branch_id: row.value for row in rows}
    return time.fromisoformat(values.get(branch_id, values.get(0, PARAMETERS[key].default)))
