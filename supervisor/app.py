"""Composition root of the desktop: the only file that knows every room. Importable only with Qt."""

import importlib.util
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from supervisor import __version__, credentials, i18n, logs, paths, settings
from supervisor.errors import SupervisorError
from supervisor.models.changes import Actor
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.ui.background.bus import ChangeBus
from supervisor.ui.background.desk import Desk
from supervisor.ui.background.drafts import Drafts
from supervisor.ui.background.garbage import GarbageSweeper
from supervisor.ui.background.housekeeper import Housekeeper
from supervisor.ui.background.precedence import hand_over_early
from supervisor.ui.background.pulse import Pulse
from supervisor.ui.background.runner import TaskRunner
from supervisor.ui.background.stall import StallWatch
from supervisor.ui.look import fonts, style
from supervisor.ui.look.tokens import set_theme
from supervisor.ui.shell import qt_messages
from supervisor.ui.shell.error_dialog import ErrorDialog, dialog_for
from supervisor.ui.shell.main_window import MainWindow
from supervisor.ui.shell.tray import Tray, place_of
from supervisor.ui.shell.whereabouts import whereabouts
from supervisor.words import sentence_of

if TYPE_CHECKING:
    from supervisor.ui.shell.shots import Album

T = TypeVar("T")

DRAFTS_AFTER_MS = 2_000
"""The first page comes before what was left half-written."""


@dataclass(frozen=True, slots=True)
class DesktopOptions:
    """What the command line hands over.

    Attributes:
        database: the address to open; None lets settings decide (first start included).
        lang: "zh_CN" or "en"; None is the person's choice.
        first_page: page to show first.
        make_demo: creates the demo file at a path, for the first start's choice.
    """

    database: str | None = None
    lang: str | None = None
    first_page: str = "overview"
    make_demo: Callable[[str], object] | None = None


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


def kept_drafts() -> Drafts:
    """What was typed and not sent, over restarts where the key store holds a key for it."""
    try:
        folder = paths.config()
    except OSError:
        return Drafts()
    return Drafts(folder / "drafts.bin", lambda make: credentials.secret("drafts", make=make))


def _person() -> str:
    import getpass  # noqa: PLC0415 - asks the system; may fail on odd machines

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


class Desktop:
    """Everything that lives while the window is open, and its orderly end."""

    def __init__(
        self,
        app: QApplication,
        database: Database,
        preferences: settings.Preferences,
        *,
        options: DesktopOptions | None = None,
        remembers: bool = True,
    ) -> None:
        self.app = app
        self.options = options or DesktopOptions()
        self.preferences = preferences
        self.database = database
        hand_over_early()
        self.garbage = GarbageSweeper()
        self.stall = StallWatch()
        self.desk = sit_down(database, preferences)
        if remembers:
            self.desk.drafts = kept_drafts()
        self.window = MainWindow(self.desk, where_of(database), remembers=remembers)
        self._ask_whereabouts()
        self.window.page_made.connect(self._on_page_made)
        self.housekeeper = Housekeeper(self.desk)
        self.keeps_house = remembers
        self.tray = Tray(self.desk, self.window)
        self.tray.opened.connect(lambda page: self.window.show_page(page, place_of(page)))
        self.pulse = _pulse(self.desk)
        self.pulse.lost.connect(lambda _error: self.window.show_away(True))
        self.pulse.reached.connect(lambda: self.window.show_away(False))
        self.housekeeper.worked.connect(self.pulse.look)

    def open(self, first_page: str) -> None:
        """Show the window and its first page."""
        known = [entry.page_id for entry in self.window.entries]
        self.window.show_page(first_page if first_page in known else known[0])
        self.window.show()
        self.pulse.start()
        if self.keeps_house:
            self.housekeeper.start()
            self.tray.start()
        QTimer.singleShot(5_000, self.garbage, self.garbage.settle)
        QTimer.singleShot(DRAFTS_AFTER_MS, self.window, self._read_drafts)

    def _read_drafts(self) -> None:
        self.desk.runner.ask(
            self.desk.drafts.load,
            owner=self.window,
            key="drafts",
            then=lambda _read: None,
            failed=lambda _error: None,
        )

    def _ask_whereabouts(self) -> None:
        """Title and status bar name the branch, and say when the data are invented."""
        self.desk.runner.ask(
            partial(self.database.read, whereabouts, self.desk.actor),
            owner=self.window,
            key="whereabouts",
            then=lambda found: self.window.show_whereabouts(found, where_of(self.database)),
            failed=lambda _error: None,
        )

    def _on_page_made(self, page_id: str, page: QWidget) -> None:
        changed = getattr(page, "changed", None)
        if page_id == "preferences" and changed is not None:
            changed.connect(self.prefer)
        source_wanted = getattr(page, "source_wanted", None)
        if page_id == "preferences" and source_wanted is not None:
            source_wanted.connect(self.choose_source)

    def choose_source(self) -> None:
        """Let the person choose another data source; it opens at the next start."""
        chosen = _first_start(self.app, self.options, self.preferences)
        if chosen is None:
            return
        database, preferences = chosen
        database.close()
        self.prefer(preferences)
        self.window.retranslate()
        self.window.say(i18n.tr("The other data source opens at the next start."), "info")

    def prefer(self, preferences: settings.Preferences) -> None:
        """Changed preferences take hold at once."""
        self.preferences = preferences
        self.desk.preferences = preferences
        self.desk.actor = replace(self.desk.actor, role=Role(preferences.role))
        self.window.prefer()
        self.tray.follow()
        set_theme(preferences.theme)
        if preferences.language != i18n.language():
            speak(self.app, preferences.language)
            self.window.retranslate()
            self._ask_whereabouts()

    def close(self) -> None:
        """Stop in order: questions, writer, timers, database. No thread outlives this."""
        self.tray.shut_down()
        self.window.close()
        self.pulse.shut_down()
        self.housekeeper.shut_down()
        self.desk.runner.shut_down()
        self.desk.drafts.save()
        self.stall.shut_down()
        self.garbage.shut_down()
        self.window.deleteLater()
        # No event loop may come after this: what is to be deleted dies here, on this thread.
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.database.close()


def _pulse(desk: Desk) -> Pulse:
    from supervisor.models.queries.revisions import revisions  # noqa: PLC0415 - after first paint

    return Pulse(desk.runner, desk.bus, partial(desk.database.read, revisions, None))


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
        opened = _open(app, options, preferences)
        if opened is None:
            return 0
        desktop = Desktop(app, *opened, options=options)
    except SupervisorError as error:
        dialog_for(error, "").exec()
        return 3
    desktop.open(options.first_page)
    try:
        return app.exec()
    finally:
        desktop.close()
        qt_messages.remove()
        logs.stop()


def _show_crash(crash: logs.Crash) -> None:
    # The hook may speak from any thread; the box is made on the one that may show it.
    app = QApplication.instance()
    if app is not None:
        text = i18n.tr("Something went wrong in the program. Nothing half-written is left behind.")
        title = i18n.tr("An error in the program")
        QTimer.singleShot(0, app, lambda: ErrorDialog(title, text, crash.text).exec())


def _open(
    app: QApplication, options: DesktopOptions, preferences: settings.Preferences
) -> tuple[Database, settings.Preferences] | None:
    """The database to work with, ready; None when the person left the first start.

    Raises:
        SupervisorError: the world said no.
    """
    address = settings.database_address(options.database, preferences, settings.machine())
    chosen = address.source is not settings.Source.DEFAULT or settings.default_file().exists()
    if chosen:
        return _elsewhere(lambda: ready(Database(credentials.completed(address.text)))), preferences
    return _first_start(app, options, preferences)


def ready(database: Database) -> Database:
    """The database created, upgraded or refused, as its kind demands."""
    from supervisor.models.migrations import runner  # noqa: PLC0415 - alembic is slow to import

    runner.open_ready(database)
    return database


def _elsewhere(work: Callable[[], T]) -> T:
    """Do slow work before there is a runner, off the GUI thread, while windows stay alive."""
    loop, timer = QEventLoop(), QTimer()
    with ThreadPoolExecutor(1, "opening") as pool:
        future = pool.submit(work)
        timer.timeout.connect(lambda: loop.quit() if future.done() else None)
        timer.start(20)
        loop.exec()
    return future.result()


def _first_start(
    app: QApplication, options: DesktopOptions, preferences: settings.Preferences
) -> tuple[Database, settings.Preferences] | None:
    from supervisor.ui.shell.first_start import FirstStart  # noqa: PLC0415 - once in a life

    window = FirstStart(str(settings.default_file()), preferences.theme)
    opened: list[Database] = []
    wanted = [preferences]

    def prepare(path: str, *, demo: bool) -> Database:
        if demo and options.make_demo is not None:
            options.make_demo(path)
        return ready(Database(path))

    def accept(what: str) -> str:
        try:
            path = str(settings.demo_file()) if what == "demo" else what
            opened.append(_elsewhere(lambda: prepare(path, demo=what == "demo")))
        except SupervisorError as error:
            return sentence_of(error)
        wanted[0] = replace(wanted[0], database=credentials.put_away(path))
        return ""

    def prefer_language(language: str) -> None:
        wanted[0] = replace(wanted[0], language=language)
        speak(app, language)
        window.show_page(wanted[0].theme)

    def prefer_theme(theme: str) -> None:
        wanted[0] = replace(wanted[0], theme=theme)
        set_theme(theme)

    window.language_chosen.connect(prefer_language)
    window.theme_chosen.connect(prefer_theme)
    if not window.ask(accept):
        return None
    settings.save(wanted[0])
    window.deleteLater()
    return opened[0], wanted[0]


def render_shots(
    directory: Path,
    database: Database,
    *,
    lang: str = "zh_CN",
    theme: str = "light",
    size: tuple[int, int] = (1440, 868),
    scale: float = 1.0,
) -> list[Path]:
    """Every screen as NN-screen-lang-theme.png in `directory`; works without a display.

    `size` is that of the pictures in pixels: at a scale of 1.25 a screen of 1366 x 768 holds a
    window of 1093 x 614.

    Raises:
        OSError: a picture could not be written.
    """
    if QApplication.instance() is None:
        os.environ["QT_SCALE_FACTOR"] = str(scale)
    from supervisor.ui.shell import shots  # noqa: PLC0415 - only for pictures

    directory.mkdir(parents=True, exist_ok=True)
    size = (round(size[0] / scale), round(size[1] / scale))
    preferences = replace(settings.Preferences(), language=lang, theme=theme)
    app = application(preferences)
    _elsewhere(lambda: ready(database))
    album = shots.Album(directory, lang, theme)
    for old in directory.glob(f"[0-9][0-9]-*-{lang}-{theme}.png"):
        old.unlink()
    desktop = Desktop(app, database, preferences, remembers=False)

    def window_over(runner: TaskRunner) -> MainWindow:
        desk = replace(desktop.desk, runner=runner)
        made = MainWindow(desk, where_of(database), remembers=False)
        made.resize(*size)
        return made

    try:
        desktop.window.resize(*size)
        desktop.window.show()
        made = shots.page_shots(desktop.window, album)
        made += _first_run_shot(album, size, theme)
        return made + shots.state_shots(window_over, desktop.desk, album)
    finally:
        desktop.close()


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


def _migrated(database: Database) -> list[str]:
    try:
        _elsewhere(lambda: ready(database))
    except Exception as error:  # noqa: BLE001 - a self-test reports whatever fails
        return [f"migrations: {type(error).__name__}"]
    return []


def self_test() -> list[str]:
    """Load every icon, theme, font, language, page, query and migration; what failed."""
    from supervisor.ui.shell import self_test as checks  # noqa: PLC0415 - only for the test

    with TemporaryDirectory() as folder:
        preferences = settings.Preferences()
        app = application(preferences)
        database = Database(str(Path(folder) / "empty.db"))
        failures = checks.look()
        failures += _migrated(database)
        failures += checks.queries_and_commands()
        for language in i18n.LANGUAGES:
            failures += checks.tried(f"language {language}", lambda: speak(app, language))  # noqa: B023
            failures += checks.every_page(
                lambda: Desktop(app, database, preferences, remembers=False)
            )
        return failures
