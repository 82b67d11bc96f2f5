"""A desk that writes numbered notes whatever happens, and a link that can be cut."""

import socket
import threading
from contextlib import suppress
from multiprocessing.synchronize import Event as Flag
from pathlib import Path
from time import sleep
from typing import Any

from supervisor.errors import ExpectedError
from supervisor.models.changes import Actor
from supervisor.models.commands.notes import add_note
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.ids import BranchId, CaseId
from supervisor.models.orders import AddNote, CaseRef

SHORTEST, LONGEST = 0.05, 1.0
"""Seconds before a refused order is sent again; each pause is twice the one before."""


def write_notes(address: str, number: int, case: tuple[int, int], told: Path, stop: Flag) -> None:
    """Write notes until told to stop; each one is repeated under its id until the answer comes.

    What was answered stands in `told`, a line each.
    """
    database = Database(address, patience_ms=5_000)
    ref = CaseRef(BranchId(case[0]), CaseId(case[1]))
    actor, written = Actor(f"desk {number}", Role.SUPERVISOR), 0
    with told.open("a", encoding="utf-8") as answers:
        while not stop.is_set():
            text = f"{number}-{written}"
            order, pause = AddNote(actor=actor, case=ref, text=text), SHORTEST
            while True:
                try:
                    database.write(add_note, order)
                except ExpectedError:
                    sleep(pause)
                    pause = min(2 * pause, LONGEST)
                else:
                    break
            answers.write(text + "\n")
            answers.flush()
            written += 1
    database.close()


class Link:
    """Carries bytes between a port here and the server's socket, until it is cut.

    Closing both ends is what a router does that forgets its connections.
    """

    def __init__(self, server: Path) -> None:
        self._server = server
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self._down = threading.Event()
        self._start(self._accept)

    def cut(self, seconds: float) -> None:
        """Close every connection, and let nobody through for a while."""
        self._down.set()
        with self._lock:
            ends, self._ends = self._ends, set()
        for end in ends:
            _close(end)
        sleep(seconds)
        self._down.clear()

    def close(self) -> None:
        """For good."""
        _close(self._door)
        self.cut(0)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            try:
                if self._down.is_set():
                    raise ConnectionRefusedError
                far.connect(str(self._server))
            except OSError:
                _close(near)
                _close(far)
                continue
            with self._lock:
                self._ends |= {near, far}
            self._start(self._carry, near, far)
            self._start(self._carry, far, near)

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65_536):
                other.sendall(data)
        with self._lock:
            self._ends -= {one, other}
        _close(one)
        _close(other)

    @staticmethod
    def _start(work: Any, *arguments: Any) -> None:
        threading.Thread(target=work, args=arguments, daemon=True).start()  # noqa: TID251 - a network


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
