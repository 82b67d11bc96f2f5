"""The start page: 今日外访进度 and 今日需要您处理; every figure opens the cases behind it."""

from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from supervisor.errors import SupervisorError, UnreachableError
from supervisor.i18n import ntr, tr
from supervisor.models.enums import QueueReason, Topic
from supervisor.models.rows.overview import AgentProgressRow, OverviewRow
from supervisor.ui.background.desk import Desk, Scope
from supervisor.ui.pages.overview.cards import CompositionCard, NeedsCard, VisitsCard
from supervisor.ui.pages.overview.lines import Line, ReasonLine
from supervisor.ui.pages.overview.presenter import OverviewPresenter
from supervisor.ui.widgets import Banner, EmptyState, Page, ScopeChoice, Skeleton
from supervisor.words import formats, sentence_of

BESIDE = 900
"""Page width from which the list stands beside the cards."""


class OverviewPage(Page):
    """Paints four states: waiting, nothing to do, rows, trouble.

    Signals:
        work_counted: how many cases must be done today, for the rail.
    """

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

    work_counted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.presenter = OverviewPresenter(desk, self)
        self._started = False
        self._build()
        self._connect()

    def _build(self) -> None:
        self.scope = ScopeChoice(self)
        self.banner = Banner(self)
        self.absent = EmptyState(self)
        self.waiting = Skeleton(8, self)
        self.needs = NeedsCard()
        self.visits = VisitsCard()
        self.composition = CompositionCard()
        self.nothing = self.needs.nothing
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.visits)
        right.addWidget(self.composition, 1)
        holder = QWidget()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
        self._across.setContentsMargins(20, 0, 20, 20)
        self._across.setSpacing(12)
        self._across.addWidget(self.needs, 4)
        self._across.addLayout(right, 6)
        self.body = QScrollArea(self)
        self.body.setWidgetResizable(True)
        self.body.setWidget(holder)
        self.body.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        for part in (self.banner, self.waiting, self.absent, self.body):
            box.addWidget(part, 0 if part is self.banner else 1)
        self.absent.hide()

    def _connect(self) -> None:
        ask = self.presenter
        ask.ready.connect(self._on_ready)
        ask.composed.connect(self.composition.show_composition)
        ask.branches_ready.connect(self._show_scope)
        ask.failed.connect(self._on_failed)
        self.scope.chosen.connect(self._on_scope)
        self.needs.wanted.connect(self._open)
        self.needs.all_wanted.connect(self._go)
        self.visits.agent_wanted.connect(self._open_agent)
        self.composition.wanted.connect(lambda only: self._go(**only))
        self.desk.bus.changed.connect(self._on_bus)

    @property
    def lines(self) -> list[ReasonLine]:
        """The reasons shown, most urgent first."""
        return self.needs.lines

    def title(self) -> str:
        """总览."""
        return tr("Overview")

    def subtitle(self) -> str:
        """The day the page speaks of."""
        return self.presenter.wanted.as_of.isoformat()

    def header_left(self) -> list[QWidget]:
        """Whose day, where there is a choice."""
        return [self.scope] if len(self.presenter.branches) > 1 else []

    def regions(self) -> list[QWidget]:
        """The list and the two cards beside it."""
        parts = (self.needs, self.visits, self.composition)
        firsts = [part.findChild(Line) or part for part in parts]
        return [one for one in firsts if one.isVisible()]

    def activate(self) -> None:
        """The first time, read; the focus starts on the first line."""
        if not self._started:
            self._started = True
            self.waiting.start()
            self.presenter.ask_branches()
            self.refresh()
        elif self.presenter.scope != self.desk.scope:
            self._show_scope()
            self.refresh()
        if self.lines:
            self.lines[0].setFocus()

    def hear(self, topics: frozenset[Topic], initiator: object) -> None:
        """The page listens to the bus itself."""

    def refresh(self) -> None:
        """Read the day again."""
        self.busy_changed.emit(True)
        self.presenter.refresh()

    def _on_ready(self, row: OverviewRow) -> None:
        first_time = not self.body.isVisible()
        self.waiting.stop()
        for part in (self.waiting, self.banner, self.absent):
            part.hide()
        self.body.show()
        self.visits.show_row(row)
        self.needs.show_row(row)
        self.composition.show_row(row)
        if first_time and self.lines and self.isVisible():
            self.lines[0].setFocus()
        self.read_at_changed.emit(self.presenter.read_at)
        self.busy_changed.emit(False)
        self.trouble.emit(False)
        self.work_counted.emit(self.needs.today)
        self.status_changed.emit(ntr("{n:,} case in hand", "{n:,} cases in hand", row.cases))

    def _show_scope(self) -> None:
        known = self.presenter.branches
        self.scope.show_choices(known, (), Scope(self.desk.scope.branches))
        self.scope.setToolTip(tr("The overview is kept by branch."))
        self.header_changed.emit()

    def _on_scope(self, scope: Scope) -> None:
        self.desk.scope = scope
        self.busy_changed.emit(True)
        self.presenter.refresh()

    def _open(self, reason: QueueReason) -> None:
        self.go_wanted.emit("case_queue", self.presenter.behind(reason))

    def _open_agent(self, agent: AgentProgressRow) -> None:
        if agent.agent_id is None:
            self._go(unassigned=True)
        else:
            self._go(branches=(), agents=(agent.agent_id,))

    def _go(self, **only: object) -> None:
        wanted = replace(self.presenter.behind(), **only)  # type: ignore[arg-type]
        self.go_wanted.emit("case_queue", wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other, or one below the other where room is short."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        beside = event.size().width() >= BESIDE
        self._across.setDirection(way.LeftToRight if beside else way.TopToBottom)

    def _on_failed(self, error: Exception) -> None:
        self.busy_changed.emit(False)
        self.waiting.stop()
        if not isinstance(error, SupervisorError):
            raise error
        again = [(tr("Try again"), self.refresh)]
        if self.body.isHidden():
            self.waiting.hide()
            self.absent.show_state(
                tr("The overview could not be read"), sentence_of(error), again, "wifi-off"
            )
            self.absent.show()
        else:
            at = formats.clock_time(self.presenter.read_at)
            said = tr("Shown is what was read at {at}.", at=at)
            self.banner.show_news("warn", sentence_of(error), said, again)
        self.trouble.emit(isinstance(error, UnreachableError))

    def _on_bus(self, topics: frozenset[Topic], _initiator: object) -> None:
        if self._started and topics & self.depends_on and self.isVisible():
            self.refresh()
