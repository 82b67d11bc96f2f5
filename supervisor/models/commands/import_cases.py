"""Cases: their contracts, who holds them, when they were placed and how they ended."""

from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import select

from supervisor.clock import SHANGHAI
from supervisor.models.commands.import_context import Context, StagedRow
from supervisor.models.commands.import_leaves import keep_first
from supervisor.models.commands.import_plan import Plan, Row, differences
from supervisor.models.tables import Assignment, Case, CaseContract, Contract

_COLUMNS = {
    "case_no": "case_no",
    "placed_on": "placed_on",
    "retained_until_on": "retained_until_on",
    "ended_on": "ended_on",
    "end_code": "end_code",
    "arrears_reason": "arrears_reason",
    "target": "target_fen",
    "mark": "mark",
    "do_not_contact_at": "do_not_contact_at",
}
_PEOPLE = {"agent": "agent_id", "second_agent": "second_agent_id"}
Contracts = list[Row]


def plan_cases(context: Context, rows: list[StagedRow]) -> Plan:
    """Decide every row of a chunk."""
    plan = Plan()
    contracts = _contracts(context, rows)
    homes: dict[int, int] = {}
    covered: dict[int, Contracts] = {}
    for row in rows:
        found = _cover(context, row, contracts)
        if found:
            covered[row.row] = found
            homes[row.row] = found[0]["branch_id"]
    known = [row for row in rows if row.row in homes]
    claims = [(f"{homes[row.row]}/{row.values['case_no']}", "", row.row) for row in known]
    kept = keep_first(context, known, claims, "case_no")
    existing = _existing(context, kept, set(homes.values()))
    covers = _covers(context, existing.values())
    for row in kept:
        branch_id = homes[row.row]
        old = existing.get((branch_id, row.values["case_no"]))
        wanted = _wanted(context, row, branch_id)
        if wanted is None:
            continue
        case = covered[row.row]
        if old is None:
            _insert(context, plan, branch_id, row, wanted, case)
        else:
            _update(context, plan, row, old, wanted, case, covers.get(old["id"], set()))
    return plan


def _contracts(context: Context, rows: list[StagedRow]) -> dict[str, Contracts]:
    numbers = {no for row in rows for no in row.values["contract_nos"].split(",")}
    found: dict[str, Contracts] = {}
    ordered = sorted(numbers)
    for start in range(0, len(ordered), 10_000):
        stmt = select(
            Contract.contract_no,
            Contract.branch_id,
            Contract.id,
            Contract.borrower_id,
            Contract.product,
        ).where(Contract.contract_no.in_(ordered[start : start + 10_000]))
        for row in context.session.execute(stmt).mappings():
            if context.may(row["branch_id"]):
                found.setdefault(row["contract_no"], []).append(dict(row))
    return found


def _cover(context: Context, row: StagedRow, known: dict[str, Contracts]) -> Contracts | None:
    """The contracts a case covers, all of one borrower; None after a refusal."""
    named = None
    if "branch" in row.values:
        named = context.branch_of(row)
        if named is None:
            return None
    case: Contracts = []
    for number in row.values["contract_nos"].split(","):
        candidates = [c for c in known.get(number, []) if named in {None, c["branch_id"]}]
        if len(candidates) != 1:
            ending = "ambiguous" if candidates else "unknown"
            context.refuse(row, "contract_nos", f"row_contract_{ending}", value=number)
            return None
        case.append(candidates[0])
    if len({(c["branch_id"], c["borrower_id"]) for c in case}) > 1:
        context.refuse(row, "contract_nos", "contracts_of_two_borrowers")
        return None
    return case


def _existing(
    context: Context, rows: list[StagedRow], branches: set[int]
) -> dict[tuple[int, str], Row]:
    names = ["id", "branch_id", "borrower_id", *_COLUMNS.values(), *_PEOPLE.values()]
    stmt = select(*(getattr(Case, name) for name in names)).where(
        Case.case_no.in_({row.values["case_no"] for row in rows})
    )
    return {
        (row["branch_id"], row["case_no"]): dict(row)
        for row in context.session.execute(stmt).mappings()
        if row["branch_id"] in branches
    }


def _covers(context: Context, cases: Any) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    by_branch: dict[int, list[int]] = {}
    for case in cases:
        by_branch.setdefault(case["branch_id"], []).append(case["id"])
    for branch_id, ids in by_branch.items():
        stmt = select(CaseContract.case_id, CaseContract.contract_id).where(
            CaseContract.branch_id == branch_id, CaseContract.case_id.in_(ids)
        )
        for case_id, contract_id in context.session.execute(stmt):
            found.setdefault(case_id, set()).add(contract_id)
    return found


def _wanted(context: Context, row: StagedRow, branch_id: int) -> Row | None:
    wanted = {column: row.values[key] for key, column in _COLUMNS.items() if key in row.values}
    for key, column in _PEOPLE.items():
        number = row.values.get(key)
        if number is None:
            continue
        found = context.person(branch_id, number)
        if isinstance(found, str):
            context.refuse(row, key, found, value=number)
            return None
        wanted[column] = found
    problem = _problem(wanted)
    if problem:
        context.refuse(row, *problem)
        return None
    target = wanted.get("target_fen", 0)
    context.sums["target"] = context.sums.get("target", 0) + target
    return wanted


def _problem(wanted: Row) -> tuple[str, str] | None:
    ended, placed = wanted.get("ended_on"), wanted["placed_on"]
    if ended is not None and ended < placed:
        return "ended_on", "ended_before_placed"
    if wanted.get("end_code") is not None and ended is None:
        return "end_code", "end_without_day"
    agent = wanted.get("agent_id")
    if agent is not None and agent == wanted.get("second_agent_id"):
        return "second_agent", "second_agent_same"
    return None


def _insert(
    context: Context, plan: Plan, branch_id: int, row: StagedRow, wanted: Row, case: Contracts
) -> None:
    case_id = context.new_id()
    context.inserted += 1
    context.touch(branch_id, case_id)
    plan.insert(
        Case,
        {
            "branch_id": branch_id,
            "id": case_id,
            "borrower_id": case[0]["borrower_id"],
            "product": case[0]["product"],
            "batch_id": context.batch,
            "recorded_at": context.now,
            **wanted,
        },
    )
    key = {"branch_id": branch_id, "case_id": case_id}
    for contract in case:
        plan.insert(CaseContract, {**key, "contract_id": contract["id"]})
    if wanted.get("agent_id") is not None:
        start = datetime.combine(wanted["placed_on"], time(), SHANGHAI).astimezone(UTC)
        _assign(context, plan, key, wanted, start)
    del row


def _assign(
    context: Context, plan: Plan, key: dict[str, int], holder: Row, start: datetime
) -> dict[str, int]:
    id_ = context.new_id()
    plan.insert(
        Assignment,
        {
            **key,
            "id": id_,
            "agent_id": holder.get("agent_id"),
            "second_agent_id": holder.get("second_agent_id"),
            "from_at": start,
            "by": context.actor.name,
            "done_by_branch_id": key["branch_id"],
            "recorded_at": context.now,
        },
    )
    return {"branch_id": key["branch_id"], "id": id_}


def _update(
    context: Context,
    plan: Plan,
    row: StagedRow,
    old: Row,
    wanted: Row,
    case: Contracts,
    covered: set[int],
) -> None:
    if old["borrower_id"] != case[0]["borrower_id"]:
        context.refuse(row, "contract_nos", "case_of_another", value=old["case_no"])
        return
    key = {"branch_id": old["branch_id"], "case_id": old["id"]}
    added = [contract["id"] for contract in case if contract["id"] not in covered]
    was, becomes = differences(old, wanted)
    if not becomes and not added:
        context.unchanged += 1
        return
    context.updated += 1
    context.touch(old["branch_id"], old["id"])
    for contract_id in added:
        link = {**key, "contract_id": contract_id}
        plan.insert(CaseContract, link)
        # Its own row in the batch's record: undo finds the link by case and contract.
        plan.made.append((CaseContract, {"branch_id": old["branch_id"], "contract_id": contract_id,
                                         "case_id": old["id"]}))  # fmt: skip
    if becomes:
        plan.change(Case, {"branch_id": old["branch_id"], "id": old["id"]}, was, becomes)
    if {"agent_id", "second_agent_id"} & set(becomes):
        _reassign(context, plan, key, {**old, **becomes})


def _reassign(context: Context, plan: Plan, key: dict[str, int], holder: Row) -> None:
    stmt = select(Assignment.id, Assignment.until_at).where(
        Assignment.branch_id == key["branch_id"],
        Assignment.case_id == key["case_id"],
        Assignment.until_at.is_(None),
    )
    for id_, until_at in context.session.execute(stmt):
        open_key = {"branch_id": key["branch_id"], "id": id_}
        plan.change(Assignment, open_key, {"until_at": until_at}, {"until_at": context.now})
    plan.made.append((Assignment, _assign(context, plan, key, holder, context.now)))
