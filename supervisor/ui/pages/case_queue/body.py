"""The widgets of the queue page and what stands beside what, by the room there is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout, QWidget

from supervisor.errors import SupervisorError, UnreachableError
from supervisor.i18n import language, tr
from supervisor.models.rows.case_queue import CaseQueueRow
from supervisor.ui.background.desk import Desk
from supervisor.ui.look.memory import recall, remember
from supervisor.ui.pages.case_queue import cells, columns
from supervisor.ui.pages.case_queue.bulk import BulkBar
from supervisor.ui.pages.case_queue.case_place import WIDTH, CasePlace
from supervisor.ui.pages.case_queue.case_presenter import CasePresenter
from supervisor.ui.pages.case_queue.empty import AbsentQueue, EmptyQueue
from supervisor.ui.pages.case_queue.filter_bar import FilterBar
from supervisor.ui.pages.case_queue.footer import QueueFooter
from supervisor.ui.pages.case_queue.presenter import QueuePresenter
from supervisor.ui.pages.case_queue.views_panel import ViewsPanel
from supervisor.ui.tables.panel import TablePanel
from supervisor.ui.tables.windowed_model import WindowedModel
from supervisor.ui.widgets import Banner, Button, IconButton, Page, ScopeChoice, Skeleton, Splitter
from supervisor.words import formats, sentence_of

VIEWS_WIDTH, VIEWS_NARROW, VIEWS_WIDE = 168, 140, 280
WIDE, MIDDLE, LITTLE = 1500, 1190, 1000
"""Page widths from which everything fits, and from which panel and views stand beside the list."""


class QueueBody(Page):
    """Builds and arranges; `CaseQueuePage` says what they do."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.presenter = QueuePresenter(desk, self)
        self.case = CasePresenter(desk, self)
        self._shown_keys: frozenset[str] | None = None
        self._build()

    def _build(self) -> None:
        self.model: WindowedModel[CaseQueueRow] = WindowedModel(
            columns.columns(lambda: self.presenter.now),
            row_id=columns.id_of,
            spoken=cells.spoken,
            tickable=True,
            parent=self,
        )
        self.table = TablePanel(self.model, "case_queue", self)
        self.table.view.setAccessibleName(tr("Cases"))
        self.views = ViewsPanel(self)
        self.filters = FilterBar(
            self.presenter.wanted,
            lambda: self.presenter.directory,
            self,
            conditions=self.presenter.conditions,
        )
        self.news = Banner(self)
        self.trouble_banner = Banner(self)
        self.empty = EmptyQueue(self)
        self.absent = AbsentQueue(self)
        self.waiting = Skeleton(20, self)
        self.states = QStackedWidget(self)
        for part in (self.table, self.empty, self.absent, self.waiting):
            self.states.addWidget(part)
        self.states.setCurrentWidget(self.waiting)
        self.bulk = BulkBar(self)
        self.panel = CasePlace(self.presenter.wanted.as_of, self)
        self.panel.hide()
        self.footer = QueueFooter(dense=self.table.is_dense, parent=self)
        self._build_header()
        self._lay_out()

    def _build_header(self) -> None:
        self.view_choice = QComboBox(self)
        self.view_choice.setAccessibleName(tr("Saved view"))
        self.view_choice.setMinimumWidth(150)
        self.view_choice.hide()
        self.export = Button(tr("Export"), icon_name="download", parent=self)
        self.export.setToolTip(tr("Write what is shown into a workbook"))
        self.export.hide()
        self.print = IconButton("printer", tr("Print the page"), parent=self)
        self.print.hide()
        self.scope = ScopeChoice(self)
        self.back = Button(tr("Previous case"), icon_name="chevron-left", parent=self)
        self.back.setToolTip("Alt+←")
        self.ahead = Button(tr("Next case"), icon_name="chevron-right", parent=self)
        self.ahead.setToolTip("Alt+→")
        for button in (self.back, self.ahead):
            button.hide()

    def _lay_out(self) -> None:
        self.centre = centre = QWidget(self)
        box = QVBoxLayout(centre)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        centre.setObjectName("plainPanel")
        above: tuple[QWidget, ...] = (self.filters, self.trouble_banner)
        for part in above:
            box.addWidget(part)
        box.addWidget(self.states, 1)
        # Below the rows: news must not push down what the person is reading.
        box.addWidget(self.news)
        box.addWidget(self.bulk)
        box.addWidget(self.footer)
        self.splitter = Splitter(Qt.Orientation.Horizontal, self)
        for part in (self.views, centre, self.panel):
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setCollapsible(1, False)
        self.views.setMinimumWidth(VIEWS_NARROW)
        self.views.setMaximumWidth(VIEWS_WIDE)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        self.splitter.setSizes([int(recall("queue/views") or VIEWS_WIDTH), 900, WIDTH])

    def is_narrow(self) -> bool:
        """Whether the list of views has no room beside the cases."""
        return self.width() < MIDDLE

    def arrange(self) -> None:
        """What stands beside what, by the room there is (ui.md section 4)."""
        full, beside = self.panel.is_full, self.panel.isVisible()
        narrow = self.is_narrow()
        self.views.setVisible(not narrow and not full)
        over = narrow and beside and not full
        if over:
            self.panel.setParent(self)
            self.panel.setGeometry(self.width() - WIDTH, 0, WIDTH, self.height())
            self.panel.show()
            self.panel.raise_()
        elif self.panel.parent() is not self.splitter:
            self.splitter.addWidget(self.panel)
            self.panel.setVisible(beside)
        keys = self._keys_by_room(beside=beside, narrow=narrow)
        if keys != self._shown_keys:
            self._shown_keys = keys
            self.table.show_only(keys)
        self.header_changed.emit()

    def _keys_by_room(self, *, beside: bool, narrow: bool) -> frozenset[str] | None:
        """Which columns there is room for; None: as the person arranged them."""
        if self.table.borrows_columns and not beside:
            return None
        if narrow:
            return self._keys_in_small_window()
        if beside and self.width() < WIDE:
            english = language() == "en"
            return frozenset(columns.BESIDE_IN_ENGLISH if english else columns.BESIDE_PANEL)
        own = recall("tables/case_queue/columns")
        short = language() == "en" and self.width() < WIDE and not own
        return frozenset(columns.IN_ENGLISH) if short else None

    def _keys_in_small_window(self) -> frozenset[str]:
        keys = frozenset(columns.IN_SMALL_WINDOW)
        little, english = self.width() < LITTLE, language() == "en"
        if little and english:
            return keys - columns.WITHOUT_ROOM_IN_ENGLISH
        return keys - columns.WITHOUT_ROOM if little or english else keys

    def show_columns_again(self) -> None:
        """Another layout is in force."""
        beside = self.panel.isVisible()
        self._shown_keys = self._keys_by_room(beside=beside, narrow=self.is_narrow())
        self.table.show_only(self._shown_keys)

    def set_full(self, *, on: bool) -> None:
        """The case alone, or beside the list."""
        self.panel.set_full(on=on)
        self.centre.setVisible(not on)
        self.arrange()
        self.header_changed.emit()

    def remember_split(self) -> None:
        """A person moved an edge: keep it for the next run."""
        sizes = self.splitter.sizes()
        if self.views.isVisible():
            remember("queue/views", str(sizes[0]))
        if len(sizes) > 2 and self.panel.isVisible() and not self.panel.is_full:
            remember("queue/panel", str(sizes[2]))

    def reset_split(self) -> None:
        """An edge was double clicked: the usual widths, also for the next run."""
        for key in ("queue/views", "queue/panel"):
            remember(key, "")
        views = VIEWS_WIDTH if self.views.isVisible() else 0
        panel = WIDTH if self.panel.isVisible() else 0
        self.splitter.setSizes([views, self.splitter.width() - views - panel, panel])

    def show_trouble(self, error: SupervisorError) -> None:
        """Say what is wrong, what is still shown and what can be done."""
        at = formats.clock_time(self.presenter.loaded_at)
        self.trouble_banner.show_news(
            "warn",
            sentence_of(error),
            tr("Shown is what was read at {at}.", at=at) if self.model.total else "",
            [(tr("Try again"), self.refresh)],
            icon_name="wifi-off" if isinstance(error, UnreachableError) else "",
            dismissable=True,
        )
