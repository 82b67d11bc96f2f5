"""What the frozen program without a console runs.

Windows gives it no output: what stood in the way of the window is said in a box.
"""

import io
import sys


def run() -> None:
    """Open the window; on Windows show in a box why it could not be opened."""
    from supervisor.__main__ import desk  # noqa: PLC0415 - after the output is caught

    desk()


def run_told() -> None:
    """Open the window, keeping what is said for a box."""
    heard = io.StringIO()
    sys.stdout = sys.stderr = heard
    try:
        run()
    except SystemExit as ended:
        # A task that the system started has nobody before the screen.
        by_a_person = len(sys.argv) == 1
        if by_a_person and ended.code not in {None, 0} and heard.getvalue().strip():
            _box(heard.getvalue())
        raise


def _box(text: str) -> None:
    import ctypes  # noqa: PLC0415 - only in trouble

    user32 = getattr(ctypes, "windll").user32  # noqa: B009 - only Windows has it
    user32.MessageBoxW(None, text, "外访催收督导台", 0x10)


if __name__ == "__main__":
    if sys.platform == "win32" and sys.stderr is None:
        run_told()
    else:
        run()
