"""Facts of the cases of a period: from where they are kept, and raw where they are not true.

Three ways, each exact: facts of the period as they are kept, made of the kept columns of the
branch, or made of raw rows. Cases with a mark are taken out of what is kept and read raw. Marks are
looked at first: what the worker cleans meanwhile is then read raw as well as kept.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.models.case_columns import Among, case_columns, waiting_in
from supervisor.models.packing import pack, unpack
from supervisor.models.rules.measures.columns import CaseColumns, Debts, number_of, packed
from supervisor.models.rules.measures.folded import FOLDS, folded, unfolded
from supervisor.models.rules.measures.often_asked import months_of
from supervisor.models.rules.measures.periods import (
    PeriodFacts,
    attempt_facts,
    chosen,
    intake_facts,
    period_facts,
    without,
)
from supervisor.models.tables import Branch, CaseColumnsDirty, CaseColumnsKept, CasePeriodKept

Branches = tuple[int, ...] | None
"""None: all."""

CASES, CURVES, TRIES = "cases", "intake", "tries"
"""Parts facts are kept in; each has what it needs of the cases. Curves are kept by intake."""
_SHARED = ("id", "branch", "agent", "product")
PARTS: Mapping[str, tuple[str, ...]] = {
    CASES: (
        *(*_SHARED, "placed", "ended", "settled", "reason", "target", "early", "base", "rested"),
        *("placed_bucket", "placed_overdue", "start_bucket", "start_overdue", "start_settle"),
        *("end_bucket", "end_overdue", "first_visit", "last_visit", "visits", "met"),
        *("promises", "kept", "received"),
    ),
    CURVES: (
        *(*_SHARED, "placed", "ended", "placed_overdue", "income"),
        *("curve_case", "curve_on", "curve_fen"),
    ),
    TRIES: (*_SHARED, "try_case", "try_on", "try_how", "try_bucket", "try_income"),
}


_MADE = {CASES: period_facts, CURVES: intake_facts, TRIES: attempt_facts}


@dataclass(frozen=True, slots=True)
class Marks:
    """Branches to be read raw as a whole, and single cases of others."""

    branches: frozenset[int]
    cases: Mapping[int, Collection[int]] = field(default_factory=dict)


def facts_of(
    session: Session, part: str, branches: Branches, first_on: date, last_on: date
) -> list[PeriodFacts]:
    """One part of the facts of these branches from the first day to the last, both included."""
    wanted = _branches(session, branches)
    marks = marks_of(session, branches)
    whole = [one for one in wanted if one not in marks.branches]
    kept = _kept(session, part, branches, whole, first_on, last_on)
    make = _MADE[part]
    found, waiting = [], []
    for branch_id in wanted:
        facts = kept.get(branch_id)
        if facts is None:
            known = kept_columns(session, branch_id) if branch_id in whole else None
            if known is None:
                raw = case_columns(session, Among(branch_id=branch_id))
                found.append(make(raw, first_on, last_on))
                continue
            facts = [make(known, first_on, last_on)]
        stale = marks.cases.get(branch_id)
        waiting += [branch_id] if stale else []
        found += [without(one, stale) if stale else one for one in facts]
    if waiting:
        raw = case_columns(session, waiting_in(tuple(waiting)))
        found.append(make(raw, first_on, last_on))
    return found


def _kept(
    session: Session, part: str, branches: Branches, whole: list[int], first_on: date, last_on: date
) -> dict[int, list[PeriodFacts]]:
    """A part as it is kept, in one piece or, for curves, by month of placement: whole or not."""
    days = tuple(months_of(first_on, last_on)) if part == CURVES else ((first_on, last_on),)
    parts = [periods_kept(session, part, branches, whole, *one) for one in days]
    return {
        branch_id: [one[branch_id] for one in parts]
        for branch_id in whole
        if all(branch_id in one for one in parts)
    }


def folded_facts(
    session: Session,
    fold: str,
    branches: Branches,
    days: tuple[date, date],
    cases: Callable[[tuple[int, ...]], list[PeriodFacts]],
) -> list[PeriodFacts]:
    """The base of these branches as it is kept folded; case by case where one has a mark.

    `cases` reads the facts of the cases of some branches.
    """
    wanted, marks = _branches(session, branches), marks_of(session, branches)
    whole = [one for one in wanted if one not in marks.branches and one not in marks.cases]
    kept = periods_kept(session, fold, branches, whole, *days)
    rest = tuple(one for one in wanted if one not in kept)
    return [*kept.values(), *(unfolded(one, fold) for one in (cases(rest) if rest else ()))]


def _scoped(table: Any, branches: Branches) -> list[Any]:
    """Said even where every branch is meant: the key begins with the branch."""
    return [table.branch_id.in_(select(Branch.id) if branches is None else branches)]


def _branches(session: Session, branches: Branches) -> list[int]:
    stmt = select(Branch.id).order_by(Branch.id)
    if branches is not None:
        stmt = stmt.where(Branch.id.in_(branches))
    return list(session.scalars(stmt))


def marks_of(session: Session, branches: Branches) -> Marks:
    """What of these branches is not to be trusted."""
    dirty = CaseColumnsDirty
    stmt = select(dirty.branch_id, dirty.case_id).where(*_scoped(dirty, branches)).distinct()
    cases: dict[int, set[int]] = {}
    for branch_id, case_id in session.execute(stmt):
        cases.setdefault(branch_id, set()).add(case_id)
    raw = frozenset(branch_id for branch_id, ids in cases.items() if 0 in ids)
    return Marks(raw, {branch: ids for branch, ids in cases.items() if branch not in raw})


def periods_kept(
    session: Session,
    part: str,
    branches: Branches,
    whole: Collection[int],
    first: date,
    last: date,
) -> dict[int, PeriodFacts]:
    """What is kept of a part of a period, by branch; only of those of `whole`."""
    kept = CasePeriodKept
    stmt = select(kept.branch_id, kept.data).where(
        kept.first_on == first, kept.last_on == last, kept.part == part, *_scoped(kept, branches)
    )
    found = {}
    for branch_id, data in session.execute(stmt):
        known = unpack(data)
        if known is not None and branch_id in whole:
            found[branch_id] = PeriodFacts(*known)
    return found


def kept_columns(session: Session, branch_id: int) -> CaseColumns | None:
    """The columns of a branch as they are kept; None: they are not, or in another layout."""
    stmt = select(CaseColumnsKept.data).where(CaseColumnsKept.branch_id == branch_id)
    data = session.scalar(stmt)
    known = None if data is None else unpack(data)
    return None if known is None else CaseColumns(*known)


def packed_parts(
    columns: CaseColumns, first_on: date, last_on: date, debts: Debts
) -> Iterator[tuple[str, bytes]]:
    """What is kept of the facts of a period, part by part, then fold by fold."""
    facts = period_facts(columns, first_on, last_on, debts)
    tries = attempt_facts(columns, first_on, last_on, debts)
    for part, made in ((CASES, facts), (TRIES, tries)):
        yield part, pack(made.reasons, {name: made[name] for name in PARTS[part]})
    yield from packed_folds(facts, first_on, last_on)


def packed_folds(facts: PeriodFacts, first_on: date, last_on: date) -> Iterator[tuple[str, bytes]]:
    """What is kept of it fold by fold."""
    for fold in FOLDS:
        made = folded(facts, fold, first_on, last_on)
        yield fold, pack(made.reasons, made.arrays)


def packed_intakes(
    columns: CaseColumns, months: Collection[tuple[date, date]], debts: Debts
) -> Iterator[tuple[tuple[date, date], bytes]]:
    """The facts of curves by month of placement; the months follow each other, newest first."""
    ends = [day for month in months for day in month]
    facts = intake_facts(columns, min(ends), max(ends), debts)
    for first_on, last_on in months:
        inside = (facts["placed"] >= number_of(first_on)) & (facts["placed"] <= number_of(last_on))
        month = chosen(facts, inside)
        yield (first_on, last_on), pack((), {name: packed(month[name]) for name in PARTS[CURVES]})
