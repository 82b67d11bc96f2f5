"""Writers in processes of their own: many at once, the same order from many, one that is killed."""

import multiprocessing
import os
import random
import sys
import time
from multiprocessing.connection import Connection
from typing import Any

from sqlalchemy import URL, func, select

from supervisor.models.commands.holds import end_holds, hold_cases
from supervisor.models.commands.marks import mark_cases
from supervisor.models.commands.notes import add_note
from supervisor.models.commands.reassign import reassign_cases
from supervisor.models.database import Database
from supervisor.models.enums import HoldReason, Mark
from supervisor.models.ids import BranchId, CommandId, StaffId
from supervisor.models.orders import AddNote, CaseRef, EndHolds, HoldCases, MarkCases, ReassignCases
from supervisor.models.queries.audit import verify
from supervisor.models.tables import Assignment, AuditEvent, Case, CommandLog
from tests import factories
from tests.factories import Ref, a_case_ref, an_actor

READY_SECONDS = 60
"""Writers wait for each other so long; one that is late breaks the round."""
PROCESSES: Any = multiprocessing.get_context("fork" if sys.platform != "win32" else "spawn")
REASONS = (HoldReason.DISASTER, HoldReason.PLAN_ACTIVE, HoldReason.DISPUTE_OPEN)
Refs = tuple[CaseRef, ...]


def an_office(database: Database, cases: int) -> tuple[Refs, list[StaffId]]:
    """Cases of one branch in the hands of the first of three collectors."""
    with database.transaction() as session:
        branch = factories.a_branch(session)
        agents = [StaffId(factories.a_staff(session, branch)) for _ in range(3)]
        made: list[Ref] = []
        for _ in range(cases):
            case = factories.a_case(session, branch, agent_id=agents[0])
            factories.an_assignment(session, case, agent_id=agents[0])
            made.append(case)
    return tuple(a_case_ref(case) for case in made), agents


_WARM: dict[URL, Database] = {}
"""Databases whose statements are compiled; a forked process inherits them with their cache."""


def _own(url: URL) -> Database:
    """The database for this process: connections of its own, compiled statements of its parent."""
    inherited = _WARM.get(url)
    if inherited is None:
        return Database(url)
    inherited.engine.dispose(close=False)
    return inherited


def warm_up(database: Database, refs: Refs, agents: list[StaffId]) -> int:
    """Give each kind of order once, as every desk has that was open for a while; how many."""
    actor = an_actor("warm up")
    database.write(add_note, AddNote(actor=actor, case=refs[0], text="暖"))
    database.write(mark_cases, MarkCases(actor=actor, cases=refs, mark=Mark.A))
    hold = HoldCases(actor=actor, cases=refs, reason=REASONS[0], until_on=None)
    database.write(hold_cases, hold)
    database.write(end_holds, EndHolds(actor=actor, cases=refs))
    database.write(reassign_cases, ReassignCases(actor=actor, cases=refs, agent_id=agents[1]))
    _WARM[database.url] = database
    return 5


def _one_write(
    database: Database, chance: random.Random, refs: Refs, agents: list[StaffId]
) -> tuple[int, int]:
    """A random order over random cases; gives (cases written, notes written)."""
    some = tuple(chance.sample(refs, 12))
    actor = an_actor(f"writer {os.getpid()}")
    kind = chance.randrange(5)
    if kind == 0:
        note = AddNote(actor=actor, case=some[0], text="并发")
        return 0, database.write(add_note, note).counts["notes"]
    if kind == 1:
        mark = MarkCases(actor=actor, cases=some, mark=chance.choice(list(Mark)))
        return database.write(mark_cases, mark).counts["cases"], 0
    if kind == 2:
        hold = HoldCases(actor=actor, cases=some, reason=chance.choice(REASONS), until_on=None)
        return database.write(hold_cases, hold).counts["cases"], 0
    if kind == 3:
        return database.write(end_holds, EndHolds(actor=actor, cases=some)).counts["cases"], 0
    order = ReassignCases(actor=actor, cases=some, agent_id=chance.choice(agents))
    return database.write(reassign_cases, order).counts["cases"], 0


def _writer(
    url: URL,
    seed: int,
    times: int,
    refs: Refs,
    agents: list[StaffId],
    answer: Connection,
    ready: Any,
) -> None:
    database = _own(url)
    database.read(verify, None)  # connected, as a desk is that was open for a while
    ready.wait(READY_SECONDS)
    chance = random.Random(seed)
    written, notes, waits = 0, 0, []
    for _ in range(times):
        begun = time.perf_counter()
        done = _one_write(database, chance, refs, agents)
        waits.append(time.perf_counter() - begun)
        written, notes = written + done[0], notes + done[1]
    database.close()
    answer.send((written, notes, waits))


def many_writers(
    database: Database, writers: int, times: int, refs: Refs, agents: list[StaffId]
) -> tuple[int, int, list[float]]:
    """Let writers loose at once; gives cases written, notes written, seconds per command.

    A writer that died tells nothing, which ends in EOFError here.
    """
    started, ready = [], PROCESSES.Barrier(writers)
    for seed in range(writers):
        mine, theirs = PROCESSES.Pipe(duplex=False)
        process = PROCESSES.Process(
            target=_writer, args=(database.url, seed, times, refs, agents, theirs, ready)
        )
        process.start()
        theirs.close()
        started.append((process, mine))
    answers = [mine.recv() for _, mine in started]
    for process, _ in started:
        process.join()
    waits = sorted(wait for answer in answers for wait in answer[2])
    return sum(a[0] for a in answers), sum(a[1] for a in answers), waits


def _sender(url: URL, refs: Refs, agent: StaffId, answer: Connection) -> None:
    database = Database(url)
    order = ReassignCases(
        actor=an_actor(), cases=refs, agent_id=agent, command_id=CommandId("the-same")
    )
    answer.send(database.write(reassign_cases, order))
    database.close()


def same_order_from(database: Database, senders: int, refs: Refs, agent: StaffId) -> list[Any]:
    """The same order sent by several processes at once; what each was told."""
    pipes = []
    for _ in range(senders):
        mine, theirs = PROCESSES.Pipe(duplex=False)
        process = PROCESSES.Process(target=_sender, args=(database.url, refs, agent, theirs))
        process.start()
        theirs.close()
        pipes.append((process, mine))
    answers = [mine.recv() for _, mine in pipes]
    for process, _ in pipes:
        process.join()
    return answers


def _restless(url: URL, refs: Refs, agents: list[StaffId], ready: Connection) -> None:
    database = Database(url)
    with database.looking():
        ready.send(True)
    for turn in range(1_000_000):
        for agent in agents:
            database.write(
                reassign_cases,
                ReassignCases(actor=an_actor(), cases=refs, agent_id=agent, reason=f"turn {turn}"),
            )


def kill_at(database: Database, moment: float, refs: Refs, agents: list[StaffId]) -> None:
    """Start reassigning without end and kill the process `moment` seconds after it is ready."""
    mine, theirs = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=_restless, args=(database.url, refs, agents, theirs))
    process.start()
    theirs.close()
    mine.recv()
    process.join(moment)
    process.kill()
    process.join()


def refuse_halves(database: Database, refs: Refs) -> int:
    """Check that every command is there as a whole or not at all; gives how many there are."""
    branch = BranchId(refs[0].branch_id)
    with database.transaction() as session:
        agents = set(session.scalars(select(Case.agent_id).where(Case.branch_id == branch)))
        versions = set(session.scalars(select(Case.version).where(Case.branch_id == branch)))
        running = session.execute(
            select(Assignment.agent_id, func.count())
            .where(Assignment.until_at.is_(None), Assignment.branch_id == branch)
            .group_by(Assignment.agent_id)
        ).all()
        commands = session.scalar(select(func.count()).select_from(CommandLog)) or 0
        events = session.scalar(select(func.count()).select_from(AuditEvent))
    assert len(agents) == 1
    assert len(versions) == 1
    assert [tuple(row) for row in running] == [(agents.pop(), len(refs))]
    assert commands == events
    assert database.read(verify, None).ok
    return commands
