"""A desk that writes numbered notes whatever happens."""

from contextlib import suppress
from multiprocessing.synchronize import Event as Flag
from pathlib import Path
from time import sleep

from supervisor.errors import ExpectedError
from supervisor.models.changes import Actor
from supervisor.models.commands.notes import add_note
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.ids import BranchId, CaseId
from supervisor.models.orders import AddNote, CaseRef
from tests.benchmarks.chaos_network import enter

SHORTEST, LONGEST = 0.05, 1.0
"""Seconds before a refused order is sent again; each pause is twice the one before."""


def write_notes(
    address: str, number: int, case: tuple[int, int], told: Path, stop: Flag, place: str = ""
) -> None:
    """Write notes until told to stop; each one is repeated under its id until the answer comes.

    What was answered stands in `told`, a line each. `place`: the network to sit in.
    """
    enter(place)
    database = Database(address, patience_ms=5_000)
    actor = someone(database, stop) or Actor(f"desk {number}", Role.SUPERVISOR)
    ref, written = CaseRef(BranchId(case[0]), CaseId(case[1])), 0
    with told.open("a", encoding="utf-8") as answers:
        while not stop.is_set():
            text = f"{number}-{written}"
            order, pause = AddNote(actor=actor, case=ref, text=text), SHORTEST
            while not stop.is_set():
                try:
                    database.write(add_note, order)
                except ExpectedError:
                    sleep(pause)
                    pause = min(2 * pause, LONGEST)
                else:
                    answers.write(text + "\n")
                    answers.flush()
                    break
            written += 1
    database.close()


def someone(database: Database, stop: Flag) -> Actor | None:
    """Whom the server knows the login as; asked until it answers."""
    while not stop.is_set():
        with suppress(ExpectedError):
            database.recognise()
            return database.actor
        sleep(LONGEST / 2)
    return None
