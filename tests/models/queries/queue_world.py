"""A small random world of cases, and what the plain rules say of it."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from supervisor.models import tables
from supervisor.models.database import Database
from supervisor.models.enums import RecallCause
from supervisor.models.rows.case_queue import CaseQueueFilter
from supervisor.models.rules import queue_order
from supervisor.models.rules.queue_order import CaseFacts, QueueDay
from tests.factories import RECORDED, TODAY

NOW = datetime(2026, 11, 23, 2, 38, tzinfo=UTC)
SPAN = 9


@dataclass
class World:
    """Branch id to the day payments are known; cases as dictionaries of their columns."""

    known: dict[int, date | None] = field(default_factory=dict)
    cases: list[dict[str, Any]] = field(default_factory=list)
    lines: dict[int, list[tuple[date, int]]] = field(default_factory=dict)
    paid: dict[int, list[tuple[date, int]]] = field(default_factory=dict)
    called_in: dict[int, date | None] = field(default_factory=dict)
    people: dict[int, dict[str, Any]] = field(default_factory=dict)
    """Case id to the columns of its borrower."""
    staff: dict[int, dict[str, Any]] = field(default_factory=dict)
    flags: dict[int, list[str]] = field(default_factory=dict)
    """Case id to the categories of its open flags."""
    asked: set[int] = field(default_factory=set)
    """Cases whose last visit brought a request for a plan."""

    def overdue(self, case: dict[str, Any], as_of: date) -> int:
        """Stored where it holds, else from the schedule and the payments."""
        first, last = case["overdue_from_on"], case["overdue_until_on"]
        if (first is None or first <= as_of) and (last is None or last >= as_of):
            return int(case["overdue_fen"])
        further = case["next_overdue_until_on"]
        if last is not None and last < as_of and (further is None or further >= as_of):
            return int(case["next_overdue_fen"])
        number = case["id"]
        accelerated = self.called_in[number]
        due = sum(
            fen
            for on, fen in self.lines[number]
            if (on if accelerated is None else min(on, accelerated)) < as_of
        )
        return max(0, due - sum(fen for on, fen in self.paid[number] if on <= as_of))

    def facts(self, case: dict[str, Any], as_of: date) -> CaseFacts:
        """What the rules judge."""
        same = {
            name: case[name]
            for name in CaseFacts.__slots__
            if name in case and name not in {"overdue_fen", "recall_cause"}
        }
        cause = case["recall_cause"]
        return CaseFacts(
            case_id=case["id"],
            overdue_fen=self.overdue(case, as_of),
            recall_cause=RecallCause(cause) if cause else None,
            payments_known_on=self.known[case["branch_id"]],
            **same,
        )

    def ordered(self, as_of: date, now: datetime, **set_to: int) -> list[CaseFacts]:
        """The open cases in the default order."""
        day = QueueDay(as_of, queue_order.judging_instant(as_of, now), **set_to)
        open_cases = [self.facts(case, as_of) for case in self.cases if case["ended_on"] is None]
        return sorted(open_cases, key=lambda facts: queue_order.order_key(facts, day))


def asking(as_of: date = TODAY, now: datetime = NOW, **conditions: Any) -> CaseQueueFilter:
    """A filter on the tests' day."""
    return CaseQueueFilter(as_of=as_of, now=now, **conditions)


class Rows:
    """Rows by table, written at once in the order the tables were met."""

    def __init__(self) -> None:
        self._by_table: dict[type[Any], list[dict[str, Any]]] = {}

    def put(self, table: type[Any], **values: Any) -> None:
        """Keep a row for later."""
        if "recorded_at" in table.__table__.c:
            values["recorded_at"] = RECORDED
        self._by_table.setdefault(table, []).append(values)

    def write(self, session: Session) -> None:
        """Insert all of them."""
        for table, rows in self._by_table.items():
            session.execute(insert(table), rows)


def fill(database: Database, seed: int, *, cases: int = 160, branches: int = 5) -> World:
    """Put a random world into an empty database."""
    maker, world, rows = random.Random(seed), World(), Rows()
    for branch in range(1, branches + 1):
        world.known[branch] = maker.choice((None, _near(maker)))
        rows.put(
            tables.Branch,
            id=branch,
            code=f"B{branch}",
            name=f"网点{branch}",
            payments_known_on=world.known[branch],
            shows_names=branch % 2 == 0,
        )
        _put_staff(rows, world, maker, branch)
    for number in range(1000, 1000 + cases):
        _put_case(rows, world, maker, number, maker.randrange(branches) + 1)
    with database.transaction() as session:
        rows.write(session)
    return world


def _put_staff(rows: Rows, world: World, maker: random.Random, branch: int) -> None:
    for place in range(2):
        team = {"id": branch * 10 + place, "branch_id": branch, "code": f"{place}", "name": "组"}
        rows.put(tables.Team, **team)
    for place in range(3):
        number = branch * 10 + place
        world.staff[number] = {
            "branch_id": branch,
            "staff_no": f"{place}",
            "name": "员",
            "pinyin_key": maker.choice(("li", "wang", "")),
            "team_id": (None, branch * 10, branch * 10 + 1)[place],
        }
        rows.put(tables.Staff, id=number, **world.staff[number])


def _put_case(rows: Rows, world: World, maker: random.Random, number: int, branch: int) -> None:
    borrower = number
    key, initials = maker.choice((("wangwei", "ww"), ("lina", "ln"), ("zhanghua", "zh"), ("", "")))
    world.people[number] = {
        "masked_name": "王**",
        "pinyin_key": key,
        "initials": initials,
        "phone_tail": f"{maker.randrange(4):04d}",
        "area": maker.choice(("甲街道", "乙街道")),
    }
    values = {"borrower_no": f"K{number}", **world.people[number]}
    rows.put(tables.Borrower, branch_id=branch, id=borrower, **values)
    called_in = maker.choice((None, None, _near(maker)))
    rows.put(
        tables.Contract,
        branch_id=branch,
        id=number,
        borrower_id=borrower,
        contract_no=f"HT{number}",
        product="cash_loan",
        principal_fen=1,
        accelerated_on=called_in,
    )
    world.called_in[number] = called_in
    world.lines[number] = [(_near(maker), maker.randrange(1, 9) * 100_000) for _ in range(3)]
    world.paid[number] = [(_near(maker), maker.randrange(-1, 6) * 100_000) for _ in range(2)]
    for place, (on, fen) in enumerate(world.lines[number]):
        rows.put(
            tables.Instalment,
            branch_id=branch,
            id=number * 10 + place,
            contract_id=number,
            number=place,
            due_on=on,
            principal_fen=fen,
        )
    for place, (on, fen) in enumerate(world.paid[number]):
        rows.put(
            tables.Payment,
            branch_id=branch,
            id=number * 10 + place,
            contract_id=number,
            payment_no=f"{number}-{place}",
            value_on=on,
            amount_fen=fen,
        )
    case = _case(maker, number, branch)
    world.cases.append(case)
    rows.put(tables.Case, **case)
    rows.put(tables.CaseContract, branch_id=branch, case_id=number, contract_id=number)
    _put_history(rows, world, maker, case)


def _put_history(rows: Rows, world: World, maker: random.Random, case: dict[str, Any]) -> None:
    """Flags, some of them closed, and the last visit, some with a request for a plan."""
    ref = {"branch_id": case["branch_id"], "case_id": case["id"]}
    world.flags[case["id"]] = []
    raised = maker.sample(("refusal", "conflict", "legal_risk"), maker.choice((0, 0, 1, 2)))
    for place, category in enumerate(raised):
        state = maker.choice(("new", "in_follow_up", "closed"))
        if state != "closed":
            world.flags[case["id"]].append(category)
        flag = {"id": case["id"] * 10 + place, "category": category, "severity": "minor"}
        flag |= {"source": "outcome", "state": state, "raised_at": RECORDED}
        rows.put(tables.Flag, **ref, **flag)
    if case["last_visit_on"] is None:
        return
    talk = maker.choice(("", "PTP", "PTP,PLAN_REQ", "REDUCE_REQ"))
    if "_REQ" in talk and case["hold_reason"] != "PLAN_ACTIVE":
        world.asked.add(case["id"])
    visit = {"id": case["id"], "visit_no": f"V{case['id']}", "visited_on": case["last_visit_on"]}
    visit |= {"started_at": RECORDED, "talk_results": talk, "outcome": "NO_ONE"}
    rows.put(tables.Visit, **ref, done_by_branch_id=case["branch_id"], **visit)


def _case(maker: random.Random, number: int, branch: int) -> dict[str, Any]:
    def maybe(share: float, value: Any) -> Any:
        return value if maker.random() < share else None

    plan = maybe(0.4, _near(maker))
    hold = maybe(0.3, _near(maker))
    first, last = sorted((_near(maker), _near(maker)))
    until = maybe(0.9, last + timedelta(days=SPAN - 3))
    return {
        "branch_id": branch,
        "id": number,
        "case_no": f"AJ{maker.randrange(40):03d}-{number}",
        "borrower_id": number,
        "agent_id": maybe(0.8, branch * 10 + maker.randrange(3)),
        "placed_on": _near(maker) - timedelta(days=maker.choice((0, 30))),
        "retained_until_on": maybe(0.1, _near(maker)),
        "ended_on": maybe(0.1, TODAY),
        "contract_no": f"HT{number}",
        "oldest_due_on": maybe(0.9, _near(maker) - timedelta(days=maker.choice((0, 60, 300)))),
        "overdue_fen": maker.randrange(0, 9) * 100_000,
        "overdue_from_on": maybe(0.9, first - timedelta(days=SPAN)),
        "overdue_until_on": until,
        "next_overdue_fen": maker.randrange(0, 9) * 110_000,
        "next_overdue_until_on": until and maybe(0.8, until + timedelta(days=maker.randrange(9))),
        "last_visit_on": maybe(0.7, _near(maker)),
        "last_visit_outcome": maker.choice(("NO_ONE", "MET_DEBTOR")),
        "promise_due_on": maybe(0.2, _near(maker)),
        "next_plan_on": plan,
        "next_plan_at": plan and datetime(plan.year, plan.month, plan.day, 2, tzinfo=UTC),
        "next_plan_gaps": maker.choice((0, 0, 1, 2, 4, 8, 9)),
        "recall_cause": maybe(0.3, "paid") if plan else None,
        "hold_from_on": hold,
        "hold_until_on": maybe(0.7, hold and hold + timedelta(days=maker.randrange(6))),
        "hold_reason": hold and maker.choice(("DISPUTE_OPEN", "PLAN_ACTIVE")),
        "critical_since": maybe(0.05, _instant(maker)),
        "follow_up_due_at": maybe(0.15, _instant(maker)),
        "mark": maybe(0.2, maker.choice("AB")),
        "product": maker.choice(("car_loan", "other")),
        "arrears_reason": maybe(0.5, maker.choice(("illness", "unemployed"))),
        "second_agent_id": maybe(0.5, branch * 10 + maker.randrange(3)),
        "second_person_asked": maker.random() < 0.3,
        "settle_fen": maker.randrange(0, 9) * 100_000,
        "visit_count": maker.randrange(4),
    }


def _near(maker: random.Random) -> date:
    return TODAY + timedelta(days=maker.randrange(-SPAN, SPAN))


def _instant(maker: random.Random) -> datetime:
    return NOW + timedelta(minutes=maker.randrange(-3000, 3000))
