"""Where the program starts: a command line, or without a command the window."""

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import ModuleType

from supervisor import clock
from supervisor.cli import display
from supervisor.cli.doors import Exit, QtMissingError, ShotOptions
from supervisor.intake import workbook_child
from supervisor.intake.workbook_child import CHILD_COMMAND


class Desktop:
    """What only the desktop can do, imported when it is asked for."""

    def load(self) -> None:
        """Load Qt."""
        _app()

    def desk(self, address: str | None, language: str | None, as_of: date | None) -> int:
        """Open the window; `as_of` fixes the clock of the whole process."""
        app = _app()
        if as_of is not None:
            os.environ[clock.ENVIRONMENT_VARIABLE] = as_of.isoformat()
        options = app.DesktopOptions(database=address, lang=language, make_demo=_make_demo)
        return int(app.run_desktop(options))

    def shots(self, address: str, folder: Path, wanted: ShotOptions) -> int:
        """Render every screen; the names of the files go to stdout."""
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        app = _app()
        from supervisor.models.database import Database

        paths = app.render_shots(
            folder,
            Database(address),
            lang=wanted.language or "zh_CN",
            theme=wanted.theme or "light",
            size=(wanted.width, wanted.height),
            scale=wanted.scale,
            only=wanted.only,
        )
        for path in () if wanted.only else paths:
            print(path)  # noqa: T201 - data for the caller
        return Exit.DONE

    def self_test(self) -> Sequence[str]:
        """Load everything once."""
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        return list(_app().self_test())


def _app() -> ModuleType:
    """The composition root.

    Raises:
        QtMissingError: Qt's own libraries cannot be loaded; anything else is our bug.
    """
    with _unswept():
        # Qt's bindings read the source of every module that is imported after them.
        _load_core()
        try:
            import PySide6.QtWidgets  # noqa: F401 - only whether it loads
        except (ImportError, OSError) as error:
            raise QtMissingError from error
        from supervisor import app

    return app


def _load_core() -> None:
    """What the window and its first page ask."""
    from supervisor.models import database  # noqa: F401 - loaded for those who come later
    from supervisor.models.queries import case_queue, demo, saved_views  # noqa: F401 - as above


@contextmanager
def _unswept() -> Iterator[None]:
    """Modules live as long as the program: nothing in them is garbage, nor ever looked through."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def _make_demo(path: str) -> None:
    from supervisor.intake.demo import create_demo

    create_demo(path)


def _become_reader() -> None:
    """Be the process that reads workbooks, when the frozen program calls itself as that."""
    if sys.argv[1:2] == [CHILD_COMMAND]:
        sys.exit(workbook_child.main(sys.argv[2:]))


def _command(arguments: Sequence[str]) -> int:
    from supervisor.cli.frame import run
    from supervisor.cli.main import supervisor

    return run(supervisor, arguments, Desktop())


def _window() -> int:
    """Open the window without the command line, which is asked to tell what stands in the way."""
    if not _may_open():
        return _command([])
    try:
        return Desktop().desk(None, None, None)
    except QtMissingError:
        return _command([])
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - it becomes a sentence
        from supervisor.cli.frame import told_of_window

        return told_of_window(error)


def _may_open() -> bool:
    try:
        clock.now()
        return display.can_open()
    except (ValueError, QtMissingError):
        return False


def main() -> None:
    """Entry point `supervisor`."""
    _become_reader()
    arguments = sys.argv[1:]
    sys.exit(_command(arguments) if arguments else _window())


def desk() -> None:
    """Entry point without a console: the window, or a command of a task that nobody watches."""
    main()


if __name__ == "__main__":
    main()
