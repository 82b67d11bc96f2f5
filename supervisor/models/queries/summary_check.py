"""Whether the visit summary says what the raw rows say (`supervisor summary verify`)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from supervisor.models.rows.measures import SummaryCheck
from supervisor.models.tables import (
    Branch,
    SummaryArea,
    SummaryDirty,
    SummaryHouse,
    SummaryHouseArea,
    SummaryHouseTally,
    SummaryTally,
    SummaryVisit,
    Visit,
)
from supervisor.models.visit_cuts import (
    AREA_COUNTERS,
    AREA_KEYS,
    CASE,
    CUTS,
    KEYS,
    OF_HOUSE,
    areas_of,
    cut_of,
    quiet_of,
)
from supervisor.models.visit_facts import COUNTERS, visit_facts
from supervisor.models.visit_tallies import TALLY_COUNTERS, TALLY_KEYS, tallies_of

MOST_NAMED = 20
"""Wrong days named in the answer."""
HOUSE = 0
"""Stands for the branch where a day is wrong in the sums over all branches."""
_DAY = KEYS.index("day")


def verify_summary(session: Session, _: None = None) -> SummaryCheck:
    """Compare every clean day with its raw rows; writes nothing."""
    days = 0
    named = [(HOUSE, day) for day in _wrong_in_house(session)]
    for branch_id in session.scalars(select(Branch.id).order_by(Branch.id)).all():
        wrong = _wrong_days(session, branch_id)
        for own, names, should in _BESIDE:
            wrong |= _wrong_beside(session, branch_id, own, names, should)
        named += [(branch_id, day) for day in sorted(wrong)]
        days += session.scalar(
            select(func.count(SummaryVisit.day.distinct())).where(
                SummaryVisit.branch_id == branch_id, ~_dirty(SummaryVisit.day, branch_id)
            )
        ) or 0  # fmt: skip
    waiting = select(SummaryDirty.branch_id, SummaryDirty.day).distinct().subquery()
    dirty = session.scalar(select(func.count()).select_from(waiting)) or 0
    return SummaryCheck(
        days=days, dirty=int(dirty), wrong=len(named), named=tuple(named[:MOST_NAMED])
    )


def _dirty(day: Any, branch_id: int) -> ColumnElement[bool]:
    return exists().where(SummaryDirty.branch_id == branch_id, SummaryDirty.day == day)


def _wrong_in_house(session: Session) -> list[date]:
    """Days on which the sums over all branches are not those of the branches, true or not."""
    of_visits = _unlike_sum(session, SummaryHouse, SummaryVisit, KEYS[1:], COUNTERS)
    of_areas = _unlike_sum(session, SummaryHouseArea, SummaryArea, AREA_KEYS[1:], AREA_COUNTERS)
    tallied = (TALLY_KEYS[1:], TALLY_COUNTERS)
    of_tallies = _unlike_sum(session, SummaryHouseTally, SummaryTally, *tallied)
    return sorted(of_visits | of_areas | of_tallies)


def _unlike_sum(
    session: Session, house: Any, own: Any, keys: Sequence[str], counters: Sequence[str]
) -> set[date]:
    columns = [getattr(own, name) for name in keys]
    should = select(*columns, *(func.sum(getattr(own, name)) for name in counters)).group_by(
        *columns
    )
    if own is SummaryVisit:
        should = should.where(own.cut.in_(OF_HOUSE))
    # Keys nobody has any more stay with nothing to count.
    counted = getattr(house, counters[0])
    kept = select(*(getattr(house, name) for name in (*keys, *counters))).where(counted != 0)
    place = keys.index("day")
    return {row[place] for row in _differing(session, should, kept, len(keys))}


def _wrong_days(session: Session, branch_id: int) -> set[date]:
    quiet = quiet_of(session)
    wrong: set[date] = set()
    for cut in CUTS:
        facts = visit_facts(
            quiet,
            [Visit.done_by_branch_id == branch_id, ~_dirty(Visit.visited_on, branch_id)],
            with_bucket=cut == CASE,
        )
        kept = select(
            *(getattr(SummaryVisit, name) for name in (*KEYS, *COUNTERS))
        ).where(
            SummaryVisit.branch_id == branch_id,
            SummaryVisit.cut == cut,
            ~_dirty(SummaryVisit.day, branch_id),
        )  # fmt: skip
        wrong |= {row[_DAY] for row in _differing(session, cut_of(facts, cut), kept, len(KEYS))}
    return wrong


_BESIDE: Sequence[tuple[Any, Sequence[str], Callable[[Sequence[Any]], Any]]] = (
    (SummaryArea, (*AREA_KEYS, *AREA_COUNTERS), areas_of),
    (SummaryTally, (*TALLY_KEYS, *TALLY_COUNTERS), tallies_of),
)
"""Tables beside the cuts: three keys, then counters."""


def _wrong_beside(
    session: Session,
    branch_id: int,
    own: Any,
    names: Sequence[str],
    should: Callable[[Sequence[Any]], Any],
) -> set[date]:
    mine = [Visit.done_by_branch_id == branch_id, ~_dirty(Visit.visited_on, branch_id)]
    kept = select(*(getattr(own, name) for name in names)).where(
        own.branch_id == branch_id, ~_dirty(own.day, branch_id)
    )
    return {row[1] for row in _differing(session, should(mine), kept, 3)}


def _differing(session: Session, should: Any, kept: Any, keys: int) -> set[tuple[Any, ...]]:
    """Rows only one of both has; the first so many columns are keys, the rest counters."""
    return set(_ints(session.execute(should), keys)) ^ set(_ints(session.execute(kept), keys))


def _ints(rows: Iterable[Any], keys: int) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        yield (*row[:keys], *(int(value) for value in row[keys:]))
