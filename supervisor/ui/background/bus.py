"""The one application-wide signal: what changed, and who changed it."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from supervisor.models.enums import Topic

THROTTLE_MS = 120


class ChangeBus(QObject):
    """Tells screens which topics changed. Lives in the GUI thread; call it only from there.

    Bursts are gathered: within `THROTTLE_MS` each initiator is heard once with all its topics.

    Signals:
        changed: (frozenset[Topic], initiator or None). None means somebody else's change.
    """

    changed = Signal(object, object)

    def __init__(self, parent: QObject | None = None, *, throttle_ms: int = THROTTLE_MS) -> None:
        super().__init__(parent)
        self._waiting: list[tuple[set[Topic], object]] = []
        self.tells_others = False
        """While screens are told of somebody else's change."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(throttle_ms)
        self._timer.timeout.connect(self.flush)

    def tell(self, topics: Iterable[Topic], initiator: object = None) -> None:
        """Remember that `topics` changed; screens hear of it within the throttle."""
        news = set(topics)
        if not news:
            return
        for waiting, who in self._waiting:
            if who is initiator:
                waiting.update(news)
                break
        else:
            self._waiting.append((news, initiator))
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Tell everything that waits, now."""
        self._timer.stop()
        waiting, self._waiting = self._waiting, []
        for topics, initiator in waiting:
            self.tells_others = initiator is None
            try:
                self.changed.emit(frozenset(topics), initiator)
            finally:
                self.tells_others = False
