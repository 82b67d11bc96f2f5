"""What people of an office do at their desks, by role, and what they were told was done."""

import csv
import os
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from sqlalchemy import URL

from supervisor import clock
from supervisor.errors import ConflictError, ExpectedError
from supervisor.intake import api
from supervisor.models.changes import Actor, Changes
from supervisor.models.commands import follow_ups, incidents, training
from supervisor.models.commands.holds import end_holds, hold_cases
from supervisor.models.commands.marks import mark_cases
from supervisor.models.commands.notes import add_note
from supervisor.models.commands.reassign import reassign_cases
from supervisor.models.commands.reports import take_report
from supervisor.models.commands.reviews import submit_review
from supervisor.models.database import Database
from supervisor.models.enums import FlagState, HoldReason, Kind, Mark, Role
from supervisor.models.enums_incidents import Task
from supervisor.models.enums_measures import MeasureId
from supervisor.models.enums_reports import ReportKind
from supervisor.models.ids import BranchId, StaffId
from supervisor.models.orders import AddNote, CaseRef, EndHolds, HoldCases, MarkCases, ReassignCases
from supervisor.models.orders_incidents import (
    AddStep,
    AssignFlag,
    LookAtFlag,
    ReturnFlag,
    SendToReview,
    SubmitReview,
)
from supervisor.models.orders_reports import TakeReport
from supervisor.models.orders_training import AssignTraining, SaveCourse
from supervisor.models.queries.case_queue import page
from supervisor.models.queries.incidents import incidents as incident_list
from supervisor.models.queries.measures import measure
from supervisor.models.queries.report_content import content_of
from supervisor.models.queries.training import courses
from supervisor.models.rows.case_queue import CaseQueueFilter, CaseQueueRow, QueueRequest
from supervisor.models.rows.incidents import IncidentFilter, IncidentRow
from supervisor.models.rows.intake import Accept, ImportRequest
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.rows.reports import ReportAsk, ReportRequest
from supervisor.models.rows.training import CourseFilter
from supervisor.models.rules.incidents import verdicts_for

PAGE = 60
"""Lines on a screen."""
PAUSE = 0.3, 1.5
"""Seconds a person takes between two things, shortest and longest: a busy morning."""
CONTACTS = 20
"""Rows of an imported file."""
CASES = 12
"""Cases of a bulk order."""
REASONS = (HoldReason.DISASTER, HoldReason.PLAN_ACTIVE, HoldReason.DISPUTE_OPEN)
WEEK = timedelta(days=7)
Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Told:
    """A change of one row a desk was told of: it was made from this version on."""

    table: str
    branch_id: int
    row_id: int
    version: int
    column: str
    value: str | int | None


@dataclass
class Done:
    """What a desk did.

    Attributes:
        waits: milliseconds by kind of work.
        changes: what it was told of rows it changed.
        texts: what it was told of rows it added, by kind: each names one row and no other.
        refused: records an order left alone, because somebody was faster or a rule said no.
        troubles: sentences a person would have seen that nobody at work should.
    """

    waits: dict[str, list[float]] = field(default_factory=dict)
    changes: list[Told] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    troubles: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits where. `branches` None: of all; `work_in`: branches with people to give cases to."""

    login: str
    role: Role
    branches: tuple[BranchId, ...] | None
    work_in: tuple[BranchId, ...]
    agents: dict[BranchId, tuple[StaffId, ...]]


class Desk:
    """A person at work, signed in with a login of their own."""

    def __init__(self, url: URL, seat: Seat, number: int) -> None:
        self.database = Database(url)
        self.database.recognise()
        if self.database.actor is None:
            raise RuntimeError("the server does not know this login")
        self.actor: Actor = self.database.actor
        self.chance, self.number, self.seat = random.Random(number), number, seat
        self.done = Done()
        self.seen: list[CaseQueueRow] = []
        self.counted = 0

    def work(self, length: timedelta) -> Done:
        """Go on so long."""
        until, kinds = clock.now() + length, list(self.kinds())
        self.refresh()
        while clock.now() < until:
            sleep(self.chance.uniform(*PAUSE))
            work = self.chance.choice(kinds)
            begun = perf_counter()
            with self._answered(work.__name__):
                work()
            took = (perf_counter() - begun) * 1000
            self.done.waits.setdefault(work.__name__, []).append(took)
        self.database.close()
        return self.done

    @contextmanager
    def _answered(self, work: str) -> Iterator[None]:
        """Who was faster is a fair answer; anything else is trouble."""
        try:
            yield
        except ConflictError as error:
            self.done.refused[error.code] += 1
        except ExpectedError as error:
            # What the server said helps whoever looks for the reason; demo data name nobody.
            said = str(getattr(error.__cause__, "orig", "")).partition("\n")[0]
            self.done.troubles[f"{self.actor.role} {work} {error.code} {said}".strip()] += 1

    def kinds(self) -> Iterator[Act]:
        """What this person does, the more often the more often it stands here."""
        role = self.actor.role
        if role is not Role.TRAINING_LEAD:
            yield from (*[self.refresh] * 6, self.measure)
            yield from (*[self.note] * 4, self.take_weekly)
        if role is Role.SUPERVISOR:
            yield from (*[self.mark] * 3, *[self.reassign] * 3, *[self.hold, self.end_hold] * 2)
        if role in {Role.SUPERVISOR, Role.COMPLIANCE, Role.ADMIN}:
            yield from (*[self.look_at_flag] * 3, *[self.add_step] * 2)
            yield from (*[self.assign_flag] * 2, self.send_to_review)
        if role in {Role.SUPERVISOR, Role.COMPLIANCE, Role.TRAINING_LEAD}:
            yield from [self.review] * 2
        if role is Role.MANAGER:
            yield from [self.give_back] * 3
        if role is Role.ADMIN:
            yield from [self.take_in] * 4
        if role is Role.TRAINING_LEAD:
            yield from (*[self.read_incidents] * 4, *[self.give_course] * 3)

    def refresh(self) -> None:
        """The first screen of the queue."""
        if self.actor.role is Role.TRAINING_LEAD:
            return
        own = (self.chance.choice(self.seat.work_in),)
        wanted = CaseQueueFilter(clock.today(), clock.now(), branches=own)
        asked = QueueRequest(wanted, self.actor.branches, limit=PAGE)
        self.seen = list(self.database.read(page, asked).rows)

    def measure(self) -> None:
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
                branches=self.actor.branches or (),
                allowed=self.actor.branches,
            ),
        )

    def note(self) -> None:
        """One note on one case."""
        text = self._new_text()
        order = AddNote(actor=self.actor, case=_ref(self._lines(1)[0]), text=text)
        self.database.write(add_note, order)
        self._added("notes", text)

    def mark(self) -> None:
        """A colour on some cases."""
        lines, mark = self._lines(CASES), self.chance.choice(list(Mark))
        order = MarkCases(actor=self.actor, cases=_refs(lines), mark=mark)
        self._changed(lines, "mark", mark.value, self.database.write(mark_cases, order))

    def hold(self) -> None:
        """Some cases rest."""
        lines, reason = self._lines(CASES), self.chance.choice(REASONS)
        order = HoldCases(actor=self.actor, cases=_refs(lines), reason=reason, until_on=None)
        self._changed(lines, "", None, self.database.write(hold_cases, order))

    def end_hold(self) -> None:
        """And go on."""
        lines = self._lines(CASES)
        order = EndHolds(actor=self.actor, cases=_refs(lines))
        self._changed(lines, "", None, self.database.write(end_holds, order))

    def reassign(self) -> None:
        """Some cases to somebody else."""
        lines = self._lines(CASES)
        agent = self.chance.choice(self.seat.agents[lines[0].branch_id])
        order = ReassignCases(actor=self.actor, cases=_refs(lines), agent_id=agent)
        self._changed(lines, "agent_id", agent, self.database.write(reassign_cases, order))

    def look_at_flag(self) -> None:
        """The first look at a new flag."""
        if flag := self._flag(FlagState.NEW):
            order = LookAtFlag(actor=self.actor, flag=flag.ref, words="已初核")
            self._moved(flag, self.database.write(incidents.look_at_flag, order))

    def add_step(self) -> None:
        """One more thing to do about a flag."""
        if flag := self._flag(FlagState.IN_FOLLOW_UP):
            text = self._new_text()
            order = AddStep(
                actor=self.actor, flag=flag.ref, step=Task.STATEMENT.value, words=text
            )  # fmt: skip
            self._moved(flag, self.database.write(follow_ups.add_step, order))
            self._added("steps", text)

    def assign_flag(self) -> None:
        """A flag to another owner."""
        if flag := self._flag(FlagState.IN_FOLLOW_UP):
            owner = self._new_text()
            order = AssignFlag(actor=self.actor, flag=flag.ref, owner=owner)
            self._moved(flag, self.database.write(incidents.assign_flag, order), owner)

    def send_to_review(self) -> None:
        """A flag to those who judge."""
        if flag := self._flag(FlagState.IN_FOLLOW_UP):
            order = SendToReview(actor=self.actor, flag=flag.ref, words="请复核")
            self._moved(flag, self.database.write(incidents.send_to_review, order))

    def review(self) -> None:
        """A judgement."""
        if flag := self._flag(FlagState.AWAITING_REVIEW):
            text = self._new_text()
            order = SubmitReview(
                actor=self.actor,
                flag=flag.ref,
                verdict=self.chance.choice(verdicts_for(flag.caused_by)),
                reason=text,
            )
            self._moved(flag, self.database.write(submit_review, order))
            self._added("reviews", text)

    def give_back(self) -> None:
        """A flag back to those who follow it up."""
        if flag := self._flag(FlagState.AWAITING_REVIEW, FlagState.AWAITING_DECISION):
            order = ReturnFlag(actor=self.actor, flag=flag.ref, words="请补充")
            self._moved(flag, self.database.write(incidents.return_flag, order))

    def read_incidents(self) -> None:
        """What a trainer looks at: customers have no names there."""
        self._flag()

    def give_course(self) -> None:
        """A course for somebody."""
        wanted = CourseFilter(clock.today(), active_only=True, allowed=self.actor.branches)
        known = self.database.read(courses, wanted)
        if not known:
            self._add_course()
            return
        course = self.chance.choice(known)
        staff = self.chance.choice(self.seat.agents[self.chance.choice(self.seat.work_in)])
        text = self._new_text()
        due = clock.today() + timedelta(days=14)
        order = AssignTraining(
            actor=self.actor, staff=(staff,), course_id=course.course_id, due_on=due, why=text
        )
        self.database.write(training.assign_training, order)
        self._added("courses", text)

    def _add_course(self) -> None:
        order = SaveCourse(actor=self.actor, course_id=None, code="K1", name="上门规范")
        self.database.write(training.save_course, order)

    def take_in(self) -> None:
        """A small file of calls, one of which cannot be used."""
        at = clock.now() - timedelta(minutes=5)
        numbers = [f"D{os.getpid()}-{self.counted}-{place}" for place in range(CONTACTS)]
        self.counted += 1
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "contacts.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                rows = csv.writer(file)
                rows.writerow(["案件编号", "联系编号", "联系方式", "联系时间"])
                for case, number in zip(self._lines(CONTACTS), numbers, strict=False):
                    rows.writerow([case.case_no, number, "电话", f"{at:%Y-%m-%d %H:%M}"])
                rows.writerow(["没有这案件", f"{numbers[0]}-x", "电话", f"{at:%Y-%m-%d %H:%M}"])
            request = ImportRequest(
                actor=self.actor,
                kind=Kind.CONTACTS,
                path=path,
                accept=Accept.GOOD_ROWS,
                errors_to=path.with_name("errors.csv"),
            )
            done = api.run_import(self.database, request)
        if done.refused != 1 or done.inserted != min(CONTACTS, len(self.seen)):
            self.done.troubles["import_incomplete"] += 1
        for number in numbers[: done.inserted]:
            self._added("contacts", number)

    def take_weekly(self) -> None:
        """The weekly of a branch, read and kept."""
        today = clock.today()
        monday = today - timedelta(days=today.weekday()) - WEEK
        own = (self.chance.choice(self.seat.work_in),)
        request = ReportRequest(ReportKind.WEEKLY, own, monday, monday + timedelta(days=6))
        now = clock.now()
        content = self.database.read_aside(content_of, ReportAsk(request, self.actor, today, now))
        order = TakeReport(actor=self.actor, request=request, content=content, as_of=now)
        run = self.database.write(take_report, order).created["report"]
        self._added("reports", str(run))

    def _flag(self, *states: FlagState) -> IncidentRow | None:
        """One of those on the first screen."""
        wanted = IncidentFilter(
            as_of=clock.today(),
            now=clock.now(),
            branches=(self.chance.choice(self.seat.work_in),),
            states=frozenset(states),
            limit=PAGE,
            allowed=self.actor.branches,
            deidentified=self.actor.role is Role.TRAINING_LEAD,
        )
        found = self.database.read(incident_list, wanted).rows
        return self.chance.choice(found) if found else None

    def _lines(self, most: int) -> list[CaseQueueRow]:
        return self.chance.sample(self.seen, min(most, len(self.seen)))

    def _new_text(self) -> str:
        """A text no other row has."""
        self.counted += 1
        return f"第 {os.getpid()}-{self.number}-{self.counted} 条"

    def _added(self, what: str, text: str) -> None:
        self.done.texts.setdefault(what, []).append(text)

    def _changed(
        self, lines: list[CaseQueueRow], column: str, value: Any, changes: Changes
    ) -> None:
        """Keep what was told of cases: all but the refused."""
        left = {refusal.subject for refusal in changes.refused}
        told = [one for one in lines if one.case_no not in left]
        if len(told) != changes.counts["cases"]:
            self.done.troubles["told_otherwise"] += 1
        self.done.changes += [
            Told("collection_case", one.branch_id, one.case_id, one.version, column, value)
            for one in told
        ]
        for refusal in changes.refused:
            self.done.refused[refusal.code] += 1

    def _moved(self, flag: IncidentRow, _changes: Changes, owner: str | None = None) -> None:
        ref = flag.ref
        column = "owner" if owner else ""
        told = Told("flag", ref.branch_id, ref.flag_id, ref.version or 0, column, owner)
        self.done.changes.append(told)


def _ref(line: CaseQueueRow) -> CaseRef:
    """A case as this desk saw it last; whoever changed it since was faster."""
    return CaseRef(line.branch_id, line.case_id, line.version)


def _refs(lines: list[CaseQueueRow]) -> tuple[CaseRef, ...]:
    return tuple(map(_ref, lines))


def sit(url: URL, seat: Seat, number: int, minutes: float) -> Done:
    """The work of one process."""
    return Desk(url, seat, number).work(timedelta(minutes=minutes))
