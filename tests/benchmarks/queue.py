"""The queue: medians and p95 of every operation, growth with size, rivals, pauses, memory.

`--database` names a filled database (say, from `supervisor demo --create-only`); without it one of
`--cases` cases is made in a temporary SQLite file, and one a tenth of that for growth.
"""

import argparse
import os
import resource
import tempfile
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

from supervisor import clock
from supervisor.models.database import Database
from supervisor.models.migrations import runner
from tests.benchmarks import fill, scrolling
from tests.benchmarks.queue_operations import MUST_BE_FAST, Operation, Workload
from tests.benchmarks.timing import percentile, say, summary, timed

WARM = 2
LIMITS = {MUST_BE_FAST: (60.0, 150.0), "soon": (1500.0, 1500.0)}


def run(options: argparse.Namespace) -> dict[str, Any]:
    """All figures; times in ms, memory in MB."""
    if options.database:
        return _figures(Database(options.database), options, clock.today())
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
        "queries_peak_mb": _peak(),
        "beyond_limits": [name for name, figure in operations.items() if not figure["held"]],
    }
    say("scrolling the page")
    figures["scrolling"] = scrolling.measure(database)
    figures["page_peak_mb"] = _peak()
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
    workload = Workload(database, as_of)
    figures: dict[str, dict[str, Any]] = {}
    for operation in workload.operations():
        values, cpu = _values(database, operation, rounds)
        median, most = LIMITS[operation.limit]
        figure = summary(values)
        held = figure["median_ms"] <= median and percentile(values, 0.95) <= most
        figures[operation.name] = {**figure, "cpu_ms": cpu, "held": held}
        say(f"{operation.name:<36} {figure['median_ms']:>8} {figure['p95_ms']:>8}")
    return figures


def _values(database: Database, operation: Operation, rounds: int) -> tuple[list[float], float]:
    """Times in the worker: what `Database.read` takes, statement, rows and all.

    Beside them this process's own CPU time for one, which a busy machine does not stretch (on
    SQLite that is all the work there is).
    """
    rounds = rounds if operation.limit == MUST_BE_FAST else max(3, rounds // 3)
    values: list[float] = []
    cpu = 0.0
    for turn in range(rounds + WARM):
        argument = operation.argument()
        begun = process_time()
        values.append(timed(lambda one=argument: database.read(operation.query, one)))
        cpu += (process_time() - begun) * 1000 if turn >= WARM else 0.0
    return values[WARM:], round(cpu / rounds, 1)


def _peak() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
