"""What the queue is asked for, over one branch and over all, with a fresh variation each time."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from supervisor.clock import SHANGHAI
from supervisor.models.database import Database
from supervisor.models.enums import Bucket, FlagCategory, Mark, Product, VisitOutcome
from supervisor.models.enums_queue import SortKey
from supervisor.models.ids import BranchId
from supervisor.models.queries.case_queue import count, page, totals
from supervisor.models.queries.directory import directory
from supervisor.models.rows.case_queue import CaseQueueFilter, QueueRequest, Sort
from supervisor.models.rules.builtin_views import BUILTIN, Asker, wanted_by
from supervisor.models.tables import Borrower, Case, Staff
from tests.benchmarks.signing_in import who_asks

WINDOW = 100
MUST_BE_FAST = "fast"
MUST_BE_SOON = "soon"


@dataclass(frozen=True)
class Sample:
    """One case with what it can be searched by."""

    branch_id: int
    case_no: str
    contract_no: str
    initials: str
    phone_tail: str
    area: str


@dataclass(frozen=True)
class Operation:
    """`limit`: fast (median 60 ms, p95 150 ms) or soon (1.5 s)."""

    name: str
    limit: str
    query: Callable[[Session, Any], object]
    argument: Callable[[], object]


class Workload:
    """Operations over a database, each time another branch, person or number.

    In an office they are asked as the window of this login asks them: about its branches alone.
    """

    def __init__(self, database: Database, as_of: date, seed: int = 1) -> None:
        now = datetime.combine(as_of, time(10, 38), SHANGHAI)
        self.actor = who_asks(database)
        self.scope = self.actor.branches
        self.plain = CaseQueueFilter(as_of=as_of, now=now)
        self.chance = random.Random(seed)
        self.samples = database.read(_samples, self.chance)
        self.open_cases = database.read(_open_cases, None)
        self.people = database.read(_people, None)

    def operations(self) -> Iterator[Operation]:
        """Everything that is measured."""
        yield from self._branch_sorts()
        yield from self._branch_filters()
        yield from self._searches()
        yield from self._all_orders()
        yield from self._all_else()

    def _asked(self, wanted: CaseQueueFilter, offset: int = 0) -> QueueRequest:
        return QueueRequest(wanted, self.scope, offset=offset, limit=WINDOW)

    def _one(self) -> Sample:
        return self.chance.choice(self.samples)

    def _in_branch(self, **conditions: Any) -> CaseQueueFilter:
        return replace(self.plain, branches=(BranchId(self._one().branch_id),), **conditions)

    def _branch_sorts(self) -> Iterator[Operation]:
        for key in SortKey:
            for descending in (False, True) if key is not SortKey.DEFAULT else (False,):
                order = Sort(key, descending=descending)
                way = " down" if descending else ""

                def ask(order: Sort = order) -> QueueRequest:
                    return self._asked(self._in_branch(sort=order))

                yield Operation(f"branch: sort {key}{way}", MUST_BE_FAST, page, ask)
        yield Operation("branch: jump to the middle", MUST_BE_FAST, page, self._middle)

    def _middle(self) -> QueueRequest:
        return self._asked(
            self._in_branch(sort=Sort(self.chance.choice(list(SortKey)))),
            offset=self.open_cases // max(1, len({s.branch_id for s in self.samples})) // 2,
        )

    def _branch_filters(self) -> Iterator[Operation]:
        for name, make in self._conditions().items():

            def ask(make: Callable[[Sample], dict[str, Any]] = make) -> QueueRequest:
                one = self._one()
                wanted = replace(self.plain, branches=(BranchId(one.branch_id),), **make(one))
                return self._asked(wanted)

            yield Operation(f"branch: {name}", MUST_BE_FAST, page, ask)
        for key in BUILTIN:

            def view(key: str = key) -> QueueRequest:
                branch = (BranchId(self._one().branch_id),)
                wanted = wanted_by(key, self.plain.as_of, self.plain.now, Asker(branch))
                return self._asked(replace(wanted, branches=branch))

            yield Operation(f"branch: view {key}", MUST_BE_FAST, page, view)

    def _conditions(self) -> dict[str, Callable[[Sample], dict[str, Any]]]:
        as_of = self.plain.as_of
        month = as_of - timedelta(days=30)
        return {
            "stage": lambda _: {"buckets": frozenset({Bucket.M2, Bucket.M3})},
            "amount": lambda _: {"overdue_min_fen": 1_000_000, "overdue_max_fen": 2_000_000},
            "area": lambda one: {"areas": (one.area,)},
            "agents": lambda one: {"agents": tuple(self.people[one.branch_id][:2])},
            "marks": lambda _: {"marks": frozenset({Mark.A, Mark.B})},
            "products": lambda _: {"products": frozenset({Product.CAR_LOAN})},
            "outcomes": lambda _: {"outcomes": frozenset({VisitOutcome.NO_ONE})},
            "flags": lambda _: {"flag_categories": frozenset({FlagCategory.CONFLICT})},
            "days past due": lambda _: {"dpd_min": 60, "dpd_max": 120},
            "untouched": lambda _: {"untouched_days_min": 15},
            "last visit": lambda _: {"last_visit_from": month, "last_visit_until": as_of},
            "placed": lambda _: {"placed_from": month, "placed_until": as_of},
            "promise due": lambda _: {"promise_due_from": month, "promise_due_until": as_of},
            "next plan": lambda _: {"next_plan_from": as_of},
            "held": lambda _: {"held": True},
            "second person missing": lambda _: {"second_person_missing": True},
            "plan requested": lambda _: {"plan_requested": True},
            "ended too": lambda _: {"include_ended": True},
            "search case number": lambda one: {"search": one.case_no},
            "search case prefix": lambda one: {"search": one.case_no[:-2]},
            "search contract": lambda one: {"search": one.contract_no},
            "search initials": lambda one: {"search": one.initials},
            "search phone tail": lambda one: {"search": one.phone_tail},
        }

    def _searches(self) -> Iterator[Operation]:
        for field in ("case_no", "contract_no", "initials", "phone_tail"):

            def ask(field: str = field) -> QueueRequest:
                wanted = replace(self.plain, search=getattr(self._one(), field))
                return self._asked(wanted)

            yield Operation(f"all: search {field}", MUST_BE_FAST, page, ask)

    def _all_orders(self) -> Iterator[Operation]:
        yield Operation("all: default order", MUST_BE_FAST, page, self._all(Sort()))
        for key in (
            SortKey.OVERDUE,
            SortKey.DAYS_PAST_DUE,
            SortKey.AGENT,
            SortKey.LAST_VISIT,
        ):
            for descending in (False, True):
                way = " down" if descending else ""
                order = Sort(key, descending=descending)
                yield Operation(f"all: sort {key}{way}", MUST_BE_FAST, page, self._all(order))

    def _all(self, order: Sort, part: float = 0.0) -> Callable[[], QueueRequest]:
        def ask() -> QueueRequest:
            offset = int(self.open_cases * part) + (self.chance.randrange(99) if part else 0)
            return self._asked(replace(self.plain, sort=order), offset)

        return ask

    def _all_else(self) -> Iterator[Operation]:
        yield Operation("all: totals", MUST_BE_SOON, totals, self._all(Sort()))
        for key in (SortKey.DEFAULT, SortKey.OVERDUE, SortKey.AGENT, SortKey.LAST_VISIT):
            middle = self._all(Sort(key), 0.5)
            yield Operation(f"all: middle of {key}", MUST_BE_SOON, page, middle)
        for key in (SortKey.PLACED_ON, SortKey.SETTLE, SortKey.BRANCH, SortKey.NEXT_PLAN):
            yield Operation(f"all: sort {key}", MUST_BE_SOON, page, self._all(Sort(key)))
        for key in BUILTIN:
            wanted = wanted_by(key, self.plain.as_of, self.plain.now, Asker(self.scope))
            asked = self._asked(wanted)
            yield Operation(f"all: view {key}", MUST_BE_SOON, page, lambda asked=asked: asked)
            yield Operation(f"all: count {key}", MUST_BE_SOON, count, lambda asked=asked: asked)
        yield Operation("all: directory", MUST_BE_SOON, directory, lambda: self.actor)
        yield Operation("all: 2,000 pasted numbers", MUST_BE_SOON, page, self._pasted)

    def _pasted(self) -> QueueRequest:
        numbers = tuple(self.chance.choice(self.samples).case_no for _ in range(2_000))
        return self._asked(replace(self.plain, numbers=numbers))


def _samples(session: Session, chance: random.Random) -> list[Sample]:
    branches = list(session.scalars(select(Case.branch_id).distinct()))
    made: list[Sample] = []
    for branch in chance.sample(branches, min(len(branches), 40)):
        rows = session.execute(
            select(
                Case.branch_id,
                Case.case_no,
                Case.contract_no,
                Borrower.initials,
                Borrower.phone_tail,
                Borrower.area,
            )
            .join(
                Borrower,
                (Borrower.branch_id == Case.branch_id) & (Borrower.id == Case.borrower_id),
            )
            .where(Case.branch_id == branch, Case.ended_on.is_(None))
            .where(Case.contract_no.is_not(None))
            .limit(60)
        )
        made += [Sample(*row) for row in rows]
    return made


def _open_cases(session: Session, _: None) -> int:
    return session.scalar(select(func.count()).where(Case.ended_on.is_(None))) or 0


def _people(session: Session, _: None) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for branch, person in session.execute(select(Staff.branch_id, Staff.id).order_by(Staff.id)):
        found.setdefault(branch, []).append(person)
    return found
