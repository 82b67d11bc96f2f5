"""What the workloads page is made of, and what answers become on it: four states."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from supervisor.i18n import ntr, tr
from supervisor.models.rows.workloads import Workloads
from supervisor.pictures import periods
from supervisor.ui.background.desk import Desk
from supervisor.ui.charts.aims_button import AimsButton
from supervisor.ui.charts.card import ChartCard
from supervisor.ui.charts.period_choice import PeriodChoice
from supervisor.ui.pages.workloads.presenter import WorkloadsPresenter
from supervisor.ui.pages.workloads.split_view import SplitView
from supervisor.ui.widgets import Button, Card, Label, Scroller, SegmentedControl
from supervisor.ui.widgets.pane import Pane
from supervisor.ui.widgets.scope_page import BranchPage
from supervisor.words.of_workloads import difficulty_text

SIDE, LEAST_HIGH = 460, 480
ANY_WIDE = 16_777_215
"""Qt's QWIDGETSIZE_MAX: no bound."""
SLIM = 1_150
"""Below this page width the comparison stands under the loads."""
LOADS, SPLIT = "loads", "split"


class LoadsCard(ChartCard):
    """The load table; its definition says how cases are weighted."""

    def definition(self) -> str:
        return "\n\n".join((super().definition(), difficulty_text()))


class WorkloadsBody(BranchPage):
    """Builds the parts and paints answers; the page itself connects them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.presenter: WorkloadsPresenter = WorkloadsPresenter(desk, self)
        self._build()

    def title_of_trouble(self) -> str:
        return tr("The loads could not be read")

    def _build(self) -> None:
        by = self.desk.actor.name
        self.views = SegmentedControl(
            ((LOADS, tr("Loads")), (SPLIT, tr("Fairer split"))), tr("View"), self
        )
        self.loads = LoadsCard(tr("Who holds how much?"), by=by)
        self.funnel = ChartCard(tr("Who differs by more than chance?"), by=by)
        self.period = PeriodChoice(
            periods.comparison_choices(), "workloads", periods.NINETY, self.funnel
        )
        self.presenter.period_key = self.period.current
        self.funnel.body.insertWidget(0, self.period, 0, Qt.AlignmentFlag.AlignLeft)
        self.aims = AimsButton(self.desk, self._on_failed)
        self.loads.put_beside_title(self.aims)
        self.split = SplitView(self.presenter)
        self.side = self._build_side()
        self.sides = Scroller(tr("Workloads"))
        holder = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(12)
        self._columns.addWidget(self.loads, 1)
        self._columns.addWidget(self.side, 0, Qt.AlignmentFlag.AlignTop)
        self.sides.setWidget(holder)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.sides)
        self.stack.addWidget(self.split)
        self._lay_out(self.stack, lines=10)

    def _build_side(self) -> Pane:
        """The comparison, and under it the way to a fairer split."""
        holder = Pane()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        card = Card(tr("Fairer split"))
        self.invitation = Label(role="secondary")
        self.invitation.setWordWrap(True)
        self.invitation.setText(
            tr(
                "Proposes which cases to give to whom, by number, amount, weighted load and area. "
                "Every move is explained; nothing changes before it is confirmed."
            )
        )
        self.propose = Button(tr("Propose a fairer split"))
        self.propose.setToolTip("Ctrl+R")
        card.body.addWidget(self.invitation)
        card.body.addWidget(self.propose, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.funnel, 1)
        box.addWidget(card)
        return holder

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        slim = self.width() < SLIM
        ways = QBoxLayout.Direction
        self._columns.setDirection(ways.TopToBottom if slim else ways.LeftToRight)
        # Beside a long list of people the comparison stays as high as the page.
        room = max(LEAST_HIGH, self.height() - 20)
        self.side.keep_least(wide=0 if slim else SIDE, high=room)
        needed = self.side.minimumSizeHint().width()
        self.side.setMaximumWidth(ANY_WIDE if slim else max(SIDE, needed))
        top = Qt.AlignmentFlag.AlignTop
        self._columns.setAlignment(self.side, Qt.AlignmentFlag(0) if slim else top)

    @property
    def view(self) -> str:
        """Which view is in front."""
        return SPLIT if self.stack.currentWidget() is self.split else LOADS

    # What answers become

    def _on_loads(self, _row: Workloads) -> None:
        self._show_body()
        first_time = self.loads.plot is None
        chart = self.presenter.load_row()
        if chart is not None:
            self.loads.show_row(chart, self.presenter.read_at)
        if first_time and self.loads.plot is not None and self.isVisible():
            self.loads.plot.setFocus()
        self._tell_read()
        people = [person for team in self.presenter.teams for person in team.people]
        cases = ntr("{n:,} case", "{n:,} cases", sum(person.cases for person in people))
        self.status_changed.emit(f"{ntr('{n:,} person', '{n:,} people', len(people))} · {cases}")
