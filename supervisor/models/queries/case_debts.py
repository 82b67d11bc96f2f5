"""Contracts of a case with schedule and payments, as the rules want them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from supervisor.models.enums import Tick
from supervisor.models.rows.case_file import ContractRow, InstalmentRow, InstalmentState
from supervisor.models.rules.amounts import Debt, Line, Received, Settled, settle
from supervisor.models.tables import CaseContract, Contract, Instalment, Payment


@dataclass(frozen=True, slots=True)
class KnownDebt:
    """A contract, its raw instalments by number, its payments, and the rule's view of both."""

    contract: Contract
    instalments: dict[int, Instalment]
    payments: tuple[Payment, ...]
    debt: Debt


def debts_of(session: Session, branch_id: int, case_id: int) -> list[KnownDebt]:
    """Every contract of a case, in the order of their ids."""
    contracts = session.scalars(
        select(Contract)
        .join(
            CaseContract,
            and_(
                CaseContract.branch_id == Contract.branch_id,
                CaseContract.contract_id == Contract.id,
            ),
        )
        .where(CaseContract.branch_id == branch_id, CaseContract.case_id == case_id)
        .order_by(Contract.id)
    )
    return [_known(session, contract) for contract in contracts]


def _known(session: Session, contract: Contract) -> KnownDebt:
    instalments = session.scalars(
        select(Instalment).where(
            Instalment.branch_id == contract.branch_id, Instalment.contract_id == contract.id
        )
    ).all()
    payments = session.scalars(
        select(Payment)
        .where(Payment.branch_id == contract.branch_id, Payment.contract_id == contract.id)
        .order_by(Payment.value_on, Payment.id)
    ).all()
    debt = Debt(
        tuple(Line(row.number, row.due_on, _total(row)) for row in instalments),
        tuple(Received(row.value_on, row.amount_fen) for row in payments),
        contract.accelerated_on,
    )
    return KnownDebt(contract, {row.number: row for row in instalments}, tuple(payments), debt)


def _total(row: Instalment) -> int:
    return row.principal_fen + row.interest_fen + row.fee_fen + row.penalty_fen


def contract_row(known: KnownDebt) -> ContractRow:
    """A contract as the panel shows it."""
    contract = known.contract
    return ContractRow(
        contract_no=contract.contract_no,
        product=contract.product,
        principal_fen=contract.principal_fen,
        rate_ppm=contract.rate_ppm,
        signed_on=contract.signed_on,
        instalments=len(known.instalments),
        accelerated_on=contract.accelerated_on,
        credit_state=contract.credit_state,
        credit_objection=Tick(contract.credit_objection),
    )


def schedule_rows(known: KnownDebt, as_of: date) -> list[InstalmentRow]:
    """The schedule of a contract as of a day, in the order payments settle it."""
    return [_instalment(known, settled, as_of) for settled in settle(known.debt, as_of)]


def _instalment(known: KnownDebt, settled: Settled, as_of: date) -> InstalmentRow:
    raw = known.instalments[settled.line.number]
    paid = settled.paid_fen >= settled.line.total_fen
    late = 0 if paid else max(0, (as_of - settled.due_on).days)
    return InstalmentRow(
        contract_no=known.contract.contract_no,
        number=raw.number,
        due_on=settled.due_on,
        principal_fen=raw.principal_fen,
        interest_fen=raw.interest_fen,
        fee_fen=raw.fee_fen,
        penalty_fen=raw.penalty_fen,
        paid_fen=settled.paid_fen,
        state=_state(paid=paid, part=settled.paid_fen > 0, late=late > 0),
        days_overdue=late,
    )


def _state(*, paid: bool, part: bool, late: bool) -> InstalmentState:
    if paid:
        return InstalmentState.PAID
    if part:
        return InstalmentState.PART_PAID
    return InstalmentState.OVERDUE if late else InstalmentState.NOT_DUE
