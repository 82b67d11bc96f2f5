"""Cyclic garbage is collected on the GUI thread only: a widget must not die on a worker."""

import gc

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

SWEEP_MS = 1_000
_FULL_EVERY = 60


class GarbageSweeper(QObject):
    """Turns automatic collection off and sweeps by a timer in the GUI thread.

    What has lived through a full sweep is frozen, so that the next one stays short; what of it
    became garbage since goes when nobody looks at the window.
    """

    def __init__(self, parent: QObject | None = None, *, every_ms: int = SWEEP_MS) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        self._sweeps = 0
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(every_ms)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()

    def settle(self) -> None:
        """After the first window is up: keep what lives now out of later sweeps."""
        gc.collect()
        gc.freeze()

    def sweep(self) -> None:
        """Collect the generations that are due."""
        self._sweeps += 1
        young, middle, _ = gc.get_count()
        limits = gc.get_threshold()
        if self._sweeps % _FULL_EVERY == 0:
            self.sweep_all()
        elif middle > limits[1]:
            gc.collect(1)
        elif young > limits[0]:
            gc.collect(0)

    def sweep_all(self) -> None:
        """A full sweep, over everything there is while the program is in the background."""
        if QGuiApplication.applicationState() != Qt.ApplicationState.ApplicationActive:
            gc.unfreeze()
        gc.collect(2)
        gc.freeze()

    def stop(self) -> None:
        """Sweep no more; garbage stays."""
        self._timer.stop()

    def shut_down(self) -> None:
        """Stop sweeping and give collection back."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_on:
            gc.enable()
