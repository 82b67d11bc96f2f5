"""Every screen as a picture, for people without a display and for who looks at them."""

import importlib.util
import os
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from supervisor import settings
from supervisor.app.desktop import Desktop
from supervisor.app.dress import application
from supervisor.app.no_display import platform_of
from supervisor.app.opening import elsewhere, ready, where_of
from supervisor.models.database import Database
from supervisor.ui.background.runner import TaskRunner
from supervisor.ui.shell import qt_messages
from supervisor.ui.shell.main_window import MainWindow

if TYPE_CHECKING:
    from supervisor.ui.shell.shots import Album


def render_shots(
    directory: Path,
    database: Database,
    *,
    lang: str = "zh_CN",
    theme: str = "light",
    size: tuple[int, int] = (1440, 868),
    scale: float = 1.0,
    only: frozenset[str] = frozenset(),
) -> list[Path]:
    """Every screen as NN-screen-lang-theme.png in `directory`; works without a display.

    `size` is that of the pictures in pixels: at a scale of 1.25 a screen of 1366 x 768 holds a
    window of 1093 x 614. `only`: these screens by name, none: all.

    Raises:
        OSError: a picture could not be written.
    """
    from supervisor.ui.shell import shots  # noqa: PLC0415 - only for pictures

    directory.mkdir(parents=True, exist_ok=True)
    preferences = replace(settings.Preferences(), language=lang, theme=theme)
    app = _application(preferences, size, scale)
    size = (round(size[0] / scale), round(size[1] / scale))
    elsewhere(lambda: ready(database))
    album = shots.Album(directory, lang, theme, only)
    for old in directory.glob(f"[0-9][0-9]-*-{lang}-{theme}.png"):
        old.unlink()
    desktop = Desktop(app, database, preferences, remembers=False)

    def window_over(runner: TaskRunner) -> MainWindow:
        desk = replace(desktop.desk, runner=runner)
        made = MainWindow(desk, where_of(database), remembers=False)
        made.resize(*size)
        return made

    try:
        with qt_messages.logged():
            desktop.window.resize(*size)
            desktop.window.show()
            made = shots.page_shots(desktop.window, album)
            if album.wants("first-run"):
                made += _first_run_shot(album, size, theme)
            made += shots.state_shots(window_over, desktop.desk, album)
        return [path for path in made if path.exists()]
    finally:
        desktop.close()


def _application(
    preferences: settings.Preferences, size: tuple[int, int], scale: float
) -> QApplication:
    """Qt on a screen as large as the pictures, where it was not started before."""
    if QApplication.instance() is not None:
        return application(preferences)
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    with TemporaryDirectory() as folder:
        if os.environ.get("QT_QPA_PLATFORM", "") == "offscreen":
            os.environ["QT_QPA_PLATFORM"] = platform_of(size, Path(folder))
        return application(preferences)


def _first_run_shot(album: "Album", size: tuple[int, int], theme: str) -> list[Path]:
    if importlib.util.find_spec("supervisor.ui.pages.first_run.page") is None:
        return []
    from supervisor.ui.shell import shots  # noqa: PLC0415 - only for pictures
    from supervisor.ui.shell.first_start import FirstStart  # noqa: PLC0415 - as above

    window = FirstStart(settings.DEFAULT_FILE, theme)
    window.resize(*size)
    window.show()
    shots.wait()
    path = album.keep("first-run", window)
    window.close()
    window.deleteLater()
    return [path]
