"""Where the program starts: a command line, or without a command the window."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from supervisor.cli.frame import Exit, ShotOptions, run
from supervisor.cli.main import supervisor


class Desktop:
    """What only the desktop can do, imported when it is asked for."""

    def desk(self, address: str, as_of: date | None) -> int:
        """Open the window on a database."""
        del as_of
        from supervisor import app

        return app.run_desktop(app.DesktopOptions(database=address, make_demo=_make_demo))

    def shots(self, address: str, folder: Path, wanted: ShotOptions) -> int:
        """Render every screen; the names of the files go to stdout."""
        import os

        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from supervisor import app
        from supervisor.models.database import Database

        paths = app.render_shots(
            folder,
            Database(address),
            lang=wanted.language or "zh_CN",
            theme=wanted.theme or "light",
            size=(wanted.width, wanted.height),
            scale=wanted.scale,
        )
        for path in paths:
            print(path)  # noqa: T201 - data for the caller
        return Exit.DONE

    def self_test(self) -> Sequence[str]:
        """Load everything once."""
        import os

        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from supervisor import app

        return app.self_test()


def _make_demo(path: str) -> None:
    from supervisor.intake.demo import create_demo

    create_demo(path)


def main() -> None:
    """Entry point `supervisor`."""
    if len(sys.argv) == 1:
        desk()
    sys.exit(run(supervisor, sys.argv[1:], Desktop()))


def desk() -> None:
    """Entry point without a console: the window, on whatever database was chosen."""
    from supervisor import app

    sys.exit(app.run_desktop(app.DesktopOptions(make_demo=_make_demo)))


if __name__ == "__main__":
    main()
