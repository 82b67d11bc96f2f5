"""A random office with the odd cases measures must bear, on top of `tests.models.measures.world`.

Cases that moved to another branch, promises withdrawn, money before a case was placed, skipped
buckets, nulls; and what the other measures need: findings, steps, complaints, courses.
"""

import random
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from supervisor.models import tables
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.move_case import move_case
from supervisor.models.database import Database
from supervisor.models.ids import BranchId
from supervisor.models.orders import MoveCase
from tests import factories
from tests.evaluation.measures.rows import SHANGHAI
from tests.factories import TODAY, a_case_ref, an_actor
from tests.models.measures.world import FIRST, World, a_world

SEVERITIES = ("critical", "major", "minor", "info")


def an_odd_world(database: Database, seed: int, cases: int = 50, visits: int = 220) -> World:
    """The same seed gives the same office, ids apart."""
    chance = random.Random(seed * 7)
    with database.transaction() as session:
        world = a_world(session, seed, cases=cases, visits=visits)
        for case in world.cases:
            session.execute(
                update(tables.Case)
                .where(tables.Case.branch_id == case.branch_id, tables.Case.id == case.id)
                .values(target_fen=chance.choice([None, 0, 30_000, 250_000]))
            )
            session.execute(
                update(tables.Promise)
                .where(
                    tables.Promise.branch_id == case.branch_id, tables.Promise.case_id == case.id
                )
                .values(agent_id=chance.choice([*world.staff[case.branch_id], None]))
            )
        _areas(session, chance)
        _odd_debts(session, chance)
        refresh_cases(session, None)
        _flags(session, chance)
        _steps(session, chance, world)
        _courses(session, chance, world)
    _move(database, chance, world)
    return world


def _instant(chance: random.Random, hours: range = range(7, 22)) -> datetime:
    day = FIRST + timedelta(days=chance.randint(0, (TODAY - FIRST).days))
    local = datetime.combine(day, time(chance.choice(hours), chance.randint(0, 59)), SHANGHAI)
    return local.astimezone(UTC)


def _areas(session: Session, chance: random.Random) -> None:
    for branch, id_ in session.execute(select(tables.Borrower.branch_id, tables.Borrower.id)).all():
        session.execute(
            update(tables.Borrower)
            .where(tables.Borrower.branch_id == branch, tables.Borrower.id == id_)
            .values(area=chance.choice(["", "天河区", "海珠区", "越秀区"]))
        )


def _odd_debts(session: Session, chance: random.Random) -> None:
    """Money long before the case was placed, money for all, reversals beyond what was paid."""
    for branch, id_ in session.execute(select(tables.Contract.branch_id, tables.Contract.id)).all():
        ref = factories.Ref(branch, id_)
        if chance.random() < 0.3:
            day = FIRST - timedelta(days=chance.randint(1, 300))
            fen = chance.choice([1, 70_000, 2_000_000])
            factories.a_payment(session, ref, fen, day)
        if chance.random() < 0.1:
            factories.a_payment(session, ref, -40_000, FIRST - timedelta(days=400))


def _flags(session: Session, chance: random.Random) -> None:
    columns = tables.Flag.__table__.c
    for row in session.execute(select(*columns)).all():
        raised = _instant(chance)
        looked = chance.choice([None, raised + timedelta(hours=chance.randint(0, 60))])
        closed = None if row.verdict is None else _instant(chance)
        session.execute(
            update(tables.Flag)
            .where(tables.Flag.branch_id == row.branch_id, tables.Flag.id == row.id)
            .values(
                raised_at=raised,
                looked_at=looked,
                closed_at=closed,
                severity=chance.choice(SEVERITIES),
                closing_reason=chance.choice([row.closing_reason, None, "historic", "duplicate"]),
                lead_rule=chance.choice(["R-1", "R-2"]),
            )
        )
        flag = factories.Ref(row.branch_id, row.id)
        case = factories.Ref(row.branch_id, row.case_id)
        for _ in range(chance.randint(0, 2)):
            factories.a_finding(
                session,
                flag,
                case,
                visit_id=row.visit_id,
                category=row.category,
                rule_id=chance.choice(["R-1", "R-2", "R-3"]),
                superseded_at=chance.choice([None, None, raised]),
            )
        if chance.random() < 0.5:
            due = _instant(chance)
            factories.a_follow_up(
                session,
                case,
                flag_id=row.id,
                due_at=due,
                done_at=chance.choice([None, due - timedelta(hours=1), due + timedelta(hours=9)]),
                outcome=chance.choice([None, "done", "dropped"]),
            )


def _steps(session: Session, chance: random.Random, world: World) -> None:
    for case in world.cases:
        if chance.random() < 0.2:
            factories.a_complaint(session, case, received_at=_instant(chance))
    for visit in world.visits:
        if chance.random() < 0.1:
            session.execute(
                update(tables.Visit)
                .where(tables.Visit.branch_id == visit.branch_id, tables.Visit.id == visit.id)
                .values(unknown_key="0123456789abcdef")
            )


def _courses(session: Session, chance: random.Random, world: World) -> None:
    courses = [
        factories.a_course(session, themes=themes) for themes in ("conflict", "", "R-1,refusal")
    ]
    for branch, people in world.staff.items():
        for person in people:
            for course in courses:
                if chance.random() < 0.4:
                    day = FIRST + timedelta(days=chance.randint(0, 80))
                    done = chance.choice([None, day])
                    factories.a_training(session, branch, person, course, done_on=done)


def _move(database: Database, chance: random.Random, world: World) -> None:
    """Some cases go to the other branch; what was visited stays with who visited."""
    for case in chance.sample(world.cases, 6):
        target = next(branch for branch in world.branches if branch != case.branch_id)
        order = MoveCase(actor=an_actor(), case=a_case_ref(case, 1), to_branch_id=BranchId(target))
        with database.transaction() as session:
            move_case(session, order)
