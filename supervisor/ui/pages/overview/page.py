"""The start page: 今日外访进度, 今日需要您处理, figures and charts; each opens its records."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from supervisor import clock
from supervisor.i18n import ntr, tr
from supervisor.models.enums import QueueReason, Topic
from supervisor.models.rows.charts import ChartRow, Records
from supervisor.models.rows.overview import AgentProgressRow, OverviewRow
from supervisor.pictures import periods
from supervisor.ui.background.desk import Desk, Scope
from supervisor.ui.charts.aims_button import AimsButton
from supervisor.ui.charts.drill import target_of
from supervisor.ui.charts.period_choice import PeriodChoice
from supervisor.ui.pages.overview import pictures
from supervisor.ui.pages.overview.body import OverviewBody
from supervisor.ui.pages.overview.lines import Line, ReasonLine
from supervisor.ui.pages.overview.loading import load_charts
from supervisor.ui.pages.overview.presenter import OverviewPresenter
from supervisor.ui.widgets import Scroller
from supervisor.ui.widgets.scope_page import FourStatePage

if TYPE_CHECKING:
    from supervisor.ui.pages.overview.charts_presenter import ChartsPresenter


class OverviewPage(FourStatePage):
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
        self.presenter: OverviewPresenter = OverviewPresenter(desk, self)
        self.figures: ChartsPresenter | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self.parts = OverviewBody(self.desk.actor.name)
        self.needs, self.visits = self.parts.needs, self.parts.visits
        self.composition = self.parts.composition
        self.nothing = self.needs.nothing
        self.aims = AimsButton(self.desk, self._on_failed)
        self.parts.charts["targets"].put_beside_title(self.aims)
        self.period = PeriodChoice(periods.choices(), self.page_id, periods.WEEK, self)
        self.period.hide()  # until the header takes it
        self.area = Scroller(self.title(), self)
        self.area.setWidget(self.parts)
        self._lay_out(self.area, margins=(0, 0, 0, 0))

    def _connect(self) -> None:
        ask = self.presenter
        ask.ready.connect(self._on_ready)
        ask.composed.connect(self.composition.show_composition)
        ask.branches_ready.connect(self._show_scope)
        ask.failed.connect(self._on_failed)
        self.needs.wanted.connect(self._open)
        self.needs.all_wanted.connect(self._go)
        self.needs.import_wanted.connect(lambda: self.go_wanted.emit("intake", None))
        self.visits.agent_wanted.connect(self._open_agent)
        self.composition.wanted.connect(lambda only: self._go(**only))
        self.parts.stop_wanted.connect(self._on_stop)
        self.parts.opened.connect(self._open_records)
        self.parts.rows_left.connect(self.rows_left)
        self.parts.told.connect(lambda text, tone: self.said.emit(text, tone, None))
        self.period.chosen.connect(self._on_period)
        self.desk.bus.changed.connect(self._on_bus)

    @property
    def lines(self) -> list[ReasonLine]:
        """The reasons shown, most urgent first."""
        return self.needs.lines

    def title(self) -> str:
        """总览."""
        return tr("Overview")

    def title_of_trouble(self) -> str:
        return tr("The overview could not be read")

    def subtitle(self) -> str:
        """The day the page speaks of."""
        return self.presenter.wanted.as_of.isoformat()

    def header_left(self) -> list[QWidget]:
        """Whose day, where there is a choice, and the period of figures and charts."""
        return [self.scope, self.period] if len(self.presenter.branches) > 1 else [self.period]

    def regions(self) -> list[QWidget]:
        """Today, figures, the list, then the charts that are drawn."""
        lists = [part.findChild(Line) or part for part in (self.needs, self.composition)]
        tiles = list(self.parts.tiles.values())[:1]
        plots = [card.plot for card in self.parts.charts.values() if card.is_drawn]
        firsts: list[QWidget] = [self.visits.by_person, *tiles, lists[0]]
        firsts += [plot for plot in plots if plot is not None]
        return [one for one in (*firsts, lists[1]) if one.isVisible()]

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

    def refresh(self) -> None:
        """Read the day again, and the figures and charts."""
        self._refresh_day()
        if self.figures is None:
            self.desk.runner.ask(
                load_charts, owner=self, key="charts", then=self._on_loaded, failed=self._on_failed
            )
        else:
            self.figures.refresh()

    def _on_loaded(self, kind: "type[ChartsPresenter]") -> None:
        """Measures and pictures bring much along: they are loaded beside the first read."""
        figures = kind(self.desk, self.period.current, self)
        figures.drawn.connect(self._on_drawn)
        figures.failed.connect(self._on_card_failed)
        self.parts.whose_chosen.connect(figures.choose_whose)
        self.figures = figures
        figures.refresh()

    def _on_period(self, key: str) -> None:
        if self.figures is not None:
            self.figures.choose_period(key)

    def _refresh_day(self) -> None:
        self.busy_changed.emit(True)
        self.presenter.refresh()

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        """States for pictures."""
        return pictures.steps(self)

    def _on_drawn(self, card: str, row: ChartRow) -> None:
        if card in self.parts.tiles:
            self.parts.tiles[card].show_row(row)  # type: ignore[arg-type]
        else:
            figures = self.figures
            read_at = clock.now() if figures is None else figures.read_at
            self.parts.charts[card].show_row(row, read_at)

    def _on_card_failed(self, cards: tuple[str, ...], error: Exception) -> None:
        for card in cards:
            if card in self.parts.tiles:
                self.parts.tiles[card].show_trouble(error)
            else:
                self.parts.charts[card].show_trouble(error, partial(self._again, card))

    def _on_stop(self, card: str) -> None:
        for one in self.figures.stop_waiting(card) if self.figures is not None else ():
            if one in self.parts.charts:
                self.parts.charts[one].show_stopped(partial(self._again, one))

    def _again(self, card: str) -> None:
        if self.figures is not None:
            self.figures.ask_again(card)

    def _open_records(self, behind: object) -> None:
        if isinstance(behind, Records) and self.figures is not None:
            self.go_wanted.emit(*target_of(behind, self.figures.about))

    def _on_ready(self, row: OverviewRow) -> None:
        first_time = not self.body.isVisible()
        self._show_body()
        self.visits.show_row(row)
        self.needs.show_row(row)
        self.composition.show_row(row)
        if first_time and self.lines and self.isVisible():
            self.lines[0].setFocus()
        self._tell_read()
        self.work_counted.emit(self.needs.today)
        self.status_changed.emit(ntr("{n:,} case in hand", "{n:,} cases in hand", row.cases))

    def _show_scope(self) -> None:
        known = self.presenter.branches
        self.scope.show_choices(known, (), Scope(self.desk.scope.branches))
        self.scope.setToolTip(tr("The overview is kept by branch."))
        super()._show_scope()

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
        super().resizeEvent(event)
        self.parts.fit(event.size().width() - self.area.verticalScrollBar().sizeHint().width())

    def _on_bus(self, topics: frozenset[Topic], _initiator: object) -> None:
        if self._started and topics & self.depends_on and self.isVisible():
            self._refresh_day()
            if self.figures is not None:
                self.figures.hear()
