"""What measures look at of every case of a period, over whichever branches are asked for.

Cases stand with the branch and the person that hold them now (today's knowledge).
"""

from collections.abc import Callable, Hashable, Iterator
from datetime import date
from typing import TypeVar

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from supervisor.models.case_facts import CASES, CURVES, PARTS, TRIES, facts_of
from supervisor.models.enums_measures import Dimension
from supervisor.models.queries.measure_visits import branches_of
from supervisor.models.rows.measures import Counted, MeasureFilter
from supervisor.models.rules.measures.case_groups import Cases, Teams, among, base_of
from supervisor.models.rules.measures.compared import channel_comparison, reached, recovery_curves
from supervisor.models.rules.measures.periods import AllFacts, together
from supervisor.models.tables import Branch, Staff

MEMO = "measure_memo"
"""Where a session keeps what several measures share, while `queries.measures.measures` asks."""

T = TypeVar("T")


def remembered(session: Session, key: Hashable, make: Callable[[], T]) -> T:
    """Made once while several measures are asked for at once."""
    memo = session.info.get(MEMO)
    if memo is None:
        return make()
    if key not in memo:
        memo[key] = make()
    found: T = memo[key]
    return found


def cases_of(session: Session, wanted: MeasureFilter, *, at_end: bool = False) -> Cases:
    """The base of the period, filtered and by group.

    Buckets are those the period began with, or with `at_end` those it ended with.
    """
    people = (wanted.agents, wanted.teams, wanted.products)
    where = (branches_of(wanted), wanted.first_on, wanted.until)

    def base() -> AllFacts:
        facts = _table(session, wanted, CASES)
        return base_of(facts, among(facts, _teams(session), *people))

    def grouped() -> Cases:
        facts, teams = remembered(session, ("base", *where, *people), base), _teams(session)
        if not wanted.buckets:
            return Cases(facts, wanted.by, teams, at_end=at_end)
        whole = Cases(facts, (), teams)
        bucket = whole["last_bucket" if at_end else "before_bucket"]
        inside = np.isin(bucket, [int(one) for one in wanted.buckets])
        return Cases(facts.chosen(inside), wanted.by, teams, at_end=at_end)

    key = ("cases", *where, *people, wanted.buckets, wanted.by, at_end)
    return remembered(session, key, grouped)


def curve_rows(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    """One line for each intake (month unless weeks are asked for): money, then cases that paid."""
    facts = _table(session, wanted, CURVES)
    mine = among(facts, _teams(session), wanted.agents, wanted.teams, wanted.products)
    weeks = Dimension.WEEK in wanted.by
    yield from recovery_curves(facts, mine, _watched_until(session, wanted), weeks=weeks)


def _watched_until(session: Session, wanted: MeasureFilter) -> date:
    """The day asked for, or as far as payment data of every branch reach."""
    stmt = select(func.min(Branch.payments_known_on))
    branches = branches_of(wanted)
    if branches is not None:
        stmt = stmt.where(Branch.id.in_(branches))
    known_on = session.scalar(stmt)
    return wanted.as_of if known_on is None else min(wanted.as_of, known_on)


def channel_rows(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    """Attempts of the period and whether money came in soon; ended soon ago: not known yet."""
    facts = _table(session, wanted, TRIES)
    mine = among(facts, _teams(session), wanted.agents, wanted.teams, wanted.products)
    found = reached(facts, mine, wanted.as_of, wanted.channels, wanted.buckets)
    yield from channel_comparison(found)


def _table(session: Session, wanted: MeasureFilter, part: str) -> AllFacts:
    where = (branches_of(wanted), wanted.first_on, wanted.until)

    def read() -> AllFacts:
        names = [name for name in PARTS[part] if name != "id"]
        return together(facts_of(session, part, *where), names, *where[1:])

    return remembered(session, ("table", part, *where), read)


def _teams(session: Session) -> Teams:
    def read() -> Teams:
        stmt = select(Staff.id, Staff.team_id).where(Staff.team_id.is_not(None))
        return {row.id: row.team_id for row in session.execute(stmt)}

    return remembered(session, "teams", read)
