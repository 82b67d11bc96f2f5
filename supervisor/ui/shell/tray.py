"""The sign beside the clock: what is due, late or to be called back, in counts and never names.

Off where the desktop has no such place, and where the person does not want it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from supervisor import clock
from supervisor.i18n import ntr, tr
from supervisor.models.enums import QueueReason, Topic
from supervisor.ui.background.desk import Desk
from supervisor.ui.look import icons

if TYPE_CHECKING:
    from supervisor.models.changes import Actor

EVERY_MS = 10 * 60_000
"""Things become due and late without anybody changing them."""
FIRST_MS = 8_000
"""The first page and what waits for it come first."""
TOPICS = frozenset({Topic.FLAGS, Topic.CASES, Topic.PLANS, Topic.IMPORTS})


@dataclass(frozen=True, slots=True)
class TrayCounts:
    """Steps still due by this evening, flags and steps past their time, visits to call back."""

    due: int = 0
    late: int = 0
    recalls: int = 0

    def exceeds(self, other: "TrayCounts") -> bool:
        """Whether any of them grew."""
        return self.due > other.due or self.late > other.late or self.recalls > other.recalls

    @property
    def any(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.due or self.late or self.recalls)


def tray_counts(session: Any, actor: "Actor") -> TrayCounts:
    """The counts of the branches the person may see; a question for the runner."""
    # After the first page.
    from supervisor.models.queries import case_queue  # noqa: PLC0415
    from supervisor.models.queries.incidents import incident_counts  # noqa: PLC0415
    from supervisor.models.rows.case_queue import CaseQueueFilter, QueueRequest  # noqa: PLC0415
    from supervisor.models.rows.incidents import IncidentFilter  # noqa: PLC0415

    today, now = clock.today(), clock.now()
    flags = incident_counts(session, IncidentFilter(today, now, allowed=actor.branches))
    wanted = CaseQueueFilter(today, now, reasons=frozenset({QueueReason.RECALL}))
    recalls = case_queue.count(session, QueueRequest(wanted, actor.branches))
    due = max(0, flags.steps_today - flags.steps_late)
    return TrayCounts(due, flags.late + flags.steps_late, recalls)


def tray_text(counts: TrayCounts) -> str:
    """The counts in words; empty when there is nothing."""
    parts = []
    if counts.recalls:
        parts.append(ntr("{n} visit to recall", "{n} visits to recall", counts.recalls))
    if counts.late:
        parts.append(ntr("{n} item late", "{n} items late", counts.late))
    if counts.due:
        parts.append(ntr("{n} follow-up due today", "{n} follow-ups due today", counts.due))
    return " · ".join(parts)


class Sign(Protocol):
    """The icon beside the clock as far as it is used."""

    def show(self) -> None:
        """Show it."""

    def hide(self) -> None:
        """Hide it."""

    def say(self, title: str, text: str) -> None:
        """Show a message for a while."""

    def tell(self, text: str) -> None:
        """What it says when pointed at."""


class SystemSign(QSystemTrayIcon):
    """The system's own."""

    def __init__(self, opened: Callable[[], object], parent: QObject) -> None:
        super().__init__(icons.icon("shield-alert", "accent"), parent)
        self.activated.connect(lambda _why: opened())
        self.messageClicked.connect(opened)

    def say(self, title: str, text: str) -> None:
        """A message of the system; it goes by itself."""
        self.showMessage(title, text, self.icon())

    def tell(self, text: str) -> None:
        """The tooltip."""
        self.setToolTip(text)


MakeSign = Callable[[Callable[[], object], QObject], "Sign | None"]


def system_sign(opened: Callable[[], object], parent: QObject) -> Sign | None:
    """The system's icon; None where the desktop has no place for it."""
    return SystemSign(opened, parent) if QSystemTrayIcon.isSystemTrayAvailable() else None


class Tray(QObject):
    """Counts now and then, and says it when something was added and nobody looks at the window.

    Signals:
        opened: the person clicked; which page should be shown ("case_queue" or "incidents").
    """

    opened = Signal(str)

    def __init__(self, desk: Desk, window: QWidget, make: MakeSign = system_sign) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._told = self.counts = TrayCounts()
        self._started = False
        self._sign = make(self._on_click, self)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.ask)
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.setInterval(FIRST_MS)
        self._first.timeout.connect(self.begin)
        desk.bus.changed.connect(self._on_bus)

    @property
    def wanted(self) -> bool:
        """Whether there is a place for it and the person wants it."""
        return self._sign is not None and self._desk.preferences.tray_reminders

    def start(self) -> None:
        """Begin after a while."""
        self._first.start()

    def begin(self) -> None:
        """Begin now, where it is wanted."""
        self._started = True
        self.follow()

    def follow(self) -> None:
        """The preference may be another one: appear, or go away."""
        if self._sign is None or not self._started:
            return
        if self.wanted:
            self._sign.show()
            self._timer.start()
            self.ask()
        else:
            self._sign.hide()
            self._timer.stop()
            self._told = TrayCounts()

    def shut_down(self) -> None:
        """Take it away; nothing is asked any more."""
        self._first.stop()
        self._timer.stop()
        self._started = False
        if self._sign is not None:
            self._sign.hide()

    def ask(self) -> None:
        """Count anew."""
        self._desk.runner.ask(
            partial(self._desk.database.read, tray_counts, self._desk.actor),
            owner=self,
            key="tray",
            then=self._on_counts,
            # The window says what is wrong with the database; here a count is only missing.
            failed=lambda _error: None,
        )

    def _on_counts(self, counts: TrayCounts) -> None:
        self.counts = counts
        if self._sign is None or not self.wanted:
            return
        name = tr("Field collection desk")
        self._sign.tell("\n".join(part for part in (name, tray_text(counts)) if part))
        if counts.exceeds(self._told) and not self._window.isActiveWindow():
            self._sign.say(name, tray_text(counts))
        self._told = counts

    def _on_click(self) -> None:
        window = self._window
        window.showNormal() if window.isMinimized() else window.show()
        window.raise_()
        window.activateWindow()
        if self.counts.any:
            self.opened.emit("case_queue" if self.counts.recalls else "incidents")

    def _on_bus(self, topics: frozenset[Topic], _initiator: object) -> None:
        if self._started and self.wanted and topics & TOPICS:
            self.ask()


def place_of(page_id: str) -> object:
    """What the page is to show after a click: the recall list, or the flags as they are."""
    return {"view": "recall"} if page_id == "case_queue" else None
