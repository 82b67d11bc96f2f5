"""What measures look at of every case of a period, over whichever branches are asked for.

Cases stand with the branch and the person that hold them now (today's knowledge).
"""

from collections.abc import Iterator
from datetime import date

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from supervisor.models.case_facts import CASES, CURVES, PARTS, TRIES, facts_of, folded_facts
from supervisor.models.enums_measures import Dimension
from supervisor.models.queries.asked_branches import branches_of
from supervisor.models.queries.measure_memo import remembered
from supervisor.models.rows.measures import Counted, MeasureFilter
from supervisor.models.rules.measures.case_groups import Cases, Teams, among, base_of
from supervisor.models.rules.measures.compared import channel_comparison, reached, recovery_curves
from supervisor.models.rules.measures.folded import FOLDS, fold_for
from supervisor.models.rules.measures.periods import AllFacts, PeriodFacts, together
from supervisor.models.tables import Branch, Staff


def cases_of(session: Session, wanted: MeasureFilter, *, at_end: bool = False) -> Cases:
    """The base of the period, filtered and by group.

    Buckets are those the period began with, or with `at_end` those it ended with.
    """
    people = (wanted.agents, wanted.teams, wanted.products)
    where = (branches_of(wanted), wanted.first_on, wanted.until)
    fold = fold_for(wanted)

    def base() -> AllFacts:
        if fold is not None:
            return _folded(session, wanted, fold)
        facts = _table(session, wanted, CASES)
        return base_of(facts, among(facts, _teams(session, wanted), *people))

    def grouped() -> Cases:
        facts = remembered(session, ("base", fold, *where, *people), base)
        teams = _teams(session, wanted)
        if not wanted.buckets:
            return Cases(facts, wanted.by, teams, at_end=at_end)
        whole = Cases(facts, (), teams)
        bucket = whole["last_bucket" if at_end else "before_bucket"]
        inside = np.isin(bucket, [int(one) for one in wanted.buckets])
        return Cases(facts.chosen(inside), wanted.by, teams, at_end=at_end)

    key = ("cases", fold, *where, *people, wanted.buckets, wanted.by, at_end)
    return remembered(session, key, grouped)


def curve_rows(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    """One line for each intake (month unless weeks are asked for): money, then cases that paid."""
    facts = _table(session, wanted, CURVES)
    mine = among(facts, _teams(session, wanted), wanted.agents, wanted.teams, wanted.products)
    weeks = Dimension.WEEK in wanted.by
    yield from recovery_curves(facts, mine, _watched_until(session, wanted), weeks=weeks)


def payments_known_on(session: Session, branches: tuple[int, ...] | None) -> date | None:
    """As far as payment data of every one of these branches reach; None: not known."""

    def read() -> date | None:
        stmt = select(func.min(Branch.payments_known_on))
        if branches is not None:
            stmt = stmt.where(Branch.id.in_(branches))
        return session.scalar(stmt)

    return remembered(session, ("known_on", branches), read)


def _watched_until(session: Session, wanted: MeasureFilter) -> date:
    """The day asked for, or as far as payment data of every branch reach."""
    known_on = payments_known_on(session, branches_of(wanted))
    return wanted.as_of if known_on is None else min(wanted.as_of, known_on)


def channel_rows(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    """Attempts of the period and whether money came in soon; ended soon ago: not known yet."""
    facts = _table(session, wanted, TRIES)
    mine = among(facts, _teams(session, wanted), wanted.agents, wanted.teams, wanted.products)
    found = reached(facts, mine, wanted.as_of, wanted.channels, wanted.buckets)
    yield from channel_comparison(found)


def _folded(session: Session, wanted: MeasureFilter, fold: str) -> AllFacts:
    days = (wanted.first_on, wanted.until)

    def cases(branches: tuple[int, ...]) -> list[PeriodFacts]:
        def read() -> list[PeriodFacts]:
            return facts_of(session, CASES, branches, *days)

        return remembered(session, ("cases of", branches, *days), read)

    found = folded_facts(session, fold, branches_of(wanted), days, cases)
    return together(found, FOLDS[fold], *days)


def _table(session: Session, wanted: MeasureFilter, part: str) -> AllFacts:
    where = (branches_of(wanted), wanted.first_on, wanted.until)

    def read() -> AllFacts:
        skipped = {"id"} if part == CASES or _names_people(wanted) else {"id", *_WHOSE}
        names = [name for name in PARTS[part] if name not in skipped]
        return together(facts_of(session, part, *where), names, *where[1:])

    return remembered(session, ("table", part, _names_people(wanted), *where), read)


_WHOSE = ("branch", "agent")
"""Columns that take time to put together; curves and attempts need them for questions of people."""


def _names_people(wanted: MeasureFilter) -> bool:
    return bool(wanted.agents or wanted.teams)


def _teams(session: Session, wanted: MeasureFilter) -> Teams:
    if not wanted.teams and Dimension.TEAM not in wanted.by:
        return {}

    def read() -> Teams:
        stmt = select(Staff.id, Staff.team_id).where(Staff.team_id.is_not(None))
        return {row.id: row.team_id for row in session.execute(stmt)}

    return remembered(session, "teams", read)
