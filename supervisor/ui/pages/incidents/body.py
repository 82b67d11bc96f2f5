"""What the incidents page is made of, and what stands beside what by the room there is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from supervisor.i18n import language, ptr, tr
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.incidents.ageing import AgeingStrip
from supervisor.ui.pages.incidents.detail_view import DetailView
from supervisor.ui.pages.incidents.filter_bar import FilterBar
from supervisor.ui.pages.incidents.incident_list import IncidentList
from supervisor.ui.pages.incidents.ledger import Ledger
from supervisor.ui.pages.incidents.presenter import IncidentsPresenter
from supervisor.ui.pages.incidents.review_box import ReviewBox
from supervisor.ui.pages.incidents.work_panel import WorkPanel
from supervisor.ui.widgets import (
    Banner,
    EmptyState,
    Label,
    Page,
    ScopeChoice,
    Scroller,
    SegmentedControl,
    Skeleton,
)
from supervisor.ui.widgets.pane import Pane

NARROW, NARROW_IN_ENGLISH = 1000, 1100
"""Below this page width detail and follow-up share one column; English words need more room."""
LIST_WIDTH, SIDE_WIDTH = 348, 340
SLIM = 280


class IncidentsBody(Page):
    """Builds the parts; the page itself connects them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.presenter = IncidentsPresenter(desk, self)
        self.mode = "handling"
        self.scope = ScopeChoice(self)
        self.modes = SegmentedControl(
            (
                ("handling", tr("Handling")),
                ("training", tr("Training")),
                ("questions", tr("Visits to ask about")),
                ("complaints", tr("Ledger")),
            ),
            tr("View"),
            self,
        )
        self.periods = SegmentedControl(
            (
                ("open", ptr("flags", "Open")),
                ("week", tr("Week")),
                ("month", tr("Month")),
                ("all", tr("All")),
            ),
            tr("Period"),
            self,
        )
        self.halves = SegmentedControl(
            (("detail", tr("Flag")), ("work", tr("Follow-up and review"))), tr("Part"), self
        )
        self.banner = Banner(self)
        self.waiting = Skeleton(8, self)
        self.absent = EmptyState(self)
        self._build_list()
        self._build_side()
        self.detail = DetailView()
        self.ledger = Ledger(self.presenter.today)
        self._build_body()
        self._lay_out()

    def _build_list(self) -> None:
        self.filters = FilterBar()
        self.list = IncidentList()
        self.list_empty = EmptyState()
        self.list_stack = QStackedWidget()
        self.list_stack.addWidget(self.list)
        self.list_stack.addWidget(self.list_empty)
        self.shown = Label(role="secondary")
        self.shown.setContentsMargins(12, 4, 12, 4)
        self.ageing = AgeingStrip()
        self.left = Pane()
        self.left.setObjectName("card")
        box = QVBoxLayout(self.left)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        for part in (self.filters, self.list_stack, self.shown, self.ageing):
            box.addWidget(part, 1 if part is self.list_stack else 0)

    def _build_side(self) -> None:
        self.work = WorkPanel()
        self.review = ReviewBox()
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.work)
        box.addWidget(self.review)
        box.addStretch(1)
        self.side = Scroller(tr("Follow-up and review"), region=True, least=SLIM)
        self.side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side.setWidget(holder)

    def _build_body(self) -> None:
        self.centre = Pane()
        middle = QVBoxLayout(self.centre)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(8)
        middle.addWidget(self.halves, 0, Qt.AlignmentFlag.AlignLeft)
        middle.addWidget(self.detail, 1)
        self._middle = middle
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(12)
        self.splitter.setObjectName("gaps")
        self.splitter.setChildrenCollapsible(False)
        for part in (self.left, self.centre, self.side):
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(1, 1)
        for pane in (self.left, self.centre):
            pane.keep_least(wide=SLIM)
        self.body = QStackedWidget()
        self.body.addWidget(self.splitter)
        self.body.addWidget(self.ledger)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 0, 20, 16)
        box.setSpacing(12)
        for part in (self.banner, self.waiting, self.absent, self.body):
            box.addWidget(part, 0 if part is self.banner else 1)
        self.absent.hide()
        self.body.hide()
        self._narrow: bool | None = None
        self.arrange()

    @property
    def is_narrow(self) -> bool:
        """Whether detail and follow-up share one column."""
        return self.width() < (NARROW_IN_ENGLISH if language() == "en" else NARROW)

    def arrange(self) -> None:
        """Three columns, or two with a switch between detail and follow-up."""
        narrow = self.is_narrow
        if narrow != self._narrow:
            self._narrow = narrow
            if narrow:
                self._middle.addWidget(self.side, 1)
            else:
                self.splitter.addWidget(self.side)
                self.side.show()
            self.halves.setVisible(narrow)
            self.header_changed.emit()
        if narrow:
            self.show_half(self.halves.current)
        else:
            self.detail.show()
            self.side.show()
        wide = self.width() >= 1240
        left = LIST_WIDTH if wide else SLIM + 16
        side = SIDE_WIDTH if wide else SLIM + 16
        rest = max(SLIM, self.width() - left - side - 64)
        left = SLIM + 50 if narrow else left
        self.splitter.setSizes([left, rest + side] if narrow else [left, rest, side])

    def show_half(self, which: str) -> None:
        """In a narrow window: the flag, or what is done about it."""
        self.halves.choose(which)
        self.detail.setVisible(which == "detail")
        self.side.setVisible(which == "work")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
