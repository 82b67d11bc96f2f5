"""Cases of all branches by overdue amount, walking the index over it.

Stored amounts that do not hold on the day are few: they are computed from raw rows and merged.
Far lines are reached from anchors, remembered keys to go on from.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_

from supervisor.models.queries import queue_conditions as judge
from supervisor.models.queries.queue_asked import Asked, Key
from supervisor.models.rows.case_queue import Anchor
from supervisor.models.tables import Case

MOST_STALE = 2_000
"""Up to so many amounts are computed and merged; beyond, one pass is cheaper."""
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
        """Cases whose stored amount does not hold, sorted, with the true one."""
        if self._stale is None:
            as_of = self.question.as_of
            outside = (Case.overdue_until_on < as_of, Case.overdue_from_on > as_of)
            found: dict[Key, tuple[Any, ...]] = {}
            for condition in outside if self.question.shape.some_stale else ():
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
        """Keys of every `step`-th case whose stored amount holds; positions count only those."""
        walked = self._statement([])
        place = func.row_number().over(order_by=self._order()) - 1
        placed = walked.order_by(None).add_columns(place.label("place")).subquery("placed")
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
        beyond: list[Condition] = []
        if usable:
            nearest = max(usable, key=lambda anchor: anchor.position)
            beyond = [self._after(nearest.key[1:])]
            first -= nearest.position + 1
        rows = self.question.execute(self._statement(beyond).offset(first).limit(limit))
        return [tuple(row) for row in rows]

    def _count_fresh(self) -> int:
        counted = self._statement([]).order_by(None).subquery()
        return self.question.scalar(select(func.count()).select_from(counted)) or 0

    def _statement(self, beyond: Sequence[Condition]) -> Select[Any, *tuple[Any, ...]]:
        held = [judge.fresh(self.question.as_of)] if self.question.shape.some_stale else []
        return (
            select(Case.overdue_fen, *NUMBERED)
            .where(*self.where, *held, *beyond)
            .order_by(*self._order())
        )

    def _order(self) -> Order:
        amount = Case.overdue_fen.desc() if self.descending else Case.overdue_fen.asc()
        ties = [one.desc() if self.ties_descending else one.asc() for one in NUMBERED]
        return (amount, *ties)

    def _after(self, key: Sequence[Any]) -> Condition:
        amount, numbers = key[0], tuple(key[1:])
        further = tuple_(*NUMBERED)
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
