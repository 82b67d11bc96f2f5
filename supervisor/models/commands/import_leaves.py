"""Kinds whose rows hang on one case or one contract, from instalments to complaints.

One table of differences between them, one way to plan them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Table, select

from supervisor.models.base import Base
from supervisor.models.commands.import_context import Context, StagedRow
from supervisor.models.commands.import_judges import (
    Judge,
    Parent,
    judge_payment,
    judge_plan,
    judge_promise,
    judge_visit,
)
from supervisor.models.commands.import_plan import Plan, Row, differences
from supervisor.models.enums import Kind
from supervisor.models.tables import (
    Case,
    CaseContract,
    Complaint,
    ContactAttempt,
    Contract,
    Device,
    Instalment,
    Payment,
    Promise,
    Visit,
    VisitPlan,
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """How one kind is written.

    Attributes:
        number: column that names a record within a branch (instalments: within a contract).
        columns: field key to column. `people`: field key to a column of a staff id.
        linked: field key to (table, its number column, our column), looked up in the branch.
    """

    table: type[Base]
    parent: str
    number: str
    columns: Mapping[str, str]
    people: Mapping[str, str] = field(default_factory=dict)
    linked: Mapping[str, tuple[type[Base], str, str]] = field(default_factory=dict)
    judge: Judge | None = None
    done_by: bool = False


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


LEAVES: dict[Kind, Leaf] = {
    Kind.INSTALMENTS: Leaf(
        Instalment,
        "contract",
        "number",
        {
            **_same("number", "due_on"),
            "principal": "principal_fen",
            "interest": "interest_fen",
            "fee": "fee_fen",
            "penalty": "penalty_fen",
        },
    ),
    Kind.PAYMENTS: Leaf(
        Payment,
        "contract",
        "payment_no",
        {**_same("payment_no", "value_on", "channel"), "amount": "amount_fen"},
        judge=judge_payment,
    ),
    Kind.CONTACTS: Leaf(
        ContactAttempt,
        "case",
        "contact_no",
        _same("contact_no", "channel", "at", "party", "connected", "effective", "outcome"),
        {"agent": "agent_id"},
        done_by=True,
    ),
    Kind.PLANS: Leaf(
        VisitPlan,
        "case",
        "plan_no",
        {
            **_same("plan_no", "window_from", "window_until", "address_kind", "strategy"),
            **_same("notice_sent_at", "notice_delivered", "file_ready", "state"),
            "target": "target_fen",
        },
        {"agent": "agent_id", "second_agent": "second_agent_id"},
        {"device": (Device, "code", "device_id")},
        judge=judge_plan,
    ),
    Kind.VISITS: Leaf(
        Visit,
        "case",
        "visit_no",
        {
            **_same("visit_no", "started_at", "ended_at", "address_kind", "outcome"),
            **_same("talk_results", "arrears_reason", "latitude", "longitude"),
            **_same("position_matched", "id_shown", "recorded", "recording_consent"),
            **_same("notice_given", "note", "receipt_no", "late_entry_minutes"),
        },
        {"agent": "agent_id", "second_agent": "second_agent_id"},
        {"plan_no": (VisitPlan, "plan_no", "plan_id")},
        judge=judge_visit,
        done_by=True,
    ),
    Kind.PROMISES: Leaf(
        Promise,
        "case",
        "promise_no",
        {**_same("promise_no", "made_on", "due_on", "withdrawn"), "amount": "amount_fen"},
        {"agent": "agent_id"},
        {"visit_no": (Visit, "visit_no", "visit_id")},
        judge=judge_promise,
        done_by=True,
    ),
    Kind.COMPLAINTS: Leaf(
        Complaint,
        "case",
        "complaint_no",
        _same("complaint_no", "channel", "received_at", "about", "visit_no", "closed_on"),
        {"person": "person_id"},
    ),
}


@dataclass(slots=True)
class _Placed:
    """A row whose parent is known, with the column values it asks for."""

    staged: StagedRow
    parent: Parent
    wanted: Row


def plan_leaves(context: Context, kind: Kind, rows: list[StagedRow]) -> Plan:
    """Decide every row of a chunk."""
    leaf = LEAVES[kind]
    plan = Plan()
    placed = _place(context, leaf, rows)
    _link(context, leaf, placed, plan)
    placed = _once(context, leaf, [one for one in placed if one.wanted])
    existing = _existing(context, leaf, placed)
    for one in placed:
        _decide(context, leaf, one, existing.get(_key(leaf, one)), plan)
    if leaf.parent == "contract":
        touched = {(one.parent.branch_id, one.parent.id) for one in placed}
        plan.after.append(lambda: touch_contracts(context, touched))
    return plan


def _place(context: Context, leaf: Leaf, rows: list[StagedRow]) -> list[_Placed]:
    name = f"{leaf.parent}_no"
    parents = find_parents(context, leaf.parent, {row.values[name] for row in rows})
    placed = []
    for row in rows:
        parent = choose_parent(context, row, name, leaf.parent, parents)
        if parent is None:
            continue
        wanted = {column: row.values[key] for key, column in leaf.columns.items()
                  if key in row.values}  # fmt: skip
        if "withdrawn" in wanted:
            wanted["withdrawn"] = wanted["withdrawn"] == "yes"
        if _add_people(context, leaf, row, parent, wanted):
            placed.append(_Placed(row, parent, wanted))
    return placed


def _add_people(context: Context, leaf: Leaf, row: StagedRow, parent: Parent, wanted: Row) -> bool:
    for key, column in leaf.people.items():
        number = row.values.get(key)
        if number is None:
            continue
        found = context.person(parent.branch_id, number)
        if isinstance(found, str):
            context.refuse(row, key, found, value=number)
            return False
        wanted[column] = found
    return True


def find_parents(context: Context, what: str, numbers: set[str]) -> dict[str, list[Parent]]:
    """Cases or contracts by number, over all branches the actor may write in."""
    found: dict[str, list[Parent]] = {}
    if what == "case":
        stmt = select(Case.case_no, Case.branch_id, Case.id, Case.placed_on).where(
            Case.case_no.in_(numbers)
        )
        for number, branch_id, id_, since in context.session.execute(stmt):
            if context.may(branch_id):
                found.setdefault(number, []).append(Parent(branch_id, id_, since))
        return found
    wanted = select(Contract.contract_no, Contract.branch_id, Contract.id).where(
        Contract.contract_no.in_(numbers)
    )
    for number, branch_id, id_ in context.session.execute(wanted):
        if context.may(branch_id):
            found.setdefault(number, []).append(Parent(branch_id, id_))
    return found


def choose_parent(
    context: Context, row: StagedRow, name: str, what: str, parents: Mapping[str, list[Parent]]
) -> Parent | None:
    """The one parent a row means; None after a refusal."""
    candidates = parents.get(row.values[name], [])
    if "branch" in row.values:
        branch_id = context.branch_of(row)
        if branch_id is None:
            return None
        candidates = [one for one in candidates if one.branch_id == branch_id]
    if len(candidates) == 1:
        return candidates[0]
    ending = "ambiguous" if candidates else "unknown"
    context.refuse(row, name, f"row_{what}_{ending}", value=row.values[name])
    return None


def _link(context: Context, leaf: Leaf, placed: list[_Placed], plan: Plan) -> None:
    for key, (table, number, column) in leaf.linked.items():
        naming = [one for one in placed if key in one.staged.values]
        if not naming:
            continue
        columns = cast("Table", table.__table__).c
        stmt = select(columns.branch_id, columns[number], columns.id).where(
            columns[number].in_({one.staged.values[key] for one in naming}),
            columns.branch_id.in_({one.parent.branch_id for one in naming}),
        )
        found = {(branch, no): id_ for branch, no, id_ in context.session.execute(stmt)}
        for one in naming:
            named = (one.parent.branch_id, one.staged.values[key])
            id_ = found.get(named)
            if id_ is None and table is Device:
                id_ = found[named] = _new_device(context, plan, *named)
            if id_ is None:
                value = one.staged.values[key]
                context.refuse(one.staged, key, f"row_{key}_unknown", value=value)
                one.wanted.clear()
            else:
                one.wanted[column] = id_


def _new_device(context: Context, plan: Plan, branch_id: int, code: str) -> int:
    """Plans name recording devices for the first time; no other file does."""
    id_ = context.new_id()
    new = {"id": id_, "branch_id": branch_id, "code": code, "recorded_at": context.now}
    plan.insert(Device, new)
    plan.made.append((Device, {"id": id_}))
    return id_


def _key(leaf: Leaf, one: _Placed) -> tuple[int, Any]:
    outer = one.parent.id if leaf.table is Instalment else one.parent.branch_id
    return outer, one.wanted[leaf.number]


def _once(context: Context, leaf: Leaf, placed: list[_Placed]) -> list[_Placed]:
    keys = [_key(leaf, one) for one in placed]
    claims = [(f"{a}/{b}", "", one.staged.row) for (a, b), one in zip(keys, placed, strict=True)]
    return keep_first(context, placed, claims, leaf.number)


def keep_first(
    context: Context, rows: list[Any], claims: list[tuple[str, str, int]], column: str
) -> list[Any]:
    """Refuse rows whose number an earlier row of the file has."""
    kept = []
    for one, claim, (first, _) in zip(rows, claims, context.stage.first_rows(claims), strict=True):
        if first == claim[2]:
            kept.append(one)
        else:
            staged = one if isinstance(one, StagedRow) else one.staged
            context.refuse(staged, column, "duplicate_in_file", first=first)
    return kept


def _existing(
    context: Context, leaf: Leaf, placed: list[_Placed]
) -> dict[tuple[int, Any], Mapping[str, Any]]:
    """Records that are already there, by key; one statement per branch, along the unique key."""
    table = cast("Table", leaf.table.__table__)
    parent = f"{leaf.parent}_id"
    names = {"id", "branch_id", parent, *leaf.columns.values(), *leaf.people.values()}
    names |= {column for _, _, column in leaf.linked.values()}
    names |= {"plan_on", "visited_on"} & set(table.c.keys())
    by_branch: dict[int, list[_Placed]] = {}
    for one in placed:
        by_branch.setdefault(one.parent.branch_id, []).append(one)
    found: dict[tuple[int, Any], Mapping[str, Any]] = {}
    for branch_id, group in by_branch.items():
        stmt = select(*(table.c[name] for name in sorted(names)))
        stmt = stmt.where(table.c.branch_id == branch_id)
        if leaf.table is Instalment:
            stmt = stmt.where(table.c.contract_id.in_({one.parent.id for one in group}))
        else:
            numbers = {one.wanted[leaf.number] for one in group}
            stmt = stmt.where(table.c[leaf.number].in_(numbers))
        for row in context.session.execute(stmt).mappings():
            outer = row["contract_id"] if leaf.table is Instalment else branch_id
            found[outer, row[leaf.number]] = dict(row)
    return found


def _decide(
    context: Context, leaf: Leaf, one: _Placed, old: Mapping[str, Any] | None, plan: Plan
) -> None:
    parent = f"{leaf.parent}_id"
    if old is not None and old[parent] != one.parent.id:
        context.refuse(one.staged, leaf.number, "record_of_another", value=one.wanted[leaf.number])
        return None
    whole = {**(old or {}), **one.wanted}
    if old is not None and not differences(old, one.wanted)[1]:
        context.unchanged += 1
        return _learn(context, leaf, one, plan, changed=False)
    problem = leaf.judge(context, whole, one.parent) if leaf.judge else None
    if problem:
        context.refuse(one.staged, *problem)
        return None
    if old is None:
        context.inserted += 1
        row = _new(context, leaf, one, whole)
        plan.insert(leaf.table, row)
        if leaf.table is Visit:
            context.visit(one.parent.branch_id, one.parent.id, row["id"], row["visited_on"])
            return None
    else:
        context.updated += 1
        wanted = {name: whole[name] for name in {*one.wanted, "plan_on", "visited_on"} & set(whole)}
        key = {"branch_id": one.parent.branch_id, "id": old["id"]}
        plan.change(leaf.table, key, *differences(old, wanted))
    return _learn(context, leaf, one, plan, changed=True)


def _new(context: Context, leaf: Leaf, one: _Placed, whole: Row) -> Row:
    row = {
        "branch_id": one.parent.branch_id,
        "id": context.new_id(),
        f"{leaf.parent}_id": one.parent.id,
        "batch_id": context.batch,
        "recorded_at": context.now,
        **whole,
    }
    if leaf.done_by:
        agent = whole.get("agent_id")
        row["done_by_branch_id"] = context.person_branch.get(agent or 0, one.parent.branch_id)
    return row


def _learn(context: Context, leaf: Leaf, one: _Placed, plan: Plan, *, changed: bool) -> None:
    """Sums for the preview, touched cases, and how far payment data reach."""
    del plan
    branch_id = one.parent.branch_id
    for name, value in one.wanted.items():
        if name.endswith("_fen"):
            key = name.removesuffix("_fen")
            context.sums[key] = context.sums.get(key, 0) + value
    if leaf.table is Payment:
        before = context.known_on.get(branch_id)
        value_on = one.wanted["value_on"]
        context.known_on[branch_id] = max(before, value_on) if before else value_on
    if changed and leaf.parent == "case":
        context.touch(branch_id, one.parent.id)


def touch_contracts(context: Context, contracts: set[tuple[int, int]]) -> None:
    """Remember the cases of contracts whose facts changed."""
    by_branch: dict[int, set[int]] = {}
    for branch_id, id_ in contracts:
        by_branch.setdefault(branch_id, set()).add(id_)
    for branch_id, ids in by_branch.items():
        stmt = select(CaseContract.case_id).where(
            CaseContract.branch_id == branch_id, CaseContract.contract_id.in_(ids)
        )
        for case_id in context.session.scalars(stmt):
            context.touch(branch_id, case_id)
