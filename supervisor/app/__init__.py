"""Composition root of the desktop: the only room that knows every other. It needs Qt."""

from supervisor.app.checks import self_test
from supervisor.app.desktop import Desktop
from supervisor.app.dress import application, speak
from supervisor.app.opening import DesktopOptions, ready
from supervisor.app.pictures import render_shots
from supervisor.app.session import run_desktop

__all__ = [
    "Desktop",
    "DesktopOptions",
    "application",
    "ready",
    "render_shots",
    "run_desktop",
    "self_test",
    "speak",
]
