"""培训: 待复核 / 待指派培训 / 案例库, with what is known of agreement and effects beside them."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from supervisor.errors import SupervisorError
from supervisor.i18n import ntr, tr
from supervisor.models.enums_incidents import Verdict
from supervisor.models.orders_training import TrainingRef, WithdrawTraining
from supervisor.models.rows.incident_detail import IncidentDetail
from supervisor.models.rows.incidents import FlagRef, IncidentPage
from supervisor.models.rows.quality import SheetView
from supervisor.models.rows.training import (
    CourseRow,
    TeachingPage,
    TeachingRow,
    TrainingPage,
    TrainingRow,
)
from supervisor.models.rules.incidents import STANDING
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.incidents.acts import Acts, Say
from supervisor.ui.pages.incidents.parts import show_if
from supervisor.ui.pages.incidents.training import presenter as asks
from supervisor.ui.pages.incidents.training.body import TrainingBody
from supervisor.ui.pages.incidents.training.case_view import theme_text
from supervisor.ui.pages.incidents.training.dialogs import (
    AssignDialog,
    FinishDialog,
    SaveCourseDialog,
    TeachingDialog,
    WithdrawDialog,
)
from supervisor.ui.pages.incidents.training.lines import TwoLines
from supervisor.ui.pages.incidents.training.sheet_dialog import SheetDialog
from supervisor.words import sentence_of, word


class TrainingView(TrainingBody):
    """Lists at the left, one flag or case in the middle, acts and figures at the right.

    Signals:
        counted: words for the status bar.
        trouble: the database is away (Exception).
    """

    counted = Signal(str)
    trouble = Signal(object)

    def __init__(self, desk: Desk, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.acts = Acts(self, self.presenter, say)
        self._dialog: QDialog | None = None
        self._connect()

    def _connect(self) -> None:
        ask = self.presenter
        ask.listed.connect(self._on_list)
        ask.detailed.connect(self._on_detail)
        ask.gone.connect(self._nothing)
        ask.named.connect(self._retell)
        ask.library_ready.connect(self._on_library)
        ask.courses_ready.connect(self._on_courses)
        ask.trainings_ready.connect(self._on_trainings)
        ask.agreement_ready.connect(self.agreement.show_report)
        ask.notice_ready.connect(self.notice.show_effect)
        ask.effects_ready.connect(self.effects.show_effects)
        ask.quality_ready.connect(self.quality.show_summary)
        ask.sheet_ready.connect(self._on_sheet)
        ask.failed.connect(self._on_failed)
        self.segments.chosen.connect(self.show_segment)
        self.flags.moved.connect(self._on_flag)
        self.cases.moved.connect(self._on_case)
        self.review.judged.connect(self._on_judged)
        self.review.move_wanted.connect(self.acts.move)
        self.detail.answer_wanted.connect(self.acts.answer)
        self.detail.sheet_wanted.connect(self.open_sheet)
        self.assign.clicked.connect(self.assign_course)
        self.choose.clicked.connect(self.choose_case)
        self.case.change_wanted.connect(self.change_case)
        self.courses.save_wanted.connect(self.save_course)
        self.people.act_wanted.connect(self._on_training)

    # What the page asks

    def start(self) -> None:
        """Ask for everything the first time."""
        self.presenter.start()

    def show_segment(self, key: str) -> None:
        """待复核, 待指派培训 or 案例库."""
        self.segments.choose(key)
        self._nothing()
        library = key == "library"
        self.middle.setCurrentWidget(self.no_case if library else self.detail)
        self._arrange(key)
        self.presenter.use_segment(key)
        self.focus_main()

    def _arrange(self, key: str) -> None:
        shown = {
            "review": (self.review, self.agreement, self.quality),
            "assign": (self.people, self.courses, self.effects),
            "library": (self.effects, self.notice, self.quality),
        }[key]
        for part in (self.review, self.people, self.courses, self.agreement, self.effects,
                     self.notice, self.quality):  # fmt: skip
            show_if(part, part in shown)
        self._offer(None)

    def regions(self) -> list[QWidget]:
        """List, flag or case, acts."""
        middle = self.case.area if self.presenter.segment == "library" else self.detail.area
        parts = (self.lists.currentWidget() or self.segments, middle, self.side)
        return [part for part in parts if part.isVisible()]

    def focus_main(self) -> None:
        """The list has the focus."""
        main = self.lists.currentWidget()
        if main is not None and main.isVisible():
            main.setFocus()

    # Answers

    def _on_list(self, page: IncidentPage) -> None:
        self.banner.hide()
        ask = self.presenter
        if ask.segment == "library":
            return
        self.flags.show_incidents(page.rows, ask.rules, ask.now, ask.today)
        self.lists.setCurrentWidget(self.flags if page.rows else self.empty)
        if not page.rows:
            self._say_empty()
        self._count(ntr("{n:,} flag", "{n:,} flags", page.matching))
        at = self.flags.place_of(ask.chosen)
        at = 0 if at < 0 and page.rows else at
        blocked = self.flags.blockSignals(True)
        self.flags.make_current(at)
        self.flags.blockSignals(blocked)
        row = self.flags.row_at(at)
        if row is None:
            self._nothing()
        elif ask.chosen is None or ask.chosen.flag_id != row.ref.flag_id:
            ask.show_flag(row.ref)

    def _say_empty(self) -> None:
        title, text = {
            "review": (
                tr("No flag waits for your review"),
                tr("Flags sent to review are asked of two people where they are serious, and of a "
                   "fixed sample."),
            ),
            "assign": (
                tr("No flag calls for training"),
                tr("Confirmed conduct of our side and open training steps would stand here."),
            ),
            "library": (
                tr("The case library is empty"),
                tr("Confirmed flags are chosen under “To train” or on a flag that is closed."),
            ),
        }[self.presenter.segment]  # fmt: skip
        self.empty.show_state(title, text, (), "circle-check")

    def _count(self, text: str) -> None:
        self.shown.setText(text)
        self.counted.emit(text)

    def _on_detail(self, detail: IncidentDetail) -> None:
        ask = self.presenter
        self.detail.show_detail(detail, ask.rules, ask.today, self.desk.actor.role)
        self.review.show_detail(detail)
        show_if(self.review, ask.segment == "review")
        self._offer(detail)

    def _offer(self, detail: IncidentDetail | None) -> None:
        ask = self.presenter
        flag = detail is not None and ask.segment == "assign"
        show_if(self.assign, flag and ask.may(asks.ASSIGNERS))
        confirmed = detail is not None and detail.row.verdict in STANDING
        show_if(self.choose, confirmed and ask.may(asks.KEEPERS) and ask.segment == "assign")

    def _nothing(self) -> None:
        self.presenter.show_flag(None)
        self.detail.clear()
        show_if(self.review, False)
        self._offer(None)

    def _retell(self) -> None:
        if self.presenter.detail is not None:
            self._on_detail(self.presenter.detail)
        if self.presenter.segment == "library":
            self._on_library(self.presenter.library)
        elif self.presenter.page.rows:
            self._on_list(self.presenter.page)

    def _on_library(self, page: TeachingPage) -> None:
        ask = self.presenter
        if ask.segment != "library":
            return
        lines = [
            (TwoLines(row.title, theme_text(row.theme, ask.rules), row.case_no), row)
            for row in page.rows
        ]
        self.cases.show_lines(lines, lambda row: row.teaching_id)
        self.lists.setCurrentWidget(self.cases if page.rows else self.empty)
        if not page.rows:
            self._say_empty()
        themes = ntr("{n} theme", "{n} themes", len(page.themes))
        cases = ntr("{n} case", "{n} cases", page.total)
        self._count(f"{cases} · {themes}" if page.total else cases)
        self._on_case(self.cases.current())

    def _on_case(self, _at: int) -> None:
        row: TeachingRow | None = self.cases.current_data()
        self.middle.setCurrentWidget(self.no_case if row is None else self.case)
        if row is not None:
            may = self.presenter.may(asks.KEEPERS)
            self.case.show_case(row, self.presenter.rules, may_change=may)

    def _on_courses(self, rows: tuple[CourseRow, ...]) -> None:
        self.courses.show_courses(rows, may=self.presenter.may(asks.COURSE_KEEPERS))

    def _on_trainings(self, page: TrainingPage) -> None:
        may = self.presenter.may(asks.ASSIGNERS)
        self.people.show_page(page, self.presenter.today, may=may)

    def _on_flag(self, at: int) -> None:
        row = self.flags.row_at(at)
        if row is not None:
            self.presenter.show_flag(row.ref)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, SupervisorError):
            raise error
        again = [(tr("Try again"), self.presenter.refresh)]
        self.banner.show_news("warn", sentence_of(error), "", again, dismissable=True)
        self.trouble.emit(error)

    # Acts

    def _on_judged(self, verdict: Verdict, reason: str, decides: bool) -> None:  # noqa: FBT001
        self.acts.judge(verdict, reason, self.review.sent, decides=decides)

    def assign_course(self) -> QDialog | None:
        """指派培训 because of the open flag."""
        detail, ask = self.presenter.detail, self.presenter
        if detail is None:
            return None
        ids = detail.visit.agent_ids if detail.visit is not None else ()
        people = list(zip(ids, detail.row.agents, strict=False))
        ref = FlagRef(detail.row.ref.branch_id, detail.row.ref.flag_id)
        return self._open(
            AssignDialog(self.desk.actor, people, ask.courses, ref, ask.today,
                         ask.send_from_dialog, self)
        )  # fmt: skip

    def choose_case(self) -> QDialog | None:
        """选入案例库."""
        detail, ask = self.presenter.detail, self.presenter
        if detail is None:
            return None
        title = ask.rules.title(detail.row.lead_rule, detail.row.lead_reason)
        title = title if detail.row.lead_rule else word(detail.row.category)
        return self._open(
            TeachingDialog(self.desk.actor, detail, title, ask.send_from_dialog, self)
        )

    def change_case(self, row: TeachingRow) -> QDialog:
        """Other questions or notes, or out of the library."""
        ask = self.presenter
        send, reread = ask.send_from_dialog, partial(ask.reread_case, row)
        return self._open(TeachingDialog(self.desk.actor, row, row.title, send, self, reread))

    def save_course(self, row: CourseRow | None) -> QDialog:
        """Add or change a course."""
        ask = self.presenter
        reread = None if row is None else partial(ask.reread_course, row)
        return self._open(
            SaveCourseDialog(self.desk.actor, row, ask.send_from_dialog, self, reread)
        )

    def _on_training(self, act: str, row: TrainingRow) -> None:
        ask = self.presenter
        if act == "finish":
            self._open(FinishDialog(self.desk.actor, row, ask.today, ask.send_from_dialog, self))
            return
        ref = TrainingRef(row.training_id, row.version)
        make = partial(_withdrawal, self.desk, ref)
        about = tr("{person}: {course}", person=row.staff, course=row.course)
        self._open(WithdrawDialog(tr("Withdraw the course"), tr("Withdraw"), about, make,
                             ask.send_from_dialog, self, required=True))  # fmt: skip

    def open_sheet(self) -> None:
        """质检单 of the visit of the open flag."""
        detail = self.presenter.detail
        if detail is not None and detail.visit is not None:
            self.presenter.ask_sheet(detail.row.ref.branch_id, detail.visit.visit_id)

    def blank_sheet(self) -> QDialog | None:
        """The sheet of the open flag's visit as if nobody had filled one in."""
        detail = self.presenter.detail
        if detail is None or detail.visit is None:
            return None
        visit = detail.visit
        view = SheetView(detail.row.ref.branch_id, visit.visit_id, visit.started_at,
                         visit.outcome, detail.row.agents, None, ())  # fmt: skip
        return self._on_sheet(view)

    def _on_sheet(self, view: SheetView | None) -> QDialog | None:
        if view is None:
            return None
        may = self.presenter.may(asks.SHEET_WRITERS)
        send, reread = self.presenter.send_from_dialog, partial(self.presenter.reread_sheet, view)
        return self._open(SheetDialog(self.desk.actor, view, send, self, reread, may_write=may))

    def _open(self, dialog: QDialog) -> QDialog:
        self._dialog = dialog
        dialog.open()
        return dialog


def _withdrawal(desk: Desk, ref: TrainingRef, words: str) -> WithdrawTraining:
    return WithdrawTraining(actor=desk.actor, training=ref, because=words)
