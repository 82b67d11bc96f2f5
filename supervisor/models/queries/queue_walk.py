"""The usual orders over all branches, read from indexes until the window is full.

Each order is a row of segments, each segment a range of an index. The default order goes level by
level: the first six from their small indexes, level 7 down the index over overdue amounts, the rest
by one pass. Stored amounts that do not hold on the day are few; they are computed from raw rows and
merged. Far lines are reached from anchors: remembered keys to go on from.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy import case as when

from supervisor.models.enums import QueueLevel
from supervisor.models.enums_queue import SortKey
from supervisor.models.queries import queue_conditions as judge
from supervisor.models.queries import queue_filter, queue_scan, queue_sorting
from supervisor.models.queries.queue_amounts import (
    NUMBERED,
    Amounts,
    Condition,
    TooStaleError,
    base,
)
from supervisor.models.queries.queue_asked import Asked, Key
from supervisor.models.rows.case_queue import Anchor
from supervisor.models.rules.queue_order import LEVELS
from supervisor.models.tables import Case, Staff

PEOPLE_AT_ONCE, AGENTS_AT_ONCE = 60, 4
"""People whose names are put in order by one statement; those whose cases are read by one."""
_WALKED = frozenset(
    {
        SortKey.DEFAULT,
        SortKey.OVERDUE,
        SortKey.DAYS_PAST_DUE,
        SortKey.LAST_VISIT,
        SortKey.AGENT,
    }
)


def can_walk(question: Asked) -> bool:
    """Whether indexes over all branches answer: no other condition, and a usual order."""
    wanted = question.wanted
    if question.shape.few or wanted.sort.key not in _WALKED:
        return False
    if wanted.reasons and wanted.sort.key is not SortKey.DEFAULT:
        return False
    return queue_filter.is_bare(wanted)


def keys(question: Asked, offset: int, limit: int, known: Sequence[Anchor] = ()) -> list[Key]:
    """The cases from line `offset` on, in the order asked for."""
    key = question.wanted.sort.key
    try:
        if key is SortKey.DEFAULT:
            return _Levels(question).window(offset, limit, known)
        if key is SortKey.OVERDUE:
            return Amounts(question).window(offset, limit, known)
    except TooStaleError:
        return queue_scan.keys(question, offset, limit)
    if key is SortKey.AGENT:
        return _agents(question, offset, limit)
    return _dates(question, offset, limit)


def anchors(question: Asked, step: int) -> tuple[Anchor, ...]:
    """Every `step`-th line's key and, in the default order, where each level begins."""
    try:
        if question.wanted.sort.key is SortKey.DEFAULT:
            return _Levels(question).anchors(step)
        if question.wanted.sort.key is SortKey.OVERDUE:
            return tuple(Amounts(question).anchors(step))
    except TooStaleError:
        pass
    return ()


def _pairs(rows: Sequence[Row[int, int]]) -> list[Key]:
    return [(row[0], row[1]) for row in rows]


class _Levels:
    """The default order, level by level."""

    def __init__(self, question: Asked) -> None:
        self.question = question
        wanted = question.wanted.reasons
        self.levels = sorted({LEVELS[one] for one in wanted} if wanted else set(QueueLevel))
        self.each = judge.levels(question.shape.days)
        self.only: list[Condition] = []
        if wanted:
            numbers = sorted(judge.REASONS.index(one) for one in wanted)
            self.only = [judge.reason(question.shape.days).in_(numbers)]

    def window(self, offset: int, limit: int, known: Sequence[Anchor]) -> list[Key]:
        """Lines from `offset` on."""
        starts = {anchor.key[0]: anchor.position for anchor in known if len(anchor.key) == 1}
        before = [one for one in self.levels if starts.get(int(one), offset + 1) <= offset]
        levels = self.levels[self.levels.index(before[-1]) :] if before else self.levels
        offset -= starts[int(before[-1])] if before else 0
        found: list[Key] = []
        for level in levels:
            part = self._part(level, offset, limit - len(found), known)
            found += part
            if len(found) >= limit:
                break
            if part:
                offset = 0
            elif offset and level is not QueueLevel.REST:
                offset -= self._count(level)
        return found

    def anchors(self, step: int) -> tuple[Anchor, ...]:
        """Where each level begins, and keys inside level 7."""
        made: list[Anchor] = []
        place = 0
        for level in self.levels:
            made.append(Anchor(place, (int(level),)))
            if level is QueueLevel.VISIT_DUE:
                made += self._seventh().anchors(step)
            if level is not QueueLevel.REST:
                place += self._count(level)
        return tuple(made)

    def _part(
        self, level: QueueLevel, offset: int, limit: int, known: Sequence[Anchor]
    ) -> list[Key]:
        if level is QueueLevel.VISIT_DUE:
            return self._seventh().window(offset, limit, known)
        if level is QueueLevel.REST:
            return queue_scan.keys(self.question, offset, limit, rest_only=True)
        amount = judge.overdue(self.question.as_of, self.question.shape.holding)
        statement = (
            select(Case.branch_id, Case.id)
            .where(*self._on(level))
            .order_by(amount.desc(), *(one.asc() for one in NUMBERED))
            .offset(offset)
            .limit(limit)
        )
        return _pairs(self.question.execute(statement).all())

    def _seventh(self) -> Amounts:
        level = int(QueueLevel.VISIT_DUE)
        return Amounts(self.question, level, [self._number() == level, *self.only])

    def _number(self) -> ColumnElement[int]:
        """The level of a case, as far as it is one of the first seven."""
        return when(*((one, place) for place, one in enumerate(self.each, 1)), else_=8)

    def _on(self, level: QueueLevel) -> list[Condition]:
        """On this level and on none before: first what its own index finds."""
        earlier = [~func.coalesce(one, False) for one in self.each[: level - 1]]
        return [*base(self.question), self.each[level - 1], *earlier, *self.only]

    def _count(self, level: QueueLevel) -> int:
        statement = select(func.count()).select_from(Case).where(*self._on(level))
        return self.question.scalar(statement) or 0


def _dates(question: Asked, offset: int, limit: int) -> list[Key]:
    """By last visit or due date: the dated ones by index, those without a date apart."""
    wanted = question.wanted
    (column,), descending = queue_sorting.columns(
        wanted.sort.key, descending=wanted.sort.descending
    )
    # The column leads even where it has no value: so the index is seen to be in this order.
    order = [one.desc() if descending else one.asc() for one in (column, *NUMBERED)]
    parts = [column.is_(None), column.is_not(None)]
    if not queue_sorting.missing_first(wanted.sort.key, descending=descending):
        parts.reverse()
    return _in_parts(question, parts, order, offset, limit)


def _in_parts(
    question: Asked, parts: Sequence[Condition], order: Sequence[Any], offset: int, limit: int
) -> list[Key]:
    found: list[Key] = []
    for condition in parts:
        where = [*base(question), condition]
        statement = select(Case.branch_id, Case.id).where(*where).order_by(*order)
        room = limit - len(found)
        part = question.execute(statement.offset(offset).limit(room)).all()
        found += _pairs(part)
        if len(found) >= limit:
            break
        if part:
            offset = 0
        elif offset:
            counted = select(func.count()).select_from(Case).where(*where)
            offset -= question.scalar(counted) or 0
    return found


def _agents(question: Asked, offset: int, limit: int) -> list[Key]:
    """By agent: people in order, each one's cases from the index."""
    descending = question.wanted.sort.descending
    counts = _cases_of_agents(question) if offset else {}
    found: list[Key] = []
    for some in _chunks(question, all_at_once=bool(offset)):
        here = sum(counts.get(person, 0) for person in some)
        if counts and here <= offset:
            offset -= here
            continue
        if some == [None]:
            found += _of_nobody(question, offset, limit - len(found), descending=descending)
        else:
            found += _cases_of(question, some, descending=descending)[offset:]
        offset = 0
        if len(found) >= limit:
            break
    return found[:limit]


def _people(question: Asked) -> Select[int]:
    """Everybody, in the order of the list."""
    order = (Staff.pinyin_key, Staff.staff_no, Staff.id)
    descending = question.wanted.sort.descending
    return select(Staff.id).order_by(*(one.desc() if descending else one for one in order))


def _cases_of_agents(question: Asked) -> dict[int | None, int]:
    statement = select(Case.agent_id, func.count()).where(*base(question)).group_by(Case.agent_id)
    return {row[0]: row[1] for row in question.execute(statement)}


def _chunks(question: Asked, *, all_at_once: bool) -> Iterator[Sequence[int | None]]:
    """People a few at a time; nobody, since that may be very many cases, alone at an end.

    `all_at_once`: a far window needs nearly everybody, a near one hardly more than the first.
    """
    at_once = None if all_at_once else PEOPLE_AT_ONCE
    descending = question.wanted.sort.descending
    if not descending:
        yield [None]
    first = 0
    while people := question.session.scalars(_people(question).offset(first).limit(at_once)).all():
        for start in range(0, len(people), AGENTS_AT_ONCE):
            yield people[start : start + AGENTS_AT_ONCE]
        first += len(people)
    if descending:
        yield [None]


def _of_nobody(question: Asked, offset: int, limit: int, *, descending: bool) -> list[Key]:
    """Unassigned cases may be very many: only the window is read."""
    order = [one.desc() if descending else one.asc() for one in (Case.agent_id, *NUMBERED)]
    statement = (
        select(Case.branch_id, Case.id)
        .where(*base(question), Case.agent_id.is_(None))
        .order_by(*order)
        .offset(offset)
        .limit(limit)
    )
    return _pairs(question.execute(statement).all())


def _cases_of(question: Asked, people: Sequence[int | None], *, descending: bool) -> list[Key]:
    statement = select(Case.agent_id, *NUMBERED).where(*base(question), Case.agent_id.in_(people))
    place = {person: number for number, person in enumerate(people)}
    rows: list[tuple[Any, ...]] = [tuple(row) for row in question.execute(statement)]
    rows.sort(key=lambda row: row[1:], reverse=descending)
    rows.sort(key=lambda row: place[row[0]])
    return [(row[2], row[3]) for row in rows]
