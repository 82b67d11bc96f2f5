"""Composition root of the desktop: the only room that knows every other. It needs Qt."""

from typing import TYPE_CHECKING

from supervisor import late
from supervisor.app.desktop import Desktop
from supervisor.app.dress import application, speak
from supervisor.app.opening import DesktopOptions, ready
from supervisor.app.session import run_desktop

if TYPE_CHECKING:
    from supervisor.app.checks import self_test
    from supervisor.app.pictures import render_shots

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

# Pictures and checks are not for the window's start.
__getattr__ = late.names(
    __name__,
    {"supervisor.app.checks": ("self_test",), "supervisor.app.pictures": ("render_shots",)},
)
