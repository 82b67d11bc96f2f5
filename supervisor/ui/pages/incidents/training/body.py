"""What the training view is made of."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from supervisor.i18n import tr
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.incidents.detail_view import DetailView
from supervisor.ui.pages.incidents.incident_list import IncidentList
from supervisor.ui.pages.incidents.review_box import ReviewBox
from supervisor.ui.pages.incidents.training import presenter as asks
from supervisor.ui.pages.incidents.training.cards import (
    AgreementCard,
    EffectCard,
    NoticeCard,
    QualityCard,
)
from supervisor.ui.pages.incidents.training.case_view import CaseView
from supervisor.ui.pages.incidents.training.lines import LineList
from supervisor.ui.pages.incidents.training.people_card import CoursesCard, PeopleCard
from supervisor.ui.widgets import Banner, Button, EmptyState, Label, Scroller, SegmentedControl
from supervisor.ui.widgets.pane import Pane

SLIM, LIST_WIDTH, SIDE_WIDTH = 280, 348, 372
NARROW = 1180
"""Below this width the flag and what stands beside it share one column."""


class TrainingBody(QWidget):
    """Builds the parts; the view connects them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.presenter = asks.TrainingPresenter(desk, self)
        self.segments = SegmentedControl(
            (
                ("review", tr("To review")),
                ("assign", tr("To train")),
                ("library", tr("Case library")),
            ),
            tr("Part of training"),
            self,
        )
        self._build_left()
        self._build_middle()
        self._build_right()
        self.banner = Banner(self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("gaps")
        self.splitter.setHandleWidth(12)
        self.splitter.setChildrenCollapsible(False)
        self.halves = SegmentedControl(
            (("flag", tr("Flag or case")), ("side", tr("Training and figures"))), tr("Part"), self
        )
        self.halves.chosen.connect(self.show_half)
        self.centre = Pane()
        self._column = QVBoxLayout(self.centre)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.halves, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.middle, 1)
        for pane in (self.left, self.centre):
            pane.keep_least(wide=SLIM)
        for part in (self.left, self.centre, self.side):
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(1, 1)
        self._narrow: bool | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.banner)
        box.addWidget(self.splitter, 1)

    def _build_left(self) -> None:
        self.flags = IncidentList()
        self.cases = LineList(tr("Cases to teach"))
        self.empty = EmptyState()
        self.lists = QStackedWidget()
        for part in (self.flags, self.cases, self.empty):
            self.lists.addWidget(part)
        self.shown = Label(role="secondary")
        self.shown.setContentsMargins(12, 4, 12, 4)
        self.left = Pane()
        self.left.setObjectName("card")
        box = QVBoxLayout(self.left)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 10, 12, 8)
        head.addWidget(self.segments)
        head.addStretch(1)
        box.addLayout(head)
        box.addWidget(self.lists, 1)
        box.addWidget(self.shown)

    def _build_middle(self) -> None:
        self.detail, self.case = DetailView(), CaseView()
        self.no_case = QFrame()
        self.no_case.setObjectName("card")
        nothing = EmptyState()
        nothing.show_state(tr("Choose a case"), tr("Its text and questions stand here."), (),
                           "file-text")  # fmt: skip
        QVBoxLayout(self.no_case).addWidget(nothing)
        self.middle = QStackedWidget()
        for part in (self.detail, self.case, self.no_case):
            self.middle.addWidget(part)

    def _build_right(self) -> None:
        self.assign = Button(tr("Assign a course"), "primary")
        self.choose = Button(tr("Into the case library"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.assign)
        row.addWidget(self.choose)
        row.addStretch(1)
        self.review, self.people, self.courses = ReviewBox(), PeopleCard(), CoursesCard()
        self.agreement, self.quality = AgreementCard(), QualityCard()
        self.effects, self.notice = EffectCard(), NoticeCard()
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addLayout(row)
        for part in (self.review, self.people, self.courses, self.agreement, self.effects,
                     self.notice, self.quality):  # fmt: skip
            box.addWidget(part)
        box.addStretch(1)
        self.side = Scroller(tr("Training and figures"), region=True, least=SLIM)
        self.side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side.setWidget(holder)

    def arrange(self) -> None:
        """Three columns, or two with a switch."""
        narrow = self.width() < NARROW
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.halves.setVisible(narrow)
        if narrow:
            self._column.addWidget(self.side, 1)
            self.splitter.setSizes([SLIM + 40, self.width() - SLIM - 52])
            self.show_half(self.halves.current)
        else:
            self.splitter.addWidget(self.side)
            rest = self.width() - LIST_WIDTH - SIDE_WIDTH - 24
            self.splitter.setSizes([LIST_WIDTH, max(SLIM, rest), SIDE_WIDTH])
            self.middle.show()
            self.side.show()

    def show_half(self, which: str) -> None:
        """In a narrow window: the flag or case, or what stands beside it."""
        self.halves.choose(which)
        self.middle.setVisible(which == "flag")
        self.side.setVisible(which == "side")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
