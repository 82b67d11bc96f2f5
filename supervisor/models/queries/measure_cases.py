"""What measures look at of every case of a period, over whichever branches are asked for.

Cases stand with the branch and the person that hold them now (today's knowledge).
"""

from collections.abc import Iterator
from datetime import date

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from supervisor.models.case_facts import (
    CASES,
    CURVES,
    PARTS,
    TRIES,
    facts_of,
    folded_facts,
    folds_kept,
)
from supervisor.models.case_marks import Branches, Here, here_of
from supervisor.models.enums_measures import Dimension
from supervisor.models.queries.asked_branches import HERE, branches_of
from supervisor.models.queries.measure_memo import asked_at_once, remembered
from supervisor.models.rows.measures import Counted, MeasureFilter
from supervisor.models.rules.measures.case_groups import Cases, Teams, among, base_of
from supervisor.models.rules.measures.columns import Array
from supervisor.models.rules.measures.compared import channel_comparison, reached, recovery_curves
from supervisor.models.rules.measures.folded import FOLDS, fold_for
from supervisor.models.rules.measures.folded_events import REACH, REACHED, folded_tries
from supervisor.models.rules.measures.periods import AllFacts, PeriodFacts, together
from supervisor.models.tables import Branch, Staff


def cases_of(session: Session, wanted: MeasureFilter, *, at_end: bool = False) -> Cases:
    """The base of the period, filtered and by group.

    Buckets are those the period began with, or with `at_end` those it ended with.
    """
    people = (wanted.agents, wanted.teams, wanted.products)
    where = (branches_of(wanted), wanted.first_on, wanted.until)
    fold = fold_for(wanted)

    by_branch = Dimension.BRANCH in wanted.by

    def base() -> AllFacts:
        if fold is not None:
            return _folded(session, wanted, fold)
        facts = _table(session, wanted, CASES)
        return base_of(facts, among(facts, _teams(session, wanted), *people))

    def grouped() -> Cases:
        facts = remembered(session, ("base", fold, by_branch, *where, *people), base)
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
        stmt = _KNOWN if branches is None else _SOME_KNOWN
        return session.scalar(stmt, {HERE.key: list(branches or ())})

    return remembered(session, ("known_on", branches), read)


_KNOWN = select(func.min(Branch.payments_known_on))
_SOME_KNOWN = _KNOWN.where(Branch.id.in_(HERE))


def _watched_until(session: Session, wanted: MeasureFilter) -> date:
    """The day asked for, or as far as payment data of every branch reach."""
    known_on = payments_known_on(session, branches_of(wanted))
    return wanted.as_of if known_on is None else min(wanted.as_of, known_on)


def channel_rows(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    """Attempts of the period and whether money came in soon; ended soon ago: not known yet."""
    asked = (wanted.as_of, wanted.channels, wanted.buckets)
    if wanted.agents or wanted.teams or wanted.products:
        facts = _table(session, wanted, TRIES)
        mine = among(facts, _teams(session, wanted), wanted.agents, wanted.teams, wanted.products)
        yield from channel_comparison(reached(facts.arrays, mine, *asked))
    else:
        yield from channel_comparison(reached(_tries(session, wanted), None, *asked))


def _tries(session: Session, wanted: MeasureFilter) -> dict[str, Array]:
    """Attempts that are alike, counted; of branches with a mark one by one."""
    days, here = (wanted.first_on, wanted.until), _here(session, branches_of(wanted))
    kept = folds_kept(session, (REACH,), here, days)[REACH]
    found, rest = list(kept.values()), here.without(kept)
    if rest:
        each = facts_of(session, TRIES, _here(session, rest), *days)
        found += [folded_tries(one, wanted.until) for one in each]
    empty = [np.zeros(0, dtype=np.int64)]
    return {name: np.concatenate([one[name] for one in found] or empty) for name in REACHED}


def _here(session: Session, branches: Branches) -> Here:
    return remembered(session, ("here", branches), lambda: here_of(session, branches))


def _folded(session: Session, wanted: MeasureFilter, fold: str) -> AllFacts:
    """The base of the period from a fold; all folds of the period asked for are read at once."""
    branches, days = branches_of(wanted), (wanted.first_on, wanted.until)
    here = _here(session, branches)
    folds = {fold} | {
        other
        for one in asked_at_once(session)
        if (one.first_on, one.until) == days and branches_of(one) == branches
        if (other := fold_for(one)) is not None
    }
    kept = remembered(
        session, ("folds", branches, *days), lambda: folds_kept(session, folds, here, days)
    )

    def cases(some: tuple[int, ...]) -> list[PeriodFacts]:
        def read() -> list[PeriodFacts]:
            return facts_of(session, CASES, _here(session, some), *days)

        return remembered(session, ("cases of", some, *days), read)

    skipped = {"agent"} if Dimension.BRANCH in wanted.by else _WHOSE
    names = [name for name in FOLDS[fold] if name not in skipped]
    return together(folded_facts(kept[fold], fold, here, cases), names, *days)


def _table(session: Session, wanted: MeasureFilter, part: str) -> AllFacts:
    where = (branches_of(wanted), wanted.first_on, wanted.until)

    def read() -> AllFacts:
        skipped = {"id"} if part == CASES or _names_people(wanted) else {"id", *_WHOSE}
        names = [name for name in PARTS[part] if name not in skipped]
        found = facts_of(session, part, _here(session, where[0]), *where[1:])
        return together(found, names, *where[1:])

    return remembered(session, ("table", part, _names_people(wanted), *where), read)


_WHOSE = frozenset({"branch", "agent"})
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
