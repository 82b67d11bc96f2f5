"""An open desktop does the quiet work too: arrivals, and the daily bringing along of balances."""

from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from supervisor.intake.worker import Worker
from supervisor.models.rows.intake import DrainResult
from supervisor.ui.background.desk import Desk
from supervisor.ui.background.runner import Progress

EVERY_MS = 1_000
"""Arrivals are to be seen within two seconds; an idle round is one look at an index."""


class Housekeeper(QObject):
    """Lives in the GUI thread; the work itself runs on the runner's thread for long jobs.

    Signals:
        drained: DrainResult of a round in which something had arrived.
    """

    drained = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = desk.runner
        self._worker = Worker(desk.database, desk.actor)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.work)

    def start(self) -> None:
        """Begin after the first interval, so that the first page comes first."""
        self._timer.start()

    def shut_down(self) -> None:
        """Stop; a round under way ends by itself."""
        self._timer.stop()

    def work(self) -> None:
        """One round now; the next one an interval after its end."""
        self._runner.toil(
            self._round,
            owner=self,
            key="round",
            progress=lambda _done, _of: None,
            then=self._on_done,
            failed=self._on_failed,
        )

    def _round(self, report: Progress, stop: Event) -> DrainResult | None:
        del report, stop
        return self._worker.work()

    def _on_done(self, result: DrainResult | None) -> None:
        if result is not None:
            self.drained.emit(result)
        self._timer.start()

    def _on_failed(self, _error: Exception) -> None:
        # A lost link is told by the pulse; the next round tries again.
        self._timer.start()
