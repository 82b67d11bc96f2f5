"""One pass over the cases asked for: judged, filtered, sorted, counted.

Within a branch this is all there is: its rows lie together and one pass takes milliseconds. Over
all branches `queue_walk` answers the usual orders from indexes, and this answers the rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from supervisor.models.enums import SortKey
from supervisor.models.ids import BranchId
from supervisor.models.queries import queue_conditions as judge
from supervisor.models.queries import queue_filter, queue_search, queue_sorting
from supervisor.models.queries.queue_sorting import Column
from supervisor.models.rows.case_queue import CaseQueueFilter, QueueRequest
from supervisor.models.rules.parameters import PARAMETERS
from supervisor.models.rules.queue_order import QueueDay, judging_instant
from supervisor.models.tables import Branch, Case, Parameter

FEW = 20
"""Up to so many branches their rows are read one branch after the other, not by wide indexes."""
NO_BRANCH = BranchId(-1)
_Office = aliased(Branch, name="office")
_DAYS = ("untouched_days", "hold_ending_days")

Key = tuple[int, int]
"""(branch id, case id)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question made ready: who may see what, judged how, on which engine.

    `branches` empty: all of them.
    """

    session: Session
    wanted: CaseQueueFilter
    branches: tuple[int, ...]
    days: judge.Days
    sqlite: bool
    some_stale: bool

    @property
    def as_of(self) -> date:
        """The day judged on."""
        return self.wanted.as_of

    @property
    def few(self) -> tuple[int, ...]:
        """The branches, if they are few; else none are named."""
        return self.branches if len(self.branches) <= FEW else ()


def asked(session: Session, request: QueueRequest) -> Asked:
    """Make a request ready: narrow the branches to the scope, read the house parameters."""
    wanted = request.wanted
    branches = _allowed(wanted.branches, request.scope)
    return Asked(
        session=session,
        wanted=wanted,
        branches=branches,
        days=days_of(session, wanted),
        sqlite=session.get_bind().dialect.name == "sqlite",
        some_stale=wanted.include_ended or any_stale(session, wanted.as_of, branches),
    )


def any_stale(session: Session, as_of: date, branches: Sequence[int] = ()) -> bool:
    """Whether the stored overdue amount of some open case does not hold on the day.

    The rows of few branches are read once; over all, each end of validity has its index.
    """
    here = (Case.branch_id.in_(branches),) if branches else ()
    ends = (Case.overdue_until_on < as_of, Case.overdue_from_on > as_of)
    return any(
        session.execute(
            select(Case.id).where(Case.ended_on.is_(None), outside, *here).limit(1)
        ).first()
        for outside in ((or_(*ends),) if 0 < len(branches) <= FEW else ends)
    )


def days_of(session: Session, wanted: CaseQueueFilter) -> judge.Days:
    """The day asked for, with the house parameters in force, by branch where they differ."""
    house: dict[str, int] = {key: int(PARAMETERS[key].default) for key in _DAYS}
    by_branch: dict[int, dict[str, int]] = {}
    rows = session.execute(
        select(Parameter.branch_id, Parameter.key, Parameter.value)
        .where(Parameter.key.in_(_DAYS))
        .order_by(Parameter.branch_id)
    )
    for branch_id, key, value in rows:
        if branch_id == 0:
            house[key] = int(value)
        else:
            by_branch.setdefault(branch_id, {})[key] = int(value)
    now = judging_instant(wanted.as_of, wanted.now)
    return judge.Days(
        _day(wanted.as_of, now, house),
        {branch: _day(wanted.as_of, now, {**house, **own}) for branch, own in by_branch.items()},
    )


def _day(as_of: date, now: datetime, set_to: Mapping[str, int]) -> QueueDay:
    return QueueDay(
        as_of,
        now,
        untouched_days=set_to["untouched_days"],
        hold_ending_days=set_to["hold_ending_days"],
    )


def _allowed(
    chosen: tuple[BranchId, ...], scope: tuple[BranchId, ...] | None
) -> tuple[BranchId, ...]:
    if scope is None:
        return chosen
    return tuple(branch for branch in chosen or scope if branch in scope) or (NO_BRANCH,)


def keys(question: Asked, offset: int, limit: int, *, rest_only: bool = False) -> list[Key]:
    """The cases from line `offset` on, in the order asked for."""
    return _keys(question, judged(question), offset, limit, rest_only=rest_only)


def window(question: Asked, offset: int, limit: int) -> tuple[list[Key], int | None]:
    """The cases from line `offset` on and, within few branches, how many there are in all."""
    found = judged(question)
    if not question.few:
        return _keys(question, found, offset, limit), None
    counted = _keys_and_count if not question.sqlite else _keys_then_count
    return counted(question, found, offset, limit)


def _keys_then_count(
    question: Asked, found: Subquery, offset: int, limit: int
) -> tuple[list[Key], int]:
    """SQLite stops at the last line wanted, so counting apart is the shorter way."""
    listed = _keys(question, found, offset, limit)
    if len(listed) < limit and (listed or not offset):
        return listed, offset + len(listed)
    return listed, _count(question, found)


def _keys_and_count(
    question: Asked, found: Subquery, offset: int, limit: int
) -> tuple[list[Key], int]:
    """PostgreSQL sorts few branches whole, so counting them on the way spares a statement."""
    counted = _ordered(question, found, offset, limit).add_columns(func.count().over())
    lines = question.session.execute(counted).all()
    if lines or not offset:
        return [(row[0], row[1]) for row in lines], lines[0][2] if lines else 0
    return [], _count(question, found)


def _keys(
    question: Asked, found: Subquery, offset: int, limit: int, *, rest_only: bool = False
) -> list[Key]:
    statement = _ordered(question, found, offset, limit)
    if rest_only:
        statement = statement.where(found.c.rank > judge.VISIT_PLANNED + 1)
    return [(row[0], row[1]) for row in question.session.execute(statement)]


def _ordered(question: Asked, found: Subquery, offset: int, limit: int) -> Select[int, int]:
    return (
        select(found.c.branch_id, found.c.id)
        .where(*_outer(question, found))
        .order_by(*queue_sorting.order_by(_terms(question.wanted, found)))
        .limit(limit)
        .offset(offset)
    )


def position(question: Asked, key: Key) -> int | None:
    """The line a case stands on, from 0; None: it is not among those asked for."""
    found = judged(question)
    place = func.row_number().over(order_by=queue_sorting.order_by(_terms(question.wanted, found)))
    placed = (
        select(found.c.branch_id, found.c.id, place.label("place"))
        .where(*_outer(question, found))
        .subquery("placed")
    )
    line = question.session.scalar(
        select(placed.c.place).where(placed.c.branch_id == key[0], placed.c.id == key[1])
    )
    return None if line is None else line - 1


def count(question: Asked) -> int:
    """How many cases were asked for."""
    return _count(question, judged(question))


def _count(question: Asked, found: Subquery) -> int:
    statement = select(func.count()).select_from(found).where(*_outer(question, found))
    return question.session.scalar(statement) or 0


def totals(question: Asked) -> tuple[int, int, int]:
    """Cases, their overdue amount in 分, and promises due on the day."""
    found = judged(question)
    due = func.sum(case((found.c.promise_due_on == question.as_of, 1), else_=0))
    row = question.session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(found.c.overdue), 0),
            func.coalesce(due, 0),
        ).where(*_outer(question, found))
    ).one()
    return int(row[0]), int(row[1]), int(row[2])


def judged(question: Asked) -> Subquery:
    """Every case the stored conditions let through, with rank and amount as of the day."""
    found = _with_amount(question)
    rank = judge.rank(question.days, found.c.place, found.c.delay, found.c.overdue)
    return select(found, rank.label("rank")).subquery("judged")


def _with_amount(question: Asked) -> Subquery:
    """The amount is mentioned once here and then by name: from raw rows it is a long expression."""
    wanted, days = question.wanted, question.days
    amount = judge.overdue(question.as_of, some_stale=question.some_stale)
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
        known = None if question.sqlite else _Office.payments_known_on
        statement = statement.add_columns(judge.reason(days, known).label("reason"))
        likely = None if question.few else judge.standing_for(days, wanted.reasons)
        if likely is not None:
            statement = statement.where(likely)
    source: Any = Case.__table__
    hits = _hits(question)
    if hits is not None:
        listed = hits.subquery("hits")
        here = and_(Case.branch_id == listed.c[0], Case.id == listed.c[1])
        source = listed.join(source, here)
    if wanted.reasons and not question.sqlite:
        source = source.outerjoin(_Office, _Office.id == Case.branch_id)
    if queue_sorting.joined(wanted.sort.key):
        source = queue_sorting.with_names(source, wanted.sort.key)
    stored = queue_filter.of_row(wanted, question.branches, sqlite=question.sqlite)
    return statement.select_from(source).where(*stored).subquery("with_amount")


def _hits(question: Asked) -> queue_search.Hits | None:
    wanted = question.wanted
    by_text = queue_search.found_by(wanted.search, question.few)
    if not wanted.numbers:
        return by_text
    by_number = queue_search.found_by_numbers(wanted.numbers, question.few, sqlite=question.sqlite)
    if by_text is None:
        return by_number
    both = by_text.subquery(), by_number.subquery()
    same = and_(both[0].c[0] == both[1].c[0], both[0].c[1] == both[1].c[1])
    return select(both[0].c[0], both[0].c[1]).join(both[1], same)


def _outer(question: Asked, found: Subquery) -> Sequence[ColumnElement[bool]]:
    """Conditions on what had to be computed."""
    wanted = question.wanted
    made: list[ColumnElement[bool]] = []
    if wanted.reasons:
        numbers = sorted(judge.REASONS.index(reason) for reason in wanted.reasons)
        made.append(found.c.reason.in_(numbers))
    # Wrapped within few branches: their rows are cheaper than the index over everybody's amounts.
    amount = func.coalesce(found.c.overdue, 0) if question.few else found.c.overdue
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
