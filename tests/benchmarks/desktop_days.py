"""One desk's work for a while, as a process of its own: what it did is told at the end."""

import csv
import os
import random
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from sqlalchemy import URL

from supervisor import clock
from supervisor.errors import ExpectedError, LockedError
from supervisor.intake import api
from supervisor.models.changes import Actor, Changes
from supervisor.models.commands.holds import end_holds, hold_cases
from supervisor.models.commands.incidents import look_at_flag
from supervisor.models.commands.marks import mark_cases
from supervisor.models.commands.notes import add_note
from supervisor.models.commands.reassign import reassign_cases
from supervisor.models.database import Database
from supervisor.models.enums import FlagState, HoldReason, Kind, Mark, Role
from supervisor.models.enums_measures import MeasureId
from supervisor.models.ids import BranchId, StaffId
from supervisor.models.orders import AddNote, CaseRef, EndHolds, HoldCases, MarkCases, ReassignCases
from supervisor.models.orders_incidents import LookAtFlag
from supervisor.models.queries.case_queue import page
from supervisor.models.queries.incidents import incidents
from supervisor.models.queries.measures import measure
from supervisor.models.rows.case_queue import CaseQueueFilter, CaseQueueRow, QueueRequest
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.models.rows.intake import ImportRequest
from supervisor.models.rows.measures import MeasureFilter

PAGE = 60
"""Lines on a screen."""
PAUSE = 0.3, 1.5
"""Seconds a person takes between two things, shortest and longest: a busy morning."""
CONTACTS = 20
"""Rows of an imported file."""
CASES = 12
"""Cases of a bulk order."""
REASONS = (HoldReason.DISASTER, HoldReason.PLAN_ACTIVE, HoldReason.DISPUTE_OPEN)


@dataclass
class Done:
    """What a desk did.

    Attributes:
        waits: milliseconds by kind of work.
        written: records the desk was told are written, by kind.
        refused: records an order left alone, because somebody was faster or a rule said no.
        troubles: sentences a person would have seen.
    """

    waits: dict[str, list[float]] = field(default_factory=dict)
    written: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    troubles: Counter[str] = field(default_factory=Counter)


class Desk:
    """A person at one branch."""

    def __init__(
        self, url: URL, number: int, branch: BranchId, agents: tuple[StaffId, ...]
    ) -> None:
        self.database = Database(url)
        self.chance = random.Random(number)
        self.number, self.branch, self.agents = number, branch, agents
        self.actor = Actor(f"desk {number}", Role.SUPERVISOR, (branch,))
        self.done = Done()
        self.seen: list[CaseQueueRow] = []
        self.files = 0

    def work(self, length: timedelta) -> Done:
        """Go on so long."""
        self.refresh()
        until = clock.now() + length
        kinds: list[Callable[[], object]] = [
            *[self.refresh] * 6,
            *[self.note] * 4,
            *[self.mark] * 3,
            *[self.reassign] * 3,
            *[self.hold, self.end_hold] * 2,
            *[self.look_at_flag] * 3,
            self.take_in,
            self.report,
        ]
        while clock.now() < until:
            sleep(self.chance.uniform(*PAUSE))
            work = self.chance.choice(kinds)
            begun = perf_counter()
            try:
                work()
            except LockedError as error:
                self.done.troubles[error.code] += 1
            except ExpectedError as error:
                self.done.refused[error.code] += 1
            took = (perf_counter() - begun) * 1000
            self.done.waits.setdefault(work.__name__, []).append(took)
        self.database.close()
        return self.done

    def refresh(self) -> None:
        """The first screen of the queue."""
        wanted = CaseQueueFilter(clock.today(), clock.now(), branches=(self.branch,))
        self.seen = list(self.database.read(page, QueueRequest(wanted, limit=PAGE)).rows)

    def note(self) -> None:
        """One note on one case."""
        order = AddNote(actor=self.actor, case=self._some(1)[0], text=f"第 {self.number} 台")
        self._wrote("notes", self.database.write(add_note, order), "notes")

    def mark(self) -> None:
        """A colour on some cases."""
        mark = self.chance.choice(list(Mark))
        order = MarkCases(actor=self.actor, cases=self._some(CASES), mark=mark)
        self._wrote("cases", self.database.write(mark_cases, order))

    def hold(self) -> None:
        """Some cases rest."""
        reason = self.chance.choice(REASONS)
        order = HoldCases(
            actor=self.actor, cases=self._some(CASES), reason=reason, until_on=None
        )  # fmt: skip
        self._wrote("cases", self.database.write(hold_cases, order))

    def end_hold(self) -> None:
        """And go on."""
        order = EndHolds(actor=self.actor, cases=self._some(CASES))
        self._wrote("cases", self.database.write(end_holds, order))

    def reassign(self) -> None:
        """Some cases to somebody else."""
        agent = self.chance.choice(self.agents)
        order = ReassignCases(actor=self.actor, cases=self._some(CASES), agent_id=agent)
        self._wrote("cases", self.database.write(reassign_cases, order))

    def look_at_flag(self) -> None:
        """The first look at a new flag."""
        wanted = IncidentFilter(
            as_of=clock.today(),
            now=clock.now(),
            branches=(self.branch,),
            states=frozenset({FlagState.NEW}),
            limit=PAGE,
        )
        found = self.database.read(incidents, wanted).rows
        if found:
            flag = self.chance.choice(found)
            order = LookAtFlag(actor=self.actor, flag=flag.ref, words="已初核")
            self.database.write(look_at_flag, order)
            self.done.written["looks"] += 1

    def take_in(self) -> None:
        """A small file of calls."""
        self.files += 1
        at = clock.now() - timedelta(minutes=5)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "contacts.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                rows = csv.writer(file)
                rows.writerow(["案件编号", "联系编号", "联系方式", "联系时间"])
                for place, case in enumerate(self._lines(CONTACTS)):
                    number = f"D{os.getpid()}-{self.files}-{place}"
                    rows.writerow([case.case_no, number, "电话", f"{at:%Y-%m-%d %H:%M}"])
            actor = Actor(self.actor.name, Role.ADMIN)
            done = api.run_import(
                self.database, ImportRequest(actor=actor, kind=Kind.CONTACTS, path=path)
            )
        self.done.written["contacts"] += done.inserted
        self.done.refused["contacts"] += done.refused

    def report(self) -> None:
        """The visits that met somebody, of the last thirty days."""
        today = clock.today()
        self.database.read(
            measure,
            MeasureFilter(
                measure=MeasureId.MET_RATE,
                first_on=today - timedelta(days=29),
                last_on=today,
                as_of=today,
                now=clock.now(),
                branches=(self.branch,),
            ),
        )

    def _lines(self, most: int) -> list[CaseQueueRow]:
        return self.chance.sample(self.seen, min(most, len(self.seen)))

    def _some(self, most: int) -> tuple[CaseRef, ...]:
        """Cases as this desk saw them last; whoever changed one since was faster."""
        return tuple(CaseRef(one.branch_id, one.case_id, one.version) for one in self._lines(most))

    def _wrote(self, what: str, changes: Changes, count: str = "cases") -> None:
        self.done.written[what] += changes.counts[count]
        for refusal in changes.refused:
            self.done.refused[refusal.code] += 1


def sit(url: URL, number: int, branch: int, agents: tuple[int, ...], minutes: int) -> Any:
    """The work of one process."""
    desk = Desk(url, number, BranchId(branch), tuple(map(StaffId, agents)))
    return desk.work(timedelta(minutes=minutes))
