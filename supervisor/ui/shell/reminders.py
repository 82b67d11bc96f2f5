"""What waits among the flags, in counts: for the badge of the rail and the foot of the window."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from supervisor import clock
from supervisor.i18n import ntr
from supervisor.models.enums import Topic
from supervisor.ui.background.desk import Desk

if TYPE_CHECKING:
    from supervisor.models.changes import Actor
    from supervisor.models.rows.incidents import IncidentCounts

TOPICS = frozenset({Topic.FLAGS, Topic.VISITS, Topic.IMPORTS})


class Reminders(QObject):
    """Counts only, never names. Asks when the window knows its data, and when flags change.

    Signals:
        counted: the counts (IncidentCounts).
    """

    counted = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = False
        self._known: IncidentCounts | None = None
        self._waits = False
        desk.bus.changed.connect(self._on_bus)
        desk.runner.busy_changed.connect(self._on_busy)

    def ask(self) -> None:
        """Count anew; the first time not before the page in front has its answers."""
        self._waits = self._known is None and bool(self._desk.runner.waiting)
        if self._waits:
            return
        self._asked = True
        actor = self._desk.actor
        database = self._desk.database
        self._desk.runner.ask(
            lambda: database.read(_counts, actor),
            owner=self,
            key="counts",
            then=self._on_counts,
            # The pages say what is wrong with the database; here a count is only missing.
            failed=lambda _error: None,
        )

    def tell(self) -> None:
        """Say what is known again: words changed."""
        if self._known is not None:
            self.counted.emit(self._known)

    def _on_counts(self, counts: "IncidentCounts") -> None:
        self._known = counts
        self.counted.emit(counts)

    def _on_busy(self, waiting: int) -> None:
        if self._waits and not waiting:
            # An answer is often followed by the next question: look again when it has been heard.
            QTimer.singleShot(0, self, self.ask)

    def _on_bus(self, topics: frozenset[Topic], _initiator: object) -> None:
        if self._asked and topics & TOPICS:
            self.ask()


def _counts(session: Any, actor: "Actor") -> "IncidentCounts":
    # Not for the first page.
    from supervisor.models.queries.incidents import incident_counts  # noqa: PLC0415
    from supervisor.models.rows.incidents import IncidentFilter  # noqa: PLC0415

    wanted = IncidentFilter(clock.today(), clock.now(), allowed=actor.branches)
    return incident_counts(session, wanted)


def reminder_text(counts: "IncidentCounts") -> str:
    """What the foot of the window says; empty when nothing is late or serious."""
    parts = []
    if counts.critical_new:
        parts.append(
            ntr("{n} serious flag to look at", "{n} serious flags to look at", counts.critical_new)
        )
    late = counts.late
    if late:
        parts.append(ntr("{n} flag late", "{n} flags late", late))
    return " · ".join(parts)
