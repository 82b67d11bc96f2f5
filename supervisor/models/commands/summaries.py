"""Bring the visit summary up to the raw rows: the dirty days, or all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import delete, func, insert, select, text, union_all
from sqlalchemy.orm import Session

from supervisor.models.changes import Changes
from supervisor.models.commands.case_summaries import forget_cases
from supervisor.models.commands.summary_marks import mark_all
from supervisor.models.enums import Act
from supervisor.models.orders import Order
from supervisor.models.tables import SummaryDirty, SummaryVisit, Visit
from supervisor.models.visit_cuts import CUTS, KEYS, cut_of, quiet_of
from supervisor.models.visit_facts import COUNTERS, visit_facts

MOST_DAYS = 100
"""Days of branches cleaned in one transaction: a second of the write lock at most."""
_BLOCK = 50
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
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SELECT pg_advisory_xact_lock({_CLEANER_LOCK})"))
    days = _dirty(session, order.most)
    for branch_id, group in groupby(days, key=itemgetter(0)):
        own = [day for _, day in group]
        for start in range(0, len(own), _BLOCK):
            _clean(session, branch_id, own[start : start + _BLOCK])
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
    forget_cases(session)
    session.execute(delete(SummaryDirty))
    session.execute(delete(SummaryVisit))
    mark_all(session)
    days = session.scalar(select(func.count()).select_from(SummaryDirty))
    return Changes(
        act=Act.SUMMARY_CLEANED, topics=frozenset(), counts={"days": 0, "left": int(days or 0)}
    )


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
    session.execute(
        delete(SummaryVisit).where(
            SummaryVisit.branch_id == branch_id,
            SummaryVisit.cut.in_(CUTS),
            SummaryVisit.day.in_(days),
        ),
        execution_options={"synchronize_session": False},
    )
    # The facts are worked out once, for all cuts.
    among = [Visit.done_by_branch_id == branch_id, Visit.visited_on.in_(days)]
    facts = visit_facts(quiet_of(session), among, with_bucket=True)
    made: Any = union_all(*(cut_of(facts, cut) for cut in CUTS))
    session.execute(insert(SummaryVisit).from_select([*KEYS, *COUNTERS], made))
