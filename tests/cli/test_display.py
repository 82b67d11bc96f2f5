"""Whether a window can open is found out before Qt ends the process."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from supervisor.cli import display
from supervisor.cli.doors import QtMissingError

pytestmark = pytest.mark.usefixtures("bare")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Linux desk without a word about displays."""
    monkeypatch.setattr(display.sys, "platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def wayland(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A socket on which something listens."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(tmp_path / "wayland-7"))
        listening.listen()
        yield tmp_path / "wayland-7"


def test_that_no_display_is_no_window() -> None:
    assert not display.can_open()


def test_that_a_display_that_does_not_answer_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":987654")
    monkeypatch.setenv("WAYLAND_DISPLAY", "nowhere")
    assert not display.can_open()


def test_that_pictures_are_no_window(monkeypatch: pytest.MonkeyPatch, wayland: Path) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert not display.can_open()
    monkeypatch.setenv("QT_QPA_PLATFORM", "vnc:size=800x600")
    assert display.can_open()


def test_that_a_display_that_answers_is_a_window(
    monkeypatch: pytest.MonkeyPatch, wayland: Path
) -> None:
    assert display.can_open()
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert not display.can_open()


def test_that_a_library_that_would_end_the_process_is_missed_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(display, "_answers", lambda *_address: True)
    monkeypatch.setattr(display, "CURSOR_LIBRARY", "libno-such-thing.so.0")
    with pytest.raises(QtMissingError):
        display.can_open()
