"""What the visit schedule is made of, and what answers become on it."""

from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from supervisor.i18n import language, ntr, tr
from supervisor.models.rows.schedule import Course, ScheduleDay
from supervisor.ui.background.desk import Desk, Scope
from supervisor.ui.pages.visit_schedule.acts_bar import ActsBar
from supervisor.ui.pages.visit_schedule.board import Board
from supervisor.ui.pages.visit_schedule.day_bar import DayBar
from supervisor.ui.pages.visit_schedule.detail import Detail
from supervisor.ui.pages.visit_schedule.pool import Pool
from supervisor.ui.pages.visit_schedule.presenter import SchedulePresenter
from supervisor.ui.widgets import Button, EmptyState, Label, SegmentedControl
from supervisor.ui.widgets.pane import Pane
from supervisor.ui.widgets.scope_page import BranchPage
from supervisor.words import formats
from supervisor.words.of_schedule import progress_text

SIDE, SLIM_SIDE = 340, 272
SLIM = 1_100
"""Below this page width the days say less and the side is narrower."""


class ScheduleBody(BranchPage):
    """Builds the parts and paints answers; the page itself connects them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.presenter: SchedulePresenter = SchedulePresenter(desk, self)
        self._build()

    def title_of_trouble(self) -> str:
        return tr("The schedule could not be read")

    def focus_pool(self) -> None:
        """Choose what to plan."""
        self.show_half("pool")
        self.pool.list.setFocus()

    def show_half(self, key: str) -> None:
        """The current visit, or what waits to be planned."""
        self.halves.choose(key)
        self.sides.setCurrentIndex(1 if key == "pool" else 0)

    # Parts

    def _build(self) -> None:
        self.days = DayBar()
        self.board = Board()
        self.empty = EmptyState()
        self.moving = self._build_moving()
        self.bar = ActsBar()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.board)
        self.stack.addWidget(self.empty)
        left = QFrame()
        left.setObjectName("card")
        box = QVBoxLayout(left)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        rows: tuple[QWidget, ...] = (self.days, _rule(), self.stack, self.moving, self.bar)
        for row in rows:
            box.addWidget(row, 1 if row is self.stack else 0)
        self.panes = QSplitter()
        self.panes.setObjectName("gaps")
        self.panes.setHandleWidth(12)
        self.panes.setChildrenCollapsible(False)
        self.panes.addWidget(left)
        self.panes.addWidget(self._build_side())
        self.panes.setStretchFactor(0, 1)
        self._lay_out(self.panes)

    def _build_side(self) -> QWidget:
        self.side = Pane()
        self.side.setObjectName("card")
        self.halves = SegmentedControl(
            (("visit", tr("This visit")), ("pool", tr("To plan"))), tr("Part"), self
        )
        self.detail = Detail()
        self.recall = Button(tr("Call back"), "careful")
        self.recall.setToolTip("Del")
        self.recall.hide()
        self.record = Button(tr("Paper record"))
        self.record.setToolTip("Ctrl+S")
        self.case = Button(tr("Open the case"))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.recall)
        foot.addWidget(self.record)
        foot.addWidget(self.case)
        foot.addStretch(1)
        visit = QWidget()
        inner = QVBoxLayout(visit)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.detail, 1)
        inner.addLayout(foot)
        self.pool = Pool()
        self.sides = QStackedWidget()
        self.sides.addWidget(visit)
        self.sides.addWidget(self.pool)
        box = QVBoxLayout(self.side)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(10)
        box.addWidget(self.halves)
        box.addWidget(self.sides, 1)
        return self.side

    def _build_moving(self) -> QFrame:
        holder = QFrame()
        holder.setObjectName("bulkBar")
        holder.setFixedHeight(40)
        row = QHBoxLayout(holder)
        row.setContentsMargins(12, 0, 12, 0)
        self.moving_text = Label(role="strong")
        row.addWidget(self.moving_text, 1)
        row.addWidget(Label(tr("Enter: check and confirm · Esc: leave it"), "secondary"))
        holder.hide()
        return holder

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        side = SLIM_SIDE if self.is_slim else SIDE
        self.side.keep_least(wide=side - 40)
        self.panes.setSizes([max(300, self.width() - side - 52), side])
        self.bar.set_slim(self.is_slim)
        self._show_week()

    @property
    def is_slim(self) -> bool:
        """Whether room is short."""
        return self.width() < SLIM + (120 if language() == "en" else 0)

    # What answers become

    def _on_day(self, day: ScheduleDay) -> None:
        self._show_body()
        self.board.show_lanes(day.lanes, self.presenter.checks)
        self.pool.may_plan = self.presenter.may_plan
        self.pool.show_cases(day.pool, day.pool_total, self.presenter.today)
        self.halves.button("pool").setText(tr("To plan {n}", n=formats.count(day.pool_total)))
        self._show_week()
        self.stack.setCurrentWidget(self.board if day.lanes else self.empty)
        if not day.lanes:
            self._show_empty()
        self._tell_read()
        self.header_changed.emit()
        self._say(day)

    def _show_empty(self) -> None:
        filtered = bool(self.desk.scope.teams)
        title = tr("Nobody goes out on this day")
        text = (
            tr("No pair of this team is known and no visit is planned.")
            if filtered
            else tr("No pair is known in this branch and no visit is planned.")
        )
        actions = [(tr("Choose cases to plan"), self.focus_pool)]
        if filtered:
            whole = self.presenter.branch_id()
            actions.insert(0, (tr("Show the whole branch"), lambda: self.presenter.use_scope(
                Scope((whole,)) if whole is not None else Scope())))  # fmt: skip
        self.empty.show_state(title, text, actions, "calendar-days")

    def _show_week(self) -> None:
        day = self.presenter.day
        if day is not None:
            ask = self.presenter
            self.days.show_week(day.week, day.on, ask.today, slim=self.is_slim)
            courses = [(course, day.progress.get(course, 0)) for course in Course]
            shown = [pair for pair in courses if pair[1] or pair[0] is Course.PLANNED]
            recalls = next((one.recalls for one in day.week if one.on == day.on), 0)
            self.days.show_progress(progress_text(shown, recalls))

    def _on_checks(self, checks: Any) -> None:
        self.board.show_checks(checks)
        card = self.board.current
        self.detail.show_visit(card, self.presenter.check_of(card))

    def _say(self, day: ScheduleDay) -> None:
        n = len(day.cards)
        recalls = sum(one.recalls for one in day.week if one.on == day.on)
        parts = [ntr("{n} visit", "{n} visits", n)]
        if recalls:
            parts.append(ntr("{n} to call back", "{n} to call back", recalls))
        self.status_changed.emit(" · ".join(parts))


def _rule() -> QFrame:
    line = QFrame()
    line.setObjectName("hairline")
    line.setFixedHeight(1)
    return line
