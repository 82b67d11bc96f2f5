"""Pauses of the GUI thread while the real queue page is scrolled, garbage collection included.

The page reads through real worker threads. A timer of 1 ms turns the event loop; what lies between
two turns beyond that is a pause. The list is moved by wheel-sized steps, then by jumps.
"""

import argparse
import gc
import os
from time import perf_counter, thread_time
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QTableView

from supervisor.models.database import Database
from supervisor.ui.background.bus import ChangeBus
from supervisor.ui.background.desk import Desk, PlainPreferences
from supervisor.ui.background.garbage import GarbageSweeper
from supervisor.ui.background.precedence import hand_over_early
from supervisor.ui.background.runner import TaskRunner
from tests.benchmarks.signing_in import opened, who_asks
from tests.benchmarks.timing import on_cpu_and_waiting, peak_mb, percentile

STEPS = 1_500
JUMP_EVERY = 50
EVERY_MS = 8
TURN_MS = 1
FIRST_ROWS_WITHIN = 60.0


class Scroller(QObject):
    """Moves the list and notes every turn of the event loop."""

    def __init__(self, view: QTableView, application: QCoreApplication) -> None:
        super().__init__()
        self.view, self.application = view, application
        self.pauses: list[float] = []
        self.unhindered: list[float] = []
        self.own: list[float] = []
        self._steps = 0
        self._last, self._ran, self._waited = self._now()
        self._turns = QTimer(self)
        self._turns.setTimerType(Qt.TimerType.PreciseTimer)
        self._turns.timeout.connect(self._turn)
        self._mover = QTimer(self)
        self._mover.timeout.connect(self._move)

    def start(self) -> None:
        self._last, self._ran, self._waited = self._now()
        self._turns.start(TURN_MS)
        self._mover.start(EVERY_MS)

    @staticmethod
    def _now() -> tuple[float, float, float]:
        """In ms: the clock, what this thread ran, and what it stood ready without a CPU."""
        _, waited = on_cpu_and_waiting((os.getpid(),))
        return perf_counter() * 1000, thread_time() * 1000, waited

    def _turn(self) -> None:
        now, ran, waited = self._now()
        pause = max(0.0, now - self._last - TURN_MS)
        self.pauses.append(pause)
        self.own.append(ran - self._ran)
        self.unhindered.append(max(pause - (waited - self._waited), ran - self._ran))
        self._last, self._ran, self._waited = now, ran, waited

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
    """Pauses in ms: p99 over the turns that did something (1 ms and more), and the longest.

    Also less what the thread waited for a CPU that others had, and its own work alone.
    """
    from supervisor import i18n
    from supervisor.ui.look import fonts
    from supervisor.ui.pages.case_queue.page import CaseQueuePage

    application = QApplication.instance() or QApplication([])
    i18n.set_language("zh_CN")
    fonts.load()
    bus = ChangeBus()
    runner = TaskRunner(database, bus)
    sweeper = GarbageSweeper()
    hand_over_early()
    page = CaseQueuePage(Desk(database, runner, bus, who_asks(database), PlainPreferences()))
    page.resize(1440, 900)
    page.show()
    page.activate()
    view = page.table.findChild(QTableView)
    assert view is not None
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
    working = [pause for pause in scroller.unhindered if pause >= 1.0]
    own = [work for work in scroller.own if work >= 1.0]
    return {
        "rows": rows,
        "turns": len(scroller.pauses),
        "busy_turns": len(busy),
        "p99_ms": round(percentile(busy or [0.0], 0.99), 2),
        "longest_ms": round(max(scroller.pauses), 1),
        "unhindered_p99_ms": round(percentile(working or [0.0], 0.99), 2),
        "own_work_p99_ms": round(percentile(own or [0.0], 0.99), 2),
    }


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Only the scrolling, over an existing database, and the most memory that took."""
    database = opened(options)
    try:
        return {**measure(database), "peak_mb": peak_mb()}
    finally:
        database.close()
