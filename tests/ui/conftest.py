"""Qt fixtures: a dressed application, no SQL on the GUI thread, no thread left behind."""

import gc
import threading
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from sqlalchemy import event
from sqlalchemy.engine import Engine

from supervisor.models.changes import Actor
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.ui.background.bus import ChangeBus
from supervisor.ui.background.desk import Desk, PlainPreferences
from supervisor.ui.look import fonts, style
from supervisor.ui.look.tokens import set_theme
from tests.ui.instant import InstantRunner


@pytest.fixture(scope="session")
def wardrobe(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Typeface and style, put on once: a new style sheet visits every widget alive."""
    with pytest.MonkeyPatch.context() as patch:
        # The sheet names tinted pictures in this folder, which outlives every test.
        patch.setenv("SUPERVISOR_HOME", str(tmp_path_factory.mktemp("wardrobe")))
        fonts.load()
        set_theme("light")
        style.apply(qapp)


@pytest.fixture(autouse=True)
def no_sweep_within_a_test() -> Iterator[None]:
    """As on the desktop, garbage is not collected while events are handled.

    After a test function has returned nobody holds its page, yet it still paints: collected within
    the `paintEvent` of one of its parts it would take that part away.
    """
    before = gc.get_threshold()
    gc.set_threshold(0)
    yield
    gc.set_threshold(*before)


@pytest.fixture(autouse=True)
def dressed(
    qapp: QApplication, wardrobe: None, redirected: None, no_sweep_within_a_test: None
) -> Iterator[None]:
    """The light theme, as the desktop has it; no widget outlives its test.

    What a test leaves is deleted here, on the GUI thread: left to Python's garbage it would die
    later, perhaps on a worker or after the application.
    """
    set_theme("light")
    yield
    for widget in QApplication.topLevelWidgets():
        if shiboken6.isValid(widget):
            widget.close()
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    # Without a screen Qt keeps what was copied until the process has ended, after Python has.
    QApplication.clipboard().clear()
    set_theme("light")


@pytest.fixture(autouse=True)
def sql_guard(qapp: QApplication) -> Iterator[list[str]]:
    """Fails a test whose SQL runs on the GUI thread while events are handled."""
    gui = threading.get_ident()
    caught: list[str] = []

    def on_execute(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if threading.get_ident() == gui and _inside_qt():
            caught.append(statement.split("\n", maxsplit=1)[0][:80])

    event.listen(Engine, "before_cursor_execute", on_execute)
    yield caught
    event.remove(Engine, "before_cursor_execute", on_execute)
    assert not caught, f"SQL on the GUI thread: {caught[:3]}"


def _inside_qt() -> bool:
    """Whether code of the interface is on the stack: tests may prepare data on this thread."""
    import sys

    frame = sys._getframe()
    while frame is not None:
        if "/supervisor/ui/" in frame.f_code.co_filename.replace("\\", "/"):
            return True
        frame = frame.f_back  # type: ignore[assignment]
    return False


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Every thread of ours has ended when a test is over."""
    before = set(threading.enumerate())
    yield
    ours = ("reader", "writer", "toiler", "keeper", "instant")
    left = [t for t in set(threading.enumerate()) - before if t.name.startswith(ours)]
    assert not [thread.name for thread in left if thread.is_alive()]


@pytest.fixture
def actor() -> Actor:
    """A supervisor of every branch."""
    return Actor(name="周督导", role=Role.SUPERVISOR)


@pytest.fixture
def desk(sqlite_database: Database, actor: Actor) -> Iterator[Desk]:
    """A desk whose runner answers before it returns, off the GUI thread."""
    bus = ChangeBus(throttle_ms=0)
    runner = InstantRunner(sqlite_database, bus)
    yield Desk(sqlite_database, runner, bus, actor, PlainPreferences("en", "light"))
    runner.shut_down()
