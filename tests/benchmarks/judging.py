"""How fast waiting visits are judged and read, start to end, on a database of the demo.

    python -m tests.benchmarks.judging --visits 100000 [--database ADDRESS] [--stop-after 20000]

Makes the demo (unless the address holds one), lets every visit wait, judges all of it in rounds of
1,000 and says visits per second, flags, the largest memory, and how long one round holds the
writer. `--stop-after` stops once and goes on, to show that nothing is judged twice.
"""

import argparse
import resource
import tempfile
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time

from sqlalchemy import func, select, update

from supervisor.intake.demo.create import DemoSize, create_demo
from supervisor.intake.judging import judge_all, rounds
from supervisor.models.changes import Actor
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.tables import Finding, Flag, Visit

ACTOR = Actor("benchmark", Role.SUPERVISOR)


def prepared(address: str, visits: int) -> Database:
    """A demo in which every visit waits to be judged and no flag of the demo is left."""
    create_demo(address, DemoSize(branches=4, cases=max(visits // 10, 120), visits=visits))
    return Database(address)


def let_all_wait(database: Database) -> int:
    """Every visit waits; gives how many."""
    with database.transaction() as session:
        session.execute(update(Visit).values(judged_with=None, unknown_key=None))
        return session.scalar(select(func.count()).select_from(Visit)) or 0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--visits", type=int, default=20_000)
    parser.add_argument("--database")
    parser.add_argument("--stop-after", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        address = given.database or str(Path(folder) / "judging.db")
        exists = given.database and not address.startswith("postgresql") and Path(address).exists()
        database = Database(address) if exists else prepared(address, given.visits)
        waiting = let_all_wait(database)
        begun, busy = perf_counter(), process_time()
        stopped = 0
        if given.stop_after:
            part = iter(rounds(database, ACTOR))
            while stopped < given.stop_after:
                stopped += next(part).visits
        steps: list[float] = [perf_counter()]
        result = judge_all(database, ACTOR, lambda _done: steps.append(perf_counter()))
        seconds, busy = perf_counter() - begun, process_time() - busy
        with database.transaction() as session:
            flags = session.scalar(select(func.count()).select_from(Flag))
            findings = session.scalar(select(func.count()).select_from(Finding))
        longest = max(b - a for a, b in pairwise(steps))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        database.close()
    assert stopped + result.visits == waiting
    print(f"{waiting:,} visits, {flags:,} flags, {findings:,} findings")
    print(f"{seconds:.1f} s on the wall, {busy:.1f} s of this process")
    print(f"{waiting / seconds:,.0f} visits/s on the wall, {waiting / busy:,.0f} of the processor")
    print(f"longest round {longest:.2f} s; {memory:.0f} MB at most; stopped once at {stopped:,}")


if __name__ == "__main__":
    main()
