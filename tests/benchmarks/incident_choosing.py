"""Pauses of the GUI thread while one flag after the other is chosen on the incidents page.

The page reads through real worker threads; a timer of 1 ms turns the event loop, and what lies
between two turns beyond that is a pause. Garbage is collected as in the program. The next flag is
chosen when the one before stands there in full, at the earliest after 150 ms: on a busy machine a
flag that was never shown would cost nothing. The same flags are chosen three times over; the least
own work each took says what it takes while nobody else uses the machine.
"""

import argparse
import gc
import os
import tempfile
from pathlib import Path
from time import perf_counter, thread_time
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from supervisor.models.database import Database
from supervisor.ui.background.bus import ChangeBus
from supervisor.ui.background.desk import Desk, PlainPreferences
from supervisor.ui.background.garbage import GarbageSweeper
from supervisor.ui.background.precedence import hand_over_early
from supervisor.ui.background.runner import TaskRunner
from tests.benchmarks.timing import busyness, on_cpu_and_waiting, peak_mb, percentile
from tests.factories import an_actor

FLAGS, WALKS = 40, 3
CHOICES = FLAGS * WALKS
EVERY_MS = 150
TURN_MS = 1
WITHIN = 60.0


class Chooser(QObject):
    """Walks down the list and notes every turn of the event loop."""

    def __init__(self, page: Any, application: QCoreApplication) -> None:
        super().__init__()
        self.page, self.application = page, application
        self.pauses: list[float] = []
        self.unhindered: list[float] = []
        self.longest_by_choice: list[float] = []
        self._chosen = 0
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
        own = max(pause - (waited - self._waited), ran - self._ran)
        self.pauses.append(pause)
        self.unhindered.append(own)
        if self.longest_by_choice:
            self.longest_by_choice[-1] = max(self.longest_by_choice[-1], ran - self._ran)
        self._last, self._ran, self._waited = now, ran, waited

    def _move(self) -> None:
        if self.page.presenter.detail is None:
            return
        if self._chosen >= CHOICES:
            self._turns.stop()
            self._mover.stop()
            self.application.quit()
            return
        self._chosen += 1
        self.longest_by_choice.append(0.0)
        self.page.list.make_current(self._chosen % min(FLAGS, self.page.list.count()))


def measure(database: Database) -> dict[str, Any]:
    """Pauses in ms over turns that did something, and the longest own work of each choice."""
    from supervisor import i18n
    from supervisor.ui.look import fonts, style
    from supervisor.ui.look.tokens import set_theme
    from supervisor.ui.pages.incidents.page import IncidentsPage

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    i18n.set_language("zh_CN")
    fonts.load()
    set_theme("light")
    style.apply(application)
    bus = ChangeBus()
    runner = TaskRunner(database, bus)
    sweeper = GarbageSweeper()
    hand_over_early()
    page = IncidentsPage(Desk(database, runner, bus, an_actor(), PlainPreferences()))
    page.resize(1360, 860)
    page.show()
    page.activate()
    page.use_period("month")
    begun = perf_counter()
    while page.presenter.detail is None and perf_counter() - begun < WITHIN:
        application.processEvents()
    sweeper.settle()
    chooser = Chooser(page, application)
    QTimer.singleShot(300, chooser.start)
    application.exec()
    rows = page.list.count()
    page.close()
    runner.shut_down()
    sweeper.shut_down()
    gc.collect()
    by_flag = [min(chooser.longest_by_choice[at::FLAGS]) for at in range(FLAGS)]
    busy = [pause for pause in chooser.pauses if pause >= 1.0]
    working = [pause for pause in chooser.unhindered if pause >= 1.0]
    return {
        "rows": rows,
        "choices": len(chooser.longest_by_choice),
        "p99_ms": round(percentile(busy or [0.0], 0.99), 1),
        "longest_ms": round(max(chooser.pauses), 1),
        "unhindered_p99_ms": round(percentile(working or [0.0], 0.99), 1),
        "own_work_of_a_choice_median_ms": round(percentile(chooser.longest_by_choice, 0.5), 1),
        "own_work_of_a_choice_p99_ms": round(percentile(chooser.longest_by_choice, 0.99), 1),
        "own_work_of_a_flag_median_ms": round(percentile(by_flag, 0.5), 1),
        "own_work_of_a_flag_longest_ms": round(max(by_flag), 1),
        "own_work_longest_ms": round(max(chooser.longest_by_choice), 1),
        "machine": busyness(),
    }


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Over a given database, else over a small demo of its own."""
    from supervisor.intake.demo import DemoSize, create_demo

    with tempfile.TemporaryDirectory() as folder:
        path = options.database
        if path is None:
            path = str(Path(folder) / "demo.db")
            create_demo(path, DemoSize(cases=2_000, visits=9_000))
        database = Database(path)
        try:
            return {**measure(database), "peak_mb": peak_mb()}
        finally:
            database.close()
