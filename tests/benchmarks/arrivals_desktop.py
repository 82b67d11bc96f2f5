"""How soon an open desktop shows a serious visit that arrives, off screen but whole.

    python -m tests.benchmarks arrivals_desktop --json --rounds 15 [--database ADDRESS]

The desktop is the program's own: its housekeeper takes arrivals in, its pulse looks at revisions,
its pages ask again. `alone`: nobody else works. `beside_worker`: the desktop takes nothing in
itself and hears of what `supervisor work` did. From the commit of the message to the inbox until

    incidents   the list of the incidents page holds the visit's flag
    queue       the queue says that lines on screen are out of date, or shows the new ones

Milliseconds. The promise is 2,000. Without an address a SQLite demo is made.
"""

import argparse
import os
import random
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer

from supervisor import clock, settings
from supervisor.app import Desktop, application
from supervisor.intake.demo import DemoSize, create_demo
from supervisor.models.database import Database
from supervisor.models.enums import Kind
from supervisor.models.rows.case_queue import CaseQueueFilter
from tests.benchmarks import arriving
from tests.benchmarks.arrivals import figures_of

SETTLE_MS = 8_000
"""The first round of the housekeeper comes after four seconds and loads rules and words."""
QUIET_MS = 1_500
LOOK_MS = 5
LONGEST_S = 30.0


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Figures alone and beside a worker."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SUPERVISOR_HOME"] = str(Path(folder) / "home")
        address = options.database or str(Path(folder) / "desk.db")
        if not options.database:
            create_demo(address, DemoSize())
        with closing(Database(address)) as asked:
            wanted = CaseQueueFilter(as_of=clock.today(), now=clock.now())
            cases = arriving.quiet_cases(asked, wanted)
        return {
            "alone": _with_desk(address, cases, options.rounds, keeps_house=True),
            "beside_worker": _with_desk(address, cases, options.rounds, keeps_house=False),
        }


def _with_desk(
    address: str, cases: Iterator[Any], rounds: int, *, keeps_house: bool
) -> dict[str, Any]:
    with ExitStack() as stack:
        sender = stack.enter_context(closing(Database(address)))
        if not keeps_house:
            stack.enter_context(arriving.a_worker(sender))
        desktop = stack.enter_context(_a_desktop(address, keeps_house=keeps_house))
        hand = stack.enter_context(ThreadPoolExecutor(1))
        probe = Probe(desktop, partial(hand.submit, arriving.send, sender, Kind.VISITS), cases)
        return probe.figures(rounds)


@contextmanager
def _a_desktop(address: str, *, keeps_house: bool) -> Iterator[Any]:
    preferences = settings.Preferences(theme="light")
    dressed = application(preferences)
    desktop = Desktop(dressed, Database(address), preferences, remembers=False)
    desktop.keeps_house = keeps_house
    desktop.open("incidents")
    try:
        yield desktop
    finally:
        desktop.close()


class Probe:
    """Lets a visit arrive and watches the pages."""

    def __init__(self, desktop: Any, send: Callable[[Any], Any], cases: Iterator[Any]) -> None:
        self.desktop, self.send, self.cases = desktop, send, cases
        self.chance = random.Random(7)
        self.stale = 0

    def figures(self, rounds: int) -> dict[str, Any]:
        """Each page in turn."""
        _turn(SETTLE_MS)
        incidents = self.desktop.window.page
        incidents.use_period("month")
        self._once(partial(self._listed, incidents))  # the worker has read rules and words then
        found = [self._once(partial(self._listed, incidents)) for _ in range(rounds)]
        self.desktop.window.show_page("case_queue")
        queue = self.desktop.window.page
        queue.presenter.news.connect(self._on_news)
        _turn(QUIET_MS)
        told = []
        for _ in range(rounds):
            queue.refresh()
            _turn(QUIET_MS)
            self.stale = 0
            told.append(self._once(lambda _visit: self.stale > 0))
        return {"incidents": figures_of("incidents", found), "queue": figures_of("queue", told)}

    def _on_news(self, lines: int) -> None:
        self.stale = lines

    @staticmethod
    def _listed(page: Any, visit_no: str) -> bool:
        return visit_no in {row.visit_no for row in page.presenter.page.rows}

    def _once(self, seen: Callable[[str], bool]) -> float:
        now = clock.now().astimezone(clock.SHANGHAI).isoformat()
        message = arriving.a_visit(next(self.cases), now)
        _turn(round(self.chance.uniform(0, QUIET_MS)))
        self.send(message).result()
        begun = perf_counter()
        while not seen(message["visit_no"]):
            if perf_counter() - begun > LONGEST_S:
                raise TimeoutError(f"not shown within {LONGEST_S:.0f} s")
            _turn(LOOK_MS)
        return (perf_counter() - begun) * 1000


def _turn(milliseconds: int) -> None:
    """Let the event loop run so long."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
