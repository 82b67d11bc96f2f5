"""Facts of the cases of a period: from where they are kept, and raw where they are not true.

Three ways, each exact: facts of the period as they are kept, made of the kept columns of the
branch, or made of raw rows. Cases of which anything may have changed are taken out of what is kept
and read raw; visits that came alone are laid over it (`case_marks`). Marks are looked at first:
what the worker cleans meanwhile is then read raw as well as kept.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date

from sqlalchemy import Date, String, bindparam, select
from sqlalchemy.orm import Session

from supervisor.models.base import BINARY
from supervisor.models.case_columns import Among, case_columns, waiting_in
from supervisor.models.case_marks import HERE, Branches, Here, scoped
from supervisor.models.case_tries import new_tries
from supervisor.models.packing import pack, unpack
from supervisor.models.rules.measures.columns import CaseColumns, Debts, number_of, packed
from supervisor.models.rules.measures.folded import FOLDS, folded, unfolded
from supervisor.models.rules.measures.folded_events import (
    REACH,
    WORD,
    folded_promises,
    folded_tries,
)
from supervisor.models.rules.measures.often_asked import months_of
from supervisor.models.rules.measures.periods import (
    PeriodFacts,
    attempt_facts,
    chosen,
    intake_facts,
    period_facts,
    without,
)
from supervisor.models.rules.measures.promised import promise_facts
from supervisor.models.rules.measures.visited import (
    CHANGED,
    Visited,
    of_cases,
    refolded,
    stacked,
    with_visits,
)
from supervisor.models.tables import CaseColumnsKept, CasePeriodKept

CASES, CURVES, TRIES, PROMISES = "cases", "intake", "tries", "given"
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
    PROMISES: (
        *("id", "branch", "promise_case", "promise_agent", "promise_due", "promise_paid"),
        "promise_before",
    ),
}


_MADE = {
    CASES: period_facts,
    CURVES: intake_facts,
    TRIES: attempt_facts,
    PROMISES: promise_facts,
}
NEW = 0
"""In place of a branch: attempts of new visits of all of them."""
_NEWEST_COLUMN = "promise_agent"
"""Columns without it were kept by earlier versions."""


def facts_of(
    session: Session, part: str, here: Here, first_on: date, last_on: date
) -> list[PeriodFacts]:
    """One part of the facts of these branches from the first day to the last, both included."""
    marks, whole, days = here.marks, set(here.whole), (first_on, last_on)
    kept = _kept(session, part, here, *days)
    visited = marks.visited.until(last_on)
    make = _MADE[part]
    found, waiting, known_of = [], [], []
    for branch_id in here.branches:
        facts = kept.get(branch_id)
        if facts is None:
            known = kept_columns(session, branch_id) if branch_id in whole else None
            if known is None:
                raw = case_columns(session, Among(branch_id=branch_id))
                found.append(make(raw, *days))
                continue
            facts = [make(known, *days)]
        known_of.append(branch_id)
        stale = marks.cases.get(branch_id)
        waiting += [branch_id] if stale else []
        mine = [without(one, stale) if stale else one for one in facts]
        if part == CASES and visited.size:
            mine = [with_visits(one, visited.of(branch_id), *days) for one in mine]
        found += mine
    if waiting:
        raw = case_columns(session, waiting_in(tuple(waiting)))
        found.append(make(raw, *days))
    if part == TRIES and visited.size:
        found.append(new_tries(session, visited, known_of, days))
    return found


def _kept(
    session: Session, part: str, here: Here, first_on: date, last_on: date
) -> dict[int, list[PeriodFacts]]:
    """A part as it is kept, in one piece or, for curves, by month of placement: whole or not."""
    days = tuple(months_of(first_on, last_on)) if part == CURVES else ((first_on, last_on),)
    whole = here.whole
    parts = [periods_kept(session, (part,), here.asked, whole, *one)[part] for one in days]
    return {
        branch_id: [one[branch_id] for one in parts]
        for branch_id in whole
        if all(branch_id in one for one in parts)
    }


def folds_kept(
    session: Session, folds: Collection[str], here: Here, days: tuple[date, date]
) -> dict[str, dict[int, PeriodFacts]]:
    """The bases of a period as they are kept folded, of branches without a mark that matters."""
    whole = [one for one in here.whole if one not in here.marks.cases]
    visited = here.marks.visited.until(days[1])
    changed = [one for one in CHANGED if one in folds] if visited.size else []
    parts = {*folds, CASES} if changed else folds
    found = periods_kept(session, parts, here.asked, whole, *days)
    for fold in changed:
        found[fold] = _with_new(found[fold], fold, found[CASES], visited, days)
    if REACH in folds and visited.size and found[REACH]:
        new = new_tries(session, visited, list(found[REACH]), days)
        found[REACH][NEW] = folded_tries(new, days[1])
    return found


def _with_new(
    kept: dict[int, PeriodFacts],
    fold: str,
    cases: Mapping[int, PeriodFacts],
    visited: Visited,
    days: tuple[date, date],
) -> dict[int, PeriodFacts]:
    """A fold with the visits that came since, of branches whose cases are kept as well."""
    called = set(visited.branches)
    untouched = {one: facts for one, facts in kept.items() if one not in called}
    touched = {one: facts for one, facts in kept.items() if one in called and one in cases}
    if not touched:
        return untouched
    before, after = [], []
    for branch_id in touched:
        own = visited.of(branch_id)
        mine = of_cases(cases[branch_id], own.case)
        before.append(mine)
        after.append(with_visits(mine, own, *days))
    return untouched | refolded(touched, fold, stacked(before), stacked(after), days)


def folded_facts(
    kept: Mapping[int, PeriodFacts],
    fold: str,
    here: Here,
    cases: Callable[[tuple[int, ...]], list[PeriodFacts]],
) -> list[PeriodFacts]:
    """The base of these branches as it is kept folded; case by case where one has a mark.

    `cases` reads the facts of the cases of some branches.
    """
    rest = here.without(kept)
    return [*kept.values(), *(unfolded(one, fold) for one in (cases(rest) if rest else ()))]


_FIRST, _LAST = bindparam("first_on", type_=Date()), bindparam("last_on", type_=Date())
_PARTS = bindparam("parts", type_=String(), expanding=True)
_BYTES = {BINARY: True}

_PERIODS = scoped(
    select(CasePeriodKept.part, CasePeriodKept.branch_id, CasePeriodKept.data).where(
        CasePeriodKept.first_on == _FIRST,
        CasePeriodKept.last_on == _LAST,
        CasePeriodKept.part.in_(_PARTS),
    ),
    CasePeriodKept.branch_id,
)


def periods_kept(
    session: Session,
    parts: Collection[str],
    branches: Branches,
    whole: Collection[int],
    first: date,
    last: date,
) -> dict[str, dict[int, PeriodFacts]]:
    """What is kept of parts of a period, by part and branch; only of the branches of `whole`."""
    given = {
        HERE.key: list(branches or ()),
        _FIRST.key: first,
        _LAST.key: last,
        _PARTS.key: list(parts),
    }
    found: dict[str, dict[int, PeriodFacts]] = {part: {} for part in parts}
    wanted = set(whole)
    stmt = _PERIODS[branches is not None]
    for part, branch_id, data in session.execute(stmt, given, execution_options=_BYTES):
        known = unpack(data) if branch_id in wanted else None
        if known is not None:
            found[part][branch_id] = PeriodFacts(*known)
    return found


def kept_columns(session: Session, branch_id: int) -> CaseColumns | None:
    """The columns of a branch as they are kept; None: they are not, or in another layout."""
    stmt = select(CaseColumnsKept.data).where(CaseColumnsKept.branch_id == branch_id)
    data = session.scalar(stmt, execution_options=_BYTES)
    known = None if data is None else unpack(data)
    return None if known is None or _NEWEST_COLUMN not in known[1] else CaseColumns(*known)


def packed_parts(
    columns: CaseColumns, first_on: date, last_on: date, debts: Debts, known: int
) -> Iterator[tuple[str, bytes]]:
    """What is kept of the facts of a period, part by part, then fold by fold.

    `known`: how far payment data of the branch reach (a day as a number).
    """
    facts = period_facts(columns, first_on, last_on, debts)
    tries = attempt_facts(columns, first_on, last_on, debts)
    promises = promise_facts(columns, first_on, last_on)
    for part, made in ((CASES, facts), (TRIES, tries), (PROMISES, promises)):
        yield part, pack(made.reasons, {name: made[name] for name in PARTS[part]})
    yield from packed_folds(facts, first_on, last_on)
    reach, word = folded_tries(tries, last_on), folded_promises(promises, last_on, known)
    for fold, counted in ((REACH, reach), (WORD, word)):
        yield fold, pack(counted.reasons, counted.arrays)


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
