"""What a case owes, as one SQL expression: the same answer on both engines.

`rules.amounts` is the definition in plain Python; the tests hold the two against each other.
"""

from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    Date,
    SQLColumnExpression,
    Subquery,
    and_,
    bindparam,
    case,
    func,
    literal,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from supervisor.models.tables import CaseContract, Contract, Instalment, Payment

BRANCH: BindParameter[int] = bindparam("on_branch", type_=CaseContract.branch_id.type)
TODAY: BindParameter[date] = bindparam("on_today", type_=Date())


class NextDay(FunctionElement[date]):
    """The day after a date."""

    type = Date()
    inherit_cache = True


@compiles(NextDay, "sqlite")
def _next_day_sqlite(element: NextDay, compiler: SQLCompiler, **kw: Any) -> str:
    return f"date({compiler.process(element.clauses, **kw)}, '+1 day')"


@compiles(NextDay, "postgresql")
def _next_day_postgresql(element: NextDay, compiler: SQLCompiler, **kw: Any) -> str:
    return f"({compiler.process(element.clauses, **kw)} + 1)"


def earlier(
    first: SQLColumnExpression[Any], second: SQLColumnExpression[Any]
) -> ColumnElement[Any]:
    """The smaller of the two; `first` when `second` is missing."""
    return case((second < first, second), else_=first)


def later(first: ColumnElement[Any], second: ColumnElement[Any]) -> ColumnElement[Any]:
    """The greater of the two, or the one that is there."""
    return case(
        (and_(second.is_not(None), first.is_(None)), second), (second > first, second), else_=first
    )


def not_negative(fen: ColumnElement[int]) -> ColumnElement[int]:
    """Never less than nothing."""
    return case((fen > 0, fen), else_=literal(0))


def covered(scope: ColumnElement[bool]) -> CTE:
    """(case_id, contract_id) of the cases in scope."""
    return (
        select(CaseContract.case_id, CaseContract.contract_id)
        .where(CaseContract.branch_id == BRANCH, scope)
        .cte("covered")
    )


def _paid_in(contracts: CTE) -> Subquery:
    """Per contract of a case: everything paid so far known, and the last value date.

    An outer join because SQLite keeps its order: contracts first, then payments by index.
    """
    return (
        select(
            contracts.c.case_id,
            contracts.c.contract_id,
            func.sum(Payment.amount_fen).label("paid"),
            func.max(Payment.value_on).label("last_on"),
            func.max(case((Payment.amount_fen > 0, Payment.recorded_at))).label("heard_at"),
            func.max(case((Payment.amount_fen > 0, Payment.id))).label("heard_id"),
        )
        .select_from(contracts)
        .outerjoin(
            Payment,
            and_(Payment.branch_id == BRANCH, Payment.contract_id == contracts.c.contract_id),
        )
        .group_by(contracts.c.case_id, contracts.c.contract_id)
        .subquery("paid_in")
    )


def _schedule(contracts: CTE) -> Subquery:
    """Every instalment with its effective due date and the running total up to it."""
    paid = _paid_in(contracts)
    due = earlier(Instalment.due_on, Contract.accelerated_on)
    total = (
        Instalment.principal_fen
        + Instalment.interest_fen
        + Instalment.fee_fen
        + Instalment.penalty_fen
    )
    so_far = func.sum(total).over(
        partition_by=(contracts.c.case_id, contracts.c.contract_id),
        order_by=(due, Instalment.number),
    )
    # The judging day is not before the last payment: earlier, fewer payments counted.
    last_paid = func.max(paid.c.last_on).over(partition_by=contracts.c.case_id)
    return (
        select(
            contracts.c.case_id,
            contracts.c.contract_id,
            due.label("due"),
            total.label("total"),
            so_far.label("so_far"),
            func.coalesce(paid.c.paid, 0).label("paid"),
            last_paid.label("last_paid"),
            paid.c.heard_at,
            paid.c.heard_id,
            case((last_paid > TODAY, last_paid), else_=TODAY).label("day"),
        )
        .select_from(contracts)
        .join(Contract, and_(Contract.branch_id == BRANCH, Contract.id == contracts.c.contract_id))
        .outerjoin(
            Instalment,
            and_(Instalment.branch_id == BRANCH, Instalment.contract_id == contracts.c.contract_id),
        )
        .outerjoin(
            paid,
            and_(
                paid.c.case_id == contracts.c.case_id,
                paid.c.contract_id == contracts.c.contract_id,
            ),
        )
        .subquery("schedule")
    )


def _with_next_due(schedule: Subquery) -> Subquery:
    """Every instalment with the next unpaid due date of its case, from the day on."""
    line = schedule.c
    ahead = case((and_(line.so_far > line.paid, line.due >= line.day), line.due))
    return select(
        schedule, func.min(ahead).over(partition_by=line.case_id).label("next_due")
    ).subquery("with_next_due")


def _balances(lines: Subquery) -> Subquery:
    """Per contract of a case: balances, and the unpaid due dates on both sides of the day.

    `following` is what is overdue once the next due date of the case has passed.
    """
    line = lines.c
    unpaid = line.so_far > line.paid
    paid = func.max(line.paid)
    total = func.coalesce(func.sum(line.total), 0)
    due_before = func.coalesce(func.sum(case((line.due < line.day, line.total), else_=0)), 0)
    next_due = func.max(line.next_due)
    due_next = func.coalesce(func.sum(case((line.due <= line.next_due, line.total), else_=0)), 0)
    oldest = func.min(case((unpaid, line.due)))
    return (
        select(
            line.case_id,
            line.contract_id,
            not_negative(total - paid).label("settle"),
            not_negative(due_before - paid).label("overdue"),
            case((next_due.is_(None), 0), else_=not_negative(due_next - paid)).label("following"),
            oldest.label("oldest"),
            func.max(line.last_paid).label("last_paid"),
            func.max(line.heard_at).label("heard_at"),
            func.max(line.heard_id).label("heard_id"),
            func.max(case((and_(unpaid, line.due < line.day), line.due))).label("before"),
            next_due.label("next"),
            func.min(case((and_(unpaid, line.due > line.next_due), line.due))).label("after_next"),
            func.row_number()
            .over(
                partition_by=line.case_id,
                order_by=(case((oldest.is_(None), 1), else_=0), oldest, line.contract_id),
            )
            .label("place"),
        )
        .group_by(line.case_id, line.contract_id)
        .subquery("balances")
    )


def money(contracts: CTE) -> Subquery:
    """Per case: what `Case` keeps of money, with the days the overdue amount holds.

    `heard_at` and `heard_id` are the latest recording and id of money that came in.
    """
    each = _balances(_with_next_due(_schedule(contracts)))
    leading = func.max(case((each.c.place == 1, each.c.contract_id)))
    per_case = (
        select(
            each.c.case_id,
            leading.label("leading_id"),
            func.min(each.c.oldest).label("oldest_due_on"),
            func.sum(each.c.settle).label("settle_fen"),
            func.sum(each.c.overdue).label("overdue_fen"),
            func.sum(each.c.following).label("next_overdue_fen"),
            func.min(each.c.after_next).label("next_overdue_until_on"),
            func.max(each.c.last_paid).label("last_paid"),
            func.max(each.c.heard_at).label("heard_at"),
            func.max(each.c.heard_id).label("heard_id"),
            func.max(each.c.before).label("before"),
            func.min(each.c.next).label("overdue_until_on"),
        )
        .group_by(each.c.case_id)
        .subquery("per_case")
    )
    # Looked up, not joined: a planner without statistics joins by making the whole of the above
    # once per contract of the branch.
    contract_no = (
        select(Contract.contract_no)
        .where(Contract.branch_id == BRANCH, Contract.id == per_case.c.leading_id)
        .scalar_subquery()
    )
    return (
        select(
            per_case.c.case_id,
            contract_no.label("contract_no"),
            per_case.c.oldest_due_on,
            per_case.c.settle_fen,
            per_case.c.overdue_fen,
            per_case.c.next_overdue_fen,
            per_case.c.next_overdue_until_on,
            later(per_case.c.last_paid, NextDay(per_case.c.before)).label("overdue_from_on"),
            per_case.c.overdue_until_on,
            per_case.c.heard_at,
            per_case.c.heard_id,
        )
        .select_from(per_case)
        .subquery("money")
    )
