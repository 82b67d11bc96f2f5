"""Whether a window can be expected to open: Qt itself ends the whole process when it cannot."""

import ctypes
import os
import re
import socket
import sys
from pathlib import Path

from supervisor.cli.doors import QtMissingError

WAIT_SECONDS = 2.0
X_PORT = 6000
CURSOR_LIBRARY = "libxcb-cursor.so.0"
"""Qt's X11 plugin ends the process where this one is missing, without a Python error."""


def can_open() -> bool:
    """Look for a display that answers.

    Raises:
        QtMissingError: there is one, but a library that Qt's window needs is missing.
    """
    if sys.platform in {"win32", "darwin"}:
        return True
    wanted = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    if wanted in {"offscreen", "minimal"}:
        return False
    if wanted not in {"", "xcb"} and not wanted.startswith("wayland"):
        return True
    if wanted != "xcb" and _wayland_answers():
        return True
    if not _x_answers(os.environ.get("DISPLAY", "")):
        return False
    _need(CURSOR_LIBRARY)
    return True


def _need(library: str) -> None:
    try:
        ctypes.CDLL(library)
    except OSError as error:
        raise QtMissingError from error


def _wayland_answers() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY")
    if not name:
        return False
    path = Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / name
    return _answers(socket.AF_UNIX, str(path))


def _x_answers(display: str) -> bool:
    """Whether an X server listens at :0, :0.0 or host:0."""
    found = re.fullmatch(r"(?:unix|)(?P<host>[^:]*):(?P<number>\d+)(?:\.\d+)?", display)
    if found is None:
        # A path of a socket, as macOS writes it, or a protocol of its own: Qt may know better.
        return bool(display)
    host, number = found["host"].removesuffix("/"), int(found["number"])
    if host:
        return _answers(socket.AF_INET, (host, X_PORT + number))
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers listen
    return _answers(socket.AF_UNIX, f"\0{path}") or _answers(socket.AF_UNIX, path)


def _answers(family: int, address: str | tuple[str, int]) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as knock:
            knock.settimeout(WAIT_SECONDS)
            knock.connect(address)
    except OSError:
        return False
    return True
