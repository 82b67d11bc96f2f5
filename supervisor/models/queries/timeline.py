"""One timeline of a case over all channels, newest first."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.clock import SHANGHAI, business_date
from supervisor.models.base import Base
from supervisor.models.queries.case_debts import KnownDebt
from supervisor.models.rows.case_file import EntryKind, EntryRow
from supervisor.models.rules.preparation import yuan
from supervisor.models.rules.promises import state_of
from supervisor.models.tables import (
    Assignment,
    Case,
    CaseNote,
    Complaint,
    ContactAttempt,
    Flag,
    Hold,
    Promise,
    Staff,
    Visit,
    VisitPlan,
)

T = TypeVar("T", bound=Base)
Names = Mapping[int, str]


def of_case(session: Session, table: type[T], case: Case) -> list[T]:
    """Every row of a table that belongs to a case, in the order of their ids."""
    columns: Any = table
    wanted = select(table).where(columns.branch_id == case.branch_id, columns.case_id == case.id)
    return list(session.scalars(wanted.order_by(columns.id)))


def timeline(
    session: Session,
    case: Case,
    debts: Iterable[KnownDebt],
    as_of: date,
    payments_known_on: date | None,
) -> tuple[EntryRow, ...]:
    """Everything that happened or is planned, newest first."""
    found: list[tuple[EntryRow, tuple[int | None, ...]]] = [
        *_visits(of_case(session, Visit, case)),
        *_contacts(of_case(session, ContactAttempt, case)),
        *_plans(of_case(session, VisitPlan, case)),
        *_promises(of_case(session, Promise, case), as_of, payments_known_on),
        *_assignments(of_case(session, Assignment, case)),
        *_holds(of_case(session, Hold, case)),
        *_complaints(of_case(session, Complaint, case)),
        *_flags(of_case(session, Flag, case)),
        *_notes(of_case(session, CaseNote, case)),
        *_payments(debts),
        *_course(case),
    ]
    names = staff_names(session, {one for _, people in found for one in people if one is not None})
    entries = [_named(entry, people, names) for entry, people in found]
    return tuple(sorted(entries, key=_when, reverse=True))


def staff_names(session: Session, ids: set[int]) -> Names:
    """Names of staff by id."""
    if not ids:
        return {}
    rows = session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(ids)))
    return {row.id: row.name for row in rows}


Found = Iterator[tuple[EntryRow, tuple[int | None, ...]]]


def _named(entry: EntryRow, people: tuple[int | None, ...], names: Names) -> EntryRow:
    said = tuple(names[one] for one in people if one is not None and one in names)
    if not said:
        return entry
    return EntryRow(
        entry.kind,
        entry.at,
        entry.on,
        entry.code,
        entry.facts,
        said,
        entry.text,
        entry.source_id,
    )


def _when(entry: EntryRow) -> tuple[datetime, int]:
    """Newest first; what has only a day stands at its start, rows of one instant by id."""
    midnight = datetime.combine(entry.on, time(), SHANGHAI).astimezone(UTC)
    return (entry.at or midnight, entry.source_id)


def _entry(
    kind: EntryKind,
    row_id: int,
    code: str,
    *,
    at: datetime | None = None,
    on: date | None = None,
    facts: Mapping[str, str | int] | None = None,
    text: str = "",
) -> EntryRow:
    day = on if on is not None else business_date(at or datetime.min.replace(tzinfo=UTC))
    return EntryRow(kind, at, day, f"entry_{code}", facts or {}, (), text, row_id)


def _visits(rows: Iterable[Visit]) -> Found:
    for row in rows:
        entry = _entry(
            EntryKind.VISIT,
            row.id,
            f"visit_{row.outcome}",
            at=row.started_at,
            on=row.visited_on,
            text=row.note,
        )
        yield entry, (row.agent_id, row.second_agent_id)


def _contacts(rows: Iterable[ContactAttempt]) -> Found:
    for row in rows:
        code = f"contact_{row.party}_{row.connected}"
        entry = _entry(EntryKind(row.channel), row.id, code, at=row.at, text=row.outcome)
        yield entry, (row.agent_id,)


def _plans(rows: Iterable[VisitPlan]) -> Found:
    for row in rows:
        until = row.window_until.astimezone(SHANGHAI).strftime("%H:%M")
        facts = {"day": row.plan_on.isoformat(), "end": until}
        entry = _entry(
            EntryKind.PLAN,
            row.id,
            f"plan_{row.state}",
            at=row.window_from,
            on=row.plan_on,
            facts=facts,
            text=row.strategy,
        )
        yield entry, (row.agent_id, row.second_agent_id)


def _promises(rows: Iterable[Promise], as_of: date, known_on: date | None) -> Found:
    for row in rows:
        state = state_of(
            row.amount_fen, row.paid_fen, row.due_on, as_of, known_on, withdrawn=row.withdrawn
        )
        facts = {
            "amount": yuan(row.amount_fen),
            "paid": yuan(row.paid_fen),
            "due": row.due_on.isoformat(),
        }
        entry = _entry(EntryKind.PROMISE, row.id, f"promise_{state}", on=row.made_on, facts=facts)
        yield entry, (row.agent_id,)


def _payments(debts: Iterable[KnownDebt]) -> Found:
    for known in debts:
        for row in known.payments:
            code = "payment" if row.amount_fen >= 0 else "payment_reversed"
            facts = {"amount": yuan(abs(row.amount_fen)), "number": known.contract.contract_no}
            yield _entry(EntryKind.PAYMENT, row.id, code, on=row.value_on, facts=facts), ()


def _assignments(rows: Iterable[Assignment]) -> Found:
    for row in rows:
        code = "assigned" if row.agent_id is not None else "unassigned"
        entry = _entry(EntryKind.ASSIGNMENT, row.id, code, at=row.from_at, text=row.reason)
        yield entry, (row.agent_id, row.second_agent_id)


def _holds(rows: Iterable[Hold]) -> Found:
    for row in rows:
        code = f"hold_{row.reason}"
        yield _entry(EntryKind.HOLD, row.id, code, on=row.from_on, text=row.words), ()
        if row.ended_at is not None:
            words = row.end_words or ""
            yield _entry(EntryKind.HOLD, row.id, "hold_ended", at=row.ended_at, text=words), ()


def _complaints(rows: Iterable[Complaint]) -> Found:
    for row in rows:
        code = f"complaint_{row.channel}"
        yield _entry(EntryKind.COMPLAINT, row.id, code, at=row.received_at, text=row.about), ()
        if row.closed_on is not None:
            yield _entry(EntryKind.COMPLAINT, row.id, "complaint_closed", on=row.closed_on), ()


def _flags(rows: Iterable[Flag]) -> Found:
    for row in rows:
        code = f"flag_{row.category}_{row.severity}"
        yield _entry(EntryKind.FLAG, row.id, code, at=row.raised_at, text=row.evidence), ()


def _notes(rows: Iterable[CaseNote]) -> Found:
    for row in rows:
        facts = {"by": row.by}
        entry = _entry(
            EntryKind.NOTE, row.id, "note", at=row.recorded_at, facts=facts, text=row.text
        )
        yield entry, ()


def _course(case: Case) -> Found:
    yield _entry(EntryKind.PLACED, case.id, "placed", on=case.placed_on), ()
    if case.ended_on is not None:
        code = f"ended_{case.end_code}" if case.end_code else "ended"
        yield _entry(EntryKind.PLACED, case.id, code, on=case.ended_on), ()
