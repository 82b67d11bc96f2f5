"""Nobody is at the desk: what was revealed is masked when the screen locks or no hand moves.

Watches only while something is revealed; otherwise no event passes through here.
"""

import os
import sys

from PySide6.QtCore import SLOT, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

HANDS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)
"""What only a person does. It reaches us only while one of our windows is in front."""

MINUTE_MS = 60_000


class AwayWatch(QObject):
    """Lives with the window.

    Signals:
        away: the screen was locked, or nobody touched the program for the minutes given.
    """

    away = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._lock: QObject | None = None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.tell)

    @property
    def watches(self) -> bool:
        """Whether something is revealed and watched over."""
        return self._idle.isActive()

    def start(self, minutes: int) -> None:
        """Something was revealed."""
        app = QApplication.instance()
        if app is not None and not self.watches:
            app.installEventFilter(self)
        if self._lock is None:
            self._lock = lock_of_system(self._window, self)
        self._idle.start(minutes * MINUTE_MS)

    def stop(self) -> None:
        """Everything is masked."""
        self._idle.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    @Slot()
    def tell(self) -> None:
        """Nobody is there."""
        self.away.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A hand moved: the minutes start again. Nothing is kept from anybody."""
        del watched
        if event.type() in HANDS and self.watches:
            self._idle.start()
        return False


def lock_of_system(window: QWidget, watch: AwayWatch) -> QObject | None:
    """What hears the screen being locked, where the system can tell; it calls `watch.tell`."""
    if sys.platform == "win32":
        from supervisor.ui.shell.away_windows import SessionLock  # noqa: PLC0415 - only there

        return SessionLock(window, watch)
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return ScreenSaver(watch)
    return None


class ScreenSaver(QObject):
    """Desktops that follow freedesktop.org tell on the session bus that the screen is covered."""

    def __init__(self, watch: AwayWatch) -> None:
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 - once something is revealed

        super().__init__(watch)
        self._watch = watch
        bus = QDBusConnection.sessionBus()
        if bus.isConnected():
            for name in ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"):
                bus.connect("", "", name, "ActiveChanged", self, SLOT("on_active(bool)").encode())

    @Slot(bool)
    def on_active(self, active: bool) -> None:  # noqa: FBT001 - a Qt slot
        """The screen is covered (True) or free again."""
        if active:
            self._watch.tell()
