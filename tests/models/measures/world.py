"""A small random office with everything measures rest on, and its raw rows as plain values."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.clock import SHANGHAI
from supervisor.models.base import Base
from supervisor.models.enums import Channel, Product, Tick, VisitOutcome
from supervisor.models.enums_incidents import ClosingReason, Verdict
from tests import factories
from tests.factories import TODAY, Ref

FIRST = date(2026, 9, 1)
TICKS = [one.value for one in Tick]
CATEGORIES = ("refusal", "conflict", "legal_risk")


@dataclass(slots=True)
class World:
    """What was made."""

    branches: list[int]
    staff: dict[int, list[int]]
    cases: list[Ref]
    visits: list[Ref]


def a_world(session: Session, seed: int, cases: int = 30, visits: int = 120) -> World:
    """The same seed gives the same office."""
    chance = random.Random(seed)
    world = World([], {}, [], [])
    for _ in range(2):
        branch = factories.a_branch(session, payments_known_on=TODAY - timedelta(days=1))
        teams = [factories.a_team(session, branch) for _ in range(2)]
        world.branches.append(branch)
        world.staff[branch] = [
            factories.a_staff(session, branch, team_id=chance.choice([*teams, None]))
            for _ in range(4)
        ]
    for _ in range(cases):
        world.cases.append(_a_case(session, chance, world))
    for _ in range(visits):
        world.visits.append(_a_visit(session, chance, world, chance.choice(world.cases)))
    return world


def _day(chance: random.Random, first: date, last: date = TODAY) -> date:
    return first + timedelta(days=chance.randint(0, max(0, (last - first).days)))


def _a_case(session: Session, chance: random.Random, world: World) -> Ref:
    branch = chance.choice(world.branches)
    placed = _day(chance, FIRST)
    ended = chance.random() < 0.3
    borrower = factories.a_borrower(session, branch)
    contracts = [
        _a_contract(session, chance, borrower, placed) for _ in range(chance.randint(1, 2))
    ]
    case = factories.a_case(
        session,
        branch,
        borrower=borrower,
        contracts=contracts,
        placed_on=placed,
        agent_id=chance.choice([*world.staff[branch], None]),
        product=chance.choice(list(Product)).value,
        ended_on=_day(chance, placed) if ended else None,
        end_code=chance.choice(["settled", "returned", "written_off"]) if ended else None,
        arrears_reason=chance.choice([None, "unemployed", "illness"]),
    )
    if chance.random() < 0.4:
        a_random_promise(session, chance, case, None)
    if chance.random() < 0.2:
        since = _day(chance, placed - timedelta(days=20))
        factories.a_hold(
            session,
            case,
            from_on=since,
            until_on=chance.choice([None, since + timedelta(days=chance.randint(3, 90))]),
        )
    for _ in range(chance.randint(0, 2)):
        day = _day(chance, placed)
        factories.a_contact(
            session,
            case,
            channel=chance.choice(list(Channel)).value,
            at=datetime.combine(day, time(11), SHANGHAI).astimezone(UTC),
        )
    return case


def _a_contract(session: Session, chance: random.Random, borrower: Ref, placed: date) -> Ref:
    start = placed - timedelta(days=chance.randint(1, 230))
    contract = factories.a_contract(
        session,
        borrower,
        schedule=[
            (start + timedelta(days=30 * i), chance.randint(5_000, 90_000)) for i in range(8)
        ],
        accelerated_on=_day(chance, start) if chance.random() < 0.15 else None,
    )
    for _ in range(chance.randint(0, 4)):
        fen = chance.choice([20_000, 55_555, 90_001, -5_000, 300_000])
        factories.a_payment(session, contract, fen, _day(chance, start))
    return contract


def _a_visit(session: Session, chance: random.Random, world: World, case: Ref) -> Ref:
    people = world.staff[chance.choice(world.branches)]
    agent, second = chance.choice([*people, None]), chance.choice([*people, None])
    day = _day(chance, FIRST)
    start = datetime.combine(day, time(chance.randint(6, 21), chance.choice([0, 30])), SHANGHAI)
    visit = factories.a_visit(
        session,
        case,
        day,
        started_at=start.astimezone(UTC),
        ended_at=chance.choice([None, (start + timedelta(minutes=25)).astimezone(UTC)]),
        agent_id=agent,
        second_agent_id=None if second == agent else second,
        done_by_branch_id=chance.choice([case.branch_id, case.branch_id, *world.branches]),
        outcome=chance.choice(
            [VisitOutcome.MET_DEBTOR] * 3 + [VisitOutcome.NO_ONE, VisitOutcome.NOT_DONE]
        ).value,
        talk_results=chance.choice(["", "PTP", "PTP_THIRD,INFO_GOT", "INFO_GOT,PTP"]),
        recorded=chance.choice(TICKS),
        id_shown=chance.choice(TICKS),
        position_matched=chance.choice(TICKS),
        latitude=chance.choice([None, 23.1]),
        longitude=113.2,
        late_entry_minutes=chance.choice([None, 5, 2_000]),
        notice_given=chance.choice(TICKS),
    )
    if chance.random() < 0.25:
        a_random_promise(session, chance, case, visit)
    for category in CATEGORIES:
        if chance.random() < 0.15:
            factories.a_flag(
                session,
                case,
                visit_id=visit.id,
                subject=f"visit:{visit.id}",
                category=category,
                verdict=chance.choice([None, Verdict.TRUE, Verdict.FALSE_ALARM, Verdict.UPHELD]),
                closing_reason=chance.choice([None, None, ClosingReason.WITHDRAWN]),
            )
    return visit


def a_random_promise(session: Session, chance: random.Random, case: Ref, visit: Ref | None) -> Ref:
    """A promise due some time in the past or soon."""
    due = _day(chance, FIRST + timedelta(days=10), TODAY + timedelta(days=5))
    amount = chance.randint(10_000, 90_000)
    return factories.a_promise(
        session,
        case,
        due,
        amount,
        visit_id=None if visit is None else visit.id,
        paid_fen=chance.choice([0, 0, amount, amount // 2]),
        withdrawn=chance.random() < 0.1,
    )


def raw(session: Session, table: type[Base]) -> list[Any]:
    """Every row of a table."""
    return list(session.execute(select(*table.__table__.c)))
