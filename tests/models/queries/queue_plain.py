"""The queue's conditions and orders in plain Python, written apart from the SQL they check."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from supervisor.models.enums import (
    ArrearsReason,
    Bucket,
    FlagCategory,
    Mark,
    Product,
    QueueReason,
    VisitOutcome,
)
from supervisor.models.enums_queue import SortKey
from supervisor.models.ids import BranchId, StaffId, TeamId
from supervisor.models.rows.case_queue import CaseQueueFilter, Sort
from supervisor.models.rules import queue_order
from supervisor.models.rules.queue_order import CaseFacts, QueueDay
from tests.factories import TODAY
from tests.models.queries.queue_world import NOW, World, asking

SECOND_PERSON = 1


class Plain:
    """What a filter lets through of a world, and in which order."""

    def __init__(self, world: World, wanted: CaseQueueFilter) -> None:
        self.world, self.wanted = world, wanted
        as_of = wanted.as_of
        self.day = QueueDay(as_of, queue_order.judging_instant(as_of, wanted.now))

    def found(self) -> list[CaseFacts]:
        """The cases let through, in order."""
        cases = [(case, self.world.facts(case, self.wanted.as_of)) for case in self.world.cases]
        through = [(case, facts) for case, facts in cases if self._lets_through(case, facts)]
        sort = self.wanted.sort
        if sort.key is SortKey.DEFAULT:
            through.sort(key=lambda pair: queue_order.order_key(pair[1], self.day))
        else:
            through.sort(key=lambda pair: self._key(*pair), reverse=sort.descending)
        return [facts for _, facts in through]

    def _lets_through(self, case: dict[str, Any], facts: CaseFacts) -> bool:
        return all(check(self, case, facts) for check in _CHECKS)

    def _key(self, case: dict[str, Any], facts: CaseFacts) -> tuple[Any, ...]:
        values = _SORTED[self.wanted.sort.key](self.world, case, facts)
        # Days past due is kept as a due date, and counts the other way in its ties as well.
        ties = (case["case_no"], case["branch_id"], case["id"])
        if self.wanted.sort.key is SortKey.DAYS_PAST_DUE:
            return (*values, _Reversed(ties))
        return (*((value is not None, value) for value in values), *ties)

    def who(self, case: dict[str, Any], facts: CaseFacts) -> bool:
        wanted, agent = self.wanted, case["agent_id"]
        team = self.world.staff[agent]["team_id"] if agent else None
        by_agent = not (wanted.agents or wanted.unassigned) or (
            agent in wanted.agents or (wanted.unassigned and agent is None)
        )
        return (
            (wanted.include_ended or case["ended_on"] is None)
            and (not wanted.branches or case["branch_id"] in wanted.branches)
            and (not wanted.teams or team in wanted.teams)
            and by_agent
        )

    def choices(self, case: dict[str, Any], facts: CaseFacts) -> bool:
        wanted, number = self.wanted, case["id"]
        dpd = queue_order.days_past_due(case["oldest_due_on"], wanted.as_of)
        chosen = (
            (wanted.reasons, queue_order.standing(facts, self.day).reason),
            (wanted.buckets, queue_order.bucket_of(dpd)),
            (wanted.marks, case["mark"]),
            (wanted.products, case["product"]),
            (wanted.outcomes, case["last_visit_outcome"]),
            (wanted.arrears_reasons, case["arrears_reason"]),
            (wanted.areas, self.world.people[number]["area"]),
        )
        flagged = not wanted.flag_categories or any(
            category in wanted.flag_categories for category in self.world.flags[number]
        )
        return flagged and all(not values or value in values for values, value in chosen)

    def ranges(self, case: dict[str, Any], facts: CaseFacts) -> bool:
        wanted = self.wanted
        dpd = queue_order.days_past_due(case["oldest_due_on"], wanted.as_of)
        touched = case["last_visit_on"] or case["placed_on"]
        untouched_until = (
            None
            if wanted.untouched_days_min is None
            else wanted.as_of - timedelta(days=wanted.untouched_days_min)
        )
        untouched_from = (
            None
            if wanted.untouched_days_max is None
            else wanted.as_of - timedelta(days=wanted.untouched_days_max)
        )
        return all(
            _between(value, first, last)
            for value, first, last in (
                (dpd, wanted.dpd_min, wanted.dpd_max),
                (facts.overdue_fen, wanted.overdue_min_fen, wanted.overdue_max_fen),
                (case["last_visit_on"], wanted.last_visit_from, wanted.last_visit_until),
                (case["promise_due_on"], wanted.promise_due_from, wanted.promise_due_until),
                (case["next_plan_on"], wanted.next_plan_from, wanted.next_plan_until),
                (case["placed_on"], wanted.placed_from, wanted.placed_until),
                (touched, untouched_from, untouched_until),
            )
        )

    def yes_or_no(self, case: dict[str, Any], facts: CaseFacts) -> bool:
        gap = case["next_plan_at"] is not None and case["next_plan_gaps"] & SECOND_PERSON
        lacks = case["second_agent_id"] is None and bool(case["second_person_asked"] or gap)
        wanted = self.wanted
        return all(
            asked is None or asked == answer
            for asked, answer in (
                (wanted.held, queue_order.is_held(facts, wanted.as_of)),
                (wanted.second_person_missing, lacks),
                (wanted.plan_requested, case["id"] in self.world.asked),
            )
        )

    def text(self, case: dict[str, Any], facts: CaseFacts) -> bool:
        person, searched = self.world.people[case["id"]], self.wanted.search
        numbers = {case["case_no"], f"HT{case['id']}"}
        hit = not searched or (
            searched in (person["initials"], person["phone_tail"])
            or person["pinyin_key"].startswith(searched)
            or any(number.startswith(searched) for number in numbers)
        )
        return hit and (not self.wanted.numbers or bool(numbers & set(self.wanted.numbers)))


_CHECKS = (Plain.who, Plain.choices, Plain.ranges, Plain.yes_or_no, Plain.text)


class _Reversed:
    """Compares the other way round."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __lt__(self, other: "_Reversed") -> bool:
        return bool(other.value < self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Reversed) and self.value == other.value

    __hash__ = None  # type: ignore[assignment]


def _between(value: Any, first: Any, last: Any) -> bool:
    if first is None and last is None:
        return True
    if value is None:
        return False
    return (first is None or value >= first) and (last is None or value <= last)


def _person(column: str) -> Callable[[World, dict[str, Any]], tuple[Any, ...]]:
    def columns(world: World, case: dict[str, Any]) -> tuple[Any, ...]:
        number = case[column]
        person = world.staff.get(number, {"pinyin_key": None, "staff_no": None})
        return (person["pinyin_key"], person["staff_no"], number)

    return columns


def _due(case: dict[str, Any]) -> tuple[Any, ...]:
    """Fewest days first: no due date at all, then the latest."""
    due = case["oldest_due_on"]
    return (due is not None, -due.toordinal() if due else 0)


def _team(world: World, case: dict[str, Any]) -> tuple[Any, ...]:
    agent = world.staff.get(case["agent_id"])
    team = agent and agent["team_id"]
    return (str(team % 10), "组", team) if team else (None, None, None)


_STORED = {
    SortKey.MARK: "mark",
    SortKey.CONTRACT_NO: "contract_no",
    SortKey.SETTLE: "settle_fen",
    SortKey.LAST_VISIT: "last_visit_on",
    SortKey.VISIT_COUNT: "visit_count",
    SortKey.PROMISE_DUE: "promise_due_on",
    SortKey.NEXT_PLAN: "next_plan_at",
    SortKey.PLACED_ON: "placed_on",
    SortKey.PRODUCT: "product",
}
_SORTED: dict[SortKey, Callable[[World, dict[str, Any], CaseFacts], tuple[Any, ...]]] = {
    SortKey.CASE_NO: lambda _w, _c, _f: (),
    SortKey.OVERDUE: lambda _w, _c, facts: (facts.overdue_fen,),
    SortKey.DAYS_PAST_DUE: lambda _w, case, _f: _due(case),
    SortKey.BORROWER: lambda world, case, _f: (
        world.people[case["id"]]["pinyin_key"],
        world.people[case["id"]]["masked_name"],
    ),
    SortKey.AREA: lambda world, case, _f: (world.people[case["id"]]["area"],),
    SortKey.AGENT: lambda world, case, _f: _person("agent_id")(world, case),
    SortKey.SECOND_AGENT: lambda world, case, _f: _person("second_agent_id")(world, case),
    SortKey.TEAM: lambda world, case, _f: _team(world, case),
    SortKey.BRANCH: lambda _w, case, _f: (f"B{case['branch_id']}",),
    **{
        key: lambda _w, case, _f, column=column: (case[column],)  # type: ignore[misc]
        for key, column in _STORED.items()
    },
}


def a_question(maker: random.Random) -> CaseQueueFilter:
    """Some conditions, some order, some day."""
    as_of = TODAY + timedelta(days=maker.choice((0, 0, -5, 6)))

    def day() -> Any:
        return as_of + timedelta(days=maker.randrange(-9, 9))

    possible: list[Callable[[], dict[str, Any]]] = [
        lambda: {"teams": (TeamId(10), TeamId(31), TeamId(20))},
        lambda: {"agents": tuple(StaffId(maker.randrange(1, 6) * 10) for _ in range(3))},
        lambda: {"unassigned": True, "agents": (StaffId(12), StaffId(41))},
        lambda: {"reasons": frozenset(maker.sample(list(QueueReason), 4))},
        lambda: {"buckets": frozenset(maker.sample(list(Bucket), 3))},
        lambda: {"marks": frozenset({Mark.A})},
        lambda: {"products": frozenset({Product.CAR_LOAN})},
        lambda: {"outcomes": frozenset({VisitOutcome.NO_ONE})},
        lambda: {"flag_categories": frozenset(maker.sample(list(FlagCategory), 2))},
        lambda: {"arrears_reasons": frozenset({ArrearsReason.ILLNESS})},
        lambda: {"areas": ("甲街道",)},
        lambda: {"dpd_min": maker.randrange(80)},
        lambda: {"dpd_max": maker.randrange(80)},
        lambda: {"overdue_min_fen": maker.randrange(8) * 100_000},
        lambda: {"overdue_max_fen": maker.randrange(8) * 100_000},
        lambda: {"last_visit_from": day()},
        lambda: {"last_visit_until": day()},
        lambda: {"untouched_days_min": maker.randrange(12)},
        lambda: {"untouched_days_max": maker.randrange(12)},
        lambda: {"promise_due_from": day()},
        lambda: {"promise_due_until": day()},
        lambda: {"next_plan_from": day()},
        lambda: {"next_plan_until": day()},
        lambda: {"placed_from": day()},
        lambda: {"placed_until": day()},
        lambda: {"held": maker.random() < 0.5},
        lambda: {"second_person_missing": maker.random() < 0.5},
        lambda: {"plan_requested": maker.random() < 0.5},
        lambda: {"search": maker.choice(("ww", "ln", "zh", "wang", "0002", "AJ00", "HT10"))},
        lambda: {"numbers": tuple(f"HT{number}" for number in range(1000, 1090))},
        lambda: {"include_ended": True},
        lambda: {"branches": tuple(BranchId(b) for b in maker.sample(range(1, 6), 2))},
    ]
    conditions: dict[str, Any] = {}
    for one in maker.sample(possible, maker.choice((0, 1, 1, 2, 2, 3))):
        conditions |= one()
    sort = Sort(maker.choice(list(SortKey)), descending=maker.random() < 0.5)
    return asking(as_of, NOW, sort=sort, **conditions)
