"""What measures look at of every case of a period: one query, small frozen rows.

The base of a period is what was open when it began and what was placed in it. Cases stand with
the branch and the person that hold them now (today's knowledge).
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    union,
)
from sqlalchemy.orm import Session

from supervisor.models.enums import Bucket, Product, VisitOutcome
from supervisor.models.enums_measures import MeasureId
from supervisor.models.queries.measure_visits import branches_of
from supervisor.models.rows.measure_facts import CaseFacts, Owed
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.sql_days import BusinessDay
from supervisor.models.standing import bucket_of, standing
from supervisor.models.tables import (
    Case,
    CaseContract,
    ContactAttempt,
    Hold,
    Payment,
    Promise,
    Staff,
    Visit,
)
from supervisor.models.visit_facts import completed

MEMO = "measure_memo"
"""Where a session keeps what several measures share, while `queries.measures.measures` asks."""


def case_facts(
    session: Session, wanted: MeasureFilter, *, at_end: bool = False
) -> tuple[CaseFacts, ...]:
    """The base of the period, filtered; by branch and case.

    Buckets asked for are those the period began with, or with `at_end` those it ended with.
    """
    found = []
    for facts in _all_facts(session, wanted):
        bucket = facts.last_bucket if at_end else facts.before.bucket
        if not wanted.buckets or bucket in wanted.buckets:
            found.append(facts)
    return tuple(found)


def _all_facts(session: Session, wanted: MeasureFilter) -> tuple[CaseFacts, ...]:
    """Before buckets are looked at; read once where several measures are asked for at once."""
    memo = session.info.get(MEMO)
    neutral = replace(wanted, measure=MeasureId.IN_HAND, by=(), buckets=(), channels=())
    if memo is not None and neutral in memo:
        kept: tuple[CaseFacts, ...] = memo[neutral]
        return kept
    found = tuple(_facts(row) for row in session.execute(_statement(wanted)))
    if memo is not None:
        memo[neutral] = found
    return found


def _statement(wanted: MeasureFilter) -> Select[Any]:
    start, end = wanted.first_on - timedelta(days=1), wanted.until
    base = _base(wanted, start, end)
    days: dict[str, Any] = {
        "at_placed": base.c.placed_on,
        "at_start": _day(start),
        "at_end": _day(end),
    }
    debts = _debts(base, standing(_points(base, start, end)), days)
    visits, money = _visits(base, wanted.first_on, end), _money(base, wanted.first_on, end)
    promises = _promises(base, wanted.first_on, end)
    contacts, rests = _contacts(base), _rests(base, wanted.first_on, end)
    source: Any = base.outerjoin(Staff, Staff.id == base.c.agent_id)
    blocks = (visits, money, promises, contacts, rests)
    for block in (debts, *blocks):
        source = source.outerjoin(block, block.c.case_id == base.c.id)
    columns = [base.c[name] for name in _OF_CASE]
    for name, day in days.items():
        columns += [
            bucket_of(debts.c[f"{name}_oldest"], day).label(f"{name}_bucket"),
            func.coalesce(debts.c[f"{name}_overdue"], 0).label(f"{name}_overdue"),
            func.coalesce(debts.c[f"{name}_settle"], 0).label(f"{name}_settle"),
        ]
    for block in blocks:
        columns += [column for column in block.c if column.name != "case_id"]
    return (
        select(*columns, Staff.team_id, literal(start, Date).label("start"), _day(end).label("end"))
        .select_from(source)
        .order_by(base.c.branch_id, base.c.id)
    )


def _debts(base: CTE, owed: Subquery, days: dict[str, Any]) -> Subquery:
    """The debts of each case on its days, side by side: one pass instead of a join for each."""
    columns = []
    for name, day in days.items():
        for short, column in (
            ("oldest", owed.c.oldest_due_on),
            ("overdue", owed.c.overdue_fen),
            ("settle", owed.c.settle_fen),
        ):
            columns.append(func.max(case((owed.c.on_day == day, column))).label(f"{name}_{short}"))
    return (
        select(owed.c.case_id, *columns)
        .select_from(owed)
        .join(base, and_(base.c.branch_id == owed.c.branch_id, base.c.id == owed.c.case_id))
        .group_by(owed.c.case_id)
        .subquery("debts")
    )


def _day(day: date) -> ColumnElement[date]:
    return literal(day, Date)


_OF_CASE = (
    "branch_id",
    "id",
    "agent_id",
    "product",
    "placed_on",
    "ended_on",
    "end_code",
    "arrears_reason",
    "target_fen",
)


def _base(wanted: MeasureFilter, start: date, end: date) -> CTE:
    """Cases in hand at some time of the period."""
    where: list[ColumnElement[bool]] = [
        Case.placed_on <= end,
        or_(Case.ended_on.is_(None), Case.ended_on > start),
    ]
    branches = branches_of(wanted)
    if branches is not None:
        where.append(Case.branch_id.in_(branches))
    if wanted.agents:
        where.append(Case.agent_id.in_(wanted.agents))
    if wanted.teams:
        people = select(Staff.id).where(Staff.team_id.in_(wanted.teams))
        where.append(Case.agent_id.in_(people))
    if wanted.products:
        where.append(Case.product.in_(wanted.products))
    return select(*(getattr(Case, name) for name in _OF_CASE)).where(*where).cte("base")


def _points(base: CTE, start: date, end: date) -> CTE:
    """The days each case's debt is worked out for: placed, the day before the period, its end."""
    key = (base.c.branch_id, base.c.id.label("case_id"))
    return union(
        select(*key, base.c.placed_on.label("on_day")),
        select(*key, _day(start).label("on_day")),
        select(*key, _day(end).label("on_day")),
    ).cte("points")


def _joined(base: CTE, table: Any) -> ColumnElement[bool]:
    return and_(table.branch_id == base.c.branch_id, table.case_id == base.c.id)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _visits(base: CTE, first: date, end: date) -> Subquery:
    met = Visit.outcome == VisitOutcome.MET_DEBTOR
    now = Visit.visited_on >= first
    return (
        select(
            Visit.case_id,
            func.min(Visit.visited_on).label("first_visit_on"),
            func.max(Visit.visited_on).label("last_visit_on"),
            _count(now).label("visits"),
            _count(and_(now, met)).label("met"),
        )
        .select_from(base)
        .join(Visit, _joined(base, Visit))
        .where(completed(), Visit.visited_on >= base.c.placed_on, Visit.visited_on <= end)
        .group_by(Visit.case_id)
        .subquery("visited")
    )


def _money(base: CTE, first: date, end: date) -> Subquery:
    """Money valued after the case was placed, in the period, while it was in hand."""
    return (
        select(
            CaseContract.case_id,
            func.sum(case((Payment.value_on >= first, Payment.amount_fen), else_=0)).label(
                "received_fen"
            ),
        )
        .select_from(base)
        .join(CaseContract, _joined(base, CaseContract))
        .join(
            Payment,
            and_(
                Payment.branch_id == CaseContract.branch_id,
                Payment.contract_id == CaseContract.contract_id,
            ),
        )
        .where(
            Payment.value_on > base.c.placed_on,
            Payment.value_on <= end,
            or_(base.c.ended_on.is_(None), Payment.value_on <= base.c.ended_on),
        )
        .group_by(CaseContract.case_id)
        .subquery("received")
    )


def _promises(base: CTE, first: date, end: date) -> Subquery:
    """Promises made in the period, and those of them kept by the end of it."""
    kept = and_(Promise.paid_fen >= Promise.amount_fen, Promise.due_on <= end)
    return (
        select(
            Promise.case_id,
            func.count().label("promises"),
            _count(kept).label("kept"),
        )
        .select_from(base)
        .join(Promise, _joined(base, Promise))
        .where(Promise.withdrawn.is_(False), Promise.made_on.between(first, end))
        .group_by(Promise.case_id)
        .subquery("promised")
    )


def _contacts(base: CTE) -> Subquery:
    """Whether the borrower had been written to or called before the case was placed."""
    return (
        select(ContactAttempt.case_id, func.count().label("earlier_contacts"))
        .select_from(base)
        .join(ContactAttempt, _joined(base, ContactAttempt))
        .where(BusinessDay(ContactAttempt.at) < base.c.placed_on)
        .group_by(ContactAttempt.case_id)
        .subquery("contacted")
    )


def _rests(base: CTE, first: date, end: date) -> Subquery:
    """Cases one hold rested over the whole time they were in hand in the period."""
    ended = base.c.ended_on
    begins = case((base.c.placed_on > first, base.c.placed_on), else_=_day(first))
    ends = case((and_(ended.is_not(None), ended < end), ended), else_=_day(end))
    return (
        select(Hold.case_id, func.count().label("rests"))
        .select_from(base)
        .join(Hold, _joined(base, Hold))
        .where(
            Hold.from_on <= begins,
            or_(Hold.until_on.is_(None), Hold.until_on >= ends),
            or_(Hold.ended_at.is_(None), BusinessDay(Hold.ended_at) > ends),
        )
        .group_by(Hold.case_id)
        .subquery("resting")
    )


def _facts(row: Any) -> CaseFacts:
    def owed(name: str) -> Owed:
        return Owed(
            Bucket(int(getattr(row, f"{name}_bucket"))),
            int(getattr(row, f"{name}_overdue")),
            int(getattr(row, f"{name}_settle")),
        )

    return CaseFacts(
        branch_id=row.branch_id,
        case_id=row.id,
        agent_id=row.agent_id,
        team_id=row.team_id,
        product=Product(row.product),
        placed_on=row.placed_on,
        ended_on=row.ended_on,
        end_code=row.end_code,
        arrears_reason=row.arrears_reason,
        target_fen=row.target_fen,
        start=row.start,
        end=row.end,
        at_placed=owed("at_placed"),
        at_start=owed("at_start"),
        at_end=owed("at_end"),
        first_visit_on=row.first_visit_on,
        last_visit_on=row.last_visit_on,
        visits=int(row.visits or 0),
        met=int(row.met or 0),
        promises=int(row.promises or 0),
        kept=int(row.kept or 0),
        received_fen=int(row.received_fen or 0),
        earlier_contacts=int(row.earlier_contacts or 0),
        rested=bool(row.rests),
    )
