"""The usual orders over all branches, read from indexes until the window is full.

Each order is a row of segments, each segment a range of an index. The default order goes level by
level: the first six from their small indexes, level 7 down the index over overdue amounts, the rest
by one pass. Stored amounts that do not hold on the day are few; they are computed from raw rows and
merged. Far lines are reached from anchors: remembered keys to go on from.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, tuple_
from sqlalchemy import case as when

from supervisor.models.enums import QueueLevel, SortKey
from supervisor.models.queries import queue_conditions as judge
from supervisor.models.queries import queue_filter, queue_scan, queue_sorting
from supervisor.models.queries.queue_scan import FEW, Asked, Key
from supervisor.models.rows.case_queue import Anchor
from supervisor.models.rules.queue_order import LEVELS
from supervisor.models.tables import Case, Staff

MOST_STALE = 2_000
"""Up to so many amounts are computed and merged; beyond, one pass is cheaper."""
AGENTS_AT_ONCE = 16
Condition = ColumnElement[bool]
Order = tuple[ColumnElement[Any], ...]
_NUMBERED = (Case.case_no, Case.branch_id, Case.id)
_WALKED = frozenset(
    {
        SortKey.DEFAULT,
        SortKey.OVERDUE,
        SortKey.DAYS_PAST_DUE,
        SortKey.LAST_VISIT,
        SortKey.AGENT,
    }
)


class TooStaleError(Exception):
    """More stored amounts do not hold than can be merged."""


def can_walk(question: Asked) -> bool:
    """Whether indexes over all branches answer: no other condition, and a usual order."""
    wanted = question.wanted
    if 0 < len(question.branches) <= FEW or wanted.sort.key not in _WALKED:
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
            return _Amounts(question).window(offset, limit, known)
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
            return tuple(_Amounts(question).anchors(step))
    except TooStaleError:
        pass
    return ()


def _base(question: Asked) -> list[Condition]:
    conditions: list[Condition] = [Case.ended_on.is_(None)]
    if question.branches:
        conditions.append(Case.branch_id.in_(question.branches))
    return conditions


def _pairs(rows: Sequence[Row[int, int]]) -> list[Key]:
    return [(row[0], row[1]) for row in rows]


class _Amounts:
    """Cases by overdue amount, walking its index; `descending` also in the tie-breakers if asked.

    Level 7 of the default order is such a walk with a condition: amounts descending, numbers
    ascending.
    """

    def __init__(self, question: Asked, level: int = 0, only: Sequence[Condition] = ()) -> None:
        self.question = question
        self.level = level
        self.where = [*_base(question), *only]
        self.descending = bool(level) or question.wanted.sort.descending
        self.ties_descending = self.descending and not level
        self._stale: list[tuple[Any, ...]] | None = None

    def stale(self) -> list[tuple[Any, ...]]:
        """Cases whose stored amount does not hold, sorted, with the true one."""
        if self._stale is None:
            as_of = self.question.as_of
            outside = (Case.overdue_until_on < as_of, Case.overdue_from_on > as_of)
            found: dict[Key, tuple[Any, ...]] = {}
            for condition in outside if self.question.some_stale else ():
                statement = (
                    select(judge.overdue_from_raw(as_of), *_NUMBERED)
                    .where(condition, *self.where)
                    .limit(MOST_STALE + 1)
                )
                for row in self.question.session.execute(statement):
                    found[row[2], row[3]] = tuple(row)
            if len(found) > MOST_STALE:
                raise TooStaleError
            self._stale = sorted(found.values(), key=self._place)
        return self._stale

    def window(self, offset: int, limit: int, known: Sequence[Anchor] = ()) -> list[Key]:
        """Lines of this walk from `offset` on, its first line being 0."""
        stale = self.stale()
        first = max(0, offset - len(stale))
        fresh = self._fresh(first, limit + offset - first, known)
        start = self._place(fresh[0]) if fresh else None
        if start is None:
            before = min(len(stale), max(0, offset - self._count_fresh())) if stale else 0
            merged = stale[before:]
            return [(row[2], row[3]) for row in merged[:limit]]
        passed = sum(self._place(row) < start for row in stale)
        lines = sorted([*fresh, *stale[passed:]], key=self._place)
        if first == 0:
            lines, passed = sorted([*fresh, *stale], key=self._place), 0
        skip = offset - first - passed
        return [(row[2], row[3]) for row in lines[skip : skip + limit]]

    def anchors(self, step: int) -> Iterator[Anchor]:
        """Keys of every `step`-th case whose stored amount holds; positions count only those."""
        walked = self._statement([])
        place = func.row_number().over(order_by=self._order()) - 1
        placed = walked.order_by(None).add_columns(place.label("place")).subquery("placed")
        every = and_(placed.c.place % step == 0, placed.c.place > 0)
        statement = select(placed).where(every).order_by(placed.c.place)
        for *key, position in self.question.session.execute(statement):
            yield Anchor(position, (self.level, *key))

    def _fresh(self, first: int, limit: int, known: Sequence[Anchor]) -> list[tuple[Any, ...]]:
        usable = [
            anchor
            for anchor in known
            if len(anchor.key) > 1 and anchor.key[0] == self.level and anchor.position < first
        ]
        beyond: list[Condition] = []
        if usable:
            nearest = max(usable, key=lambda anchor: anchor.position)
            beyond = [self._after(nearest.key[1:])]
            first -= nearest.position + 1
        rows = self.question.session.execute(self._statement(beyond).offset(first).limit(limit))
        return [tuple(row) for row in rows]

    def _count_fresh(self) -> int:
        counted = self._statement([]).order_by(None).subquery()
        return self.question.session.scalar(select(func.count()).select_from(counted)) or 0

    def _statement(self, beyond: Sequence[Condition]) -> Select[Any, *tuple[Any, ...]]:
        held = [judge.fresh(self.question.as_of)] if self.question.some_stale else []
        return (
            select(Case.overdue_fen, *_NUMBERED)
            .where(*self.where, *held, *beyond)
            .order_by(*self._order())
        )

    def _order(self) -> Order:
        amount = Case.overdue_fen.desc() if self.descending else Case.overdue_fen.asc()
        ties = [one.desc() if self.ties_descending else one.asc() for one in _NUMBERED]
        return (amount, *ties)

    def _after(self, key: Sequence[Any]) -> Condition:
        amount, numbers = key[0], tuple(key[1:])
        further = tuple_(*_NUMBERED)
        tied = further < numbers if self.ties_descending else further > numbers
        if self.descending:
            lower = or_(Case.overdue_fen < amount, and_(Case.overdue_fen == amount, tied))
            return and_(Case.overdue_fen <= amount, lower)
        higher = or_(Case.overdue_fen > amount, and_(Case.overdue_fen == amount, tied))
        return and_(Case.overdue_fen >= amount, higher)

    def _place(self, row: Sequence[Any]) -> Any:
        """Python's view of the same order."""
        amount = -row[0] if self.descending else row[0]
        if not self.ties_descending:
            return (amount, *row[1:])
        return (amount, _Backwards(tuple(row[1:])))


class _Backwards:
    """Compares the other way round."""

    def __init__(self, value: tuple[Any, ...]) -> None:
        self.value = value

    def __lt__(self, other: "_Backwards") -> bool:
        return other.value < self.value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Backwards) and self.value == other.value

    def __hash__(self) -> int:
        return hash(self.value)


class _Levels:
    """The default order, level by level."""

    def __init__(self, question: Asked) -> None:
        self.question = question
        wanted = question.wanted.reasons
        self.levels = sorted({LEVELS[one] for one in wanted} if wanted else set(QueueLevel))
        self.each = judge.levels(question.days)
        self.only: list[Condition] = []
        if wanted:
            numbers = sorted(judge.REASONS.index(one) for one in wanted)
            self.only = [judge.reason(question.days).in_(numbers)]

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
            elif offset:
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
        amount = judge.overdue(self.question.as_of, some_stale=self.question.some_stale)
        statement = (
            select(Case.branch_id, Case.id)
            .where(*self._on(level))
            .order_by(amount.desc(), *(one.asc() for one in _NUMBERED))
            .offset(offset)
            .limit(limit)
        )
        return _pairs(self.question.session.execute(statement).all())

    def _seventh(self) -> _Amounts:
        level = int(QueueLevel.VISIT_DUE)
        return _Amounts(self.question, level, [self._number() == level, *self.only])

    def _number(self) -> ColumnElement[int]:
        """The level of a case, as far as it is one of the first seven."""
        return when(*((one, place) for place, one in enumerate(self.each, 1)), else_=8)

    def _on(self, level: QueueLevel) -> list[Condition]:
        """On this level and on none before: first what its own index finds."""
        earlier = [~func.coalesce(one, False) for one in self.each[: level - 1]]
        return [*_base(self.question), self.each[level - 1], *earlier, *self.only]

    def _count(self, level: QueueLevel) -> int:
        statement = select(func.count()).select_from(Case).where(*self._on(level))
        return self.question.session.scalar(statement) or 0


def _dates(question: Asked, offset: int, limit: int) -> list[Key]:
    """By last visit or due date: the dated ones by index, those without a date apart."""
    wanted = question.wanted
    (column,), descending = queue_sorting.columns(
        wanted.sort.key, descending=wanted.sort.descending
    )
    turn: Callable[[Any], Any] = (lambda one: one.desc()) if descending else (lambda one: one.asc())
    parts = [
        (column.is_(None), (turn(one) for one in _NUMBERED)),
        (column.is_not(None), (turn(one) for one in (column, *_NUMBERED))),
    ]
    return _in_parts(question, list(reversed(parts)) if descending else parts, offset, limit)


def _in_parts(
    question: Asked, parts: Sequence[tuple[Condition, Any]], offset: int, limit: int
) -> list[Key]:
    found: list[Key] = []
    for condition, order in parts:
        where = [*_base(question), condition]
        statement = select(Case.branch_id, Case.id).where(*where).order_by(*order)
        room = limit - len(found)
        part = question.session.execute(statement.offset(offset).limit(room)).all()
        found += _pairs(part)
        if len(found) >= limit:
            break
        if part:
            offset = 0
        elif offset:
            counted = select(func.count()).select_from(Case).where(*where)
            offset -= question.session.scalar(counted) or 0
    return found


def _agents(question: Asked, offset: int, limit: int) -> list[Key]:
    """By agent: people in order, each one's cases from the index."""
    descending = question.wanted.sort.descending
    people: list[int | None] = [None, *_people(question)]
    if descending:
        people.reverse()
    counts = _cases_of_agents(question) if offset else {}
    found: list[Key] = []
    for some in _chunks(people):
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


def _people(question: Asked) -> list[int]:
    rows = question.session.execute(select(Staff.id, Staff.pinyin_key, Staff.staff_no))
    return [row[0] for row in sorted(rows, key=lambda row: (row[1], row[2], row[0]))]


def _cases_of_agents(question: Asked) -> dict[int | None, int]:
    statement = select(Case.agent_id, func.count()).where(*_base(question)).group_by(Case.agent_id)
    return {row[0]: row[1] for row in question.session.execute(statement)}


def _chunks(people: Sequence[int | None]) -> Iterator[Sequence[int | None]]:
    """Nobody alone, since that may be very many cases; people a few at a time."""
    if people and people[0] is None:
        yield people[:1]
        people = people[1:]
    last = people[-1:] if people and people[-1] is None else []
    named = people[: len(people) - len(last)]
    for start in range(0, len(named), AGENTS_AT_ONCE):
        yield named[start : start + AGENTS_AT_ONCE]
    if last:
        yield last


def _of_nobody(question: Asked, offset: int, limit: int, *, descending: bool) -> list[Key]:
    """Unassigned cases may be very many: only the window is read."""
    order = [one.desc() if descending else one.asc() for one in _NUMBERED]
    statement = (
        select(Case.branch_id, Case.id)
        .where(*_base(question), Case.agent_id.is_(None))
        .order_by(*order)
        .offset(offset)
        .limit(limit)
    )
    return _pairs(question.session.execute(statement).all())


def _cases_of(question: Asked, people: Sequence[int | None], *, descending: bool) -> list[Key]:
    statement = select(Case.agent_id, *_NUMBERED).where(*_base(question), Case.agent_id.in_(people))
    place = {person: number for number, person in enumerate(people)}
    rows: list[tuple[Any, ...]] = [tuple(row) for row in question.session.execute(statement)]
    rows.sort(key=lambda row: row[1:], reverse=descending)
    rows.sort(key=lambda row: place[row[0]])
    return [(row[2], row[3]) for row in rows]
