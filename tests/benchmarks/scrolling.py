"""Pauses of the GUI thread while the real queue page is scrolled, garbage collection included.

The page reads through real worker threads. A timer of no length turns the event loop; what lies
between two turns is a pause. The list is moved by wheel-sized steps, then by jumps.
"""

import argparse
import gc
import os
from time import perf_counter
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QTableView

from supervisor.models.database import Database
from supervisor.ui.background.bus import ChangeBus
from supervisor.ui.background.desk import Desk, PlainPreferences
from supervisor.ui.background.garbage import GarbageSweeper
from supervisor.ui.background.runner import TaskRunner
from tests.benchmarks.timing import percentile
from tests.factories import an_actor

STEPS = 1_500
JUMP_EVERY = 50
EVERY_MS = 8
FIRST_ROWS_WITHIN = 60.0


class Scroller(QObject):
    """Moves the list and notes every turn of the event loop."""

    def __init__(self, view: QTableView, application: QApplication) -> None:
        super().__init__()
        self.view, self.application = view, application
        self.pauses: list[float] = []
        self._steps = 0
        self._last = perf_counter()
        self._turns = QTimer(self)
        self._turns.timeout.connect(self._turn)
        self._mover = QTimer(self)
        self._mover.timeout.connect(self._move)

    def start(self) -> None:
        self._last = perf_counter()
        self._turns.start(0)
        self._mover.start(EVERY_MS)

    def _turn(self) -> None:
        now = perf_counter()
        self.pauses.append((now - self._last) * 1000)
        self._last = now

    def _move(self) -> None:
        self._steps += 1
        bar = self.view.verticalScrollBar()
        if self._steps % JUMP_EVERY == 0:
            bar.setValue(bar.maximum() * (self._steps * 7919 % 100) // 100)
        else:
            bar.setValue(bar.value() + 3 * bar.singleStep())
        if self._steps >= STEPS:
            self._turns.stop()
            self._mover.stop()
            self.application.quit()


def measure(database: Database) -> dict[str, Any]:
    """Pauses in ms: p99 over the turns that did something (1 ms and more), and the longest."""
    from supervisor import i18n
    from supervisor.ui.look import fonts
    from supervisor.ui.pages.case_queue.page import CaseQueuePage

    application = QApplication.instance() or QApplication([])
    i18n.set_language("zh_CN")
    fonts.load()
    bus = ChangeBus()
    runner = TaskRunner(database, bus)
    sweeper = GarbageSweeper()
    page = CaseQueuePage(Desk(database, runner, bus, an_actor(), PlainPreferences()))
    page.resize(1440, 900)
    page.show()
    page.activate()
    view = page.table.findChild(QTableView)
    begun = perf_counter()
    while page.presenter.totals is None and perf_counter() - begun < FIRST_ROWS_WITHIN:
        application.processEvents()
    rows = page.model.rowCount()
    sweeper.settle()
    scroller = Scroller(view, application)
    QTimer.singleShot(0, scroller.start)
    application.exec()
    page.close()
    runner.shut_down()
    sweeper.shut_down()
    gc.collect()
    busy = [pause for pause in scroller.pauses if pause >= 1.0]
    return {
        "rows": rows,
        "turns": len(scroller.pauses),
        "busy_turns": len(busy),
        "p99_ms": round(percentile(busy or [0.0], 0.99), 2),
        "longest_ms": round(max(scroller.pauses), 1),
    }


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Only the scrolling, over an existing database."""
    database = Database(options.database)
    try:
        return measure(database)
    finally:
        database.close()
