"""Cases of all branches by overdue amount, walking the index over it.

Of a case whose due date has passed the next amount counts, which has an index of its own: both
are walked and merged. Cases of which no stored amount holds are few: they are computed from raw
rows and merged as well. Far lines are reached from anchors, remembered keys to go on from.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    func,
    or_,
    select,
    tuple_,
    union_all,
)

from supervisor.models.queries import queue_conditions as judge
from supervisor.models.queries.queue_asked import Asked, Key
from supervisor.models.rows.case_queue import Anchor
from supervisor.models.tables import Case

MOST_STALE = 2_000
"""Up to so many amounts are computed and merged; beyond, one pass is cheaper."""
FAR = 5_000
"""Up to so many lines are passed over by merging; beyond, the engine counts them."""
Condition = ColumnElement[bool]
Order = tuple[ColumnElement[Any], ...]
NUMBERED = (Case.case_no, Case.branch_id, Case.id)
"""Ends every order, so that it is total."""


class TooStaleError(Exception):
    """More stored amounts do not hold than can be merged."""


def base(question: Asked) -> list[Condition]:
    """Open cases of the branches asked for."""
    conditions: list[Condition] = [Case.ended_on.is_(None)]
    if question.branches:
        conditions.append(Case.branch_id.in_(judge.HERE))
    return conditions


class Amounts:
    """Cases by overdue amount, walking its index; `descending` also in the tie-breakers if asked.

    Level 7 of the default order is such a walk with a condition: amounts descending, numbers
    ascending.
    """

    def __init__(self, question: Asked, level: int = 0, only: Sequence[Condition] = ()) -> None:
        self.question = question
        self.level = level
        self.where = [*base(question), *only]
        self.descending = bool(level) or question.wanted.sort.descending
        self.ties_descending = self.descending and not level
        self._stale: list[tuple[Any, ...]] | None = None

    def stale(self) -> list[tuple[Any, ...]]:
        """Cases of which no stored amount holds, sorted, with the true one."""
        if self._stale is None:
            as_of = self.question.as_of
            raw = self.question.shape.holding is judge.Holding.RAW
            found: dict[Key, tuple[Any, ...]] = {}
            for condition in judge.outside(as_of) if raw else ():
                statement = (
                    select(judge.overdue_from_raw(as_of), *NUMBERED)
                    .where(condition, *self.where)
                    .limit(MOST_STALE + 1)
                )
                for row in self.question.execute(statement):
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
        """Keys of every `step`-th case of which a stored amount holds; positions count those."""
        walked = self._walked()
        place = func.row_number().over(order_by=self._order(walked)) - 1
        placed = select(*walked.c, place.label("place")).subquery("placed")
        every = and_(placed.c.place % step == 0, placed.c.place > 0)
        statement = select(placed).where(every).order_by(placed.c.place)
        for *key, position in self.question.execute(statement):
            yield Anchor(position, (self.level, *key))

    def _fresh(self, first: int, limit: int, known: Sequence[Anchor]) -> list[tuple[Any, ...]]:
        usable = [
            anchor
            for anchor in known
            if len(anchor.key) > 1 and anchor.key[0] == self.level and anchor.position < first
        ]
        key: Sequence[Any] = ()
        if usable:
            nearest = max(usable, key=lambda anchor: anchor.position)
            key = nearest.key[1:]
            first -= nearest.position + 1
        if first > FAR and len(self._amounts()) > 1:
            walked = self._walked(key)
            statement = select(walked).order_by(*self._order(walked)).offset(first).limit(limit)
            return [tuple(row) for row in self.question.execute(statement)]
        return self._merged(first, limit, key)

    def _merged(self, first: int, limit: int, key: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Each amount's own walk, as far as the window goes, put together."""
        walks = [self._statement(amount, holds, key) for amount, holds in self._amounts()]
        if len(walks) == 1:
            rows = self.question.execute(walks[0].offset(first).limit(limit))
            return [tuple(row) for row in rows]
        found = [
            tuple(row) for walk in walks for row in self.question.execute(walk.limit(first + limit))
        ]
        return sorted(found, key=self._place)[first : first + limit]

    def _count_fresh(self) -> int:
        return self.question.scalar(select(func.count()).select_from(self._walked())) or 0

    def _walked(self, key: Sequence[Any] = ()) -> Subquery:
        """All the walks as one table, in no order."""
        walks = [self._statement(*one, key).order_by(None) for one in self._amounts()]
        return union_all(*walks).subquery("walked")

    def _amounts(self) -> list[tuple[ColumnElement[int], Sequence[Condition]]]:
        """The stored amounts that answer on the day, each with when it does."""
        as_of, holding = self.question.as_of, self.question.shape.holding
        now = Case.overdue_fen.expression
        if holding is judge.Holding.NOW:
            return [(now, ())]
        return [
            (now, (judge.fresh(as_of),)),
            (Case.next_overdue_fen.expression, (judge.following(as_of),)),
        ]

    def _statement(
        self, amount: ColumnElement[int], holds: Sequence[Condition], key: Sequence[Any] = ()
    ) -> Select[Any, *tuple[Any, ...]]:
        beyond = [self._after(amount, key)] if key else []
        columns = (amount.label("amount"), *NUMBERED)
        return (
            select(*columns).where(*self.where, *holds, *beyond).order_by(*self._order_of(amount))
        )

    def _order(self, walked: Subquery) -> Order:
        return self._order_of(*walked.c)

    def _order_of(self, amount: ColumnElement[Any], *numbered: ColumnElement[Any]) -> Order:
        ties = [one.desc() if self.ties_descending else one.asc() for one in numbered or NUMBERED]
        return (amount.desc() if self.descending else amount.asc(), *ties)

    def _after(self, amount: ColumnElement[int], key: Sequence[Any]) -> Condition:
        value, numbers = key[0], tuple(key[1:])
        further = tuple_(*NUMBERED)
        tied = further < numbers if self.ties_descending else further > numbers
        if self.descending:
            return and_(amount <= value, or_(amount < value, and_(amount == value, tied)))
        return and_(amount >= value, or_(amount > value, and_(amount == value, tied)))

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
