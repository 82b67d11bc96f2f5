"""The window goes before the work behind it: in the interpreter, and with the scheduler."""

import os
import sys
import threading

SWITCH_S = 0.0005
"""Seconds a worker keeps the interpreter while the window wants it; Python's 5 ms are felt."""
STEP_BACK = 10
"""Niceness of readers on Linux."""
_BELOW_NORMAL = -1


def hand_over_early() -> None:
    """Let the window have the interpreter sooner; for the whole process."""
    sys.setswitchinterval(SWITCH_S)


def step_back() -> None:
    """Run this thread behind the window's. Only a wish: a system that refuses is no trouble."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only there

        kernel = ctypes.windll.kernel32
        kernel.SetThreadPriority(kernel.GetCurrentThread(), _BELOW_NORMAL)
    elif sys.platform == "linux":
        try:
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), STEP_BACK)
        except OSError:
            return
