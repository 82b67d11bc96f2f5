"""Kill an import at a random moment; afterwards all of it is there, or nothing."""

import random
import select
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from sqlalchemy import func
from sqlalchemy import select as sql

from supervisor.intake import api
from supervisor.models.database import Database
from supervisor.models.enums import Kind
from supervisor.models.queries import audit, imports
from supervisor.models.tables import ImportBatch, Visit
from tests.factories import an_actor
from tests.intake.files import VISITS, a_csv, an_office


def a_prepared_office(database: Database, folder: Path, rows: int) -> Path:
    """An office, and a file of so many visits for it."""
    an_office(database, folder)
    lines = [("C1", f"V{n}", "S1", "2026-11-01 10:00", "NO_ONE", f"note {n}") for n in range(rows)]
    return a_csv(folder / "visits.csv", VISITS, lines)


def a_victim(database: Database, path: Path) -> subprocess.Popen[bytes]:
    """A process that is about to import the file."""
    address = database.url.render_as_string(hide_password=False)
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.intake.victim", address, Kind.VISITS.value, str(path)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    return child


def kill_once(database: Database, path: Path, delay: float | None) -> float:
    """Kill an import `delay` seconds after it began, unless it is through; None: let it be.

    Gives the seconds from its beginning to its end.
    """
    child = a_victim(database, path)
    begun = perf_counter()
    assert child.stdout is not None
    ended = select.select([child.stdout], [], [], delay)[0]  # "done", or the time is up
    took = perf_counter() - begun
    if ended:
        assert child.stdout.readline() == b"done\n"
    child.kill()
    child.wait()
    child.stdout.close()
    return took


def whole(database: Database, rows: int) -> bool:
    """Whether the import is there; half an import or a broken chain is an error."""
    with database.transaction() as session:
        visits = session.scalar(sql(func.count()).select_from(Visit))
        batches = session.scalar(
            sql(func.count()).select_from(ImportBatch).where(
                ImportBatch.kind == "visits", ImportBatch.state == "done"
            )
        )  # fmt: skip
    assert (visits, batches) in {(0, 0), (rows, 1)}, (visits, batches)
    assert database.read(audit.verify, None).ok
    return bool(visits)


def take_back(database: Database) -> None:
    """Undo the newest import of visits."""
    newest = database.read(imports.batches, Kind.VISITS)[0]
    api.undo_import(database, an_actor(), newest.batch_id)


def rounds_of_kills(database: Database, folder: Path, rows: int, rounds: int) -> dict[str, int]:
    """Kill so many imports at random moments of their course; count how they ended."""
    path = a_prepared_office(database, folder, rows)
    longest = 1.2 * kill_once(database, path, None)
    assert whole(database, rows)
    take_back(database)
    chance = random.Random(rows * rounds)
    ended = {"all": 0, "nothing": 0}
    for _ in range(rounds):
        kill_once(database, path, chance.uniform(0.0, longest))
        there = whole(database, rows)
        ended["all" if there else "nothing"] += 1
        if there:
            take_back(database)
    return ended
