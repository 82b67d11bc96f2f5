"""Every record of a kind, in blocks, with the columns an import of that kind reads."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, select
from sqlalchemy.orm import Session, aliased

from supervisor.models.enums import Kind
from supervisor.models.tables import (
    Borrower,
    BorrowerName,
    BorrowerPrivate,
    Branch,
    Case,
    CaseContract,
    Complaint,
    ContactAttempt,
    Contract,
    Device,
    Instalment,
    Payment,
    Promise,
    Staff,
    Team,
    Visit,
    VisitPlan,
)

BLOCK = 2_000
AnySelect = Select[*tuple[Any, ...]]
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ExportFilter:
    """What to export; `branches` None: all."""

    kind: Kind
    branches: tuple[int, ...] | None


def export_rows(session: Session, wanted: ExportFilter) -> Iterator[Record]:
    """Records by field key, as they came in; money in 分, people as (branch, number).

    Branch by branch in the order of their codes, never of their ids: the order is the same in a
    database that these files were imported into. Reads in blocks of a server-side cursor, so that
    memory stays bounded.
    """
    for branch_id in _branches(session, wanted):
        of_branch = replace(wanted, branches=(branch_id,))
        if wanted.kind is Kind.CASES:
            yield from _cases(session, of_branch)
        else:
            yield from _stream(session, _SELECTS[wanted.kind](of_branch))


def _branches(session: Session, wanted: ExportFilter) -> list[int]:
    stmt = select(Branch.id, Branch.code).where(*_within(wanted, Branch.id))
    return [id_ for id_, _ in sorted(session.execute(stmt), key=lambda found: found.code)]


def _stream(session: Session, stmt: AnySelect) -> Iterator[Record]:
    result = session.execute(stmt.execution_options(yield_per=BLOCK))
    for row in result.mappings():
        yield dict(row)


def _within(wanted: ExportFilter, column: SQLColumnExpression[int]) -> list[ColumnElement[bool]]:
    return [] if wanted.branches is None else [column.in_(wanted.branches)]


def _staff(wanted: ExportFilter) -> AnySelect:
    return (
        select(
            Branch.code.label("branch"),
            Branch.name.label("branch_name"),
            Team.code.label("team"),
            Team.name.label("team_name"),
            Staff.staff_no,
            Staff.name,
            Staff.roles,
            Staff.active,
            Staff.daily_capacity,
            Staff.hired_on,
            Staff.exam_valid_until,
            Staff.training_valid_until,
        )
        .join(Branch, Branch.id == Staff.branch_id)
        .outerjoin(Team, Team.id == Staff.team_id)
        .where(*_within(wanted, Staff.branch_id))
        .order_by(Staff.id)
    )


def _contracts(wanted: ExportFilter) -> AnySelect:
    return (
        select(
            Branch.code.label("branch"),
            Contract.contract_no,
            Borrower.borrower_no,
            BorrowerName.full_name.label("borrower_name"),
            BorrowerPrivate.id_number,
            BorrowerPrivate.phones,
            BorrowerPrivate.addresses,
            BorrowerPrivate.contacts,
            BorrowerPrivate.liability,
            Borrower.area,
            Contract.product,
            Contract.principal_fen.label("principal"),
            Contract.rate_ppm.label("rate"),
            Contract.signed_on,
            Contract.accelerated_on,
            Contract.credit_state,
            Contract.credit_objection,
        )
        .join(Branch, Branch.id == Contract.branch_id)
        .join(
            Borrower,
            (Borrower.branch_id == Contract.branch_id) & (Borrower.id == Contract.borrower_id),
        )
        .outerjoin(
            BorrowerName,
            (BorrowerName.branch_id == Borrower.branch_id)
            & (BorrowerName.borrower_id == Borrower.id),
        )
        .outerjoin(
            BorrowerPrivate,
            (BorrowerPrivate.branch_id == Borrower.branch_id)
            & (BorrowerPrivate.borrower_id == Borrower.id),
        )
        .where(*_within(wanted, Contract.branch_id))
        .order_by(Contract.branch_id, Contract.id)
    )


def _of_contract(wanted: ExportFilter, table: Any, columns: tuple[Any, ...]) -> AnySelect:
    return (
        select(Branch.code.label("branch"), Contract.contract_no, *columns)
        .join(Branch, Branch.id == table.branch_id)
        .join(
            Contract,
            (Contract.branch_id == table.branch_id) & (Contract.id == table.contract_id),
        )
        .where(*_within(wanted, table.branch_id))
        .order_by(table.branch_id, table.id)
    )


def _instalments(wanted: ExportFilter) -> AnySelect:
    columns = (
        Instalment.number,
        Instalment.due_on,
        Instalment.principal_fen.label("principal"),
        Instalment.interest_fen.label("interest"),
        Instalment.fee_fen.label("fee"),
        Instalment.penalty_fen.label("penalty"),
    )
    return _of_contract(wanted, Instalment, columns)


def _payments(wanted: ExportFilter) -> AnySelect:
    amount = Payment.amount_fen.label("amount")
    columns = (Payment.payment_no, Payment.value_on, amount, Payment.channel)
    return _of_contract(wanted, Payment, columns)


def _of_case(
    wanted: ExportFilter,
    table: Any,
    names: tuple[str, ...],
    people: dict[str, Any],
    amounts: dict[str, Any] | None = None,
) -> AnySelect:
    columns: list[Any] = [getattr(table, name) for name in names]
    columns += [column.label(key) for key, column in (amounts or {}).items()]
    home = Branch
    stmt = select(home.code.label("branch"), Case.case_no, *columns)
    stmt = stmt.join(home, home.id == table.branch_id)
    stmt = stmt.join(Case, (Case.branch_id == table.branch_id) & (Case.id == table.case_id))
    for key, column in people.items():
        person, of = aliased(Staff), aliased(Branch)
        stmt = stmt.outerjoin(person, person.id == column).outerjoin(of, of.id == person.branch_id)
        stmt = stmt.add_columns(person.staff_no.label(key), of.code.label(f"{key}_branch"))
    return stmt.where(*_within(wanted, table.branch_id)).order_by(table.branch_id, table.id)


def _contacts(wanted: ExportFilter) -> AnySelect:
    names = ("contact_no", "channel", "at", "party", "connected", "effective", "outcome")
    return _of_case(wanted, ContactAttempt, names, {"agent": ContactAttempt.agent_id})


def _plans(wanted: ExportFilter) -> AnySelect:
    names = (
        "plan_no",
        "window_from",
        "window_until",
        "address_kind",
        "strategy",
        "notice_sent_at",
        "notice_delivered",
        "file_ready",
        "state",
    )
    people = {"agent": VisitPlan.agent_id, "second_agent": VisitPlan.second_agent_id}
    amounts = {"target": VisitPlan.target_fen, "device": Device.code}
    stmt = _of_case(wanted, VisitPlan, names, people, amounts)
    return stmt.outerjoin(Device, Device.id == VisitPlan.device_id)


def _visits(wanted: ExportFilter) -> AnySelect:
    names = (
        "visit_no",
        "started_at",
        "ended_at",
        "address_kind",
        "outcome",
        "talk_results",
        "arrears_reason",
        "latitude",
        "longitude",
        "position_matched",
        "id_shown",
        "recorded",
        "recording_consent",
        "notice_given",
        "note",
        "receipt_no",
        "late_entry_minutes",
    )
    people = {"agent": Visit.agent_id, "second_agent": Visit.second_agent_id}
    stmt = _of_case(wanted, Visit, names, people, {"plan_no": VisitPlan.plan_no})
    return stmt.outerjoin(
        VisitPlan, (VisitPlan.branch_id == Visit.branch_id) & (VisitPlan.id == Visit.plan_id)
    )


def _promises(wanted: ExportFilter) -> AnySelect:
    names = ("promise_no", "made_on", "due_on", "withdrawn")
    amounts = {"amount": Promise.amount_fen, "visit_no": Visit.visit_no}
    stmt = _of_case(wanted, Promise, names, {"agent": Promise.agent_id}, amounts)
    return stmt.outerjoin(
        Visit, (Visit.branch_id == Promise.branch_id) & (Visit.id == Promise.visit_id)
    )


def _complaints(wanted: ExportFilter) -> AnySelect:
    names = ("complaint_no", "channel", "received_at", "about", "visit_no", "closed_on")
    return _of_case(wanted, Complaint, names, {"person": Complaint.person_id})


def _cases(session: Session, wanted: ExportFilter) -> Iterator[Record]:
    agent, second = aliased(Staff), aliased(Staff)
    agent_home, second_home = aliased(Branch), aliased(Branch)
    stmt = (
        select(
            Branch.code.label("branch"),
            Case.id,
            Case.branch_id,
            Case.case_no,
            agent.staff_no.label("agent"),
            agent_home.code.label("agent_branch"),
            second.staff_no.label("second_agent"),
            second_home.code.label("second_agent_branch"),
            Case.placed_on,
            Case.retained_until_on,
            Case.ended_on,
            Case.end_code,
            Case.arrears_reason,
            Case.target_fen.label("target"),
            Case.mark,
            Case.do_not_contact_at,
        )
        .join(Branch, Branch.id == Case.branch_id)
        .outerjoin(agent, agent.id == Case.agent_id)
        .outerjoin(agent_home, agent_home.id == agent.branch_id)
        .outerjoin(second, second.id == Case.second_agent_id)
        .outerjoin(second_home, second_home.id == second.branch_id)
        .where(*_within(wanted, Case.branch_id))
        .order_by(Case.branch_id, Case.id)
    )
    result = session.execute(stmt.execution_options(yield_per=BLOCK)).mappings()
    for block in result.partitions(BLOCK):
        yield from _with_contracts(session, [dict(row) for row in block])


def _with_contracts(session: Session, block: list[Record]) -> list[Record]:
    numbers: dict[int, list[str]] = {}
    stmt = (
        select(CaseContract.case_id, Contract.contract_no)
        .join(
            Contract,
            (Contract.branch_id == CaseContract.branch_id)
            & (Contract.id == CaseContract.contract_id),
        )
        .where(
            CaseContract.branch_id.in_({row["branch_id"] for row in block}),
            CaseContract.case_id.in_([row["id"] for row in block]),
        )
        .order_by(CaseContract.case_id, CaseContract.contract_id)
    )
    for case_id, number in session.execute(stmt):
        numbers.setdefault(case_id, []).append(number)
    for row in block:
        row["contract_nos"] = ";".join(numbers.get(row.pop("id"), []))
        row.pop("branch_id")
    return block


_SELECTS = {
    Kind.STAFF: _staff,
    Kind.CONTRACTS: _contracts,
    Kind.INSTALMENTS: _instalments,
    Kind.PAYMENTS: _payments,
    Kind.CONTACTS: _contacts,
    Kind.PLANS: _plans,
    Kind.VISITS: _visits,
    Kind.PROMISES: _promises,
    Kind.COMPLAINTS: _complaints,
}
