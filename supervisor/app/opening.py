"""The database to work with: chosen, created, upgraded or refused, before there is a window."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from supervisor import credentials, i18n, settings
from supervisor.app.dress import speak
from supervisor.errors import NotAllowedError, SupervisorError
from supervisor.models.aside import attach
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.ui.look.tokens import set_theme
from supervisor.words import sentence_of

T = TypeVar("T")

SCREENLESS = frozenset({Role.AUDITOR, Role.INGEST, Role.WORKER})
"""Logins the server gives nothing any page is made of: they work by commands."""


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


def where_of(database: Database) -> str:
    """What the status bar calls the database."""
    if database.is_sqlite:
        name = Path(database.url.database or "").name
        return i18n.tr("Demo data") if name == settings.DEMO_FILE else i18n.tr(
            "File on this computer: {name}", name=name
        )  # fmt: skip
    hosts = i18n.tr(", ").join(host for host in database.hosts if host)
    if not hosts:  # a server of this computer, reached by a folder
        return i18n.tr("Office server connected")
    return i18n.tr("Office server {host} connected", host=hosts)


def open_chosen(
    app: QApplication, options: DesktopOptions, preferences: settings.Preferences
) -> tuple[Database, settings.Preferences] | None:
    """The database to work with, ready; None when the person left the first start.

    Raises:
        SupervisorError: the world said no.
    """
    address = settings.database_address(options.database, preferences, settings.machine())
    chosen = address.source is not settings.Source.DEFAULT or settings.default_file().exists()
    if chosen:
        return elsewhere(lambda: _server(address.text)), preferences
    return first_start(app, options, preferences)


def _server(address: str) -> Database:
    """The chosen database, ready, with the standby that reports and charts read."""
    database = ready(Database(credentials.completed(address)))
    reads = settings.standby_address(address, settings.machine())
    if reads is not None:
        attach(database, Database(credentials.completed(reads)))
    return database


def ready(database: Database) -> Database:
    """The database created, upgraded or refused, as its kind demands.

    Raises:
        NotAllowedError: the login of an office server is one that has no screens.
    """
    from supervisor.models.migrations import runner  # noqa: PLC0415 - alembic is slow to import

    runner.open_ready(database)
    if database.actor is not None and database.actor.role in SCREENLESS:
        raise NotAllowedError("login_without_screens")
    return database


def elsewhere(work: Callable[[], T]) -> T:
    """Do slow work before there is a runner, off the GUI thread, while windows stay alive."""
    loop, timer = QEventLoop(), QTimer()
    with ThreadPoolExecutor(1, "opening") as pool:
        future = pool.submit(work)
        timer.timeout.connect(lambda: loop.quit() if future.done() else None)
        timer.start(20)
        loop.exec()
    return future.result()


def first_start(
    app: QApplication,
    options: DesktopOptions,
    preferences: settings.Preferences,
    *,
    may_leave: bool = False,
) -> tuple[Database, settings.Preferences] | None:
    """Let the person choose a data source, opened at once; None: the window was left.

    `may_leave`: there is a desk to go back to, by Esc as well.
    """
    from supervisor.ui.shell.first_start import FirstStart  # noqa: PLC0415 - once in a life

    window = FirstStart(str(settings.default_file()), preferences.theme, may_leave=may_leave)
    opened: list[Database] = []
    wanted = [preferences]

    def prepare(path: str, *, demo: bool) -> Database:
        if demo and options.make_demo is not None:
            options.make_demo(path)
        return ready(Database(path))

    def accept(what: str) -> str:
        try:
            path = str(settings.demo_file()) if what == "demo" else what
            opened.append(elsewhere(lambda: prepare(path, demo=what == "demo")))
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
