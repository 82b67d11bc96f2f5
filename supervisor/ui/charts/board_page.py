"""A page of charts: scope and period in the header, each card read and failing on its own."""

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from supervisor.errors import UnreachableError
from supervisor.models.enums import Topic
from supervisor.models.rows.charts import ChartRow, Records
from supervisor.pictures import periods
from supervisor.pictures.periods import period_text
from supervisor.ui.background.desk import Desk
from supervisor.ui.background.presenter import DirectoryPresenter
from supervisor.ui.charts.board import Board
from supervisor.ui.charts.board_presenter import BoardPresenter, Questions
from supervisor.ui.charts.drill import target_of
from supervisor.ui.charts.period_choice import PeriodChoice
from supervisor.ui.widgets import Scroller
from supervisor.ui.widgets.scope_page import ScopePage


class BoardPage(ScopePage):
    """The base of 上门结果 and 催收效率; they say what is asked and which cards there are."""

    depends_on: ClassVar[frozenset[Topic]] = frozenset(
        {
            Topic.CASES,
            Topic.PAYMENTS,
            Topic.VISITS,
            Topic.PROMISES,
            Topic.FLAGS,
            Topic.IMPORTS,
            Topic.PARAMETERS,
        }
    )

    def __init__(
        self, desk: Desk, board: Board, questions: Questions, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, parent)
        self.period = PeriodChoice(periods.longer_choices(), self.page_id, periods.MONTH, self)
        self.period.hide()  # until the header takes it
        self.presenter = BoardPresenter(desk, questions, self.period.current, self)
        self.places = DirectoryPresenter(desk, self)
        self.board = board
        self._shown, self._compact = desk.scope, False
        self._build()
        self._connect()

    def _build(self) -> None:
        self.body = Scroller(self.title(), self)
        self.body.setWidget(self.board)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.body, 1)

    def _connect(self) -> None:
        ask = self.presenter
        ask.drawn.connect(self._on_drawn)
        ask.failed.connect(self._on_failed)
        ask.rested.connect(self._on_rested)
        self.places.directory_ready.connect(self._show_scope)
        self.places.failed.connect(partial(self._on_failed, ()))
        self.period.chosen.connect(ask.choose_period)
        self.period.chosen.connect(lambda _key: self.header_changed.emit())
        self.board.opened.connect(self._open)
        self.board.stop_wanted.connect(self._on_stop)
        self.board.rows_left.connect(self.rows_left)
        self.board.told.connect(lambda text, tone: self.said.emit(text, tone, None))

    def subtitle(self) -> str:
        """The days the page speaks of; in a small window the cards alone say them."""
        if self._compact:
            return ""
        of = self.presenter.about.of
        return period_text(of.first, of.last)

    def header_left(self) -> list[QWidget]:
        """Whose figures, and of which period."""
        return [self.scope, self.period]

    def compact(self, on: bool) -> None:  # noqa: FBT001 - a state of the window
        """The header has room for the controls."""
        if on != self._compact:
            self._compact = on
            self.header_changed.emit()

    def regions(self) -> list[QWidget]:
        """The charts that are drawn."""
        plots = [card.plot for card in self.board.cards.values() if card.is_drawn]
        return [plot for plot in plots if plot is not None and plot.isVisible()]

    def activate(self) -> None:
        """Read the first time, and for another scope."""
        if not self._started or self._shown != self.desk.scope:
            self.refresh()

    def hear(self, topics: frozenset[Topic], initiator: object) -> None:
        """Charts follow news within a minute."""
        del topics, initiator
        self.presenter.hear()

    def refresh(self) -> None:
        """Read everything again."""
        self._started, self._shown = True, self.desk.scope
        if self.places.directory is None:
            self.places.start()
        else:
            self._show_scope()
        self.busy_changed.emit(True)
        self.presenter.refresh()
        self.header_changed.emit()

    def _show_scope(self) -> None:
        known = self.places.directory
        if known is not None:
            self.scope.show_choices(known.branches, known.teams, self.desk.scope)
            self.scope.setVisible(True)
        super()._show_scope()

    def _on_drawn(self, card: str, row: ChartRow) -> None:
        self.board.cards[card].show_row(row, self.presenter.read_at)
        self.read_at_changed.emit(self.presenter.read_at)
        self.trouble.emit(False)

    def _on_failed(self, cards: tuple[str, ...], error: Exception) -> None:
        for card in cards:
            again = partial(self.presenter.ask_again, card)
            self.board.cards[card].show_trouble(error, again)
        self.trouble.emit(isinstance(error, UnreachableError))

    def _on_stop(self, card: str) -> None:
        for one in self.presenter.stop_waiting(card):
            again = partial(self.presenter.ask_again, one)
            self.board.cards[one].show_stopped(again)

    def _on_rested(self) -> None:
        self.busy_changed.emit(False)

    def _open(self, behind: object) -> None:
        if isinstance(behind, Records):
            self.go_wanted.emit(*target_of(behind, self.presenter.about))
