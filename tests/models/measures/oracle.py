"""The same figures computed another way: raw rows, plain Python facts, polars sums.

Nothing of the queries is used; debts come from `rules.amounts`, which is their definition.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import polars as pl
from sqlalchemy.orm import Session

from supervisor.clock import SHANGHAI
from supervisor.models import tables
from supervisor.models.rules.amounts import Debt, Line, Received, amounts
from tests.models.measures.world import raw

NOT_DONE = {"ABORTED", "NOT_DONE"}
NOTHING = {"not_upheld", "false_alarm", "duplicate"}
GONE = {"withdrawn", "duplicate"}


@dataclass(slots=True)
class Raw:
    """Every row there is, by table, and what hangs on what."""

    visits: list[Any]
    cases: dict[int, Any]
    staff: dict[int, Any]
    debts: dict[int, tuple[Debt, ...]]
    flags: dict[int, list[Any]]
    promises: list[Any]
    holds: dict[int, list[Any]] = field(default_factory=dict)
    known_on: dict[int, date] = field(default_factory=dict)


def everything(session: Session) -> Raw:
    """Read all raw rows."""
    contracts = {row.id: row for row in raw(session, tables.Contract)}
    lines: dict[int, list[Line]] = defaultdict(list)
    for row in raw(session, tables.Instalment):
        total = row.principal_fen + row.interest_fen + row.fee_fen + row.penalty_fen
        lines[row.contract_id].append(Line(row.number, row.due_on, total))
    money: dict[int, list[Received]] = defaultdict(list)
    for row in raw(session, tables.Payment):
        money[row.contract_id].append(Received(row.value_on, row.amount_fen))
    debts: dict[int, list[Debt]] = defaultdict(list)
    for row in raw(session, tables.CaseContract):
        id_ = row.contract_id
        debts[row.case_id].append(
            Debt(tuple(lines[id_]), tuple(money[id_]), contracts[id_].accelerated_on)
        )
    flags: dict[int, list[Any]] = defaultdict(list)
    for row in raw(session, tables.Flag):
        nothing = row.verdict in NOTHING or row.closing_reason in GONE
        if row.visit_id is not None and not nothing:
            flags[row.visit_id].append(row)
    holds: dict[int, list[Any]] = defaultdict(list)
    for row in raw(session, tables.Hold):
        holds[row.case_id].append(row)
    return Raw(
        visits=[row for row in raw(session, tables.Visit) if row.outcome not in NOT_DONE],
        cases={row.id: row for row in raw(session, tables.Case)},
        staff={row.id: row for row in raw(session, tables.Staff)},
        debts={key: tuple(value) for key, value in debts.items()},
        flags=flags,
        promises=raw(session, tables.Promise),
        holds=holds,
        known_on={row.id: row.payments_known_on for row in raw(session, tables.Branch)},
    )


def received(debts: tuple[Debt, ...], first: date, last: date) -> int:
    """Money valued between two days, both included."""
    return sum(
        one.amount_fen for debt in debts for one in debt.payments if first <= one.value_on <= last
    )


def visit_frame(found: Raw, as_of: date) -> pl.DataFrame:
    """One line for each completed visit."""
    by_case: dict[int, list[Any]] = defaultdict(list)
    for row in found.visits:
        by_case[row.case_id].append((row.visited_on, row.started_at, row.id))
    promised = {row.visit_id for row in found.promises if not row.withdrawn}
    return pl.DataFrame(
        [_line(found, row, as_of, sorted(by_case[row.case_id]), promised) for row in found.visits],
        infer_schema_length=None,
    )


def _line(
    found: Raw, row: Any, as_of: date, visits: list[Any], promised: set[int | None]
) -> dict[str, Any]:
    local = row.started_at.astimezone(SHANGHAI)
    debts = found.debts.get(row.case_id, ())
    place = visits.index((row.visited_on, row.started_at, row.id))
    last = min(row.visited_on + timedelta(days=7), as_of)
    if place + 1 < len(visits):
        last = min(last, visits[place + 1][0] - timedelta(days=1))
    met = row.outcome == "MET_DEBTOR"
    categories = {flag.category for flag in found.flags.get(row.id, [])}
    return {
        "branch": row.done_by_branch_id,
        "day": row.visited_on,
        "agent": row.agent_id,
        "second": row.second_agent_id,
        "team": found.staff[row.agent_id].team_id if row.agent_id is not None else None,
        "hour": local.hour,
        "product": found.cases[row.case_id].product,
        "bucket": int(amounts(debts, row.visited_on).bucket) if debts else 0,
        "visits": 1,
        "met": int(met),
        "promised": int(met and ("PTP" in row.talk_results.split(",") or row.id in promised)),
        "flagged": int(bool(categories)),
        **{name: int(name in categories) for name in ("refusal", "conflict", "legal_risk")},
        **_hours(row),
        "two_people": int(row.agent_id is not None and row.second_agent_id is not None),
        **_ticks(recorded=row.recorded, id=row.id_shown, position=row.position_matched),
        "no_position": int(row.latitude is None or row.longitude is None),
        "no_end": int(row.ended_at is None),
        "late": int((row.late_entry_minutes or 0) > 1440),
        "late_unknown": int(row.late_entry_minutes is None),
        "yield_fen": received(debts, row.visited_on, last),
    }


def _hours(row: Any) -> Mapping[str, int]:
    start = row.started_at.astimezone(SHANGHAI)
    opens, closes = start.replace(hour=8, minute=0), start.replace(hour=20, minute=0)
    end = None if row.ended_at is None else row.ended_at.astimezone(SHANGHAI)
    outside = not opens <= start < closes or (end is not None and end > closes)
    return {"hours_no": int(outside), "hours_yes": int(not outside and end is not None)}


def _ticks(**values: str) -> Mapping[str, int]:
    return {
        f"{name}_{answer}": int(value == answer)
        for name, value in values.items()
        for answer in ("yes", "no")
    }
