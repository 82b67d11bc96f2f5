"""What cases owed on given days, as SQL over raw rows; `rules.amounts.amounts` is the definition.

Payments valued up to and including the day settle a contract's instalments oldest first; an
instalment is past due on the days after its effective due date. With today's knowledge.
"""

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    SQLColumnExpression,
    Subquery,
    and_,
    case,
    func,
    literal,
    select,
)

from supervisor.models.enums import Bucket
from supervisor.models.rules.queue_order import BUCKET_DAYS
from supervisor.models.sql_days import DaysApart
from supervisor.models.tables import CaseContract, Contract, Instalment, Payment


def standing(points: CTE) -> Subquery:
    """For each (branch_id, case_id, on_day) of `points`: oldest_due_on, overdue_fen, settle_fen.

    Points must differ from each other. A case without instalments has no row.
    """
    by_contract = _by_contract(points)
    return (
        select(
            by_contract.c.branch_id,
            by_contract.c.case_id,
            by_contract.c.on_day,
            func.min(by_contract.c.oldest_due_on).label("oldest_due_on"),
            func.sum(by_contract.c.overdue_fen).label("overdue_fen"),
            func.sum(by_contract.c.settle_fen).label("settle_fen"),
        )
        .group_by(by_contract.c.branch_id, by_contract.c.case_id, by_contract.c.on_day)
        .subquery("standing")
    )


def _by_contract(points: CTE) -> Subquery:
    lines = _lines(points)
    key = (lines.c.branch_id, lines.c.case_id, lines.c.on_day, lines.c.contract_id)
    past = func.sum(case((lines.c.due < lines.c.on_day, lines.c.total), else_=0))
    return (
        select(
            *key,
            func.min(case((lines.c.so_far > lines.c.paid, lines.c.due))).label("oldest_due_on"),
            _left(past - lines.c.paid).label("overdue_fen"),
            _left(func.sum(lines.c.total) - lines.c.paid).label("settle_fen"),
        )
        .group_by(*key, lines.c.paid)
        .subquery("by_contract")
    )


def _lines(points: CTE) -> Subquery:
    """Every instalment with its effective due date and the running total up to it."""
    paid = _paid(points)
    due = case(
        (Contract.accelerated_on < Instalment.due_on, Contract.accelerated_on),
        else_=Instalment.due_on,
    )
    total = (
        Instalment.principal_fen
        + Instalment.interest_fen
        + Instalment.fee_fen
        + Instalment.penalty_fen
    )
    key = (paid.c.branch_id, paid.c.case_id, paid.c.on_day, paid.c.contract_id)
    so_far = func.sum(total).over(partition_by=key, order_by=(due, Instalment.number))
    return (
        select(
            *key,
            paid.c.paid,
            due.label("due"),
            total.label("total"),
            so_far.label("so_far"),
        )
        .select_from(paid)
        .join(
            Contract,
            and_(Contract.branch_id == paid.c.branch_id, Contract.id == paid.c.contract_id),
        )
        .join(
            Instalment,
            and_(
                Instalment.branch_id == paid.c.branch_id,
                Instalment.contract_id == paid.c.contract_id,
            ),
        )
        .subquery("lines")
    )


def _paid(points: CTE) -> Subquery:
    key = (points.c.branch_id, points.c.case_id, points.c.on_day, CaseContract.contract_id)
    return (
        select(*key, func.coalesce(func.sum(Payment.amount_fen), 0).label("paid"))
        .select_from(points)
        .join(
            CaseContract,
            and_(
                CaseContract.branch_id == points.c.branch_id,
                CaseContract.case_id == points.c.case_id,
            ),
        )
        .outerjoin(
            Payment,
            and_(
                Payment.branch_id == points.c.branch_id,
                Payment.contract_id == CaseContract.contract_id,
                Payment.value_on <= points.c.on_day,
            ),
        )
        .group_by(*key)
        .subquery("paid")
    )


def _left(fen: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((fen > 0, fen), else_=literal(0))


def bucket_of(oldest_due_on: SQLColumnExpression[Any], on_day: Any) -> ColumnElement[int]:
    """The bucket (number of `Bucket`) of a case whose oldest unpaid instalment fell due then."""
    late = DaysApart(on_day, oldest_due_on)
    steps = [
        (late <= last, literal(int(bucket)))
        for bucket, last in zip(Bucket, BUCKET_DAYS, strict=False)
    ]
    return case((oldest_due_on.is_(None), literal(0)), *steps, else_=literal(int(Bucket.M6_PLUS)))
