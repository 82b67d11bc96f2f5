"""Staff, with the branches and teams a staff file names for the first time."""

from functools import partial
from typing import Any

from sqlalchemy import select

from supervisor.models.commands.import_context import Context, Person, StagedRow
from supervisor.models.commands.import_leaves import keep_first
from supervisor.models.commands.import_plan import Plan, Row, differences
from supervisor.models.commands.plan_checking import let_all_wait
from supervisor.models.rules.masking import search_keys
from supervisor.models.tables import Branch, Staff, Team

_COLUMNS = (
    "staff_no",
    "name",
    "roles",
    "active",
    "daily_capacity",
    "hired_on",
    "exam_valid_until",
    "training_valid_until",
    "team_id",
)


def plan_staff(context: Context, rows: list[StagedRow]) -> Plan:
    """Decide every row of a chunk."""
    plan = Plan()
    homes: dict[int, int] = {}
    moved: set[int] = set()
    for row in rows:
        branch_id = _branch(context, row, plan, moved)
        if branch_id is not None:
            homes[row.row] = branch_id
    known = [row for row in rows if row.row in homes]
    claims = [(f"{homes[row.row]}/{row.values['staff_no']}", "", row.row) for row in known]
    kept = keep_first(context, known, claims, "staff_no")
    existing = _existing(context, {homes[row.row] for row in kept}, kept)
    for row in kept:
        branch_id = homes[row.row]
        wanted = _wanted(context, row, branch_id, plan, moved)
        old = existing.get((branch_id, row.values["staff_no"]))
        _decide(context, plan, branch_id, wanted, old, directory_changed=row.row in moved)
    for branch_id in sorted(set(homes.values())):
        plan.after.append(partial(let_all_wait, context.session, branch_id))
    return plan


def _branch(context: Context, row: StagedRow, plan: Plan, moved: set[int]) -> int | None:
    """The row's branch, created when new."""
    code, name = row.values.get("branch"), row.values.get("branch_name")
    known = context.branches.get(code) if code else context.only_branch()
    if known is not None:
        if not context.may(known):
            context.refuse(row, "branch", "row_branch_not_yours")
            return None
        if not _renamed_once(context, row, "branch_name", f"branch {known}", name):
            return None
        if name is not None and name != context.branch_names[known]:
            was = context.branch_names[known]
            plan.change(Branch, {"id": known}, {"name": was}, {"name": name})
            context.branch_names[known] = name
            moved.add(row.row)
        return known
    if code is None:
        context.refuse(row, "branch", "row_branch_missing")
        return None
    if context.actor.branches is not None:
        context.refuse(row, "branch", "row_branch_not_yours")
        return None
    id_ = context.new_id()
    context.branches[code], context.branch_codes[id_] = id_, code
    context.branch_names[id_] = name or code
    new = {"id": id_, "code": code, "name": name or code, "recorded_at": context.now}
    plan.insert(Branch, new)
    plan.made.append((Branch, {"id": id_}))
    _renamed_once(context, row, "branch_name", f"branch {id_}", name)
    return id_


def _renamed_once(
    context: Context, row: StagedRow, column: str, key: str, name: str | None
) -> bool:
    """Whether this name agrees with the first one the file gives; else the row is refused.

    Two names in one file would change the name at every import of the same file.
    """
    if name is None:
        return True
    ((first, content),) = context.stage.first_rows([(key, name, row.row)])
    if content != name:
        context.refuse(row, column, "name_contradicts", first=first)
        return False
    return True


def _existing(
    context: Context, branches: set[int], rows: list[StagedRow]
) -> dict[tuple[int, str], Row]:
    columns = [getattr(Staff, name) for name in ("id", "branch_id", *_COLUMNS)]
    stmt = select(*columns).where(
        Staff.branch_id.in_(branches), Staff.staff_no.in_({row.values["staff_no"] for row in rows})
    )
    found = context.session.execute(stmt).mappings()
    return {(row["branch_id"], row["staff_no"]): dict(row) for row in found}


def _wanted(context: Context, row: StagedRow, branch_id: int, plan: Plan, moved: set[int]) -> Row:
    wanted = {name: row.values[name] for name in _COLUMNS if name in row.values}
    if "active" in wanted:
        wanted["active"] = wanted["active"] != "no"
    code = row.values.get("team")
    if code is not None:
        wanted["team_id"] = _team(context, row, branch_id, code, plan, moved)
    return wanted


def _team(
    context: Context, row: StagedRow, branch_id: int, code: str, plan: Plan, moved: set[int]
) -> int:
    name = row.values.get("team_name")
    known = context.teams.get((branch_id, code))
    if known is None:
        id_ = context.new_id()
        context.teams[branch_id, code] = (id_, name or code)
        new: dict[str, Any] = {"id": id_, "branch_id": branch_id, "code": code}
        plan.insert(Team, {**new, "name": name or code, "recorded_at": context.now})
        plan.made.append((Team, {"id": id_}))
        return id_
    id_, was = known
    if name is not None and name != was:
        ((_, first_name),) = context.stage.first_rows([(f"team {id_}", name, row.row)])
        if first_name == name:
            plan.change(Team, {"id": id_}, {"name": was}, {"name": name})
            context.teams[branch_id, code] = (id_, name)
            moved.add(row.row)
    return id_


def _decide(
    context: Context,
    plan: Plan,
    branch_id: int,
    wanted: Row,
    old: Row | None,
    *,
    directory_changed: bool,
) -> None:
    if old is not None:
        was, becomes = differences(old, wanted)
        if becomes:
            if "name" in becomes:
                keys = _keys(becomes["name"])
                was, becomes = {**was, **_keys(was["name"])}, {**becomes, **keys}
            plan.change(Staff, {"id": old["id"]}, was, becomes)
        if becomes or directory_changed:
            context.updated += 1
        else:
            context.unchanged += 1
        return
    id_ = context.new_id()
    context.inserted += 1
    new = {"id": id_, "branch_id": branch_id, "batch_id": context.batch, **wanted}
    plan.insert(Staff, {**new, **_keys(wanted["name"]), "recorded_at": context.now})
    context.people[branch_id, wanted["staff_no"]] = id_
    context.person_branch[id_] = branch_id
    context.by_number.setdefault(wanted["staff_no"], []).append(Person(id_, branch_id))


def _keys(name: str) -> Row:
    key, initials = search_keys(name)
    return {"pinyin_key": key[:200], "initials": initials[:60]}
