"""Bring the visit summary up to the raw rows: the dirty days, or all of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, literal, select, text
from sqlalchemy.orm import Session

from supervisor.models.changes import Changes
from supervisor.models.commands.case_summaries import forget_cases
from supervisor.models.commands.summary_marks import mark_all
from supervisor.models.enums import Act
from supervisor.models.orders import Order
from supervisor.models.tables import (
    SummaryArea,
    SummaryDirty,
    SummaryHouse,
    SummaryHouseArea,
    SummaryHouseTally,
    SummaryTally,
    SummaryVisit,
    Visit,
)
from supervisor.models.visit_cuts import AREA_COUNTERS, AREA_KEYS, KEYS, OF_HOUSE, areas_of
from supervisor.models.visit_facts import COUNTERS
from supervisor.models.visit_rows import summary_rows
from supervisor.models.visit_tallies import TALLY_COUNTERS, TALLY_KEYS, tallies_of

MOST_DAYS = 100
"""Days of branches cleaned in one transaction: a second of the write lock at most."""
REBUILT_DAYS = 1_000
"""The same where everything is made anew: about a branch at once, some seconds."""
_CLEANER_LOCK = 0x5F1E1E
"""Number of the server's advisory lock that whoever cleans holds: two at once would meet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanSummary(Order):
    """Clean at most so many days."""

    most: int = MOST_DAYS


def clean_summary(session: Session, order: CleanSummary) -> Changes:
    """Take marks away and write the sums of their days anew, the earliest days first.

    Marks that arrive meanwhile stay. `counts`: days cleaned and `left`, how many are still dirty.
    """
    _alone(session)
    days = _dirty(session, order.most)
    for branch_id, group in groupby(days, key=itemgetter(0)):
        _clean(session, branch_id, [day for _, day in group])
    left = session.scalar(
        select(func.count()).select_from(
            select(SummaryDirty.branch_id, SummaryDirty.day).distinct().subquery()
        )
    )
    return Changes(
        act=Act.SUMMARY_CLEANED,
        topics=frozenset(),
        counts={"days": len(days), "left": int(left or 0)},
    )


def rebuild_summary(session: Session, order: Order) -> Changes:
    """Forget every sum; all days wait to be cleaned. Reads stay true meanwhile."""
    del order
    _alone(session)
    forget_cases(session)
    for table in (SummaryDirty, *_HOUSES, *(one.table for one in _HOUSES.values())):
        session.execute(delete(table))
    mark_all(session)
    days = session.scalar(select(func.count()).select_from(SummaryDirty))
    return Changes(
        act=Act.SUMMARY_CLEANED, topics=frozenset(), counts={"days": 0, "left": int(days or 0)}
    )


def _alone(session: Session) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SELECT pg_advisory_xact_lock({_CLEANER_LOCK})"))


def _dirty(session: Session, most: int) -> list[tuple[int, date]]:
    stmt = (
        select(SummaryDirty.branch_id, SummaryDirty.day)
        .distinct()
        .order_by(SummaryDirty.branch_id, SummaryDirty.day)
        .limit(most)
    )
    return [(row.branch_id, row.day) for row in session.execute(stmt)]


def _clean(session: Session, branch_id: int, days: Sequence[date]) -> None:
    # Marks first: what is written after this statement marks its days again.
    session.execute(
        delete(SummaryDirty).where(SummaryDirty.branch_id == branch_id, SummaryDirty.day.in_(days)),
        execution_options={"synchronize_session": False},
    )
    for table in _HOUSES:
        _add_to_house(session, table, branch_id, days, -1)
        session.execute(
            delete(table).where(table.branch_id == branch_id, table.day.in_(days)),
            execution_options={"synchronize_session": False},
        )
    rows = summary_rows(session, branch_id, days)
    if rows:
        session.execute(insert(SummaryVisit), rows)
    mine = [Visit.done_by_branch_id == branch_id, Visit.visited_on.in_(days)]
    areas = [*AREA_KEYS, *AREA_COUNTERS]
    session.execute(insert(SummaryArea).from_select(areas, areas_of(mine)))
    tallies = [*TALLY_KEYS, *TALLY_COUNTERS]
    session.execute(insert(SummaryTally).from_select(tallies, tallies_of(mine)))
    for table in _HOUSES:
        _add_to_house(session, table, branch_id, days, 1)


@dataclass(frozen=True, slots=True)
class _House:
    """Where the sums over all branches stand, by what, and which rows are summed up."""

    table: Any
    keys: tuple[str, ...]
    counters: tuple[str, ...]
    only: tuple[ColumnElement[bool], ...] = ()


_HOUSES: Mapping[Any, _House] = {
    SummaryVisit: _House(SummaryHouse, KEYS[1:], COUNTERS, only=(SummaryVisit.cut.in_(OF_HOUSE),)),
    SummaryArea: _House(SummaryHouseArea, AREA_KEYS[1:], AREA_COUNTERS),
    SummaryTally: _House(SummaryHouseTally, TALLY_KEYS[1:], TALLY_COUNTERS),
}


def _add_to_house(
    session: Session, own: Any, branch_id: int, days: Sequence[date], times: int
) -> None:
    """Add what is kept of these days of the branch to the sums over all, or take it off (-1)."""
    house = _HOUSES[own]
    kept = select(
        *(getattr(own, name) for name in house.keys),
        *((getattr(own, name) * literal(times)).label(name) for name in house.counters),
    ).where(own.branch_id == branch_id, own.day.in_(days), *house.only)
    dialect = import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}")
    added = dialect.insert(house.table).from_select([*house.keys, *house.counters], kept)
    sums = {name: getattr(house.table, name) + added.excluded[name] for name in house.counters}
    session.execute(added.on_conflict_do_update(index_elements=house.keys, set_=sums))
