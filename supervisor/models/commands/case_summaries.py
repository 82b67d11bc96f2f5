"""Bring the kept columns of cases, and the facts of often asked periods, up to the raw rows."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.models.case_columns import Among, case_columns
from supervisor.models.case_facts import (
    CURVES,
    kept_columns,
    packed_folds,
    packed_intakes,
    packed_parts,
)
from supervisor.models.changes import Changes
from supervisor.models.enums import Act
from supervisor.models.orders import Order
from supervisor.models.packing import pack
from supervisor.models.queue_facts import QUEUE, STANDING, queue_facts, stood_alike
from supervisor.models.rules.measures.columns import CaseColumns, Debts, number_of, packed
from supervisor.models.rules.measures.folded_events import UNKNOWN, WORD
from supervisor.models.rules.measures.often_asked import compared, intake_months, periods
from supervisor.models.rules.measures.periods import period_facts
from supervisor.models.tables import Branch, CaseColumnsDirty, CaseColumnsKept, CasePeriodKept

_CLEANER_LOCK = 0x5F1E1F
"""Number of the server's advisory lock that whoever cleans holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanCases(Order):
    """Clean at most so many branches."""

    most: int = 1


def clean_cases(session: Session, order: CleanCases) -> Changes:
    """Keep the columns of branches that wait anew, and what today is often asked for.

    Marks that arrive meanwhile stay. `counts`: branches cleaned, and `left`, how many wait still.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SELECT pg_advisory_xact_lock({_CLEANER_LOCK})"))
    waiting = waiting_branches(session, clock.today())
    for branch_id in waiting[: order.most]:
        _clean(session, branch_id, clock.today())
    return Changes(
        act=Act.SUMMARY_CLEANED,
        topics=frozenset(),
        counts={
            "branches": len(waiting[: order.most]),
            "left": max(0, len(waiting) - order.most),
        },
    )


def waiting_branches(session: Session, today: date) -> list[int]:
    """Branches with marks, without columns, or without a period often asked for today."""
    newest = select(CasePeriodKept.branch_id).where(
        CasePeriodKept.first_on == today,
        CasePeriodKept.last_on == today,
        CasePeriodKept.part == WORD,  # the last that came to be kept: earlier versions had none
    )
    stmt = (
        select(Branch.id)
        .where(
            Branch.id.in_(select(CaseColumnsDirty.branch_id))
            | Branch.id.not_in(select(CaseColumnsKept.branch_id))
            | Branch.id.not_in(newest)
        )
        .order_by(Branch.id)
    )
    return list(session.scalars(stmt))


def forget_cases(session: Session) -> None:
    """Nothing is kept any more; reads are true and slow until the worker has been through."""
    for table in (CaseColumnsDirty, CasePeriodKept, CaseColumnsKept):
        session.execute(delete(table))


def _clean(session: Session, branch_id: int, today: date) -> None:
    marked = session.scalar(
        select(func.count())
        .select_from(CaseColumnsDirty)
        .where(CaseColumnsDirty.branch_id == branch_id)
    )
    columns = None if marked else kept_columns(session, branch_id)
    if columns is None:
        columns = _renew(session, branch_id)
    _keep_periods(session, branch_id, columns, today)


def _renew(session: Session, branch_id: int) -> CaseColumns:
    # Marks first: what is written after this statement marks its cases again.
    session.execute(
        delete(CaseColumnsDirty).where(CaseColumnsDirty.branch_id == branch_id),
        execution_options={"synchronize_session": False},
    )
    columns = case_columns(session, Among(branch_id=branch_id))
    session.execute(delete(CaseColumnsKept).where(CaseColumnsKept.branch_id == branch_id))
    data = pack(columns.reasons, columns.arrays)
    session.execute(insert(CaseColumnsKept), [{"branch_id": branch_id, "data": data}])
    return columns


def _keep_periods(session: Session, branch_id: int, columns: CaseColumns, today: date) -> None:
    """Facts of each period; what did not change is not written."""
    kept = CasePeriodKept
    known = {
        (row.first_on, row.last_on, row.part): row.data
        for row in session.execute(
            select(kept.first_on, kept.last_on, kept.part, kept.data).where(
                kept.branch_id == branch_id
            )
        )
    }
    made = _made(session, branch_id, columns, today)
    for key in known.keys() - made.keys():
        session.execute(delete(kept).where(*_of(branch_id, key)))
    for key in known.keys() & made.keys():
        if known[key] != made[key]:
            session.execute(update(kept).where(*_of(branch_id, key)).values(data=made[key]))
    names = ("first_on", "last_on", "part")
    rows = [
        {"branch_id": branch_id, "data": made[key]} | dict(zip(names, key, strict=True))
        for key in made.keys() - known.keys()
    ]
    if rows:
        session.execute(insert(kept), rows)


def _made(
    session: Session, branch_id: int, columns: CaseColumns, today: date
) -> dict[tuple[date, date, str], bytes]:
    """All that is kept of a branch, by first day, last day and part."""
    debts, made = Debts(columns), dict[tuple[date, date, str], bytes]()
    reach = (
        session.scalar(select(Branch.payments_known_on).where(Branch.id == branch_id)),
        session.scalar(select(func.min(Branch.payments_known_on))),
    )
    known = {day for day in reach if day is not None}
    here = UNKNOWN if reach[0] is None else number_of(reach[0])
    for days in periods(today):
        made |= {(*days, part): data for part, data in packed_parts(columns, *days, debts, here)}
    for days in set(compared(today, known)) - {key[:2] for key in made}:
        facts = period_facts(columns, *days, debts)
        made |= {(*days, part): data for part, data in packed_folds(facts, *days)}
    months = tuple(intake_months(today))
    made |= {(*days, CURVES): data for days, data in packed_intakes(columns, months, debts)}
    stood = queue_facts(session, branch_id, columns, today)
    for part, facts in ((QUEUE, stood), (STANDING, stood_alike(stood))):
        arrays = {name: packed(values) for name, values in facts.arrays.items()}
        made[today, today, part] = pack(facts.reasons, arrays)
    return made


def _of(branch_id: int, key: tuple[date, date, str]) -> list[ColumnElement[bool]]:
    first_on, last_on, part = key
    kept = CasePeriodKept
    return [
        kept.branch_id == branch_id,
        kept.first_on == first_on,
        kept.last_on == last_on,
        kept.part == part,
    ]
