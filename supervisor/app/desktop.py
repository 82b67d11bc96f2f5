"""Everything that lives while the window is open."""

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from supervisor import credentials, i18n, paths, settings
from supervisor.app.dress import speak
from supervisor.app.opening import DesktopOptions, first_start, where_of
from supervisor.errors import ExpectedError
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
from supervisor.ui.look.tokens import set_theme
from supervisor.ui.shell.main_window import MainWindow
from supervisor.ui.shell.tray import Tray, place_of
from supervisor.ui.shell.whereabouts import whereabouts

if TYPE_CHECKING:
    from supervisor.ui.shell.program_watch import ProgramWatch

LISTEN_AFTER_MS = 3_000
"""The first page needs the processor more than other people's news."""
DRAFTS_AFTER_MS = 2_000
"""The first page comes before what was left half-written."""
SIGN_IN_AFTER_MS = 2_500
"""As above."""
ICON_AFTER_MS = 2_000
"""A frozen program has its icon from its file; windows get theirs when the first page is there."""
PROGRAM_AFTER_MS = 4_000
"""Nobody needs a newer version before the first page."""


def sit_down(database: Database, preferences: settings.Preferences) -> Desk:
    """A desk over an open database."""
    bus = ChangeBus()
    actor = database.actor or Actor(name=_person(), role=Role(preferences.role))
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
        self.program: ProgramWatch | None = None
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
        QTimer.singleShot(ICON_AFTER_MS, self.window, self.wear_icon)
        if self.keeps_house:
            QTimer.singleShot(SIGN_IN_AFTER_MS, self.window, self.sign_in)
        QTimer.singleShot(PROGRAM_AFTER_MS, self.window, self.watch_program)
        if not self.database.is_sqlite:
            QTimer.singleShot(LISTEN_AFTER_MS, self.window, self._listen)

    def _listen(self) -> None:
        from supervisor.models.notices import listen  # noqa: PLC0415 - after the first page

        self.desk.runner.overhear(partial(listen, self.database), self.pulse.hear)

    def sign_in(self) -> None:
        """The audit learns who sat down; where it cannot, work goes on."""
        database, actor = self.database, self.desk.actor

        def tell(_progress: object, _stop: object) -> None:
            from supervisor.models.commands.sign_in import (  # noqa: PLC0415 - after the first page
                record_sign_in,
            )

            with suppress(ExpectedError):
                record_sign_in(database, actor)

        self.desk.runner.toil(
            tell,
            owner=self.window,
            key="sign_in",
            progress=lambda _done, _of: None,
            then=lambda _nothing: None,
            failed=_raise,
        )

    def wear_icon(self) -> None:
        """The program's icon on every window of it."""
        from supervisor.ui.look.program_icon import program_icon  # noqa: PLC0415 - as above

        self.app.setWindowIcon(program_icon())

    def watch_program(self) -> None:
        """From now on the foot of the window tells of a newer version of the program."""
        from supervisor.ui.shell.program_watch import (  # noqa: PLC0415 - after the first page
            ProgramWatch,
        )

        self.program = ProgramWatch(self.desk, self.window.status, self.window)

    def _read_drafts(self) -> None:
        self.desk.runner.keep(
            self.desk.drafts.load,
            owner=self.window,
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
        seen = self.preferences.tour_seen or self.window.guidance.was_shown
        known = replace(self.preferences, tour_seen=seen)
        chosen = first_start(self.app, self.options, known, may_leave=True)
        if chosen is None:
            return
        database, preferences = chosen
        database.close()
        self.prefer(preferences)
        self.window.retranslate()
        self.window.stack.call("activate")
        self.window.say(i18n.tr("The other data source opens at the next start."), "info")

    def prefer(self, preferences: settings.Preferences) -> None:
        """Changed preferences take hold at once."""
        self.preferences = preferences
        self.desk.preferences = preferences
        if self.database.actor is None:
            self.desk.actor = replace(self.desk.actor, role=Role(preferences.role))
        self.window.prefer()
        self.tray.follow()
        set_theme(preferences.theme)
        if preferences.language != i18n.language():
            speak(self.app, preferences.language)
            self.window.retranslate()
            if self.program is not None:
                self.program.tell()
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


def _raise(error: Exception) -> None:
    raise error
