"""The queue: medians and p95 of every operation, growth with size, rivals, pauses, memory.

`--database` names a filled database (say, from `supervisor demo --create-only`); without it one of
`--cases` cases is made in a temporary SQLite file, and one a tenth of that for growth. `--login`
signs in to an office and asks as that person's window does, under row-level security; "all" is then
all of their branches.
"""

import argparse
import gc
import os
import tempfile
from datetime import date
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.models.database import Database
from supervisor.models.migrations import runner
from tests.benchmarks import fill, scrolling
from tests.benchmarks.queue_operations import MUST_BE_FAST, Operation, Workload
from tests.benchmarks.signing_in import opened
from tests.benchmarks.timing import on_cpu_and_waiting, peak_mb, percentile, say, summary, timed

WARM = 2
LIMITS = {MUST_BE_FAST: (60.0, 150.0), "soon": (1500.0, 1500.0)}


def run(options: argparse.Namespace) -> dict[str, Any]:
    """All figures; times in ms, memory in MB."""
    if options.database:
        return _figures(opened(options), options, clock.today())
    os.environ.setdefault(clock.ENVIRONMENT_VARIABLE, f"{fill.AS_OF}T10:38:00+08:00")
    with tempfile.TemporaryDirectory() as folder:
        small = _made(Path(folder) / "small.db", options.cases // 10, options.branches // 10)
        less = _operations(small, fill.AS_OF, options.rounds)
        small.close()
        database = _made(Path(folder) / "large.db", options.cases, options.branches)
        figures = _figures(database, options, fill.AS_OF)
        figures["growth_tenfold"] = {
            name: round(figures["operations"][name]["median_ms"] / max(0.1, was["median_ms"]), 1)
            for name, was in less.items()
        }
        return figures


def _made(path: Path, cases: int, branches: int) -> Database:
    say(f"making {cases} cases")
    database = Database(str(path))
    runner.upgrade(database)
    fill.fill(database, cases, max(1, branches))
    return database


def _figures(database: Database, options: argparse.Namespace, as_of: date) -> dict[str, Any]:
    operations = _operations(database, as_of, options.rounds)
    figures: dict[str, Any] = {
        "engine": database.engine.dialect.name,
        "load_average": [round(one, 1) for one in os.getloadavg()],
        "operations": operations,
        "queries_peak_mb": peak_mb(),
        "beyond_limits": _beyond(operations, "held"),
        "beyond_limits_unhindered": _beyond(operations, "held_unhindered"),
    }
    say("scrolling the page")
    figures["scrolling"] = scrolling.measure(database)
    figures["page_peak_mb"] = peak_mb()
    if database.is_sqlite and not options.no_rivals:
        from tests.benchmarks import queue_rivals

        say("the same through QSqlTableModel and pandas")
        path = str(database.url.database)
        theirs = queue_rivals.measure(path, Workload(database, as_of))
        figures["rivals"] = theirs
        figures["ratios"] = queue_rivals.ratios(operations, theirs)
    database.close()
    return figures


def _operations(database: Database, as_of: date, rounds: int) -> dict[str, dict[str, Any]]:
    """As on the desk, garbage is collected between the questions and what survives is frozen."""
    workload = Workload(database, as_of)
    figures: dict[str, dict[str, Any]] = {}
    gc.disable()
    for operation in workload.operations():
        gc.collect()
        gc.freeze()
        values, free, cpu = _values(database, operation, rounds)
        figure, alone = summary(values), summary(free)
        figures[operation.name] = {
            **figure,
            "cpu_ms": cpu,
            "unhindered": alone,
            "held": _held(operation, values),
            "held_unhindered": _held(operation, free),
        }
        say(
            f"{operation.name:<36} {figure['median_ms']:>8} {figure['p95_ms']:>8}"
            f"   unhindered {alone['median_ms']:>8} {alone['p95_ms']:>8}"
        )
    gc.enable()
    return figures


def _held(operation: Operation, values: list[float]) -> bool:
    median, most = LIMITS[operation.limit]
    return percentile(values, 0.5) <= median and percentile(values, 0.95) <= most


def _beyond(operations: dict[str, dict[str, Any]], held: str) -> list[str]:
    return [name for name, figure in operations.items() if not figure[held]]


def _values(
    database: Database, operation: Operation, rounds: int
) -> tuple[list[float], list[float], float]:
    """Times in the worker: what `Database.read` takes, statement, rows and all.

    Beside them the same less what this process and the server's waited for a CPU that others had,
    at least what both of them ran ("unhindered": about what an idle machine would take), and this
    process's own CPU time for one.
    """
    rounds = rounds if operation.limit == MUST_BE_FAST else max(3, rounds // 3)
    processes = (os.getpid(), *database.read(_server_process, None))
    values: list[float] = []
    free: list[float] = []
    cpu = 0.0
    for _ in range(rounds + WARM):
        argument = operation.argument()
        begun, (ran, waited) = process_time(), on_cpu_and_waiting(processes)
        values.append(timed(partial(database.read, operation.query, argument)))
        ran_since, waited_since = on_cpu_and_waiting(processes)
        free.append(max(values[-1] - (waited_since - waited), ran_since - ran))
        cpu += (process_time() - begun) * 1000 if len(values) > WARM else 0.0
    return values[WARM:], free[WARM:], round(cpu / rounds, 1)


def _server_process(session: Session, _: None) -> tuple[int, ...]:
    """The server's process for our connection, where it runs on this machine."""
    if session.get_bind().dialect.name == "sqlite":
        return ()
    return (session.scalar(select(func.pg_backend_pid())) or 0,)
