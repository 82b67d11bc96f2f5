"""Contracts with their borrowers: search keys apart from names, names apart from all else."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from supervisor.models.commands.import_context import Context, StagedRow
from supervisor.models.commands.import_leaves import keep_first, touch_contracts
from supervisor.models.commands.import_plan import Plan, Row, differences
from supervisor.models.rules.masking import HIDDEN, mask_address, mask_name, phone_tail, search_keys
from supervisor.models.tables import Borrower, BorrowerName, BorrowerPrivate, Contract

_CONTRACT = {
    "contract_no": "contract_no",
    "product": "product",
    "principal": "principal_fen",
    "rate": "rate_ppm",
    "signed_on": "signed_on",
    "accelerated_on": "accelerated_on",
    "credit_state": "credit_state",
    "credit_objection": "credit_objection",
}
_BORROWER_FIELDS = (
    "borrower_name",
    "id_number",
    "phones",
    "home_address",
    "registered_address",
    "work_address",
    "contacts",
    "liability",
    "area",
)
_KINDS = {"home_address": "home", "registered_address": "registered", "work_address": "work"}


@dataclass(slots=True)
class _Known:
    """A borrower as it will be after the rows so far; `old` None for a new one."""

    id: int
    old: Row | None
    now: Row = field(default_factory=dict)


def plan_contracts(context: Context, rows: list[StagedRow]) -> Plan:
    """Decide every row of a chunk."""
    plan = Plan()
    placed: list[tuple[StagedRow, int]] = []
    for row in rows:
        branch_id = context.branch_of(row)
        if branch_id is not None:
            placed.append((row, branch_id))
    homes = {row.row: branch_id for row, branch_id in placed}
    kept = _once(context, [row for row, _ in placed], homes)
    contracts = _contracts(context, kept, homes)
    borrowers = _borrowers(context, kept, homes)
    touched: set[tuple[int, int]] = set()
    for row in kept:
        branch_id = homes[row.row]
        old = contracts.get((branch_id, row.values["contract_no"]))
        known = borrowers.get((branch_id, row.values["borrower_no"]))
        if old is not None and (known is None or old["borrower_id"] != known.id):
            value = row.values["contract_no"]
            context.refuse(row, "contract_no", "contract_of_another", value=value)
            continue
        if known is None:
            known = _Known(context.new_id(), None)
            borrowers[branch_id, row.values["borrower_no"]] = known
        borrower_changed = _borrower(context, plan, branch_id, row, known)
        changed = _contract(context, plan, branch_id, row, old, known.id)
        _count(context, old, changed=changed or borrower_changed)
        if changed and old is not None:
            touched.add((branch_id, old["id"]))
    plan.after.append(lambda: touch_contracts(context, touched))
    return plan


def _count(context: Context, old: Row | None, *, changed: bool) -> None:
    if old is None:
        context.inserted += 1
    elif changed:
        context.updated += 1
    else:
        context.unchanged += 1


def _once(context: Context, rows: list[StagedRow], homes: dict[int, int]) -> list[StagedRow]:
    """Each contract once; each borrower told the same way by all rows of the file."""
    claims = [(f"c{homes[row.row]}/{row.values['contract_no']}", "", row.row) for row in rows]
    kept = keep_first(context, rows, claims, "contract_no")
    told = []
    for row in kept:
        content = json.dumps([row.values.get(name) for name in _BORROWER_FIELDS])
        digest = hashlib.blake2b(content.encode(), digest_size=12).hexdigest()
        told.append((f"b{homes[row.row]}/{row.values['borrower_no']}", digest, row.row))
    agreed = []
    for row, claim, (first, content) in zip(
        kept, told, context.stage.first_rows(told), strict=True
    ):
        if content == claim[1]:
            agreed.append(row)
        else:
            context.refuse(row, "borrower_no", "borrower_contradicts", first=first)
    return agreed


def _contracts(
    context: Context, rows: list[StagedRow], homes: dict[int, int]
) -> dict[tuple[int, str], Row]:
    columns = [getattr(Contract, name) for name in _CONTRACT.values()]
    stmt = select(Contract.id, Contract.branch_id, Contract.borrower_id, *columns).where(
        Contract.contract_no.in_({row.values["contract_no"] for row in rows})
    )
    wanted = set(homes.values())
    return {
        (row["branch_id"], row["contract_no"]): dict(row)
        for row in context.session.execute(stmt).mappings()
        if row["branch_id"] in wanted
    }


def _borrowers(
    context: Context, rows: list[StagedRow], homes: dict[int, int]
) -> dict[tuple[int, str], _Known]:
    found: dict[tuple[int, str], _Known] = {}
    for branch_id in set(homes.values()):
        numbers = {row.values["borrower_no"] for row in rows if homes[row.row] == branch_id}
        stmt = (
            select(Borrower, BorrowerName, BorrowerPrivate)
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
            .where(Borrower.branch_id == branch_id, Borrower.borrower_no.in_(numbers))
        )
        for borrower, name, private in context.session.execute(stmt):
            old = {
                **{key: getattr(borrower, key) for key in _KEYS},
                "full_name": name.full_name if name else None,
                **{key: getattr(private, key) if private else None for key in _PRIVATE},
            }
            found[branch_id, borrower.borrower_no] = _Known(borrower.id, old, dict(old))
        context.session.expunge_all()
    return found


_KEYS = ("masked_name", "pinyin_key", "initials", "phone_tail", "area", "household_key")
_PRIVATE = ("id_number", "phones", "addresses", "contacts", "liability")


def _borrower(context: Context, plan: Plan, branch_id: int, row: StagedRow, known: _Known) -> bool:
    """Write what the row tells of its borrower; whether that is news."""
    before = dict(known.now)
    wanted = _told(row, before)
    was, becomes = differences({name: before.get(name) for name in wanted}, wanted)
    if not becomes and before:
        return False
    known.now.update(becomes)
    if known.old is None and not before:
        _new_borrower(context, plan, branch_id, row, known)
    else:
        _change_borrower(plan, branch_id, known, was, becomes)
    return True


def _told(row: StagedRow, before: Row) -> Row:
    """Columns the row asks for; keys are worked out again only where their source is new."""
    values = row.values
    wanted: Row = {}
    name = values["borrower_name"]
    if name != before.get("full_name"):
        key, initials = search_keys(name)
        wanted |= {"full_name": name, "masked_name": mask_name(name)}
        wanted |= {"pinyin_key": key, "initials": initials}
    for plain in ("id_number", "liability", "area"):
        if plain in values:
            wanted[plain] = values[plain]
    for listed in ("phones", "contacts"):
        if listed in values and _loads(before.get(listed)) != json.loads(values[listed]):
            wanted[listed] = values[listed]
    if "phones" in wanted:
        wanted["phone_tail"] = phone_tail(json.loads(wanted["phones"])[0]["number"])
    return wanted | _addresses(values, before)


def _addresses(values: dict[str, Any], before: Row) -> Row:
    """The first valid address of each kind is the file's; all others stay."""
    addresses = _loads(before.get("addresses"))
    changed = False
    for key, kind in _KINDS.items():
        text = values.get(key)
        if text is None:
            continue
        current = next((a for a in addresses if a["kind"] == kind and a.get("valid", True)), None)
        if current is None:
            addresses.append({"kind": kind, "text": text, "valid": True})
        elif current["text"] == text:
            continue
        else:
            current["text"] = text
        changed = True
    if not changed:
        return {}
    wanted: Row = {"addresses": json.dumps(addresses, ensure_ascii=False)}
    home = values.get("home_address")
    if home is not None:
        wanted["household_key"] = hashlib.sha256(home.strip().encode()).hexdigest()
        if "area" not in values:
            wanted["area"] = mask_address(home).removesuffix(f" {HIDDEN}号").strip("*号")[:200]
    return wanted


def _loads(text: str | None) -> list[dict[str, Any]]:
    loaded = json.loads(text) if text else []
    return loaded if isinstance(loaded, list) else []


def _new_borrower(
    context: Context, plan: Plan, branch_id: int, row: StagedRow, known: _Known
) -> None:
    now = known.now
    plan.insert(
        Borrower,
        {
            "branch_id": branch_id,
            "id": known.id,
            "borrower_no": row.values["borrower_no"],
            "batch_id": context.batch,
            "recorded_at": context.now,
            **{name: now[name] for name in _KEYS if name in now},
        },
    )
    key = {"branch_id": branch_id, "borrower_id": known.id}
    plan.insert(BorrowerName, {**key, "full_name": now["full_name"]})
    private = {name: now[name] for name in _PRIVATE if name in now}
    plan.insert(BorrowerPrivate, {**key, **private})


def _change_borrower(plan: Plan, branch_id: int, known: _Known, was: Row, becomes: Row) -> None:
    child = {"branch_id": branch_id, "borrower_id": known.id}
    parts = (
        (Borrower, _KEYS, {"branch_id": branch_id, "id": known.id}),
        (BorrowerName, ("full_name",), child),
        (BorrowerPrivate, _PRIVATE, child),
    )
    for table, names, key in parts:
        news = {name: becomes[name] for name in names if name in becomes}
        if news:
            plan.change(table, key, {name: was[name] for name in news}, news)


def _contract(
    context: Context, plan: Plan, branch_id: int, row: StagedRow, old: Row | None, borrower_id: int
) -> bool:
    wanted = {column: row.values[key] for key, column in _CONTRACT.items() if key in row.values}
    principal = wanted.get("principal_fen", 0)
    context.sums["principal"] = context.sums.get("principal", 0) + principal
    if old is not None:
        was, becomes = differences(old, wanted)
        if becomes:
            plan.change(Contract, {"branch_id": branch_id, "id": old["id"]}, was, becomes)
        return bool(becomes)
    plan.insert(
        Contract,
        {
            "branch_id": branch_id,
            "id": context.new_id(),
            "borrower_id": borrower_id,
            "batch_id": context.batch,
            "recorded_at": context.now,
            "product": "other",
            **wanted,
        },
    )
    return True
