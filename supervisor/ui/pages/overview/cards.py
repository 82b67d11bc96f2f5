"""Cards of the start page: what needs somebody, today's visits, what is in hand."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.enums import QueueReason
from supervisor.models.rows.overview import (
    AgentProgressRow,
    CompositionRow,
    OverviewRow,
    VisitProgressRow,
)
from supervisor.ui.look.tokens import tokens
from supervisor.ui.pages.overview.lines import (
    AMOUNT,
    EDGE,
    FIGURE,
    AgentLine,
    FactLine,
    ReasonLine,
    StageLine,
    say,
)
from supervisor.ui.pages.overview.presenter import grouped
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Align, Shape
from supervisor.ui.widgets import Button, Card, EmptyState, Label
from supervisor.words import formats

SHAPES = {"first": Shape.DIAMOND, "today": Shape.TRIANGLE, "week": Shape.CIRCLE}
BAR_HEIGHT = 10


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout for good."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class NeedsCard(Card):
    """今日需要您处理, grouped by urgency.

    Signals:
        wanted: a reason whose cases are to be shown (QueueReason). all_wanted: every case.
    """

    wanted = Signal(object)
    all_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Needs you today"), parent=parent, padding=0)
        self.every = Button(tr("All cases"), "link")
        self.every.clicked.connect(self.all_wanted)
        self.head.addWidget(self.every)
        self.nothing = EmptyState(self)
        self.nothing.hide()
        self.lines: list[ReasonLine] = []
        self.today = 0
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.body.addLayout(self._list)
        self.body.addWidget(self.nothing, 1)
        self.body.addStretch(1)

    def show_row(self, row: OverviewRow) -> None:
        """Show who waits for what; the focus stays on the reason it was on."""
        held = next((one for one in self.lines if one.hasFocus()), None)
        focused = None if held is None else held.line.reason
        if held is not None:
            held.clearFocus()  # else what goes hands it on, and the page scrolls after it
        clear(self._list)
        self.lines = []
        groups = grouped(row)
        counts = {group.key: sum(line.cases for line in group.lines) for group in groups}
        self.today = counts.get("first", 0) + counts.get("today", 0)
        self.subtitle.setText(
            tr(
                "today {today:,} · within the week {week:,}",
                today=self.today,
                week=counts.get("week", 0),
            )
        )
        self.nothing.setVisible(not groups)
        if not groups and not row.cases:
            way = (tr("Import data"), self.import_wanted.emit)
            said = tr("Staff, contracts and cases come in by files, in the order that page gives.")
            self.nothing.show_state(tr("No case yet"), said, (way,), "file-input")
        elif not groups:
            checked = ntr("{n:,} case was checked.", "{n:,} cases were checked.", row.cases)
            self.nothing.show_state(tr("Nothing needs you today"), checked, (), "circle-check")
        for group in groups:
            said = ntr("{n:,} case", "{n:,} cases", counts[group.key])
            self._list.addWidget(GroupHead(group.title, [(said, 0)]))
            for line in group.lines:
                button = ReasonLine(line, SHAPES[group.key], self)
                button.clicked.connect(partial(self._open, line.reason))
                self._list.addWidget(button)
                self.lines.append(button)
                if line.reason is focused:
                    button.setFocus()

    def _open(self, reason: QueueReason, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        self.wanted.emit(reason)


class GroupHead(QWidget):
    """A grey line above a group of lines: its title, and heads of columns at the right."""

    HEIGHT = 28

    def __init__(self, title: str, heads: list[tuple[str, int]]) -> None:
        super().__init__()
        self._title, self._heads = title, heads
        self.setFixedHeight(self.HEIGHT)
        self.setAccessibleName(" ".join((title, *(text for text, _ in heads))))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = tokens()
        painter = QPainter(self)
        rect = self.rect()
        painter.fillRect(rect, paint.colour(colours.surface2))
        painter.fillRect(0, rect.bottom(), rect.width(), 1, paint.colour(colours.line))
        right = rect.right() + 1 - EDGE - 20
        for text, width in reversed(self._heads):
            wide = width or paint.advance(text, 12, 400) + 1
            box = QRect(right - wide, 0, wide, rect.height())
            say(painter, box, text, colours.text2, size=12, align=Align.RIGHT)
            right -= wide
        room = QRect(EDGE, 0, max(0, right - EDGE - 8), rect.height())
        say(painter, room, self._title, colours.text2, size=12, weight=500)
        painter.end()


class ProgressBar(QWidget):
    """Today's visits as one bar: reported, under way, not back; the rest is still to come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._visits = VisitProgressRow(0, 0, 0, 0, 0, 0)
        self.setFixedHeight(BAR_HEIGHT)

    def show_visits(self, visits: VisitProgressRow) -> None:
        """Show other figures."""
        self._visits = visits
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours, visits = tokens(), self._visits
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(paint.colour(colours.track))
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        left = 0.0
        for n, shade in (
            (visits.reported, colours.ok_fill),
            (visits.under_way, colours.bar),
            (visits.not_back, colours.warn_fill),
        ):
            width = self.width() * n / visits.planned if visits.planned else 0
            piece = QRectF(left, 0, width, BAR_HEIGHT)
            painter.fillRect(piece, paint.colour(shade))
            if shade == colours.warn_fill:  # told from the others without its colour
                line = QBrush(paint.colour(colours.on_warn_fill), Qt.BrushStyle.BDiagPattern)
                painter.fillRect(piece, line)
            left += width
        painter.end()


class VisitsCard(Card):
    """今日外访进度: the branch in four figures and a bar; each person's day on demand.

    Signals:
        agent_wanted: a person whose cases are to be shown (AgentProgressRow).
    """

    agent_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Visits today"), parent=parent, padding=0)
        self.by_person = Button(tr("By person"), "link")
        self.by_person.setCheckable(True)
        self.by_person.toggled.connect(self._on_toggled)
        self.head.addWidget(self.by_person)
        figures = QWidget()
        self.figures = QHBoxLayout(figures)
        self.figures.setContentsMargins(0, 0, 0, 0)
        self.figures.setSpacing(28)
        self.bar = ProgressBar()
        self.reading = Label(role="secondary")
        self.reading.setWordWrap(True)
        words = QWidget()
        beside = QVBoxLayout(words)
        beside.setContentsMargins(0, 6, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(self.bar)
        beside.addWidget(self.reading)
        line = QHBoxLayout()
        line.setContentsMargins(EDGE, 0, EDGE, 12)
        line.setSpacing(32)
        line.addWidget(figures)
        line.addWidget(words, 1)
        self.people = QWidget()
        self._people = QVBoxLayout(self.people)
        self._people.setContentsMargins(0, 0, 0, 0)
        self._people.setSpacing(0)
        self.people.hide()
        self.body.addLayout(line)
        self.body.addWidget(self.people)

    def _on_toggled(self, on: bool) -> None:  # noqa: FBT001 - a slot
        self.people.setVisible(on)

    def show_row(self, row: OverviewRow) -> None:
        """Show the day as it stands."""
        visits = row.visits
        clear(self.figures)
        for title, n, tone in (
            (tr("Planned"), visits.planned, ""),
            (tr("Under way"), visits.under_way, ""),
            (tr("Reported"), visits.reported, ""),
            (tr("Not back"), visits.not_back, "warn" if visits.not_back else ""),
        ):
            self.figures.addWidget(_figure(title, n, tone))
        self.bar.show_visits(visits)
        people = ntr("{n} agent on the road", "{n} agents on the road", visits.pairs)
        back = tr("Not back: the window is over and no report is in.")
        gone = ntr("{n} called back or cancelled", "{n} called back or cancelled", visits.recalled)
        self.reading.setText(" · ".join((people, gone, back)))
        self.by_person.setVisible(bool(row.agents))
        self._show_people(row.agents)

    def _show_people(self, agents: tuple[AgentProgressRow, ...]) -> None:
        clear(self._people)
        if not agents:
            return
        titles = (tr("Planned"), tr("Under way"), tr("Reported"), tr("Not back"))
        self._people.addWidget(GroupHead(tr("Agent"), [(title, FIGURE) for title in titles]))
        for agent in agents:
            line = AgentLine(agent, self)
            line.clicked.connect(partial(self._open, agent))
            self._people.addWidget(line)

    def _open(self, agent: AgentProgressRow, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        self.agent_wanted.emit(agent)


class CompositionCard(Card):
    """在催案件 by stage, and what else the branch stands on.

    Signals:
        wanted: conditions of the cases to be shown (dict for `CaseQueueFilter`).
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Cases in hand"), parent=parent, padding=0)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)

    def show_row(self, row: OverviewRow) -> None:
        """The whole, which is known first."""
        cases = ntr("{n:,} case", "{n:,} cases", row.cases)
        amount = tr("overdue {amount} CNY", amount=formats.money(row.overdue_fen))
        known = (
            tr("payment data up to {day}", day=row.payments_known_on.isoformat())
            if row.payments_known_on
            else tr("no payment data yet")
        )
        self.subtitle.setText(" · ".join((cases, amount, known)))

    def show_composition(self, row: CompositionRow) -> None:
        """The parts, which follow."""
        clear(self._lines)
        heads = [(tr("Cases"), FIGURE), (tr("Overdue (CNY)"), AMOUNT)]
        self._lines.addWidget(GroupHead(tr("Stage"), heads))
        most = max((stage.cases for stage in row.stages), default=0)
        for stage in row.stages:
            line = StageLine(stage, most, self)
            self._add(line, {"buckets": frozenset({stage.bucket})})
        for title, n, wanted in (
            (tr("On hold"), row.on_hold, {"held": True}),
            (tr("Without an agent"), row.unassigned, {"unassigned": True}),
        ):
            self._add(FactLine(title, ntr("{n:,} case", "{n:,} cases", n), self), wanted)

    def _add(self, line: StageLine | FactLine, wanted: Mapping[str, object]) -> None:
        opens: Callable[..., None] = lambda _on=False: self.wanted.emit(wanted)  # noqa: E731
        line.clicked.connect(opens)
        self._lines.addWidget(line)


def _figure(title: str, n: int, tone: str) -> QWidget:
    holder = QWidget()
    holder.setAccessibleName(f"{title}: {n}")
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(0)
    figure = Label(formats.count(n), "figure")
    figure.set_tone(tone)
    box.addWidget(Label(title, "secondary"))
    box.addWidget(figure)
    return holder
