"""What lies between desks and servers: a cable that can be cut.

Where we may, servers and desks have network namespaces of their own with a cable in between: cut,
it says nothing to either end, as a pulled plug or a dead switch. Elsewhere each connection goes
through a proxy that closes it, as a router does that forgets its connections.
"""

import ctypes
import os
import shutil
import socket
import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from time import sleep
from typing import Any, Protocol

CLONE_NEWNET = 0x40000000
SERVERS_AT, DESKS_AT = "10.78.0.1", "10.78.0.2"
HERE = "/proc/self/ns/net"


class Cable(Protocol):
    """The way from desks to servers."""

    kind: str
    servers_at: str
    """Where servers listen; empty: on their sockets alone."""

    def address_of(self, port: int) -> str:
        """Host and port by which desks reach the server of this port."""

    def place(self) -> str:
        """Where desks are, for `enter`."""

    def cut(self, seconds: float) -> None:
        """Nothing goes through for a while."""

    def close(self) -> None:
        """For good."""


def enter(place: str) -> None:
    """This thread, and whatever it starts, is there from now on.

    Raises:
        OSError: it may not.
    """
    if not place:
        return
    descriptor = os.open(place, os.O_RDONLY)
    try:
        if ctypes.CDLL(None, use_errno=True).setns(descriptor, CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns")
    finally:
        os.close(descriptor)


def a_cable(sockets: Path, ports: tuple[int, ...]) -> Cable:
    """Namespaces where we may make them, else proxies to the sockets."""
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("ip"):
        return Namespaces()
    return Proxies(sockets, ports)


class Namespaces:
    """This process goes to the servers' side; desks enter theirs."""

    kind = "namespaces"
    servers_at = SERVERS_AT

    def __init__(self) -> None:
        self._own = os.open(HERE, os.O_RDONLY)
        self._servers, self._desks = f"fcs{os.getpid()}s", f"fcs{os.getpid()}d"
        for name in (self._servers, self._desks):
            _ip("netns", "add", name)
            _ip("-n", name, "link", "set", "lo", "up")
        _ip("link", "add", "fcs-up", "netns", self._servers, "type", "veth",
            "peer", "name", "fcs-down", "netns", self._desks)  # fmt: skip
        for name, end, address in (
            (self._servers, "fcs-up", SERVERS_AT),
            (self._desks, "fcs-down", DESKS_AT),
        ):
            _ip("-n", name, "addr", "add", f"{address}/24", "dev", end)
            _ip("-n", name, "link", "set", end, "up")
        enter(f"/run/netns/{self._servers}")

    def address_of(self, port: int) -> str:
        return f"{SERVERS_AT}:{port}"

    def place(self) -> str:
        return f"/run/netns/{self._desks}"

    def cut(self, seconds: float) -> None:
        _ip("-n", self._servers, "link", "set", "fcs-up", "down")
        sleep(seconds)
        _ip("-n", self._servers, "link", "set", "fcs-up", "up")

    def close(self) -> None:
        ctypes.CDLL(None).setns(self._own, CLONE_NEWNET)
        os.close(self._own)
        for name in (self._servers, self._desks):
            _ip("netns", "del", name)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


class Proxies:
    """A link to the socket of each server."""

    kind = "proxies"
    servers_at = ""

    def __init__(self, sockets: Path, ports: tuple[int, ...]) -> None:
        self._links = {port: Link(sockets / f".s.PGSQL.{port}") for port in ports}

    def address_of(self, port: int) -> str:
        return f"127.0.0.1:{self._links[port].port}"

    def place(self) -> str:
        return ""

    def cut(self, seconds: float) -> None:
        for link in self._links.values():
            link.down()
        sleep(seconds)
        for link in self._links.values():
            link.up()

    def close(self) -> None:
        for link in self._links.values():
            link.close()


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

    def down(self) -> None:
        """Close every connection, and let nobody through."""
        self._down.set()
        with self._lock:
            ends, self._ends = self._ends, set()
        for end in ends:
            _close(end)

    def up(self) -> None:
        """Let people through again."""
        self._down.clear()

    def close(self) -> None:
        """For good."""
        _close(self._door)
        self.down()

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
