"""Sums over visits for any period, people and cases: clean days from the summary, others raw.

One statement reads both, so that a worker who cleans meanwhile is seen as a whole or not at all.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.queries.asked_branches import (
    FIRST,
    KEPT,
    UNTIL,
    branches_of,
    given,
    in_scope,
    shape_of,
)
from supervisor.models.queries.measure_memo import asked_at_once, remembered
from supervisor.models.queries.people_present import all_person_days
from supervisor.models.queries.visit_table import Sums, VisitTable, detail
from supervisor.models.rows.measures import Key, MeasureFilter
from supervisor.models.rules.measures.definitions import YIELD_DAYS
from supervisor.models.rules.measures.grouping import OF_DAY, day_key
from supervisor.models.tables import (
    Branch,
    Staff,
    SummaryDirty,
    SummaryHouse,
    SummaryHouseTally,
    SummaryTally,
    SummaryVisit,
    Visit,
)
from supervisor.models.visit_cuts import (
    AGENT,
    CASE,
    HOUR,
    KEYS,
    NOBODY,
    OF_HOUSE,
    cut_of,
    participations,
    quiet_of,
)
from supervisor.models.visit_facts import COUNTERS, Quiet, visit_facts
from supervisor.models.visit_tallies import TALLY_COUNTERS, TALLY_KEYS, tallies_of


@dataclass(frozen=True, slots=True)
class _Asked:
    """The dimensions a question touches, by condition or by breaking down."""

    people: bool
    cases: bool
    hours: bool

    @classmethod
    def of(cls, wanted: MeasureFilter) -> "_Asked":
        by = frozenset(wanted.by)
        return cls(
            people=bool(wanted.agents or wanted.teams or by & {Dimension.AGENT, Dimension.TEAM}),
            cases=bool(
                wanted.buckets or wanted.products or by & {Dimension.BUCKET, Dimension.PRODUCT}
            ),
            hours=Dimension.HOUR in by,
        )


def cut_for(wanted: MeasureFilter) -> str | None:
    """The cut that answers; None: only the raw rows can.

    The agent cut counts a visit for both of its people. It answers where it is broken down by
    person, or asked for one person; otherwise a visit of two would count twice.
    """
    asked = _Asked.of(wanted)
    if asked.people:
        by_person = Dimension.AGENT in wanted.by or (len(wanted.agents) == 1 and not wanted.teams)
        alone = not asked.cases and not asked.hours and Dimension.TEAM not in wanted.by
        return AGENT if by_person and alone else None
    if asked.cases:
        return None if asked.hours else CASE
    return HOUR


def visit_sums(
    session: Session, wanted: MeasureFilter, *, money: bool = False, raw: bool = False
) -> dict[tuple[Key, ...], Sums]:
    """The counters by group, in the order of the groups.

    `money`: the yield is asked for; on a day in the past it must not take in what came later, so
    the last days are read raw. `raw`: without the summary at all.
    """
    return _table(session, wanted, money=money, raw=raw).by(wanted.by)


def _table(session: Session, wanted: MeasureFilter, *, money: bool, raw: bool) -> VisitTable:
    cut = None if raw else cut_for(wanted)
    if cut is None:
        return _read(session, wanted, None)
    first_late = wanted.as_of - timedelta(days=YIELD_DAYS - 1)
    if not money or wanted.until < first_late or not _money_after(session, wanted.as_of):
        return _read(session, wanted, cut)
    last_days = replace(wanted, first_on=max(wanted.first_on, first_late))
    found = _read(session, last_days, None)
    if wanted.first_on >= first_late:
        return found
    before = replace(wanted, last_on=first_late - timedelta(days=1))
    return found.plus(_read(session, before, cut))


def shared_sums(
    session: Session, wanted: MeasureFilter, *, money: bool = False
) -> dict[tuple[Key, ...], Sums]:
    """As `visit_sums`; measures of one page that break the same visits down share one read."""
    question = _shared(session, wanted)
    table = remembered(
        session,
        (question, money),
        lambda: _table(session, question, money=money, raw=False),
    )
    return table.by(wanted.by)


def _shared(session: Session, wanted: MeasureFilter) -> MeasureFilter:
    """The question that answers whatever is asked at once of the same visits, from the same cut."""

    def plain(one: MeasureFilter) -> MeasureFilter:
        return replace(one, measure=MeasureId.MET_RATE, by=())

    cut, alone = cut_for(wanted), wanted.by
    if cut not in OF_HOUSE or Dimension.BRANCH in wanted.by:
        return replace(plain(wanted), by=detail(alone))
    others = (
        one.by
        for one in asked_at_once(session)
        if cut_for(one) == cut and Dimension.BRANCH not in one.by and plain(one) == plain(wanted)
    )
    every = {name for by in (alone, *others) for name in detail(by)}
    return replace(plain(wanted), by=tuple(one for one in Dimension if one in every))


def person_days(session: Session, wanted: MeasureFilter) -> dict[tuple[Key, ...], int]:
    """By group the days of people with a visit: somebody counts once for each day."""
    if not wanted.by and branches_of(wanted) is None and cut_for(wanted) == HOUR:
        return {(): all_person_days(session, wanted)}
    by = tuple(name for name in detail(wanted.by) if name is not Dimension.DAY)
    people = replace(wanted, by=(*(one for one in by if one is not Dimension.AGENT), _A, _D))
    source = _source(session, people, cut_for(people))
    found: Counter[tuple[Key, ...]] = Counter()
    for *group, days in session.execute(_people(source, by), given(people)):
        named = dict(zip((*by, _D), group, strict=True))
        key = (day_key(one, named[_D]) if one in OF_DAY else named[one] for one in wanted.by)
        found[tuple(key)] += days
    return found


_A, _D = Dimension.AGENT, Dimension.DAY


@lru_cache(KEPT)
def _people(source: "_Source", by: tuple[Dimension, ...]) -> Select[Any]:
    each = _grouped(source.shape, _rows(source), counted=False).subquery()
    keys = [each.c[_NAMES.get(name, name.value)] for name in (*by, _D)]
    counted = [each.c.person.is_not(None), each.c.person != NOBODY]
    return select(*keys, func.count()).where(*counted).group_by(*keys)


def _money_after(session: Session, day: date) -> bool:
    """Whether payment data may reach past the day; imports note how far they do."""
    known_on = session.scalar(select(func.max(Branch.payments_known_on)))
    return known_on is None or known_on > day


@dataclass(frozen=True, slots=True)
class _Source:
    """Where visits are read from; `cut` None: from the raw rows, with money valued up to a day."""

    shape: MeasureFilter
    cut: str | None
    quiet: Quiet
    paid_until: date | None


def _source(session: Session, wanted: MeasureFilter, cut: str | None) -> _Source:
    paid_until = wanted.as_of if cut is None else None
    return _Source(shape_of(wanted), cut, _quiet(session), paid_until)


def _rows(source: _Source) -> CTE:
    return _raw(source) if source.cut is None else _merged(source, source.cut)


@lru_cache(KEPT)
def _sums(source: _Source) -> Select[Any]:
    return _grouped(source.shape, _rows(source))


def _read(session: Session, wanted: MeasureFilter, cut: str | None) -> VisitTable:
    """Sum up by group, as far as the rows of the summary tell it; `cut` None: raw."""
    stmt = _sums(_source(session, wanted, cut))
    # Straight from the cursor: there are thousands of rows, and all of them are plain numbers.
    found = session.connection().execute(stmt, given(wanted)).cursor.fetchall()
    return VisitTable.of(detail(wanted.by), found)


def _quiet(session: Session) -> Quiet:
    return remembered(session, "quiet", lambda: quiet_of(session))


def _merged(source: _Source, cut: str) -> CTE:
    """Rows of a cut: those of clean days as summed up, those of dirty days as they should be."""
    wanted = source.shape
    facts = visit_facts(source.quiet, [], partial(dirty_days, wanted), with_bucket=cut == CASE)
    house = SummaryHouse if cut in OF_HOUSE else None
    known = kept(SummaryVisit, house, wanted, (*KEYS, *COUNTERS), cut)
    rows = union_all(*known, cut_of(facts, cut)).cte("rows")
    key = {
        HOUR: {"hour": rows.c.key},
        CASE: {"bucket": rows.c.key, "product": rows.c.product},
        AGENT: {"person": rows.c.key},
    }[cut]
    columns = {"branch_id": rows.c.branch_id, "day": rows.c.day, **key}
    return select(
        *(column.label(name) for name, column in columns.items()),
        *(rows.c[name] for name in COUNTERS),
    ).cte("asked")


def tallies(session: Session, wanted: MeasureFilter, like: str) -> list[tuple[date, str, int]]:
    """Day, what and count of `visit_tallies` whose name is like this, over the days asked for."""
    stmt, asked = _tallies(shape_of(wanted)), {**given(wanted), _LIKE.key: like}
    return [(day, what, int(n)) for day, what, n in session.execute(stmt, asked)]


_LIKE = bindparam("what_like", type_=String())


@lru_cache(KEPT)
def _tallies(wanted: MeasureFilter) -> Select[Any]:
    known = kept(SummaryTally, SummaryHouseTally, wanted, (*TALLY_KEYS, *TALLY_COUNTERS))
    rows = union_all(*known, tallies_of([], partial(dirty_days, wanted))).subquery()
    return (
        select(rows.c.day, rows.c.what, func.sum(rows.c.n))
        .where(rows.c.what.like(_LIKE))
        .group_by(rows.c.day, rows.c.what)
        .having(func.sum(rows.c.n) > 0)
    )


def dirty_days(wanted: MeasureFilter, name: str = "dirty") -> CTE:
    """Days of branches whose sums are not true: branch_id, day.

    Each use under its own name: what is used twice SQLite writes down first, and then reads every
    visit to look for its days.
    """
    return (
        select(SummaryDirty.branch_id, SummaryDirty.day)
        .where(
            SummaryDirty.day.between(FIRST, UNTIL),
            in_scope(SummaryDirty.branch_id, branches_of(wanted)),
        )
        .distinct()
        .cte(name)
    )


def kept(
    own: Any, house: Any, wanted: MeasureFilter, names: Sequence[str], *only: str
) -> list[Select[Any]]:
    """What is kept of clean days: of a table by branch, or of its sums over all branches.

    From the latter is taken what dirty days of branches added to them. `names`: keys (the branch
    first) and counters; `only`: a condition on the cut, said alike of both tables.
    """
    whole = branches_of(wanted) is None and Dimension.BRANCH not in wanted.by and house is not None
    columns = [getattr(own, name) for name in names]
    if not whole:
        return [select(*columns).where(*_of_cut(own, only), *_clean(own, wanted))]
    dirty = dirty_days(wanted, "untrue")
    every = select(
        literal(0).label("branch_id"), *(getattr(house, name) for name in names[1:])
    ).where(*_of_cut(house, only), house.day.between(FIRST, UNTIL))
    taken_off = [
        (-column).label(name) if name in _ADD_UP else column
        for name, column in zip(names, columns, strict=True)
    ]
    here = (own.branch_id == dirty.c.branch_id) & (own.day == dirty.c.day)
    untrue = select(*taken_off).select_from(dirty).join(own, and_(here, *_of_cut(own, only)))
    return [every, untrue]


_ADD_UP = frozenset((*COUNTERS, *TALLY_COUNTERS))


def _of_cut(table: Any, only: Sequence[str]) -> list[ColumnElement[bool]]:
    return [table.cut == cut for cut in only]


def _clean(table: Any, wanted: MeasureFilter) -> list[ColumnElement[bool]]:
    return [
        table.day.between(FIRST, UNTIL),
        in_scope(table.branch_id, branches_of(wanted)),
        ~exists().where(SummaryDirty.branch_id == table.branch_id, SummaryDirty.day == table.day),
    ]


def _raw(source: _Source) -> CTE:
    """Every completed visit of the period; once for each person where broken down by person."""
    wanted = source.shape
    asked = _Asked.of(wanted)
    facts = visit_facts(
        source.quiet,
        [
            Visit.visited_on.between(FIRST, UNTIL),
            in_scope(Visit.done_by_branch_id, branches_of(wanted)),
            *_taking_part(wanted),
        ],
        with_bucket=asked.cases,
        paid_until=source.paid_until,
    )
    if Dimension.AGENT in wanted.by:
        return participations(facts)
    lead = func.coalesce(facts.c.agent_id, NOBODY).label("person")
    return select(lead, *facts.c).cte("asked")


def _taking_part(wanted: MeasureFilter) -> list[ColumnElement[bool]]:
    """Visits one of the people asked for took part in."""
    if not wanted.agents:
        return []
    return [
        or_(Visit.agent_id.in_(wanted.agents), Visit.second_agent_id.in_(wanted.agents)),
    ]


def _grouped(wanted: MeasureFilter, rows: CTE, *, counted: bool = True) -> Select[Any]:
    """The keys of each group, and with `counted` its counters."""
    columns = rows.c
    where: list[ColumnElement[bool]] = []
    source: Any = rows
    asked = _Asked.of(wanted)
    if (wanted.agents and Dimension.AGENT in wanted.by) or _one_cut(wanted, rows):
        where.append(columns.person.in_(wanted.agents))
    if wanted.teams or Dimension.TEAM in wanted.by:
        source = rows.outerjoin(Staff, Staff.id == columns.person)
    if wanted.teams:
        where.append(Staff.team_id.in_(wanted.teams))
    if asked.cases and wanted.buckets:
        where.append(columns.bucket.in_([int(one) for one in wanted.buckets]))
    if asked.cases and wanted.products:
        where.append(columns.product.in_(wanted.products))
    keys = [_column(name, columns) for name in detail(wanted.by)]
    sums = [cast(func.sum(columns[name]), BigInteger) for name in COUNTERS] if counted else []
    return (
        select(*keys, *sums)
        .select_from(source)
        .where(*where)
        .group_by(*keys)
        .having(func.sum(columns.visits) > 0)
    )


def _one_cut(wanted: MeasureFilter, rows: CTE) -> bool:
    """One person, answered from the agent cut: its rows name the person."""
    return bool(wanted.agents) and "agent_id" not in rows.c


def _column(dimension: Dimension, columns: Any) -> Any:
    if dimension is Dimension.TEAM:
        return Staff.team_id
    if dimension in OF_DAY:
        return columns.day
    return columns[_NAMES.get(dimension, dimension.value)]


_NAMES = {
    Dimension.BRANCH: "branch_id",
    Dimension.AGENT: "person",
    Dimension.TEAM: "team_id",
}
