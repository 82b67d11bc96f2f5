"""A window over invented data, brought into every state it has."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QWidget

from supervisor import clock, settings
from supervisor.app.desktop import Desktop
from supervisor.app.dress import application
from supervisor.intake.demo import DemoSize, create_demo
from supervisor.models.database import Database
from supervisor.ui.shell import shots

NOW = "2026-11-23T10:38:00+08:00"
TODAY = date(2026, 11, 23)
Look = Callable[[str, QWidget, QSize], None]
"""Takes the name of a state, what is shown and the screen it is shown on."""


def office(folder: Path, *, cases: int = 400) -> Path:
    """A database of an invented branch."""
    path = folder / "office.db"
    if not path.exists():
        create_demo(str(path), DemoSize(branches=1, cases=cases, visits=10 * cases, today=TODAY))
    return path


def logical(pixels: tuple[int, int], scale: float) -> QSize:
    """The room a screen of so many pixels has."""
    return QSize(int(pixels[0] / scale), int(pixels[1] / scale))


@contextmanager
def desktop(path: Path, language: str, theme: str, size: QSize) -> Iterator[Desktop]:
    """The program, open on a database, as the command line opens it."""
    preferences = settings.Preferences(language=language, theme=theme)
    app = application(preferences)
    made = Desktop(app, Database(str(path)), preferences, remembers=False)
    made.garbage.stop()
    try:
        made.window.resize(size)
        made.window.show()
        yield made
    finally:
        made.close()


@dataclass(frozen=True, slots=True)
class Visit(shots.Album):
    """Takes no pictures; hands each state on."""

    take: Callable[[str, QWidget], None] | None = None

    def keep(self, screen: str, widget: QWidget) -> Path:
        """Look instead of grabbing; an empty file says that the state was seen."""
        path = self.path(screen)
        if self.wants(screen) and self.take is not None:
            self.take(screen, widget)
            path.touch()
        return path


def walk(made: Desktop, size: QSize, look: Look, only: frozenset[str]) -> int:
    """Look at every state (or those of `only`) at a size; how many states there were."""
    window = made.window

    def take(state: str, shown: QWidget) -> None:
        before = window.size()
        if before != size:  # a state that comes with a size of its own
            window.resize(size)
            shots.settle(made.desk.runner)
        for _ in range(shots.LAYOUT_PASSES):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        look(state, shown, size)
        window.resize(before)

    with TemporaryDirectory() as folder:
        album = Visit(Path(folder), "en", "light", only, take)
        return len(shots.page_shots(window, album))


def fix_clock() -> None:
    """The day of the invented data."""
    os.environ[clock.ENVIRONMENT_VARIABLE] = NOW
