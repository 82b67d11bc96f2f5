"""Raw material of comparisons: intakes with their money, ways of reaching, areas and products."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import and_, case, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from supervisor.models.enums import ContactParty
from supervisor.models.enums_measures import Dimension, ReachedBy
from supervisor.models.queries.flagged import completed, flagged
from supervisor.models.queries.measure_visits import branches_of, visit_sums
from supervisor.models.rows.measure_facts import IntakeMoney
from supervisor.models.rows.measures import Counted, MeasureFilter
from supervisor.models.rules.measures.compared import (
    Reached,
    channel_comparison,
    payers_curve,
    recovery_curve,
)
from supervisor.models.rules.measures.definitions import CURVE_DAYS, YIELD_DAYS
from supervisor.models.rules.measures.grouping import day_key
from supervisor.models.sql_days import BusinessDay, DaysApart, DaysLater
from supervisor.models.standing import bucket_of, standing
from supervisor.models.tables import (
    Borrower,
    Branch,
    Case,
    CaseContract,
    ContactAttempt,
    Payment,
    Staff,
    Visit,
)


def _case_conditions(wanted: MeasureFilter) -> list[Any]:
    found: list[Any] = []
    branches = branches_of(wanted)
    if branches is not None:
        found.append(Case.branch_id.in_(branches))
    if wanted.agents:
        found.append(Case.agent_id.in_(wanted.agents))
    if wanted.teams:
        people = select(Staff.id).where(Staff.team_id.in_(wanted.teams))
        found.append(Case.agent_id.in_(people))
    if wanted.products:
        found.append(Case.product.in_(wanted.products))
    return found


def _of(table: Any, wanted: MeasureFilter) -> list[Any]:
    """Rows of cases the branches asked for hold."""
    branches = branches_of(wanted)
    return [] if branches is None else [table.branch_id.in_(branches)]


def curve_rows(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    """One line for each intake (month unless weeks are asked for): money, then cases that paid."""
    size = Dimension.WEEK if Dimension.WEEK in wanted.by else Dimension.MONTH
    until = _watched_until(session, wanted)
    rows = list(session.execute(_intakes(wanted, until)))
    cases: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        cases[day_key(size, row.placed_on)].append(row)
    money: dict[Any, list[tuple[int, int]]] = defaultdict(list)
    for placed_on, gone, fen in session.execute(_received(wanted, until)):
        money[day_key(size, placed_on)].append((int(gone), int(fen)))
    for intake, some in sorted(cases.items()):
        watched = min(CURVE_DAYS, (until - max(row.placed_on for row in some)).days)
        due = sum(int(row.overdue_fen or 0) for row in some)
        yield from recovery_curve(
            IntakeMoney(intake, len(some), due, tuple(money[intake]), watched)
        )
        yield from payers_curve(intake, (_watched(row, until) for row in some))


def _watched_until(session: Session, wanted: MeasureFilter) -> date:
    """The day asked for, or as far as payment data of every branch reach."""
    stmt = select(func.min(Branch.payments_known_on))
    branches = branches_of(wanted)
    if branches is not None:
        stmt = stmt.where(Branch.id.in_(branches))
    known_on = session.scalar(stmt)
    return wanted.as_of if known_on is None else min(wanted.as_of, known_on)


def _watched(row: Any, until: date) -> tuple[int, bool]:
    if row.paid_on is not None:
        return (row.paid_on - row.placed_on).days, True
    last = until if row.ended_on is None else min(until, row.ended_on)
    return max(0, (last - row.placed_on).days), False


def _intakes(wanted: MeasureFilter, until: date) -> Any:
    base = (
        select(Case.branch_id, Case.id, Case.placed_on, Case.ended_on)
        .where(
            Case.placed_on.between(wanted.first_on, min(wanted.until, until)),
            *_case_conditions(wanted),
        )
        .cte("base")
    )
    points = select(
        base.c.branch_id, base.c.id.label("case_id"), base.c.placed_on.label("on_day")
    ).cte("points")
    owed = standing(points)
    paid = (
        select(CaseContract.case_id, func.min(Payment.value_on).label("paid_on"))
        .select_from(base)
        .join(
            CaseContract,
            and_(CaseContract.branch_id == base.c.branch_id, CaseContract.case_id == base.c.id),
        )
        .join(Payment, _of_contract())
        .where(Payment.amount_fen > 0, *_in_hand(base.c, until))
        .group_by(CaseContract.case_id)
        .subquery("first_paid")
    )
    return (
        select(base, owed.c.overdue_fen, paid.c.paid_on)
        .select_from(base)
        .outerjoin(owed, and_(owed.c.branch_id == base.c.branch_id, owed.c.case_id == base.c.id))
        .outerjoin(paid, paid.c.case_id == base.c.id)
        .order_by(base.c.placed_on, base.c.id)
    )


def _of_contract() -> Any:
    return and_(
        Payment.branch_id == CaseContract.branch_id, Payment.contract_id == CaseContract.contract_id
    )


def _in_hand(columns: Any, until: date) -> list[Any]:
    """Valued after the case was placed, while it was in hand."""
    return [
        Payment.value_on > columns.placed_on,
        Payment.value_on <= until,
        or_(columns.ended_on.is_(None), Payment.value_on <= columns.ended_on),
    ]


def _received(wanted: MeasureFilter, until: date) -> Any:
    gone = DaysApart(Payment.value_on, Case.placed_on)
    return (
        select(Case.placed_on, gone, func.sum(Payment.amount_fen))
        .join(
            CaseContract,
            and_(CaseContract.branch_id == Case.branch_id, CaseContract.case_id == Case.id),
        )
        .join(Payment, _of_contract())
        .where(
            Case.placed_on.between(wanted.first_on, min(wanted.until, until)),
            *_case_conditions(wanted),
            *_in_hand(Case, until),
        )
        .group_by(Case.placed_on, gone)
    )


def channel_rows(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    """Attempts of the period and whether money came in soon; ended soon ago: not known yet."""
    visits = select(
        Visit.branch_id,
        Visit.case_id,
        Visit.visited_on.label("on_day"),
        literal(ReachedBy.VISIT.value).label("how"),
    ).where(
        completed(), Visit.visited_on.between(wanted.first_on, wanted.until), *_of(Visit, wanted)
    )
    on_day = BusinessDay(ContactAttempt.at)
    contacts = select(
        ContactAttempt.branch_id, ContactAttempt.case_id, on_day, ContactAttempt.channel
    ).where(
        on_day.between(wanted.first_on, wanted.until),
        ContactAttempt.party == ContactParty.DEBTOR,
        *_of(ContactAttempt, wanted),
    )
    tries = union_all(visits, contacts).cte("tries")
    points = select(tries.c.branch_id, tries.c.case_id, tries.c.on_day).distinct().cte("points")
    owed = standing(points)
    last = DaysLater(tries.c.on_day, YIELD_DAYS)
    paid = (
        exists()
        .where(
            CaseContract.branch_id == tries.c.branch_id,
            CaseContract.case_id == tries.c.case_id,
            _of_contract(),
            Payment.amount_fen > 0,
            Payment.value_on >= tries.c.on_day,
            Payment.value_on <= last,
            Payment.value_on <= wanted.as_of,
        )
        .correlate(tries)
    )
    late = and_(~paid, last > wanted.as_of)
    bucket = bucket_of(owed.c.oldest_due_on, tries.c.on_day)
    stmt = (
        select(
            tries.c.how,
            bucket,
            func.sum(case((paid, 1), else_=0)),
            func.sum(case((late, 0), else_=1)),
            func.sum(case((late, 1), else_=0)),
        )
        .select_from(tries)
        .join(Case, and_(Case.branch_id == tries.c.branch_id, Case.id == tries.c.case_id))
        .outerjoin(
            owed,
            and_(
                owed.c.branch_id == tries.c.branch_id,
                owed.c.case_id == tries.c.case_id,
                owed.c.on_day == tries.c.on_day,
            ),
        )
        .where(*_case_conditions(wanted))
        .group_by(tries.c.how, bucket)
        .order_by(tries.c.how, bucket)
    )
    found = [
        Reached(ReachedBy(name), int(stage), int(hits), int(of), int(unknown))
        for name, stage, hits, of, unknown in session.execute(stmt)
        if not wanted.channels or ReachedBy(name) in wanted.channels
    ]
    if wanted.buckets:
        found = [one for one in found if one.bucket in wanted.buckets]
    yield from channel_comparison(found)


def fairness_rows(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    """Flagged visits / visits by product and by area: whom does it fall on?"""
    by_product = replace(wanted, by=(Dimension.PRODUCT,))
    for (product,), sums in visit_sums(session, by_product).items():
        n = sums["visits"]
        yield Counted(sums["flagged"], n, n, 0, (), f"product:{product}")
    branches = branches_of(wanted)
    scope = [] if branches is None else [Visit.done_by_branch_id.in_(branches)]
    stmt = (
        select(Borrower.area, func.sum(case((flagged(), 1), else_=0)), func.count())
        .select_from(Visit)
        .join(Case, and_(Case.branch_id == Visit.branch_id, Case.id == Visit.case_id))
        .join(
            Borrower,
            and_(Borrower.branch_id == Case.branch_id, Borrower.id == Case.borrower_id),
        )
        .where(completed(), Visit.visited_on.between(wanted.first_on, wanted.until), *scope)
        .group_by(Borrower.area)
        .order_by(Borrower.area)
    )
    for area, hits, of in session.execute(stmt):
        yield Counted(int(hits), int(of), int(of), 0, (), f"area:{area}")
