"""What the report centre shows and why: every decision of the page, without widgets."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Signal

from supervisor import clock
from supervisor.i18n import language, tr
from supervisor.models.changes import Actor, Changes
from supervisor.models.database import Database
from supervisor.models.enums import Role, Topic
from supervisor.models.enums_reports import ReportKind, RunState
from supervisor.models.ids import BranchId, ReportId
from supervisor.models.orders_reports import (
    CheckReport,
    CommentReport,
    LayOutReport,
    ReportRef,
)
from supervisor.models.rows.reports import (
    Commentary,
    Look,
    ReportRequest,
    RunAsk,
    RunFilter,
    RunRow,
    Stamp,
    StoredRun,
)
from supervisor.models.rules.report_look import kinds_seen, objection
from supervisor.models.rules.workdays import Calendar
from supervisor.ui.background.desk import Desk, Scope
from supervisor.ui.background.presenter import DirectoryPresenter
from supervisor.ui.pages.reports import questions
from supervisor.ui.pages.reports.questions import Paper
from supervisor.ui.pages.reports.writing import Writing
from supervisor.words import sentence

Tell = Callable[[int, int], object]
Refused = Callable[[Exception], object]


class ReportsPresenter(DirectoryPresenter):
    """Lives in the GUI thread.

    Signals:
        listed: runs are known.
        shown: a run with its snapshot (StoredRun), or none (None).
        printed: the paper of the run shown (Paper). unprinted: it could not be made (Exception).
    """

    listed = Signal()
    shown = Signal(object)
    printed = Signal(object)
    unprinted = Signal(object)

    commands = questions.COMMANDS
    depends_on = frozenset({Topic.REPORTS, Topic.DIRECTORY, Topic.PARAMETERS})

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.runs: tuple[RunRow, ...] = ()
        self.kind: ReportKind | None = None
        self.chosen: ReportId | None = None
        self.run: StoredRun | None = None
        self.paper: Paper | None = None
        self.calendar: Calendar | None = None
        self.writing = Writing(desk, self._comment, self)

    @property
    def today(self) -> date:
        """The business date."""
        return clock.today()

    def shown_scope(self) -> Scope:
        """This page honours all branches; a team counts as its branch."""
        return replace(self.desk.scope, teams=())

    def branches(self) -> tuple[BranchId, ...]:
        """Branches of the scope; empty: every one the person may see."""
        scope, known = self.desk.scope, self.directory
        if scope.branches or not scope.teams or known is None:
            return scope.branches
        return tuple({one.branch_id for one in known.teams if one.team_id in scope.teams})

    # Lists and runs

    def refresh(self) -> None:
        """Read the list again, then the run shown."""
        self.scope = self.desk.scope
        kinds = self.kinds_shown() if self.kind is None else (self.kind,)
        wanted = RunFilter(
            self.today, kinds=kinds, branches=self.branches(), allowed=self.desk.actor.branches
        )
        self._ask(questions.runs, wanted, "runs", self._on_runs)
        self._ask(questions.calendar, None, "calendar", self._on_calendar)

    def kinds_shown(self) -> tuple[ReportKind, ...]:
        """Kinds this person may read: training leads see case packs alone."""
        return kinds_seen(self.desk.actor.role)

    def choose_kind(self, kind: ReportKind | None) -> None:
        """Reports of one kind alone, or all."""
        self.kind = kind
        self.refresh()

    def choose(self, run: ReportId | None) -> None:
        """Show this one."""
        self.chosen = run
        if run is None:
            self.run = self.paper = None
            self.shown.emit(None)
            return
        ask = RunAsk(run, self.desk.actor.branches)
        self._ask(questions.stored_run, ask, "run", self._on_run)

    def _on_runs(self, rows: tuple[RunRow, ...]) -> None:
        self.runs = rows
        self.read_at = clock.now()
        known = {row.id for row in rows}
        if self.chosen not in known:
            self.chosen = _first(rows)
        self.listed.emit()
        self.choose(self.chosen)

    def _on_calendar(self, calendar: Calendar) -> None:
        self.calendar = calendar

    def _on_run(self, run: StoredRun) -> None:
        if run.row.id != self.chosen:
            return
        before = self.run
        if run.row.kind not in self.kinds_shown():
            return
        self.run = run
        if before is None or before.row.id != run.row.id:
            self.paper = None  # that of another report must not stand below this one's name
        self.shown.emit(run)
        if before is None or before.snapshot != run.snapshot or self.paper is None:
            self.print_again()

    # Paper

    def stamp(self) -> Stamp:
        """Who prints, and when."""
        return Stamp(self.desk.actor.name, clock.now())

    def print_again(self) -> None:
        """Make the paper of the run shown."""
        if self.run is None:
            return
        snapshot = self.run.snapshot
        work = partial(questions.paper, snapshot, language(), self.stamp())

        def took(paper: Paper) -> None:
            if self.run is not None and self.run.snapshot == snapshot:
                self.paper = paper
                self.printed.emit(paper)

        self._work(work, "paper", took, self.unprinted.emit)

    # Making

    def may_make(self) -> tuple[ReportKind, ...]:
        """Kinds this person may have made."""
        return questions.kinds_of(self.desk.actor)

    def make(
        self, requests: tuple[ReportRequest, ...], tell: Tell, then: Callable[[int], Any],
        refused: Refused,
    ) -> Event:  # fmt: skip
        """Have reports made, one after the other; gives the flag that stops between two."""
        made: list[Changes] = []

        def settled(_last: Changes | None) -> None:
            if made:
                self.chosen = ReportId(made[0].created["report"])
                self.refresh()
            then(len(made))

        def failed(error: Exception) -> None:
            if made:
                self.refresh()
            refused(error)

        return self.desk.runner.toil(
            partial(_make, self.desk.database, self.desk.actor, requests, made),
            owner=self,
            key="make",
            progress=tell,
            then=settled,
            failed=failed,
        )

    # Commentary, check, signature

    @property
    def is_manager(self) -> bool:
        """Managers check and sign."""
        return self.desk.actor.role is Role.MANAGER

    def may_write(self) -> str:
        """Why nothing can be written; empty where it can."""
        run = self.run
        if run is None:
            return tr("Choose a report.")
        if run.row.kind not in self.may_make():
            return tr("You look only: your role does not work on this report.")
        if run.row.state is RunState.SIGNED:
            return tr("Signed: nothing of it changes any more.")
        if run.row.state is RunState.WITHDRAWN:
            return tr("Withdrawn.")
        return ""

    def why_not(self, act: str) -> str:
        """Why an act cannot be done; empty where it can."""
        run = self.run
        if run is None:
            return tr("Choose a report.")
        if act in {"print", "booklets", "pdf", "workbook", "issued"}:
            return ""
        mine = run.row.state is RunState.DRAFT and run.row.taken_by == self.desk.actor.name
        if not self.is_manager and not (act == "withdraw" and mine):
            return tr("Reports are checked and signed by managers.")
        return self._why_not_now(act, run.row.state)

    def _why_not_now(self, act: str, state: RunState) -> str:
        if state is RunState.WITHDRAWN:
            return tr("Withdrawn.")
        if act == "check" and state is not RunState.DRAFT:
            return tr("It is checked already.")
        if act == "sign" and state is not RunState.CHECKED:
            signed = state is RunState.SIGNED
            return tr("It is signed already.") if signed else tr("It must be checked first.")
        return ""

    def why_not_look(self, look: Look) -> str:
        """Why the report shown cannot be set in this way; empty where it can."""
        run = self.run
        code = "" if run is None else objection(run.row.kind, look, self.desk.actor.role,
                                                run.row.look)  # fmt: skip
        return self.may_write() or (sentence(code) if code else "")

    def lay_out(self, look: Look, refused: Refused) -> None:
        """Set the report shown in another way."""
        order = LayOutReport(actor=self.desk.actor, report=self.ref(), look=look)
        self.send(order, None, refused)

    def ref(self) -> ReportRef:
        """The run shown, as it was seen.

        Raises:
            LookupError: none is shown.
        """
        if self.run is None:
            raise LookupError("no report shown")
        return ReportRef(self.run.row.id, self.run.row.version)

    def check(self, refused: Refused) -> None:
        """审核."""
        self.send(CheckReport(actor=self.desk.actor, report=self.ref()), None, refused)

    def _comment(
        self, run: StoredRun, words: Commentary, then: Callable[[Changes], Any], refused: Refused
    ) -> None:
        ref = ReportRef(run.row.id, run.row.version)
        order = CommentReport(actor=self.desk.actor, report=ref, commentary=words)
        self.desk.runner.do(
            self.commands[CommentReport], order, initiator=self, then=then, failed=refused
        )


def _first(rows: tuple[RunRow, ...]) -> ReportId | None:
    """The run shown at first: the newest weekly report, else the newest of all."""
    weekly = (row.id for row in rows if row.kind is ReportKind.WEEKLY)
    return next(weekly, rows[0].id if rows else None)


def _make(
    database: Database,
    actor: Actor,
    requests: tuple[ReportRequest, ...],
    made: list[Changes],
    tell: Tell,
    stop: Event,
) -> Changes | None:
    """Reports one after the other; work for the toiler."""
    for done, request in enumerate(requests):
        tell(done, len(requests))
        taken = None if stop.is_set() else questions.take(database, actor, request, stop.is_set)
        if taken is None:
            break
        made.append(taken)
    tell(len(made), len(requests))
    return made[-1] if made else None
