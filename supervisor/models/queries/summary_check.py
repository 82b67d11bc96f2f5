"""Whether the visit summary says what the raw rows say (`supervisor summary verify`)."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from supervisor.models.rows.measures import SummaryCheck
from supervisor.models.tables import Branch, SummaryDirty, SummaryVisit, Visit
from supervisor.models.visit_cuts import CASE, CUTS, KEYS, cut_of, quiet_of
from supervisor.models.visit_facts import COUNTERS, visit_facts

MOST_NAMED = 20
"""Wrong days named in the answer."""


def verify_summary(session: Session, _: None = None) -> SummaryCheck:
    """Compare every clean day with its raw rows; writes nothing."""
    days = wrong = 0
    named: list[tuple[int, date]] = []
    for branch_id in session.scalars(select(Branch.id).order_by(Branch.id)).all():
        differing = _wrong_days(session, branch_id)
        wrong += len(differing)
        named += [(branch_id, day) for day in differing]
        days += session.scalar(
            select(func.count(SummaryVisit.day.distinct())).where(
                SummaryVisit.branch_id == branch_id, ~_dirty(SummaryVisit.day, branch_id)
            )
        ) or 0  # fmt: skip
    waiting = select(SummaryDirty.branch_id, SummaryDirty.day).distinct().subquery()
    dirty = session.scalar(select(func.count()).select_from(waiting)) or 0
    return SummaryCheck(days=days, dirty=int(dirty), wrong=wrong, named=tuple(named[:MOST_NAMED]))


def _dirty(day: Any, branch_id: int) -> ColumnElement[bool]:
    return exists().where(SummaryDirty.branch_id == branch_id, SummaryDirty.day == day)


def _wrong_days(session: Session, branch_id: int) -> list[date]:
    quiet = quiet_of(session)
    wrong: set[date] = set()
    for cut in CUTS:
        facts = visit_facts(
            quiet,
            [Visit.done_by_branch_id == branch_id, ~_dirty(Visit.visited_on, branch_id)],
            with_bucket=cut == CASE,
        )
        should = {tuple(row) for row in _ints(session.execute(cut_of(facts, cut)))}
        kept = select(
            *(getattr(SummaryVisit, name) for name in (*KEYS, *COUNTERS))
        ).where(
            SummaryVisit.branch_id == branch_id,
            SummaryVisit.cut == cut,
            ~_dirty(SummaryVisit.day, branch_id),
        )  # fmt: skip
        found = {tuple(row) for row in _ints(session.execute(kept))}
        wrong |= {row[2] for row in should ^ found}
    return sorted(wrong)


def _ints(rows: Iterable[Any]) -> Iterator[list[Any]]:
    for row in rows:
        yield [*row[: len(KEYS)], *(int(value) for value in row[len(KEYS) :])]
