"""Every condition of `CaseQueueFilter` as SQL over the case and its neighbours."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    and_,
    exists,
    false,
    func,
    null,
    or_,
    select,
    text,
    tuple_,
)

from supervisor.models.enums import Bucket, FlagState, HoldReason, PlanGap
from supervisor.models.enums_queue import SortKey
from supervisor.models.queries.queue_conditions import Condition, held
from supervisor.models.rows.case_queue import CaseQueueFilter
from supervisor.models.rules.queue_order import BUCKET_DAYS
from supervisor.models.sql_days import MinuteOfDay
from supervisor.models.tables import Borrower, Case, Flag, Staff, Visit

MOST_DAYS = 366
"""Without a first day, visits are looked for so many days back."""
Maker = Callable[[CaseQueueFilter], Iterator[Condition]]


def of_row(
    wanted: CaseQueueFilter, here: BindParameter[int] | None, *, sqlite: bool
) -> list[Condition]:
    """Conditions on stored columns; amount, reason, search and numbers are the query's part.

    `here`: the branches; None: all.
    """
    made = [condition for maker in _MAKERS for condition in maker(wanted)]
    if not wanted.include_ended:
        made.insert(0, _open(by_rows=sqlite and here is None and _needs_rows(wanted)))
    if here is not None:
        made.append(Case.branch_id.in_(here))
    if wanted.areas:
        made.append(_in_areas(wanted.areas, here))
    if _asks_for_visits(wanted):
        made.append(_visited(wanted, here))
    if wanted.plan_requested is not None:
        asked = _plan_requested(each=sqlite or here is not None, sqlite=sqlite)
        made.append(asked if wanted.plan_requested else ~func.coalesce(asked, false()))
    return made


def is_bare(wanted: CaseQueueFilter) -> bool:
    """Nothing is asked of stored columns: the indexes over all open cases can answer."""
    plain = CaseQueueFilter(as_of=wanted.as_of, now=wanted.now)
    free = ("as_of", "now", "branches", "sort", "reasons")
    return all(
        getattr(wanted, name) == getattr(plain, name)
        for name in CaseQueueFilter.__slots__
        if name not in free
    )


def _open(*, by_rows: bool) -> Condition:
    """Still in the queue.

    `by_rows`: written so that no index over open cases is used. SQLite would walk one and fetch
    each row by its key, many times slower than reading the rows as they lie.
    """
    return func.coalesce(Case.ended_on, null()).is_(None) if by_rows else Case.ended_on.is_(None)


def _needs_rows(wanted: CaseQueueFilter) -> bool:
    """Over all branches: columns no index has, and no condition that an index would narrow."""
    plain = CaseQueueFilter(as_of=wanted.as_of, now=wanted.now)
    said = {
        name for name in CaseQueueFilter.__slots__ if getattr(wanted, name) != getattr(plain, name)
    }
    in_rows = wanted.sort.key in _SORTED_BY_ROWS or said & _ONLY_IN_ROWS
    return bool(in_rows) and not said & _NARROWING


_SORTED_BY_ROWS = frozenset(SortKey) - {
    SortKey.DEFAULT,
    SortKey.OVERDUE,
    SortKey.DAYS_PAST_DUE,
    SortKey.LAST_VISIT,
    SortKey.PROMISE_DUE,
    SortKey.PLACED_ON,
    SortKey.CASE_NO,
    SortKey.BRANCH,
}
_ONLY_IN_ROWS = frozenset(
    {
        "marks",
        "products",
        "outcomes",
        "arrears_reasons",
        "areas",
        "second_person_missing",
        "plan_requested",
    }
)
_NARROWING = frozenset(
    {
        "reasons",
        "search",
        "numbers",
        "agents",
        "teams",
        "unassigned",
        "promise_due_from",
        "promise_due_until",
        "next_plan_from",
        "next_plan_until",
        "visited_from",
        "visited_until",
        "visited_weekdays",
        "visited_hours",
    }
)


def _people(wanted: CaseQueueFilter) -> Iterator[Condition]:
    if wanted.teams:
        yield Case.agent_id.in_(select(Staff.id).where(Staff.team_id.in_(wanted.teams)))
    by_agent: list[Condition] = []
    if wanted.agents:
        by_agent.append(Case.agent_id.in_(wanted.agents))
    if wanted.unassigned:
        by_agent.append(Case.agent_id.is_(None))
    if by_agent:
        yield or_(*by_agent)
    if wanted.second_person_missing is not None:
        gap = and_(
            Case.next_plan_at.is_not(None),
            Case.next_plan_gaps.bitwise_and(int(PlanGap.SECOND_PERSON)) != 0,
        )
        missing = and_(Case.second_agent_id.is_(None), or_(Case.second_person_asked, gap))
        yield missing if wanted.second_person_missing else ~missing


def _choices(wanted: CaseQueueFilter) -> Iterator[Condition]:
    for column, values in (
        (Case.mark, wanted.marks),
        (Case.product, wanted.products),
        (Case.last_visit_outcome, wanted.outcomes),
        (Case.arrears_reason, wanted.arrears_reasons),
    ):
        if values:
            yield column.in_(sorted(values))
    if wanted.flag_categories:
        yield exists().where(
            Flag.branch_id == Case.branch_id,
            Flag.case_id == Case.id,
            Flag.state != FlagState.CLOSED,
            Flag.category.in_(sorted(wanted.flag_categories)),
        )


def _delay(wanted: CaseQueueFilter) -> Iterator[Condition]:
    due, as_of = Case.oldest_due_on, wanted.as_of
    if wanted.dpd_min is not None and wanted.dpd_min > 0:
        yield due <= _ago(as_of, wanted.dpd_min)
    if wanted.dpd_max is not None:
        yield or_(due.is_(None), due >= _ago(as_of, wanted.dpd_max))
    if wanted.buckets:
        yield or_(*(_in_bucket(bucket, as_of) for bucket in sorted(wanted.buckets)))


def _in_bucket(bucket: Bucket, as_of: date) -> Condition:
    due = Case.oldest_due_on
    if bucket is Bucket.M0:
        return or_(due.is_(None), due >= as_of)
    after = due < _ago(as_of, BUCKET_DAYS[bucket - 1])
    if bucket is Bucket.M6_PLUS:
        return after
    return and_(after, due >= _ago(as_of, BUCKET_DAYS[bucket]))


def _dates(wanted: CaseQueueFilter) -> Iterator[Condition]:
    for column, first, last in (
        (Case.last_visit_on, wanted.last_visit_from, wanted.last_visit_until),
        (Case.promise_due_on, wanted.promise_due_from, wanted.promise_due_until),
        (Case.next_plan_on, wanted.next_plan_from, wanted.next_plan_until),
        (Case.placed_on, wanted.placed_from, wanted.placed_until),
    ):
        if first is not None:
            yield column >= first
        if last is not None:
            yield column <= last
    if wanted.untouched_days_min is not None:
        touched: ColumnElement[Any] = func.coalesce(Case.last_visit_on, Case.placed_on)
        yield touched <= _ago(wanted.as_of, wanted.untouched_days_min)
    if wanted.untouched_days_max is not None:
        touched = func.coalesce(Case.last_visit_on, Case.placed_on)
        yield touched >= _ago(wanted.as_of, wanted.untouched_days_max)
    if wanted.held is not None:
        resting = held(wanted.as_of)
        yield resting if wanted.held else ~resting


_MAKERS: tuple[Maker, ...] = (_people, _choices, _delay, _dates)


def _ago(as_of: date, days: int) -> date:
    try:
        return as_of - timedelta(days=days)
    except OverflowError:
        return date.min if days > 0 else date.max


def _in_areas(areas: Sequence[str], here: BindParameter[int] | None) -> Condition:
    living = select(Borrower.branch_id, Borrower.id).where(Borrower.area.in_(areas))
    if here is not None:
        living = living.where(Borrower.branch_id.in_(here))
    return tuple_(Case.branch_id, Case.borrower_id).in_(living)


def _asks_for_visits(wanted: CaseQueueFilter) -> bool:
    days = (wanted.visited_from, wanted.visited_until)
    return any(one is not None for one in days) or bool(
        wanted.visited_weekdays or wanted.visited_hours
    )


def _visited(wanted: CaseQueueFilter, here: BindParameter[int] | None) -> Condition:
    """A completed visit on such a day, in such an hour."""
    from supervisor.models.visit_facts import completed  # noqa: PLC0415 - not for the start page

    last = wanted.visited_until or wanted.as_of
    first = wanted.visited_from or _ago(last, MOST_DAYS)
    visits = select(Visit.branch_id, Visit.case_id).where(completed())
    if here is not None:
        visits = visits.where(Visit.branch_id.in_(here))
    if wanted.visited_weekdays:
        # Days one by one: both engines go along their index from one such day to the next.
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        visits = visits.where(
            Visit.visited_on.in_([d for d in days if d.weekday() in wanted.visited_weekdays])
        )
    else:
        visits = visits.where(Visit.visited_on.between(first, last))
    if wanted.visited_hours:
        hour = MinuteOfDay(Visit.started_at) // 60
        visits = visits.where(hour.in_(sorted(wanted.visited_hours)))
    return tuple_(Case.branch_id, Case.id).in_(visits)


def _plan_requested(*, each: bool, sqlite: bool) -> Condition:
    """The last visit brought a request for a plan or a reduction, and no plan is in force.

    `ix_visit_request` holds just these visits: their codes, and no others, contain `_REQ`.
    """
    # Written as the index has it, without a parameter, or neither engine would use the index.
    place = "instr(talk_results, '_REQ') > 0" if sqlite else "strpos(talk_results, '_REQ') > 0"
    asked: Condition
    if each:
        # Case by case, only the visits of their last days are looked at, not all requests.
        here = (Visit.branch_id == Case.branch_id, Visit.case_id == Case.id)
        asked = exists().where(*here, Visit.visited_on == Case.last_visit_on, text(place))
    else:
        every = select(Visit.branch_id, Visit.case_id, Visit.visited_on).where(text(place))
        asked = tuple_(Case.branch_id, Case.id, Case.last_visit_on).in_(every)
    return and_(
        func.coalesce(Case.hold_reason, "") != HoldReason.PLAN_ACTIVE,
        asked,
        Case.last_visit_on.is_not(None),
    )
