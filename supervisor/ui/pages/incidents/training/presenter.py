"""What the training view shows and why, without widgets. Customers are hidden whoever looks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QObject, Signal

from supervisor.models.enums import FlagState, Role
from supervisor.models.ids import BranchId, VisitId
from supervisor.models.rows.agreement import AgreementFilter
from supervisor.models.rows.effects import EffectFilter
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.models.rows.quality import QualityFilter, SheetAsk, SheetView
from supervisor.models.rows.training import (
    CourseFilter,
    CourseRow,
    TeachingFilter,
    TeachingPage,
    TeachingRow,
    TrainingFilter,
)
from supervisor.ui.background.desk import Desk
from supervisor.ui.background.runner import Failed
from supervisor.ui.pages.incidents.presenter import IncidentsPresenter
from supervisor.ui.pages.incidents.training import asking

SEGMENTS = ("review", "assign", "library")
FIGURE_DAYS, EFFECT_DAYS = 90, 365
KEEPERS = frozenset({Role.TRAINING_LEAD, Role.COMPLIANCE, Role.ADMIN})
ASSIGNERS = KEEPERS | {Role.SUPERVISOR}
COURSE_KEEPERS = frozenset({Role.TRAINING_LEAD, Role.ADMIN})
SHEET_WRITERS = frozenset({Role.TRAINING_LEAD, Role.COMPLIANCE})


class TrainingPresenter(IncidentsPresenter):
    """As that of the incidents, with its own lists and the figures beside them.

    Signals:
        library_ready: TeachingPage. courses_ready: tuple of CourseRow. trainings_ready:
            TrainingPage. agreement_ready: AgreementReport. notice_ready: NoticeEffect.
        effects_ready: tuple of TrainingEffect. quality_ready: QualitySummary.
        sheet_ready: SheetView, or None where there is no such visit.
    """

    library_ready = Signal(object)
    courses_ready = Signal(object)
    trainings_ready = Signal(object)
    agreement_ready = Signal(object)
    notice_ready = Signal(object)
    effects_ready = Signal(object)
    quality_ready = Signal(object)
    sheet_ready = Signal(object)

    commands = asking.COMMANDS

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.segment = SEGMENTS[0]
        self.library = TeachingPage((), 0)
        self.case: TeachingRow | None = None
        self.courses: tuple[CourseRow, ...] = ()

    @property
    def is_hidden(self) -> bool:
        """Always: case material is made here."""
        return True

    def wanted(self) -> IncidentFilter:
        """Flags of the segment that is shown, within scope and role."""
        found = replace(
            self.conditions,
            as_of=self.today,
            now=self.now,
            branches=self.desk.scope.branches,
            teams=self.desk.scope.teams,
            allowed=self.desk.actor.branches,
            deidentified=True,
        )
        if self.segment == "assign":
            return replace(found, to_train=True)
        return replace(
            found,
            states=frozenset({FlagState.AWAITING_REVIEW}),
            not_reviewed_by=self.desk.actor.name,
        )

    def use_segment(self, key: str) -> None:
        """待复核, 待指派培训 or 案例库."""
        self.segment = key
        self.show_flag(None)
        self.case = None
        self.refresh()

    def refresh(self) -> None:
        """Read everything shown again."""
        self.scope = self.desk.scope
        if self.segment == "library":
            self.ask_library()
        else:
            self._ask_list()
            self.ask_detail()
        self.ask_training()
        self.ask_figures()

    def ask_library(self) -> None:
        """The cases of the library."""
        wanted = TeachingFilter(self.today, self._branches, self._allowed)
        self._ask(asking.teaching_cases, wanted, "library", self._on_library)

    def ask_training(self) -> None:
        """Courses, and who has them to take."""
        courses = CourseFilter(self.today, branches=self._branches, allowed=self._allowed)
        self._ask(asking.courses, courses, "courses", self._on_courses)
        wanted = TrainingFilter(self.today, self._branches, allowed=self._allowed)
        self._ask(asking.assignments, wanted, "trainings", self.trainings_ready.emit)

    def reread_course(self, row: CourseRow, then: Callable[[Any], object], failed: Failed) -> None:
        """A course as it is now, for who changes it at the same time as somebody else."""
        wanted = CourseFilter(self.today, branches=self._branches, allowed=self._allowed)

        def found(rows: tuple[CourseRow, ...]) -> None:
            then(next((one for one in rows if one.course_id == row.course_id), None))

        self._ask(asking.courses, wanted, "reread", found, failed)

    def reread_case(self, row: TeachingRow, then: Callable[[Any], object], failed: Failed) -> None:
        """A case of the library as it is now."""
        wanted = TeachingFilter(self.today, self._branches, self._allowed)

        def found(page: TeachingPage) -> None:
            then(next((one for one in page.rows if one.teaching_id == row.teaching_id), None))

        self._ask(asking.teaching_cases, wanted, "reread", found, failed)

    def ask_figures(self) -> None:
        """Agreement, effects and quality over the last weeks."""
        first = self.today - timedelta(days=FIGURE_DAYS - 1)
        pairs = AgreementFilter(self._branches, self._allowed, first, self.today)
        self._ask(asking.agreement, pairs, "agreement", self.agreement_ready.emit)
        visits = EffectFilter(self.today, first, self.today, self._branches, self._allowed)
        self._ask(asking.notice_effect, visits, "notice", self.notice_ready.emit)
        year = replace(visits, first_on=self.today - timedelta(days=EFFECT_DAYS - 1))
        self._ask(asking.training_effect, year, "effects", self.effects_ready.emit)
        sheets = QualityFilter(self.today, first, self.today, self._branches, self._allowed)
        self._ask(asking.quality_summary, sheets, "quality", self.quality_ready.emit)

    def ask_sheet(self, branch_id: BranchId, visit_id: VisitId) -> None:
        """The quality sheets of a visit."""
        ask = SheetAsk(branch_id, visit_id, self.desk.actor)
        self._ask(asking.sheet_of, ask, "sheet", self.sheet_ready.emit)

    def reread_sheet(self, view: SheetView, then: Callable[[Any], object], failed: Failed) -> None:
        """A visit's sheets as they are now."""
        ask = SheetAsk(view.branch_id, view.visit_id, self.desk.actor)
        self._ask(asking.sheet_of, ask, "reread", then, failed)

    @property
    def _branches(self) -> tuple[BranchId, ...]:
        return self.desk.scope.branches

    @property
    def _allowed(self) -> tuple[BranchId, ...] | None:
        return self.desk.actor.branches

    def may(self, roles: frozenset[Role]) -> bool:
        """Whether the hat that is worn is one of these."""
        return self.desk.actor.role in roles

    def _on_courses(self, rows: tuple[CourseRow, ...]) -> None:
        self.courses = rows
        self.courses_ready.emit(rows)

    def _on_library(self, page: TeachingPage) -> None:
        self.library = page
        self.library_ready.emit(page)
