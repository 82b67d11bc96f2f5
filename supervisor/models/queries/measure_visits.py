"""Sums over visits for any period, people and cases: clean days from the summary, others raw.

One statement reads both, so that a worker who cleans meanwhile is seen as a whole or not at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.queries.incident_conditions import scope
from supervisor.models.queries.measure_memo import remembered
from supervisor.models.rows.measures import Key, MeasureFilter
from supervisor.models.rules.measures.definitions import YIELD_DAYS
from supervisor.models.rules.measures.grouping import OF_DAY, day_key, sort_key
from supervisor.models.tables import (
    Branch,
    Staff,
    SummaryDirty,
    SummaryHouse,
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
from supervisor.models.visit_facts import COUNTERS, visit_facts

Sums = Mapping[str, int]
"""The counters by name."""


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
) -> dict[tuple[Key, ...], dict[str, int]]:
    """The counters by group, in the order of the groups.

    `money`: the yield is asked for; on a day in the past it must not take in what came later, so
    the last days are read raw. `raw`: without the summary at all.
    """
    cut = None if raw else cut_for(wanted)
    if cut is None:
        return _read(session, wanted, _raw(session, wanted))
    first_late = wanted.as_of - timedelta(days=YIELD_DAYS - 1)
    if not money or wanted.until < first_late or not _money_after(session, wanted.as_of):
        return _read(session, wanted, _merged(session, wanted, cut))
    last_days = replace(wanted, first_on=max(wanted.first_on, first_late))
    found = visit_sums(session, last_days, raw=True)
    if wanted.first_on < first_late:
        before = replace(wanted, last_on=first_late - timedelta(days=1))
        for group, sums in _read(session, before, _merged(session, before, cut)).items():
            _add(found.setdefault(group, dict.fromkeys(COUNTERS, 0)), sums)
    return dict(sorted(found.items(), key=lambda one: sort_key(one[0])))


_DETAIL: Mapping[str | None, tuple[Dimension, ...]] = {
    HOUR: (Dimension.DAY, Dimension.HOUR),
    CASE: (Dimension.DAY, Dimension.BUCKET, Dimension.PRODUCT),
}
"""As far as a cut tells visits apart, branches and people aside: few rows, whoever is asked for."""


def shared_sums(
    session: Session, wanted: MeasureFilter, *, money: bool = False
) -> dict[tuple[Key, ...], dict[str, int]]:
    """As `visit_sums`; measures of one page that break the same visits down share one read."""
    detail = _DETAIL.get(cut_for(wanted), wanted.by)
    if Dimension.BRANCH in wanted.by:
        detail = wanted.by
    question = replace(wanted, measure=MeasureId.MET_RATE, by=detail)
    rows = remembered(
        session, (question, money), lambda: visit_sums(session, question, money=money)
    )
    if detail == wanted.by:
        return rows
    day = detail.index(Dimension.DAY)
    found: dict[tuple[Key, ...], dict[str, int]] = {}
    for group, sums in rows.items():
        key = tuple(
            _key(name, group[day if name in OF_DAY else detail.index(name)]) for name in wanted.by
        )
        _add(found.setdefault(key, dict.fromkeys(COUNTERS, 0)), sums)
    return dict(sorted(found.items(), key=lambda one: sort_key(one[0])))


def _money_after(session: Session, day: date) -> bool:
    """Whether payment data may reach past the day; imports note how far they do."""
    known_on = session.scalar(select(func.max(Branch.payments_known_on)))
    return known_on is None or known_on > day


def _read(
    session: Session, wanted: MeasureFilter, rows: CTE
) -> dict[tuple[Key, ...], dict[str, int]]:
    """Sum up by group; weeks, months and days of the week are made of days."""
    found: dict[tuple[Key, ...], dict[str, int]] = {}
    size = len(wanted.by)
    for row in session.execute(_grouped(wanted, rows)):
        group = tuple(_key(name, value) for name, value in zip(wanted.by, row, strict=False))
        sums = dict(zip(COUNTERS, (int(value or 0) for value in row[size:]), strict=True))
        _add(found.setdefault(group, dict.fromkeys(COUNTERS, 0)), sums)
    return dict(sorted(found.items(), key=lambda one: sort_key(one[0])))


def _add(to: dict[str, int], sums: Sums) -> None:
    for name, value in sums.items():
        to[name] += value


def _key(dimension: Dimension, value: Any) -> Key:
    if dimension in {Dimension.AGENT, Dimension.TEAM}:
        return int(value) or None if value is not None else None
    if dimension in OF_DAY:
        return day_key(dimension, value)
    return value if dimension is Dimension.PRODUCT else int(value)


def _merged(session: Session, wanted: MeasureFilter, cut: str) -> CTE:
    """Rows of a cut: those of clean days as summed up, those of dirty days as they should be."""
    facts = visit_facts(quiet_of(session), [], dirty_days(wanted), with_bucket=cut == CASE)
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


def dirty_days(wanted: MeasureFilter, name: str = "dirty") -> CTE:
    """Days of branches whose sums are not true: branch_id, day.

    Each use under its own name: what is used twice SQLite writes down first, and then reads every
    visit to look for its days.
    """
    return (
        select(SummaryDirty.branch_id, SummaryDirty.day)
        .where(
            SummaryDirty.day.between(wanted.first_on, wanted.until),
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
    ).where(*_of_cut(house, only), house.day.between(wanted.first_on, wanted.until))
    taken_off = [
        (-column).label(name) if name in _ADD_UP else column
        for name, column in zip(names, columns, strict=True)
    ]
    here = (own.branch_id == dirty.c.branch_id) & (own.day == dirty.c.day)
    untrue = select(*taken_off).select_from(dirty).join(own, and_(here, *_of_cut(own, only)))
    return [every, untrue]


_ADD_UP = frozenset(COUNTERS)


def _of_cut(table: Any, only: Sequence[str]) -> list[ColumnElement[bool]]:
    return [table.cut == cut for cut in only]


def _clean(table: Any, wanted: MeasureFilter) -> list[ColumnElement[bool]]:
    return [
        table.day.between(wanted.first_on, wanted.until),
        in_scope(table.branch_id, branches_of(wanted)),
        ~exists().where(SummaryDirty.branch_id == table.branch_id, SummaryDirty.day == table.day),
    ]


def _raw(session: Session, wanted: MeasureFilter) -> CTE:
    """Every completed visit of the period; once for each person where broken down by person."""
    asked = _Asked.of(wanted)
    facts = visit_facts(
        quiet_of(session),
        [
            Visit.visited_on.between(wanted.first_on, wanted.until),
            in_scope(Visit.done_by_branch_id, branches_of(wanted)),
            *_taking_part(wanted),
        ],
        with_bucket=asked.cases,
        paid_until=wanted.as_of,
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


def _grouped(wanted: MeasureFilter, rows: CTE) -> Select[Any]:
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
    keys = [_column(name, columns) for name in wanted.by]
    return (
        select(*keys, *(func.sum(columns[name]) for name in COUNTERS))
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
    names = {Dimension.BRANCH: "branch_id", Dimension.AGENT: "person"}
    return columns[names.get(dimension, dimension.value)]


def branches_of(wanted: MeasureFilter) -> tuple[int, ...] | None:
    """The branches asked for as far as they may be seen; None is all."""
    return scope(wanted.branches, wanted.allowed)


def in_scope(column: Any, branches: tuple[int, ...] | None) -> ColumnElement[bool]:
    """The branches, said even where every one is meant: indexes begin with the branch."""
    found: ColumnElement[bool] = column.in_(
        select(Branch.id) if branches is None else list(branches)
    )
    return found
