"""What the packaged program checks about itself; every check returns sentences of failure."""

import importlib
import pkgutil
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

import supervisor
from supervisor.manual.checking import faults
from supervisor.ui.look import fonts, icons, style, tokens
from supervisor.ui.look.program_icon import program_icon
from supervisor.ui.shell.main_window import MainWindow
from supervisor.ui.shell.registry import ENTRIES
from supervisor.ui.shell.shots import settle


class OpenDesktop(Protocol):
    """A desktop as far as the check needs it."""

    window: MainWindow

    def close(self) -> None:
        """Stop every thread."""


class Tried(Protocol):
    """Runs work; a failure as a line."""

    def __call__(self, what: str, work: Callable[[], Any]) -> list[str]:
        """Lines of failure; none when it worked."""


def tried(what: str, work: Callable[[], Any]) -> list[str]:
    """Run `work`; a failure as a line."""
    try:
        work()
    except Exception as error:  # noqa: BLE001 - a self-test reports whatever fails
        return [f"{what}: {type(error).__name__}"]
    return []


def look() -> list[str]:
    """Every face, icon and theme."""
    failures = [f"font {face}" for face in fonts.load(fonts.FACES)]
    own = program_icon().pixmap(16).toImage()
    drawn = not own.isNull() and own.pixelColor(own.rect().center()).alpha()
    failures += [] if drawn else ["program icon"]
    names = icons.names()
    failures += [] if names else ["icons: none"]
    for name in names:
        failures += [f"icon {name}"] if icons.pixmap(name).isNull() else []
    for theme in (tokens.LIGHT, tokens.DARK):
        failures += tried(f"theme {theme.name}", partial(style.style_sheet, theme))
    return failures


def help_texts() -> list[str]:
    """Every topic of the help in both languages, and where every link in them leads."""
    return faults(frozenset(entry.page_id for entry in ENTRIES))


FOREIGN = (
    "ahocorasick_rs",
    "alembic.command",
    "cryptography.fernet",
    "keyring",
    "numpy",
    "psycopg",
    "pypdfium2",
    "pypinyin",
    "pyqtgraph",
    "python_calamine",
    "reportlab.platypus",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "xlsxwriter",
)
"""What is imported late, so that a package without it would start all the same."""
BY_ALEMBIC_ALONE = "supervisor.models.migrations.env"


def modules() -> list[str]:
    """Every module of ours can be loaded, and every library that is loaded late."""
    own = {module.name for module in pkgutil.walk_packages(supervisor.__path__, "supervisor.")}
    failures = [] if own else ["modules: none"]
    for name in (*FOREIGN, *sorted(own - {BY_ALEMBIC_ALONE})):
        failures += tried(name, partial(importlib.import_module, name))
    return failures


def every_page(make: Callable[[], OpenDesktop]) -> list[str]:
    """Every page opens on the database and asks its queries without an unexpected error."""
    failures: list[str] = []
    desktop = make()
    try:
        for entry in desktop.window.entries:
            failures += tried(
                f"page {entry.page_id}", partial(desktop.window.show_page, entry.page_id)
            )
            settle(desktop.window.desk.runner)
            failures += _trouble(entry.page_id, desktop.window.page)
    finally:
        desktop.close()
    return failures


def _trouble(page_id: str, page: QWidget | None) -> list[str]:
    told = getattr(page, "trouble_text", None)
    words = told() if callable(told) else ""
    return [f"page {page_id}: {words}"] if words else []
