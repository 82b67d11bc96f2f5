"""The start page: 今日外访进度 and 今日需要您处理; every figure opens the cases behind it."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from supervisor.errors import SupervisorError, UnreachableError
from supervisor.i18n import ntr, tr
from supervisor.models.enums import QueueReason, Topic
from supervisor.models.rows.overview import OverviewRow, ReasonCountRow, VisitProgressRow
from supervisor.ui.background.desk import Desk
from supervisor.ui.look import icons
from supervisor.ui.look.tokens import tokens
from supervisor.ui.pages.overview.presenter import Group, OverviewPresenter, grouped
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Align, Shape
from supervisor.ui.widgets import Banner, Card, EmptyState, Label, Page, Skeleton
from supervisor.words import formats, sentence_of, word

LINE_HEIGHT = 52
SHAPES = {"first": Shape.DIAMOND, "today": Shape.TRIANGLE, "week": Shape.CIRCLE}


class ReasonLine(QAbstractButton):
    """One reason: shape, count and noun, the amount behind it, ›. Opens the queue."""

    def __init__(self, line: ReasonCountRow, shape: Shape, parent: QWidget) -> None:
        super().__init__(parent)
        self.line, self._shape = line, shape
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(LINE_HEIGHT)
        self.setText(
            ntr("{n:,} case: {what}", "{n:,} cases: {what}", line.cases, what=word(line.reason))
        )
        self.setAccessibleName(f"{self.text()}, {self._detail()}")

    def sizeHint(self) -> QSize:
        return QSize(320, LINE_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens as a click does; arrows move between lines."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.rect()
        if self.underMouse():
            painter.fillRect(rect, paint.colour(colours.surface2))
        painter.fillRect(16, rect.bottom(), rect.width() - 32, 1, paint.colour(colours.line))
        middle = rect.topLeft().toPointF()
        middle.setX(24)
        middle.setY(18)
        paint.paint_shape(painter, middle, self._shape, colours)
        upper = rect.adjusted(40, 6, -40, -24)
        painter.setFont(paint.text_font(13, 500))
        painter.setPen(paint.colour(colours.text))
        painter.drawText(upper, Align.LEFT.flag, paint.elided(self.text(), 13, 500, upper.width()))
        painter.setFont(paint.text_font(12, 400))
        painter.setPen(paint.colour(colours.text2))
        painter.drawText(upper.translated(0, 20), Align.LEFT.flag, self._detail())
        arrow = rect.adjusted(rect.width() - 32, 18, -16, -18)
        icons.paint(painter, "chevron-right", arrow, "text2")
        if self.hasFocus():
            painter.setPen(paint.colour(colours.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(2, 2, -3, -3), 4, 4)
        painter.end()

    def _detail(self) -> str:
        return tr("overdue {amount} CNY", amount=formats.money(self.line.overdue_fen))


class OverviewPage(Page):
    """Paints four states: waiting, nothing to do, rows, trouble."""

    page_id: ClassVar[str] = "overview"
    depends_on: ClassVar[frozenset[Topic]] = frozenset(
        {
            Topic.CASES,
            Topic.PAYMENTS,
            Topic.VISITS,
            Topic.PLANS,
            Topic.PROMISES,
            Topic.FLAGS,
            Topic.COMPLAINTS,
            Topic.PARAMETERS,
            Topic.IMPORTS,
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.presenter = OverviewPresenter(desk, self)
        self.lines: list[ReasonLine] = []
        self._started = False
        self._build()
        self.presenter.ready.connect(self._on_ready)
        self.presenter.failed.connect(self._on_failed)
        desk.bus.changed.connect(self._on_bus)

    def _build(self) -> None:
        self.banner = Banner(self)
        self.waiting = Skeleton(8, self)
        self.visits = Card(tr("Visits today"))
        self.figures = QHBoxLayout()
        self.figures.setSpacing(12)
        self.visits.body.addLayout(self.figures)
        self.reading = Label(role="secondary")
        self.reading.setWordWrap(True)
        self.visits.body.addWidget(self.reading)
        self.needs = Card(tr("Needs you today"), padding=0)
        self.nothing = EmptyState(self)
        holder = QWidget()
        self._list = QHBoxLayout(holder)
        self._list.setContentsMargins(16, 0, 16, 16)
        self._list.setSpacing(12)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(holder)
        self.needs.body.addWidget(area, 1)
        self.needs.body.addWidget(self.nothing, 1)
        self.body = QWidget(self)
        down = QVBoxLayout(self.body)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        down.addWidget(self.visits)
        down.addWidget(self.needs, 1)
        self.body.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 0, 20, 20)
        box.setSpacing(12)
        for part in (self.banner, self.waiting, self.body):
            box.addWidget(part, 0 if part is self.banner else 1)
        self.nothing.hide()

    def title(self) -> str:
        """总览."""
        return tr("Overview")

    def subtitle(self) -> str:
        """The day the page speaks of."""
        return self.presenter.wanted.as_of.isoformat()

    def regions(self) -> list[QWidget]:
        """The list."""
        return [*self.lines[:1]]

    def activate(self) -> None:
        """The first time, read; the focus starts on the first line."""
        if not self._started:
            self._started = True
            self.waiting.start()
            self.refresh()
        elif self.lines:
            self.lines[0].setFocus()

    def refresh(self) -> None:
        """Read the day again."""
        self.busy_changed.emit(True)
        self.presenter.refresh()

    def _on_ready(self, row: OverviewRow) -> None:
        self.waiting.stop()
        self.waiting.hide()
        self.banner.hide()
        self.body.show()
        self._show_visits(row.visits)
        self._show_needs(row)
        self.read_at_changed.emit(self.presenter.read_at)
        self.busy_changed.emit(False)
        self.trouble.emit(False)
        self.status_changed.emit(ntr("{n:,} case in hand", "{n:,} cases in hand", row.cases))

    def _show_visits(self, visits: VisitProgressRow) -> None:
        _clear(self.figures)
        for title, n, tone in (
            (tr("Planned"), visits.planned, ""),
            (tr("Under way"), visits.under_way, ""),
            (tr("Reported"), visits.reported, ""),
            (tr("Not back"), visits.not_back, "warn" if visits.not_back else ""),
        ):
            self.figures.addWidget(_figure(title, n, tone))
        self.figures.addStretch(1)
        people = ntr("{n} agent on the road", "{n} agents on the road", visits.pairs)
        back = tr("Not back: the window is over and no report is in.")
        gone = ntr("{n} called back or cancelled", "{n} called back or cancelled", visits.recalled)
        self.reading.setText(" · ".join((people, gone, back)))

    def _show_needs(self, row: OverviewRow) -> None:
        _clear(self._list)
        self.lines = []
        groups = grouped(row)
        cases = sum(line.cases for group in groups for line in group.lines)
        self.needs.subtitle.setText(ntr("{n:,} case", "{n:,} cases", cases))
        self.nothing.setVisible(not groups)
        if not groups:
            checked = ntr("{n:,} case was checked.", "{n:,} cases were checked.", row.cases)
            self.nothing.show_state(tr("Nothing needs you today"), checked, (), "circle-check")
        for group in groups:
            self._show_group(group)
        if self.lines and self.isVisible():
            self.lines[0].setFocus()

    def _show_group(self, group: Group) -> None:
        n = sum(line.cases for line in group.lines)
        column = Card(group.title, ntr("{n:,} case", "{n:,} cases", n), padding=0)
        for line in group.lines:
            button = ReasonLine(line, SHAPES[group.key], self)
            button.clicked.connect(partial(self._open, line.reason))
            column.body.addWidget(button)
            self.lines.append(button)
        column.body.setSpacing(0)
        column.body.addStretch(1)
        self._list.addWidget(column, 1)

    def _open(self, reason: QueueReason) -> None:
        self.go_wanted.emit("case_queue", self.presenter.behind(reason))

    def _on_failed(self, error: Exception) -> None:
        self.busy_changed.emit(False)
        self.waiting.stop()
        if not isinstance(error, SupervisorError):
            raise error
        self.banner.show_news(
            "warn",
            sentence_of(error),
            tr("Shown is what was read at {at}.", at=formats.clock_time(self.presenter.read_at))
            if self.lines
            else "",
            [(tr("Try again"), self.refresh)],
        )
        self.trouble.emit(isinstance(error, UnreachableError))

    def _on_bus(self, topics: frozenset[Topic], _initiator: object) -> None:
        if self._started and topics & self.depends_on and self.isVisible():
            self.refresh()


def _figure(title: str, n: int, tone: str) -> QWidget:
    holder = QWidget()
    holder.setMinimumWidth(120)
    holder.setAccessibleName(f"{title}: {n}")
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(0)
    figure = Label(formats.count(n), "figure")
    figure.set_tone(tone)
    box.addWidget(Label(title, "secondary"))
    box.addWidget(figure)
    return holder


def _clear(layout: QHBoxLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
