"""Notices when the GUI thread was away, and keeps the pauses for the benchmark."""

import logging
from collections import deque
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer

TICK_MS = 50
STALL_MS = 150
_LOG = logging.getLogger(__name__)


class StallWatch(QObject):
    """Measures by a precise timer in the GUI thread how late the event loop comes round.

    Attributes:
        stalls: the last pauses over `STALL_MS`, in milliseconds.
    """

    def __init__(self, parent: QObject | None = None, *, tick_ms: int = TICK_MS) -> None:
        super().__init__(parent)
        self.stalls: deque[float] = deque(maxlen=200)
        self._tick_ms = tick_ms
        self._last = perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(tick_ms)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = perf_counter()
        away = (now - self._last) * 1000 - self._tick_ms
        self._last = now
        if away > STALL_MS:
            self.stalls.append(away)
            _LOG.warning("the interface thread was away for %d ms", round(away))

    def shut_down(self) -> None:
        """Stop watching."""
        self._timer.stop()
