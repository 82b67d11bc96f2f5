"""Which days of the visit summary are not true any more: told by whoever changes what they rest on.

A visit is counted on its day; money counts for visits up to `YIELD_DAYS` before its value date, and
decides the bucket of visits from then on. Marks are only ever added here, in the transaction that
changes the facts, so that writers never wait for each other.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, insert, literal, select, true
from sqlalchemy.orm import Session

from supervisor.models.base import Base
from supervisor.models.rules.measures.definitions import YIELD_DAYS
from supervisor.models.tables import (
    Borrower,
    Branch,
    Case,
    CaseColumnsDirty,
    CaseContract,
    Contract,
    Instalment,
    Payment,
    Promise,
    SummaryDirty,
    Visit,
)
from supervisor.models.visit_facts import money_since

BLOCK = 2_000
"""Keys named in one statement."""
MOST_DAYS = 40
"""With more different first days than this, one statement looks back to the earliest of them."""

Refs = Collection[tuple[int, int]]
"""Keys of scoped rows: branch and id."""
OnlyVisits = Mapping[tuple[int, int], Collection[int]]
"""By key of a case the ids of new visits, where nothing else of the case changed."""


def mark_days(session: Session, days: Iterable[tuple[int, date]]) -> None:
    """These days of (the branch that did the visits, business date)."""
    rows = [{"branch_id": branch, "day": day} for branch, day in sorted(set(days))]
    if rows:
        session.execute(insert(SummaryDirty), rows)


def mark_all(session: Session) -> None:
    """Every day somebody visited on."""
    days = (Visit.done_by_branch_id, Visit.visited_on)
    every = select(*days).distinct().order_by(*days)
    session.execute(insert(SummaryDirty).from_select(["branch_id", "day"], every))


def mark_columns(session: Session, cases: Refs | None, visits: OnlyVisits | None = None) -> None:
    """What is kept of these cases (None: of all) is not true any more; see `case_summaries`.

    `visits`: the cases nothing happened to but these visits.
    """
    if cases is None:
        every = select(Branch.id, literal(0)).order_by(Branch.id)
        columns = ["branch_id", "case_id"]
        session.execute(insert(CaseColumnsDirty).from_select(columns, every))
        return
    only = visits or {}
    rows = [
        {"branch_id": branch, "case_id": case_id, "visit_id": visit_id}
        for branch, case_id in sorted(set(cases))
        for visit_id in sorted(only.get((branch, case_id), ())) or (None,)
    ]
    if rows:
        session.execute(insert(CaseColumnsDirty), rows)


def mark_visits(session: Session, visits: Refs, when: Any = None) -> None:
    """The days of these visits, or of those `when` holds of: what is told of them changed."""
    for branch_id, ids in _by_branch(visits).items():
        _mark(session, branch_id, Visit.id, ids, true() if when is None else when)


def mark_cases(session: Session, since: Mapping[tuple[int, int], date | None]) -> None:
    """Visits of these cases from a day on, and those before it that its money may count for.

    None: all visits of the case.
    """
    for branch_id, day, ids in _by_start(since):
        when = true() if day is None else Visit.visited_on >= day - timedelta(days=YIELD_DAYS)
        _mark(session, branch_id, Visit.case_id, ids, when)


def mark_before_visits(session: Session, since: Mapping[tuple[int, int], date]) -> None:
    """Visits new ones of the case take money from: only where some came since the first of them.

    Without an end, for more new visits may have come later than the first. To be asked when the
    cases are locked: who writes money meanwhile waits, and marks days itself.
    """
    for branch_id, day, ids in _by_start(since):
        if day is not None:
            when = Visit.visited_on >= day - timedelta(days=YIELD_DAYS)
            _mark(session, branch_id, Visit.case_id, ids, and_(when, money_since(day)))


def _by_start(
    since: Mapping[tuple[int, int], date | None],
) -> Iterator[tuple[int, date | None, list[int]]]:
    """Cases of a branch with the same first day together; with many days from the earliest on."""
    found: dict[tuple[int, date | None], list[int]] = defaultdict(list)
    dates = {day for day in since.values() if day is not None}
    earliest = min(dates, default=None) if len(dates) > MOST_DAYS else None
    for (branch_id, case_id), day in since.items():
        start = day if day is None or earliest is None else earliest
        found[branch_id, start].append(case_id)
    for (branch_id, day), ids in found.items():
        yield branch_id, day, sorted(ids)


def mark_contracts(session: Session, since: Mapping[tuple[int, int], date | None]) -> None:
    """As `mark_cases`, for the cases of these contracts."""
    cases: dict[tuple[int, int], date | None] = {}
    for branch_id, ids in _by_branch(since).items():
        for start in range(0, len(ids), BLOCK):
            stmt = select(CaseContract.contract_id, CaseContract.case_id).where(
                CaseContract.branch_id == branch_id,
                CaseContract.contract_id.in_(ids[start : start + BLOCK]),
            )
            for contract_id, case_id in session.execute(stmt):
                day, key = since[branch_id, contract_id], (branch_id, case_id)
                known = cases.get(key, day)
                cases[key] = None if day is None or known is None else min(known, day)
    mark_cases(session, cases)


RELEVANT: Mapping[type[Base], frozenset[str] | None] = {
    Visit: None,
    Payment: frozenset({"value_on", "amount_fen"}),
    Instalment: frozenset({"due_on", "principal_fen", "interest_fen", "fee_fen", "penalty_fen"}),
    Contract: frozenset({"accelerated_on"}),
    Case: frozenset({"product"}),
    Borrower: frozenset({"area"}),
    Promise: frozenset({"visit_id", "withdrawn"}),
}
"""Tables the sums rest on, and the columns that matter; None: all."""


def matters(table: type[Base], columns: Collection[str]) -> bool:
    """Whether a change of these columns changes a sum."""
    if table not in RELEVANT:
        return False
    wanted = RELEVANT[table]
    return wanted is None or not wanted.isdisjoint(columns)


def mark_rows(session: Session, table: type[Base], refs: Refs) -> None:
    """Whatever rests on these rows as they are now; before and after they change."""
    if table not in RELEVANT:
        return
    for branch_id, ids in _by_branch(refs).items():
        for start in range(0, len(ids), BLOCK):
            _MARKERS[table](session, branch_id, ids[start : start + BLOCK])


def _rows(session: Session, table: Any, branch_id: int, ids: list[int], *columns: Any) -> Any:
    return session.execute(select(*columns).where(table.branch_id == branch_id, table.id.in_(ids)))


def _of_visits(session: Session, branch_id: int, ids: list[int]) -> None:
    columns = (Visit.case_id, Visit.visited_on, Visit.done_by_branch_id)
    days, since = set(), dict[tuple[int, int], date | None]()
    for case_id, day, done_by in _rows(session, Visit, branch_id, ids, *columns):
        days.add((done_by, day))
        since[branch_id, case_id] = min(since.get((branch_id, case_id)) or day, day)
    mark_days(session, days)
    mark_cases(session, since)


def _of_payments(session: Session, branch_id: int, ids: list[int]) -> None:
    since: dict[tuple[int, int], date | None] = {}
    for contract_id, day in _rows(
        session, Payment, branch_id, ids, Payment.contract_id, Payment.value_on
    ):
        since[branch_id, contract_id] = min(since.get((branch_id, contract_id)) or day, day)
    mark_contracts(session, since)


def _of_instalments(session: Session, branch_id: int, ids: list[int]) -> None:
    found = _rows(session, Instalment, branch_id, ids, Instalment.contract_id)
    mark_contracts(session, {(branch_id, row.contract_id): None for row in found})


def _of_contracts(session: Session, branch_id: int, ids: list[int]) -> None:
    mark_contracts(session, dict.fromkeys(((branch_id, id_) for id_ in ids), None))


def _of_cases(session: Session, branch_id: int, ids: list[int]) -> None:
    mark_cases(session, dict.fromkeys(((branch_id, id_) for id_ in ids), None))


def _of_borrowers(session: Session, branch_id: int, ids: list[int]) -> None:
    stmt = select(Case.id).where(Case.branch_id == branch_id, Case.borrower_id.in_(ids))
    mark_cases(session, dict.fromkeys(((branch_id, id_) for id_ in session.scalars(stmt)), None))


def _of_promises(session: Session, branch_id: int, ids: list[int]) -> None:
    found = _rows(session, Promise, branch_id, ids, Promise.visit_id)
    mark_visits(session, {(branch_id, row.visit_id) for row in found if row.visit_id is not None})


_MARKERS: Mapping[type[Base], Callable[[Session, int, list[int]], None]] = {
    Visit: _of_visits,
    Payment: _of_payments,
    Instalment: _of_instalments,
    Contract: _of_contracts,
    Case: _of_cases,
    Borrower: _of_borrowers,
    Promise: _of_promises,
}


def _by_branch(refs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for branch_id, id_ in sorted(set(refs)):
        found[branch_id].append(id_)
    return found


def _mark(session: Session, branch_id: int, column: Any, ids: list[int], when: Any) -> None:
    for start in range(0, len(ids), BLOCK):
        part = ids[start : start + BLOCK]
        days = (
            select(Visit.done_by_branch_id, Visit.visited_on)
            .where(
                Visit.branch_id == branch_id,
                column.in_(part),
                column.between(part[0], part[-1]),
                when,
            )
            .distinct()
        )
        session.execute(insert(SummaryDirty).from_select(["branch_id", "day"], days))
