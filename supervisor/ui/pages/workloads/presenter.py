"""What the workloads page shows and why: reads, the proposal, and the order that carries it out."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from supervisor import clock
from supervisor.models.enums import Topic
from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.ids import StaffId
from supervisor.models.orders import CaseRef, GiveCase, ShareCases
from supervisor.models.rows.charts import ChartRow
from supervisor.models.rows.fair_split import Move, Proposal, Wishes
from supervisor.models.rows.measures import MeasureReport
from supervisor.models.rows.workloads import LoadPerson, LoadTeam, WorkloadAsk, Workloads
from supervisor.models.rules.fair_split.sharing import Outcome, outcome, proposal_of
from supervisor.pictures import periods
from supervisor.pictures.loads import loads
from supervisor.pictures.people_funnel import people_funnel
from supervisor.ui.background.desk import Desk
from supervisor.ui.background.presenter import DirectoryPresenter
from supervisor.ui.charts.asking import About
from supervisor.ui.charts.kinds import warm
from supervisor.ui.pages.workloads import questions
from supervisor.words.of_workloads import person_name


class WorkloadsPresenter(DirectoryPresenter):
    """Loads of one branch.

    Signals:
        shown: the loads (Workloads). compared: the funnel (ChartRow).
        proposed: a fairer split (Proposal).
        comparison_failed: the funnel alone could not be worked out (Exception).
    """

    shown = Signal(object)
    compared = Signal(object)
    proposed = Signal(object)
    comparison_failed = Signal(object)

    commands = questions.COMMANDS

    depends_on = frozenset(
        {
            Topic.CASES,
            Topic.VISITS,
            Topic.PLANS,
            Topic.PAYMENTS,
            Topic.FLAGS,
            Topic.PARAMETERS,
            Topic.DIRECTORY,
            Topic.IMPORTS,
        }
    )

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.row: Workloads | None = None
        self.proposal: Proposal | None = None
        self.wishes: Wishes | None = None
        self._of: Workloads | None = None
        self._report: MeasureReport | None = None
        self._warm = False
        self.period_key = periods.NINETY

    @property
    def may_share(self) -> bool:
        """Whether this person gives cases to others; managers look."""
        return self.desk.actor.role in ShareCases.givers

    @property
    def teams(self) -> tuple[LoadTeam, ...]:
        """The teams shown: those of the scope, else all."""
        if self.row is None:
            return ()
        only = self.desk.scope.teams
        return tuple(team for team in self.row.teams if not only or team.team_id in only)

    @property
    def people(self) -> dict[int, LoadPerson]:
        """Everybody of the branch by id."""
        return {} if self.row is None else {one.staff_id: one for one in self.row.people}

    def start(self) -> None:
        """The directory first: it says which branch is shown."""
        super().start()
        self._work(warm, "warm", self._on_warm)

    def refresh(self) -> None:
        """Read the loads again, then the comparison."""
        self.scope = self.desk.scope
        branch = self.branch_id()
        if branch is None:
            return
        about = self.about
        today, now = about.today, about.now
        ask = WorkloadAsk(branch, today, None, now, self.desk.actor)
        self._ask_aside(questions.workloads, ask, "loads", self._on_loads)
        wanted = about.filter(MeasureId.FAIR_COMPARISON, Dimension.AGENT)
        self._ask_aside(
            questions.measure,
            wanted,
            "comparison",
            self._on_comparison,
            self.comparison_failed.emit,
        )

    @property
    def about(self) -> About:
        """Whose work, and over which days people are compared."""
        branch, today = self.branch_id(), clock.today()
        of = periods.period(self.period_key, today)
        branches = () if branch is None else (branch,)
        return About(self.desk.actor, branches, (), today, clock.now(), of)

    def choose_period(self, key: str) -> None:
        """Compare people over other days."""
        self.period_key = key
        self.refresh()

    def load_row(self) -> ChartRow | None:
        """The load table of what is shown."""
        return None if self.row is None else loads(self.row, self.teams)

    def propose(self, wishes: Wishes) -> None:
        """Work a fairer split out, away from the screen; it follows the loads from then on."""
        self.wishes = wishes
        if self.row is not None:
            row, teams = self.row, self.desk.scope.teams
            work = partial(proposal_of, row, wishes, teams)
            self._work(work, "proposal", partial(self._on_proposal, row))

    def outcome_of(self, moves: Iterable[Move]) -> Outcome | None:
        """What the chosen moves do together."""
        return None if self._of is None else outcome(self._of, moves, self.desk.scope.teams)

    def share(self, moves: Iterable[Move], reason: str) -> None:
        """Carry the chosen moves out; everything is checked again."""
        row, wishes = self._of, self.wishes
        if row is None or wishes is None or not self.may_share:
            return
        version = {case.case_id: case.version for case in row.cases}
        given = tuple(
            GiveCase(CaseRef(row.branch_id, case.case_id, version[case.case_id]), to)
            for case, to in self._given(row, moves)
        )
        self.send(
            ShareCases(
                actor=self.desk.actor,
                moves=given,
                planned_move=wishes.planned_move,
                reason=reason,
            )
        )

    @staticmethod
    def _given(row: Workloads, moves: Iterable[Move]) -> list[tuple[Any, StaffId]]:
        to = {case_id: StaffId(move.to_id) for move in moves for case_id in move.case_ids}
        return [(case, to[case.case_id]) for case in row.cases if case.case_id in to]

    def _on_warm(self, _none: None) -> None:
        self._warm = True
        self._draw_comparison()

    def _on_loads(self, row: Workloads) -> None:
        if row.branch_id != self.branch_id():
            return
        self.row = row
        self.read_at = self.desk.database.known_at(clock.now())
        self.shown.emit(row)
        self._draw_comparison()
        if self.wishes is not None:
            self.propose(replace(self.wishes, cap=row.cap))

    def _on_comparison(self, report: MeasureReport) -> None:
        self._report = report
        self._draw_comparison()

    def _draw_comparison(self) -> None:
        if self._report is None or self.row is None or not self._warm:
            return
        names: dict[int, str] = {
            one.staff_id: person_name(one) for team in self.teams for one in team.people
        }
        self.compared.emit(people_funnel(self._report, names))

    def _on_proposal(self, of: Workloads, found: Proposal) -> None:
        self.proposal, self._of = found, of
        self.proposed.emit(found)
