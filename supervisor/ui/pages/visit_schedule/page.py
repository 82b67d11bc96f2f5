"""外访排程: who goes where on a day, and may they."""

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from supervisor.i18n import tr
from supervisor.models.enums import Topic
from supervisor.models.enums_reports import ReportKind
from supervisor.models.rows.schedule import Course, VisitCard
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.visit_schedule import pictures
from supervisor.ui.pages.visit_schedule.acts import Acts, Parts
from supervisor.ui.pages.visit_schedule.board_view import Draft
from supervisor.ui.pages.visit_schedule.body import ScheduleBody
from supervisor.ui.pages.visit_schedule.presenter import SchedulePresenter
from supervisor.words import formats
from supervisor.words.of_schedule import people_text, recall_text, weekday_text

TICK_MS = 60_000


class VisitSchedulePage(ScheduleBody):
    """Paints four states: waiting, an empty day, lanes, trouble. Decides nothing."""

    page_id: ClassVar[str] = "visit_schedule"
    depends_on: ClassVar[frozenset[Topic]] = SchedulePresenter.depends_on | {Topic.DIRECTORY}

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.acts = Acts(Parts(self, self.presenter, self.board, self.said.emit, self._open_case))
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._on_tick)
        self._connect()

    def _connect(self) -> None:
        ask = self.presenter
        ask.shown.connect(self._on_day)
        ask.judged.connect(self._on_checks)
        self._connect_directory()
        self.days.chosen.connect(self.show_day)
        self.days.stepped.connect(self._step)
        self.days.today.clicked.connect(lambda: self.show_day(ask.today))
        self.board.moved.connect(self._on_moved)
        self.board.picked.connect(self._on_picked)
        self.board.selected.connect(self._on_selected)
        self.board.drafted.connect(self._on_draft)
        self.board.move_wanted.connect(self.acts.move)
        self.board.menu_wanted.connect(self.acts.menu)
        self.board.act_wanted.connect(self.acts.do)
        self.bar.act_wanted.connect(self.acts.do)
        self.bar.sheet_wanted.connect(self._print_sheet)
        self.bar.cleared.connect(self.board.clear_selection)
        self.halves.chosen.connect(self.show_half)
        self.pool.plan_wanted.connect(self.acts.plan)
        self.pool.case_wanted.connect(lambda case: self._open_case(case.case_no))
        self.recall.clicked.connect(lambda: self.acts.do("recall"))
        self.record.clicked.connect(lambda: self.acts.do("record"))
        self.case.clicked.connect(self._open_current)

    # What the shell asks

    def title(self) -> str:
        """外访排程."""
        return tr("Visit schedule")

    def subtitle(self) -> str:
        """The day."""
        on = self.presenter.on
        return f"{on.isoformat()} {weekday_text(on)}"

    def header_left(self) -> list[QWidget]:
        """Whose visits."""
        return [self.scope] if self.has_choice() else []

    def regions(self) -> list[QWidget]:
        """Days, board, side."""
        side = self.pool.list if self.halves.current == "pool" else self.detail
        return [part for part in (self.days.back, self.board, side) if part.isVisible()]

    def activate(self) -> None:
        """The first time, ask for everything; the board has the focus."""
        self._clock.start()
        super().activate()
        self.board.setFocus()

    def go_to(self, what: object) -> None:
        """A day, or {"case": number} is looked for on the day shown."""
        if isinstance(what, date):
            self.show_day(what)

    def place(self) -> object:
        """The day."""
        return self.presenter.on

    def step_back(self) -> bool:
        """Esc: leave a card where it was, clear the selection, back to today."""
        if self.board.cancel_move():
            return True
        if self.board.selection:
            self.board.clear_selection()
            return True
        if self.presenter.on != self.presenter.today:
            self.show_day(self.presenter.today)
            return True
        return False

    def focus_filter(self) -> None:
        """Ctrl+F: which branch."""
        target: QWidget = self.scope if self.scope.isVisible() else self.days.back
        target.setFocus()

    # Keys

    def keys(self) -> list[QAction]:
        """What keys do on this page; the board and the shell carry them out."""
        return self._tell_keys(
            (
                ("Ctrl+Right", tr("Move the visit by a quarter of an hour")),
                ("Ctrl+Down", tr("Move the visit to another pair")),
                ("Del", tr("Call back")),
                ("Ctrl+N", tr("Plan visits")),
                ("Ctrl+R", tr("Reschedule")),
                ("Ctrl+S", tr("Record a visit from paper")),
                ("Alt+Left", tr("Day before")),
                ("Alt+Right", tr("Day after")),
            )
        )

    def key_previous_case(self) -> None:
        """Alt+Left: the day before."""
        self._step(-1)

    def key_next_case(self) -> None:
        """Alt+Right: the day after."""
        self._step(1)

    def key_follow_up(self) -> None:
        """Ctrl+N: plan the chosen cases; without any, choose some first."""
        if self.halves.current == "pool" and self.pool.chosen:
            self.pool.ask_plan()
        else:
            self.focus_pool()

    def key_reassign(self) -> None:
        """Ctrl+R: reschedule."""
        self.acts.do("reschedule")

    def key_save(self) -> None:
        """Ctrl+S: record from paper."""
        self.acts.do("record")

    # What the person does

    def show_day(self, on: date) -> None:
        """Another day."""
        self.busy_changed.emit(True)
        self.board.cancel_move()
        self.presenter.go(on)
        self.header_changed.emit()

    def _step(self, days: int) -> None:
        self.busy_changed.emit(True)
        self.board.cancel_move()
        self.presenter.step(days)
        self.header_changed.emit()

    def _on_moved(self, card: VisitCard | None) -> None:
        self.detail.show_visit(card, self.presenter.check_of(card))
        may = self.presenter.may_plan
        open_one = card is not None and card.course is not Course.REPORTED
        why = tr("Choose a visit nobody has reported") if may else tr("Your role looks only")
        self.record.set_enabled(open_one and may, why)
        self.recall.setVisible(card is not None and open_one and may and bool(recall_text(card)))
        self.case.set_enabled(card is not None, tr("Choose a visit"))

    def _on_picked(self, card: VisitCard) -> None:
        self.show_half("visit")
        self._on_moved(card)

    def _on_selected(self, cards: tuple[VisitCard, ...]) -> None:
        self.bar.show_cards(cards, may_plan=self.presenter.may_plan)

    def _on_draft(self, draft: Draft | None) -> None:
        self.moving.setVisible(draft is not None)
        if draft is not None:
            lane = self.board.lanes[draft.lane]
            self.moving_text.setText(
                tr("Move to {time} · {people}", time=formats.clock_time(draft.start),
                   people=people_text(lane))
            )  # fmt: skip

    def _open_current(self) -> None:
        card = self.board.current
        if card is not None:
            self._open_case(card.case_no)

    def _print_sheet(self, case_no: str) -> None:
        """The sheet of a visit is a report, registered out and back."""
        self.go_wanted.emit("reports", {"kind": ReportKind.VISIT_SHEET.value, "subject": case_no})

    def _open_case(self, case_no: str) -> None:
        self.go_wanted.emit("case_queue", {"open": case_no})

    def _on_tick(self) -> None:
        if self.isVisible() and self._started:
            self.presenter.refresh()

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        """States of the page for pictures."""
        return pictures.steps(self)
