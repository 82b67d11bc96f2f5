"""Other people's changes: a look at the revision numbers that feeds the same bus.

Where the server tells at once that somebody wrote (`models.notices`), the look follows its word and
the timer only makes sure that nothing was missed.
"""

from collections import Counter
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from supervisor.models.enums import Topic
from supervisor.ui.background.bus import ChangeBus
from supervisor.ui.background.runner import TaskRunner

EVERY_MS = 500
"""What another process took in is to be seen two seconds after it arrived, its own look at the
inbox, the judging and the screen's question included; a look reads one small table."""
HEARING_MS = 5_000
"""The pause between two looks while the server tells of changes by itself."""
BREATH_MS = 250
"""The pause between two looks where others write without one: each look gets its answer."""
Revisions = Mapping[Topic, int]


class Pulse(QObject):
    """Asks for revisions by a timer; what others bumped is told to the bus.

    Signals:
        reached: the database answered.
        lost: the database did not answer (Exception).
    """

    reached = Signal()
    lost = Signal(Exception)

    def __init__(
        self,
        runner: TaskRunner,
        bus: ChangeBus,
        revisions: Callable[[], Revisions],
        *,
        every_ms: int = EVERY_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._bus = bus
        self._revisions = revisions
        self._known: dict[Topic, int] | None = None
        self._own: Counter[Topic] = Counter()
        bus.changed.connect(self._on_changed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._every_ms = self._pause_ms = every_ms
        self._timer.timeout.connect(self.look)
        self._started = self._looking = self._again = False

    def start(self) -> None:
        """Take the present revisions as known and look again an interval after each answer."""
        self._started = True
        self.look()

    def look(self) -> None:
        """Ask once: now, or soon after the answer that is on its way.

        A question asked anew is answered anew: under steady news none would ever be answered.
        """
        if self._looking:
            self._again = True
            return
        self._looking = True
        self._runner.ask(
            self._revisions,
            owner=self,
            key="revisions",
            then=self._on_found,
            failed=self._on_failed,
        )

    def hear(self, hearing: bool) -> None:  # noqa: FBT001 - a state, told by a signal
        """Somebody wrote, or we hear again (look at once); False: nothing is told any more."""
        self._pause_ms = HEARING_MS if hearing else self._every_ms
        if not self._started:
            return
        if hearing:
            self.look()
        else:
            self._timer.start(self._pause_ms)

    def shut_down(self) -> None:
        """Stop looking."""
        self._started = False
        self._timer.stop()

    def _rest(self) -> None:
        # After the answer: looks at a slow database must not queue up before the readers.
        if self._started:
            self._timer.start(min(BREATH_MS, self._pause_ms) if self._again else self._pause_ms)
        self._looking = self._again = False

    def _on_failed(self, error: Exception) -> None:
        self._rest()
        self.lost.emit(error)

    def _on_changed(self, topics: frozenset[Topic], initiator: object) -> None:
        # Our own write bumps each of its topics once; the next look must not call it news.
        if initiator is not None:
            self._own.update(topics)

    def _on_found(self, revisions: Revisions) -> None:
        self._rest()
        self.reached.emit()
        before, self._known = self._known, dict(revisions)
        if before is None:
            self._own.clear()
            return
        news = set()
        for topic, number in revisions.items():
            moved = number - before.get(topic, 0)
            own = min(moved, self._own[topic])
            self._own[topic] -= own
            if moved > own:
                news.add(topic)
        self._bus.tell(news)
