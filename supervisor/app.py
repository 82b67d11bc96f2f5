"""Composition root of the desktop: the only file that knows every room. Importable only with Qt."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from supervisor import __version__, i18n, logs, settings
from supervisor.errors import SupervisorError
from supervisor.models.changes import Actor
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.ui.background.bus import ChangeBus
from supervisor.ui.background.desk import Desk
from supervisor.ui.background.garbage import GarbageSweeper
from supervisor.ui.background.pulse import SERVER_MS, SQLITE_MS, Pulse
from supervisor.ui.background.runner import TaskRunner
from supervisor.ui.background.stall import StallWatch
from supervisor.ui.look import fonts, style
from supervisor.ui.look.tokens import set_theme
from supervisor.ui.shell import qt_messages
from supervisor.ui.shell.error_dialog import ErrorDialog, dialog_for
from supervisor.ui.shell.main_window import MainWindow
from supervisor.ui.shell.registry import pages


@dataclass(frozen=True, slots=True)
class DesktopOptions:
    """What the command line hands over.

    Attributes:
        database: the address to open; None lets settings decide (first start included).
        lang: "zh_CN" or "en"; None is the person's choice.
        first_page: page to show first.
    """

    database: str | None = None
    lang: str | None = None
    first_page: str = "overview"


def application(preferences: settings.Preferences) -> QApplication:
    """The one QApplication, dressed: typeface, theme, language."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("FieldCollectionSupervisor")
    app.setApplicationVersion(__version__)
    fonts.load()
    speak(app, preferences.language)
    set_theme(preferences.theme)
    style.apply(app)
    return app


def speak(app: QApplication, language: str) -> None:
    """One language for our words, Qt's own dialogs, numbers and dates."""
    i18n.set_language(language)
    QLocale.setDefault(QLocale(language))
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{language}", folder):
        app.installTranslator(translator)


def sit_down(database: Database, preferences: settings.Preferences) -> Desk:
    """A desk over an open database."""
    bus = ChangeBus()
    actor = Actor(name=_person(), role=Role(preferences.role))
    return Desk(database, TaskRunner(database, bus), bus, actor, preferences)


def _person() -> str:
    import getpass  # noqa: PLC0415 - asks the system; may fail on odd machines

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


class Desktop:
    """Everything that lives while the window is open, and its orderly end."""

    def __init__(self, app: QApplication, database: Database, preferences: settings.Preferences):
        self.app = app
        self.preferences = preferences
        self.database = database
        self.garbage = GarbageSweeper()
        self.stall = StallWatch()
        self.desk = sit_down(database, preferences)
        self.window = MainWindow(self.desk, where_of(database))
        self.window.page_made.connect(self._on_page_made)
        self.pulse = _pulse(self.desk)
        self.pulse.lost.connect(lambda _error: self.window.show_away(True))
        self.pulse.reached.connect(lambda: self.window.show_away(False))

    def open(self, first_page: str) -> None:
        """Show the window and its first page."""
        known = [entry.page_id for entry in self.window.entries]
        self.window.show_page(first_page if first_page in known else known[0])
        self.window.show()
        self.pulse.start()
        QTimer.singleShot(2_000, self.garbage, self.garbage.settle)

    def _on_page_made(self, page_id: str, page: QWidget) -> None:
        changed = getattr(page, "changed", None)
        if page_id == "preferences" and changed is not None:
            changed.connect(self.prefer)

    def prefer(self, preferences: settings.Preferences) -> None:
        """Changed preferences take hold at once."""
        self.preferences = preferences
        self.desk.preferences = preferences
        set_theme(preferences.theme)
        if preferences.language != i18n.language():
            speak(self.app, preferences.language)
            self.window.retranslate()

    def close(self) -> None:
        """Stop in order: questions, writer, timers, database. No thread outlives this."""
        self.window.close()
        self.pulse.shut_down()
        self.desk.runner.shut_down()
        self.stall.shut_down()
        self.garbage.shut_down()
        self.window.deleteLater()
        self.database.close()


def _pulse(desk: Desk) -> Pulse:
    from supervisor.models.queries.revisions import revisions  # noqa: PLC0415 - after first paint

    every = SQLITE_MS if desk.database.is_sqlite else SERVER_MS
    ask = partial(desk.database.read, revisions, None)
    return Pulse(desk.runner, desk.bus, ask, every_ms=every)


def where_of(database: Database) -> str:
    """What the status bar calls the database."""
    if database.is_sqlite:
        name = Path(database.url.database or "").name
        return i18n.tr("Demo data") if name == settings.DEMO_FILE else i18n.tr(
            "File on this computer: {name}", name=name
        )  # fmt: skip
    return i18n.tr("Office server {host} connected", host=database.url.host or "")


def run_desktop(options: DesktopOptions) -> int:
    """Open the window and stay until it is closed; exit code."""
    preferences = settings.load().preferences
    if options.lang:
        preferences = replace(preferences, language=options.lang)
    logs.start()
    app = application(preferences)
    qt_messages.install()
    logs.install_hooks(_show_crash)
    try:
        database = open_database(options, preferences)
    except SupervisorError as error:
        dialog_for(error, "").exec()
        return 3
    if database is None:
        return 0
    desktop = Desktop(app, database, preferences)
    desktop.open(options.first_page)
    try:
        return app.exec()
    finally:
        desktop.close()
        qt_messages.remove()
        logs.stop()


def _show_crash(crash: logs.Crash) -> None:
    text = i18n.tr("Something went wrong in the program. Nothing half-written is left behind.")
    # The hook may speak from any thread; the box is made on the one that may show it.
    app = QApplication.instance()
    if app is not None:
        QTimer.singleShot(
            0, app, lambda: ErrorDialog(i18n.tr("An error in the program"), text, crash.text).exec()
        )


def open_database(options: DesktopOptions, preferences: settings.Preferences) -> Database | None:
    """The database to work with, checked and upgraded where that is ours; None: person left."""
    from supervisor.models.migrations import runner  # noqa: PLC0415 - alembic is slow to import

    address = settings.database_address(options.database, preferences, settings.machine())
    database = Database(address.text)
    runner.open_ready(database)
    return database


Shot = tuple[str, QWidget]
Maker = Callable[[], Any]


def built_pages() -> tuple[str, ...]:
    """Ids of the pages of this version."""
    return tuple(entry.page_id for entry in pages())
