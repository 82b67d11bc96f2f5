"""Every raw row there is, read with plain SQL: no mapped table, no query of ours."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOT_DONE = {"ABORTED", "NOT_DONE"}
NOTHING = {"not_upheld", "false_alarm", "duplicate"}
GONE = {"withdrawn", "duplicate"}
STAGES = ((0, 0), (30, 1), (60, 2), (90, 3), (120, 4), (150, 5), (180, 6))
"""Last day past due of each bucket; later is 7."""


@dataclass(frozen=True, slots=True)
class Debt:
    """A contract: instalments as (effective due date, number, 分), payments as (value date, 分)."""

    lines: tuple[tuple[date, int, int], ...]
    payments: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """Bucket, 逾期应还 and 结清金额 of a case on a day."""

    bucket: int
    overdue_fen: int
    settle_fen: int


def owed(debts: tuple[Debt, ...], day: date) -> Owed:
    """Money valued by the day pays instalments oldest first, each contract for itself."""
    overdue = settle = 0
    oldest: date | None = None
    for debt in debts:
        left = sum(fen for value_on, fen in debt.payments if value_on <= day)
        due_by_now = sum(fen for due, _, fen in debt.lines if due < day)
        overdue += max(0, due_by_now - left)
        settle += max(0, sum(fen for _, _, fen in debt.lines) - left)
        for due, _, fen in debt.lines:
            left -= fen
            if left < 0:
                oldest = due if oldest is None else min(oldest, due)
                break
    late = 0 if oldest is None else (day - oldest).days
    bucket = next((stage for last, stage in STAGES if late <= last), 7)
    return Owed(bucket, overdue, settle)


def received(debts: tuple[Debt, ...], first: date, last: date) -> int:
    """Money valued between two days, both included."""
    return sum(fen for debt in debts for day, fen in debt.payments if first <= day <= last)


@dataclass(slots=True)
class Raw:
    """Rows, and what hangs on what. `visits`: completed ones; `flags`: those that stand."""

    visits: list[Any]
    cases: dict[int, Any]
    staff: dict[int, Any]
    debts: dict[int, tuple[Debt, ...]]
    flags: dict[int, list[Any]]
    promises: list[Any]
    holds: dict[int, list[Any]] = field(default_factory=dict)
    known_on: dict[int, date | None] = field(default_factory=dict)
    tables: dict[str, list[Any]] = field(default_factory=dict)

    def team(self, agent: int | None) -> int | None:
        """The team of a person today."""
        found: int | None = None if agent is None else self.staff[agent].team_id
        return found


TABLES = (
    *("branch", "staff", "borrower", "collection_case", "case_contract", "contract", "instalment"),
    *("payment", "visit", "promise", "contact_attempt", "hold", "flag", "finding", "follow_up"),
    *("complaint", "training_assignment", "training_course", "parameter"),
)


def everything(session: Session) -> Raw:
    """Read all raw rows of one transaction."""
    tables = {name: table(session, name) for name in TABLES}
    called_in = {row.id: row.accelerated_on for row in tables["contract"]}
    lines: dict[int, list[tuple[date, int, int]]] = defaultdict(list)
    for row in tables["instalment"]:
        total = row.principal_fen + row.interest_fen + row.fee_fen + row.penalty_fen
        called = called_in[row.contract_id]
        due = row.due_on if called is None else min(row.due_on, called)
        lines[row.contract_id].append((due, row.number, total))
    money: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for row in tables["payment"]:
        money[row.contract_id].append((row.value_on, row.amount_fen))
    debts: dict[int, list[Debt]] = defaultdict(list)
    for row in tables["case_contract"]:
        id_ = row.contract_id
        debts[row.case_id].append(Debt(tuple(sorted(lines[id_])), tuple(money[id_])))
    flags: dict[int, list[Any]] = defaultdict(list)
    for row in tables["flag"]:
        nothing = row.verdict in NOTHING or row.closing_reason in GONE
        if row.visit_id is not None and not nothing:
            flags[row.visit_id].append(row)
    holds: dict[int, list[Any]] = defaultdict(list)
    for row in tables["hold"]:
        holds[row.case_id].append(row)
    return Raw(
        visits=[row for row in tables["visit"] if row.outcome not in NOT_DONE],
        cases={row.id: row for row in tables["collection_case"]},
        staff={row.id: row for row in tables["staff"]},
        debts={key: tuple(value) for key, value in debts.items()},
        flags=flags,
        promises=tables["promise"],
        holds=holds,
        known_on={row.id: row.payments_known_on for row in tables["branch"]},
        tables=tables,
    )


def table(session: Session, name: str) -> list[Any]:
    """Every row of a table; days as dates, instants as aware datetimes."""
    found = session.connection().exec_driver_sql(f"SELECT * FROM {name}")
    names = list(found.keys())
    return [
        SimpleNamespace(**{key: _value(key, value) for key, value in zip(names, row, strict=True)})
        for row in found
    ]


def _value(name: str, value: Any) -> Any:
    if name == "withdrawn":
        return bool(value)
    if not isinstance(value, str) or name in {"value", "before"}:
        return value
    if name.endswith("_on"):
        return date.fromisoformat(value)
    if name == "at" or name.endswith("_at"):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value


def day_of(at: datetime) -> date:
    """The Shanghai calendar day of an instant."""
    return at.astimezone(SHANGHAI).date()
