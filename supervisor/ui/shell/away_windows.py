"""Windows tells a window that asked for it that its session was locked. Only on Windows."""

import ctypes
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QObject
from PySide6.QtWidgets import QApplication, QWidget

WM_WTSSESSION_CHANGE = 0x02B1
LOCKED = frozenset({0x7, 0x2, 0x4})
"""WTS_SESSION_LOCK, and the session leaving the console or the remote desk."""


def says_locked(message: int, what: int) -> bool:
    """Whether a window message tells that nobody sees this session any more."""
    return message == WM_WTSSESSION_CHANGE and what in LOCKED


class SessionLock(QObject):
    """Asks for the messages and listens while the window lives."""

    def __init__(self, window: QWidget, watch: Any) -> None:
        super().__init__(watch)
        self._listener = _Listener(watch.tell)
        self._handle = int(window.winId())
        wts = ctypes.WinDLL("wtsapi32")  # type: ignore[attr-defined,unused-ignore]
        wts.WTSRegisterSessionNotification(wintypes.HWND(self._handle), 0)
        app = QApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self._listener)


class _Listener(QAbstractNativeEventFilter):
    def __init__(self, tell: Any) -> None:
        super().__init__()
        self._tell = tell

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        del kind
        found = wintypes.MSG.from_address(int(message))
        if says_locked(found.message, found.wParam):
            self._tell()
        return False, 0
