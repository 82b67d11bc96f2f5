"""An open desktop does the quiet work too: arrivals, and the daily bringing along of balances."""

from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from supervisor.models.enums import Role
from supervisor.ui.background.desk import Desk
from supervisor.ui.background.runner import Progress

if TYPE_CHECKING:
    from supervisor.intake.worker import Round, Worker

EVERY_MS = 500
"""Arrivals are to be seen within two seconds, also on a busy machine; an idle round is a few looks
at indexes, some 3 ms."""
BUSY_MS = 100
"""While there is more to do; the window needs the interpreter in between."""
FIRST_MS = 4_000
"""The first round loads rules and words; the first page is to stand before that."""


class Housekeeper(QObject):
    """Lives in the GUI thread; the work itself runs on the runner's thread for long jobs.

    Signals:
        drained: DrainResult of a round in which something had arrived.
        worked: a round got something done; screens are to hear of it at once.
    """

    drained = Signal(object)
    worked = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = desk.runner
        self._database, self._actor = desk.database, desk.actor
        person = desk.database.actor
        self._has_rights = person is None or person.role is Role.WORKER
        self._worker: Worker | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.work)

    def start(self) -> None:
        """Begin after a while, so that the first page comes first.

        In an office the work is a service's (`supervisor work`): people may not do it.
        """
        if self._has_rights:
            self._timer.start(FIRST_MS)

    def shut_down(self) -> None:
        """Stop; a round under way ends by itself."""
        self._timer.stop()

    def work(self) -> None:
        """One round now; the next one an interval after its end.

        The first one waits as long as a page waits for answers.
        """
        if self._worker is None and self._runner.waiting:
            self._timer.start(EVERY_MS)
            return
        self._runner.toil(
            self._round,
            owner=self,
            key="round",
            progress=lambda _done, _of: None,
            then=self._on_done,
            failed=self._on_failed,
        )

    def _round(self, report: Progress, stop: Event) -> "Round":
        del report, stop
        if self._worker is None:
            from supervisor.intake.worker import Worker  # noqa: PLC0415 - after the first page

            self._worker = Worker(self._database, self._actor)
        return self._worker.work()

    def _on_done(self, done: "Round") -> None:
        if done.drained is not None:
            self.drained.emit(done.drained)
        if done.busy:
            self.worked.emit()
        self._timer.start(BUSY_MS if done.busy else EVERY_MS)

    def _on_failed(self, _error: Exception) -> None:
        # A lost link is told by the pulse; the next round tries again.
        self._timer.start(EVERY_MS)
