"""Servers, desks and windows killed, the network cut: what was answered is there, once.

    python -m tests.benchmarks chaos --json --rounds 50

An office of two servers, one leading and a synchronous standby. Five desks, processes signed in
under row-level security, write notes and send an order again under its id until it is answered; a
person at a real window types notes and sends again what was refused. In each round, at a random
moment, one of these happens:

    server     the leader and all its processes are killed (-9) and it is started again
    promotion  the leader is killed (-9) and the standby promoted; a new standby is made
    link       nothing goes through the network for up to four seconds, each third time for twenty
               (in namespaces of its own as root on Linux, else by proxies that close everything)
    desk       one desk is killed (-9) and another takes its place
    window     the program is killed (-9) in the middle of what is typed and opened again

After every round: every answered note is in the database exactly once, no note is there twice,
commands and audit events agree and the chain is whole, and the window has read its list again by
itself. Anything else ends the run with an error. `recovered_ms` is the time from the end of the
trouble (of a promotion: from the kill) to the next answer of a desk, `screen_ms` to the next list
on the window. At the end everybody goes home, and every note that was typed at for longer than the
program takes to keep it is in the database or in the drafts on disk; one that is in neither ends
the run with an error. `stood_there_again`: notes found in a dialog that was opened anew.
"""

import argparse
import random
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from multiprocessing import get_context
from pathlib import Path
from time import monotonic, perf_counter, sleep, time
from typing import Any

from sqlalchemy import func, select

from supervisor.errors import ExpectedError
from supervisor.models.database import Database
from supervisor.models.queries.audit import verify
from supervisor.models.tables import AuditEvent, CaseNote, CommandLog
from tests.benchmarks.chaos_desks import write_notes
from tests.benchmarks.chaos_network import a_cable
from tests.benchmarks.chaos_servers import PORTS, Servers
from tests.benchmarks.chaos_window import kept_texts, sit_at_window
from tests.benchmarks.timing import busyness, percentile, say

DESKS = 5
QUIET = 0.3, 2.0
"""Seconds of work before something happens."""
PATIENCE = 240
"""Seconds in which work must go on again."""
SHORT, LONG = (0.1, 4.0), (16.0, 20.0)
"""Seconds without a network; the long ones outlast what a connection waits for an answer."""
KINDS = ("server", "link", "window", "promotion", "desk")
NOTE = re.compile(r"窗\d+-\d+：")
SPAWN = get_context("spawn")


class Office:
    """Servers, a network, desks and a window at work."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cable = a_cable(folder, PORTS)
        self.servers = Servers(folder, self.cable, DESKS + 1)
        self.direct = self.servers.direct
        self.stop = SPAWN.Event()
        self.desks, self.windows = list[Any](), list[Any]()
        self.links = 0
        for _ in range(DESKS):
            self.seat()
        self.open_window()

    def seat(self) -> None:
        """One more desk."""
        number = len(self.desks)
        case = self.servers.cases[number % DESKS]
        told = self.folder / f"told-{number}.txt"
        told.touch()
        about = (case.branch_id, case.id), told, self.stop, self.cable.place()
        desk = SPAWN.Process(target=write_notes, args=(self.servers.address, number, *about))
        desk.start()
        self.desks.append(desk)

    def open_window(self) -> None:
        """The program starts, with what the last one left."""
        number = len(self.windows)
        told, drafts = self.folder / f"window-{number}.txt", self.folder / "drafts.bin"
        told.touch()
        about = self.servers.cases[DESKS].id, told, drafts, self.stop, self.cable.place()
        window = SPAWN.Process(target=sit_at_window, args=(self.servers.address, number, *about))
        window.start()
        self.windows.append(window)

    def answered(self) -> list[str]:
        """Every note a desk was told is written."""
        files = sorted(self.folder.glob("told-*.txt"))
        return [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]

    def window_lines(self, what: str) -> list[tuple[float, str]]:
        """What windows said of this kind, with its moment."""
        found = list[tuple[float, str]]()
        for file in sorted(self.folder.glob("window-*.txt")):
            for line in file.read_text(encoding="utf-8").splitlines():
                at, kind, text = (line + "  ").split(" ", 2)
                if kind == what:
                    found.append((float(at), text.strip()))
        return found

    def trouble(self, kind: str, chance: random.Random) -> None:
        """One of `KINDS`."""
        if kind == "server":
            self.servers.kill_leader()
            self.servers.start(self.servers.leader)
        elif kind == "promotion":
            self.servers.kill_leader()
            self.servers.promote()
        elif kind == "link":
            self.links += 1
            self.cable.cut(chance.uniform(*(LONG if self.links % 3 == 0 else SHORT)))
        elif kind == "desk":
            chance.choice([desk for desk in self.desks if desk.is_alive()]).kill()
            self.seat()
        else:
            self.windows[-1].kill()
            self.windows[-1].join()
            self.open_window()

    def heal(self, kind: str) -> None:
        """What an administrator does afterwards."""
        if kind == "promotion":
            self.servers.follow()
        elif kind == "server":
            self.servers.wait_for_standby()

    def go_home(self) -> None:
        """Everybody ends the program; what is under way is answered, or kept."""
        self.stop.set()
        for one in (*self.desks, *self.windows):
            one.join(60)

    def close(self) -> None:
        """Nothing is left behind."""
        self.stop.set()
        for one in (*self.desks, *self.windows):
            one.join(20)
            one.kill()
        self.servers.close()
        self.cable.close()


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Rounds of trouble by kind, how soon work went on, and what is there at the end."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    office = Office(folder)
    chance = random.Random(50)
    recovered, screens = dict[str, list[float]](), dict[str, list[float]]()
    try:
        _wait(lambda: len(office.answered()) >= DESKS, "work did not begin")
        _wait(lambda: bool(office.window_lines("read")), "the window read nothing")
        for place in range(options.rounds):
            kind = KINDS[place % len(KINDS)]
            sleep(chance.uniform(*QUIET))
            begun = perf_counter()
            office.trouble(kind, chance)
            if kind != "promotion":
                begun = perf_counter()
            known, now = len(office.answered()), time()
            _wait(lambda known=known: len(office.answered()) > known, "work did not go on")
            recovered.setdefault(kind, []).append((perf_counter() - begun) * 1000)
            _wait(lambda now=now: _read_since(office, now), "the screen did not recover")
            screens.setdefault(kind, []).append((perf_counter() - begun) * 1000)
            _refuse_losses(office)
            office.heal(kind)
            say(f"{place + 1} {kind}: {len(office.answered())} notes, all there")
        office.go_home()
        _refuse_losses(office)
        return {
            **busyness(),
            "network": office.cable.kind,
            "rounds": dict(Counter({kind: len(some) for kind, some in recovered.items()})),
            "recovered_ms": _figures(recovered),
            "screen_ms": _figures(screens),
            "answered": len(office.answered()),
            **_typed(office),
            "lost": 0,
            "doubled": 0,
        }
    finally:
        office.close()
        shutil.rmtree(folder, ignore_errors=True)


def _figures(values: dict[str, list[float]]) -> dict[str, dict[str, int]]:
    return {
        kind: {"median": round(percentile(some, 0.5)), "longest": round(max(some))}
        for kind, some in values.items()
    }


def _read_since(office: Office, moment: float) -> bool:
    return any(at > moment for at, _ in office.window_lines("read"))


def _wait(done: Callable[[], bool], else_: str) -> None:
    """Until it is so.

    Raises:
        RuntimeError: it is not, after all patience.
    """
    until = monotonic() + PATIENCE
    while not done():
        if monotonic() > until:
            raise RuntimeError(else_)
        sleep(0.02)


def _refuse_losses(office: Office) -> None:
    """Compare what was answered with what is there.

    Raises:
        RuntimeError: a note is lost or doubled, or the audit is not whole.
    """
    answered, at_window = office.answered(), office.window_lines("answered")
    for attempt in range(6):
        try:
            there, commands, events, whole = _state(office.direct)
            break
        except ExpectedError:
            # Our own old connections died with the server, too.
            sleep(0.2 * 2**attempt)
    else:
        raise RuntimeError("the database does not answer")
    if lost := set(answered) - set(there):
        raise RuntimeError(f"{len(lost)} answered notes are lost: {sorted(lost)[:3]}")
    if len(there) != len(set(there)):
        raise RuntimeError("a note was written twice")
    _refuse_losses_at_window([text for _, text in at_window], there)
    if commands != events or not whole:
        raise RuntimeError("commands and audit do not agree")


def _refuse_losses_at_window(answered: list[str], there: list[str]) -> None:
    """Each note typed at the window is written once, and holds all that was answered for.

    It may hold more: killed between the last sign and the answer, the program finds what was kept a
    moment before, and sends it under the id under which the whole was written.

    Raises:
        RuntimeError: one is lost, or written twice.
    """
    written = [(found[0], text) for text in there if (found := NOTE.match(text))]
    if len(written) != len({label for label, _ in written}):
        raise RuntimeError("a note was typed once and written twice")
    known = dict(written)
    for text in answered:
        found = NOTE.match(text)
        if found is None or not known.get(found[0], "").startswith(text):
            raise RuntimeError(f"an answered note is lost: {text}")


def _typed(office: Office) -> dict[str, Any]:
    """What became of every note of which something was typed, once everybody went home.

    Raises:
        RuntimeError: one is neither in the database nor in the drafts on disk.
    """
    there, *_ = _state(office.direct)
    saved, kept = _labels(there), _labels(kept_texts(office.folder / "drafts.bin"))
    begun = _labels(text for _, text in office.window_lines("begun"))
    typed, restored, answered = (
        {text for _, text in office.window_lines(what)}
        for what in ("typed", "restored", "answered")
    )
    if gone := (begun | _labels(typed)) - saved - kept:
        raise RuntimeError(f"{len(gone)} half-typed notes are gone: {sorted(gone)[:3]}")
    return {
        "begun_at_the_window": len(begun),
        "typed_at_the_window": len(typed),
        "answered_at_the_window": len(answered),
        "stood_there_again": len(restored),
        "in_the_drafts": len(kept - saved),
        "half_typed_and_gone": 0,
    }


def _labels(texts: Iterable[str]) -> set[str]:
    return {found[0] for text in texts if (found := NOTE.match(text))}


def _state(database: Database) -> tuple[list[str], int, int, bool]:
    with database.transaction() as session:
        there = list(session.scalars(select(CaseNote.text)))
        # One statement, one moment: desks go on writing meanwhile.
        commands, events = session.execute(
            select(
                select(func.count()).select_from(CommandLog).scalar_subquery(),
                select(func.count())
                .select_from(AuditEvent)
                .where(AuditEvent.act != "user_added")
                .scalar_subquery(),
            )
        ).one()
    return there, commands, events, database.read(verify, None).ok
