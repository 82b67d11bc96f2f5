"""One pass over the cases asked for: judged, filtered, sorted, counted.

Within a branch this is all there is: its rows lie together and one pass takes milliseconds. Over
all branches `queue_walk` answers the usual orders from indexes, and this answers the rest.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    func,
    select,
)
from sqlalchemy.orm import aliased

from supervisor.models.enums_queue import SortKey
from supervisor.models.queries import queue_conditions as judge
from supervisor.models.queries import queue_filter, queue_search, queue_sorting
from supervisor.models.queries.queue_asked import KEPT, Asked, Key, Shape
from supervisor.models.queries.queue_sorting import Column
from supervisor.models.rows.case_queue import CaseQueueFilter
from supervisor.models.tables import Branch, Case

_Office = aliased(Branch, name="office")
_FIRST = bindparam("first_line", type_=Integer())
_LINES = bindparam("lines", type_=Integer())


def keys(question: Asked, offset: int, limit: int, *, rest_only: bool = False) -> list[Key]:
    """The cases from line `offset` on, in the order asked for."""
    statement = _rest(question.shape) if rest_only else _lines(question.shape)
    lines = question.execute(statement, first_line=offset, lines=limit)
    return [(row[0], row[1]) for row in lines]


def window(question: Asked, offset: int, limit: int) -> tuple[list[Key], int | None]:
    """The cases from line `offset` on and, within few branches, how many there are in all."""
    if not question.shape.few:
        return keys(question, offset, limit), None
    counted = _keys_then_count if question.shape.sqlite else _keys_and_count
    return counted(question, offset, limit)


def _keys_then_count(question: Asked, offset: int, limit: int) -> tuple[list[Key], int]:
    """SQLite stops at the last line wanted, so counting apart is the shorter way."""
    listed = keys(question, offset, limit)
    if len(listed) < limit and (listed or not offset):
        return listed, offset + len(listed)
    return listed, count(question)


def _keys_and_count(question: Asked, offset: int, limit: int) -> tuple[list[Key], int]:
    """PostgreSQL sorts few branches whole, so counting them on the way spares a statement."""
    statement = _counted_lines(question.shape)
    lines = question.execute(statement, first_line=offset, lines=limit).all()
    if lines or not offset:
        return [(row[0], row[1]) for row in lines], lines[0][2] if lines else 0
    return [], count(question)


@lru_cache(KEPT)
def _lines(shape: Shape) -> Select[int, int]:
    found = judged(shape)
    return (
        select(found.c.branch_id, found.c.id)
        .where(*_outer(shape, found))
        .order_by(*queue_sorting.order_by(_terms(shape.wanted, found)))
        .limit(_LINES)
        .offset(_FIRST)
    )


@lru_cache(KEPT)
def _rest(shape: Shape) -> Select[int, int]:
    return _lines(shape).where(judged(shape).c.rank > judge.VISIT_PLANNED + 1)


@lru_cache(KEPT)
def _counted_lines(shape: Shape) -> Select[int, int, int]:
    return _lines(shape).add_columns(func.count().over())


def position(question: Asked, key: Key) -> int | None:
    """The line a case stands on, from 0; None: it is not among those asked for."""
    found = judged(question.shape)
    order = queue_sorting.order_by(_terms(question.wanted, found))
    placed = (
        select(found.c.branch_id, found.c.id, func.row_number().over(order_by=order).label("place"))
        .where(*_outer(question.shape, found))
        .subquery("placed")
    )
    line: int | None = question.scalar(
        select(placed.c.place).where(placed.c.branch_id == key[0], placed.c.id == key[1])
    )
    return None if line is None else line - 1


def count(question: Asked) -> int:
    """How many cases were asked for."""
    return question.scalar(_number(question.shape)) or 0


@lru_cache(KEPT)
def _number(shape: Shape) -> Select[int]:
    found = judged(shape)
    return select(func.count()).select_from(found).where(*_outer(shape, found))


def totals(question: Asked) -> tuple[int, int, int]:
    """Cases, their overdue amount in 分, and promises due on the day."""
    row = question.execute(_sums(question.shape)).one()
    return int(row[0]), int(row[1]), int(row[2])


@lru_cache(KEPT)
def _sums(shape: Shape) -> Select[int, int, int]:
    found = judged(shape)
    due = func.sum(case((found.c.promise_due_on == shape.as_of, 1), else_=0))
    return select(
        func.count(),
        func.coalesce(func.sum(found.c.overdue), 0),
        func.coalesce(due, 0),
    ).where(*_outer(shape, found))


def standings(question: Asked) -> Sequence[Sequence[Any]]:
    """Number of the reason, days past due, whether it rests, cases and their overdue amount in 分.

    In one pass; the question asks for reasons.
    """
    return question.execute(_by_standing(question.shape)).all()


@lru_cache(KEPT)
def _by_standing(shape: Shape) -> Select[*tuple[Any, ...]]:
    found = judged(shape)
    group = (found.c.reason, found.c.delay, found.c.rests)
    return (
        select(*group, func.count(), func.coalesce(func.sum(found.c.overdue), 0))
        .where(*_outer(shape, found))
        .group_by(*group)
    )


@lru_cache(KEPT)
def judged(shape: Shape) -> Subquery:
    """Every case the stored conditions let through, with rank and amount as of the day."""
    found = _with_amount(shape)
    rank = judge.rank(shape.days, found.c.place, found.c.delay, found.c.overdue)
    return select(found, rank.label("rank")).subquery("judged")


def _with_amount(shape: Shape) -> Subquery:
    """The amount is mentioned once here and then by name: from raw rows it is a long expression."""
    wanted, days = shape.wanted, shape.days
    amount = judge.overdue(shape.as_of, shape.holding)
    sort_columns, _ = queue_sorting.columns(wanted.sort.key, descending=False)
    statement: Select[Any] = select(
        Case.branch_id,
        Case.id,
        Case.case_no,
        Case.promise_due_on,
        amount.label("overdue"),
        judge.place(days).label("place"),
        judge.delay(days).label("delay"),
        *(column.label(f"sort{place}") for place, column in enumerate(sort_columns)),
    )
    if wanted.reasons:
        # A look-up for each row would make PostgreSQL shun the rows; SQLite does it lazily.
        known = None if shape.sqlite else _Office.payments_known_on
        statement = statement.add_columns(
            judge.reason(days, known).label("reason"), judge.held(shape.as_of).label("rests")
        )
        likely = None if shape.few else judge.standing_for(days, wanted.reasons)
        if likely is not None:
            statement = statement.where(likely)
    source: Any = Case.__table__
    hits = _hits(shape)
    if hits is not None:
        listed = hits.subquery("hits")
        here = and_(Case.branch_id == listed.c[0], Case.id == listed.c[1])
        source = listed.join(source, here)
    if wanted.reasons and not shape.sqlite:
        source = source.outerjoin(_Office, _Office.id == Case.branch_id)
    if queue_sorting.joined(wanted.sort.key):
        source = queue_sorting.with_names(source, wanted.sort.key)
    stored = queue_filter.of_row(wanted, judge.HERE if shape.some else None, sqlite=shape.sqlite)
    return statement.select_from(source).where(*stored).subquery("with_amount")


def _hits(shape: Shape) -> queue_search.Hits | None:
    wanted = shape.wanted
    here = judge.HERE if shape.few else ()
    by_text = queue_search.found_by(wanted.search, here)
    if not wanted.numbers:
        return by_text
    by_number = queue_search.found_by_numbers(here, sqlite=shape.sqlite)
    if by_text is None:
        return by_number
    both = by_text.subquery(), by_number.subquery()
    same = and_(both[0].c[0] == both[1].c[0], both[0].c[1] == both[1].c[1])
    return select(both[0].c[0], both[0].c[1]).join(both[1], same)


def _outer(shape: Shape, found: Subquery) -> Sequence[ColumnElement[bool]]:
    """Conditions on what had to be computed."""
    wanted = shape.wanted
    made: list[ColumnElement[bool]] = []
    if wanted.reasons and len(wanted.reasons) < len(judge.REASONS):
        numbers = sorted(judge.REASONS.index(reason) for reason in wanted.reasons)
        made.append(found.c.reason.in_(numbers))
    # Wrapped within few branches: their rows are cheaper than the index over everybody's amounts.
    amount = func.coalesce(found.c.overdue, 0) if shape.few else found.c.overdue
    if wanted.overdue_min_fen is not None:
        made.append(amount >= wanted.overdue_min_fen)
    if wanted.overdue_max_fen is not None:
        made.append(amount <= wanted.overdue_max_fen)
    return made


def _terms(wanted: CaseQueueFilter, found: Subquery) -> list[Column]:
    key = wanted.sort.key
    if key is SortKey.DEFAULT:
        # The default order has one direction: what is most pressing comes first.
        terms = [Column(found.c.rank, False, False), Column(found.c.overdue, True, False)]
        descending = False
    elif key is SortKey.OVERDUE:
        descending = wanted.sort.descending
        terms = [Column(found.c.overdue, descending, False)]
    else:
        stored, descending = queue_sorting.columns(key, descending=wanted.sort.descending)
        backwards = queue_sorting.is_backwards(key)
        terms = [
            Column(found.c[f"sort{place}"], descending, True, backwards)
            for place in range(len(stored))
        ]
    tail = (found.c.case_no, found.c.branch_id, found.c.id)
    return [*terms, *(Column(column, descending, False) for column in tail)]
