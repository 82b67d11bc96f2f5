"""改派方案: wishes, the proposed moves to choose from, what they do, and the confirmation."""

from collections.abc import Hashable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from supervisor.i18n import ntr, tr
from supervisor.models.changes import Refusal
from supervisor.models.rows.fair_split import Move, Proposal, Wishes
from supervisor.ui.look.style import pad_fields
from supervisor.ui.pages.workloads.columns import columns
from supervisor.ui.pages.workloads.presenter import WorkloadsPresenter
from supervisor.ui.pages.workloads.preview import Preview
from supervisor.ui.tables import RowTableModel, TablePanel
from supervisor.ui.widgets import Banner, Button, Card, EmptyState, Label
from supervisor.ui.widgets.flow import FlowLayout
from supervisor.words import sentence
from supervisor.words.of_workloads import better_text, why_case, why_person

MOST = 30
SIDE = 372


class SplitView(QWidget):
    """Every move is ticked at first; what is unticked stays so when the proposal is renewed.

    Signals:
        back_wanted: to the loads.
        asked: a proposal is wanted (Wishes without their cap).
        shared: the chosen moves are confirmed (moves, words).
        case_wanted: open this case (its number).
    """

    back_wanted = Signal()
    asked = Signal(object)
    shared = Signal(object, str)
    case_wanted = Signal(str)

    def __init__(self, presenter: WorkloadsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = presenter
        self._unticked: set[Hashable] = set()
        self._filling = False
        self._build()
        self._connect()

    def _build(self) -> None:
        self.banner = Banner(self)
        self.model: RowTableModel[Move] = RowTableModel(
            columns(lambda: self._ask.people),
            row_id=lambda move: move.case_ids,
            spoken=lambda move: tr(", ").join(move.case_nos),
            tickable=True,
        )
        self.table = TablePanel(self.model, "fair_split")
        self.table.setAccessibleName(tr("Proposed moves"))
        self.none = EmptyState()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.none)
        left = Card(tr("Proposed moves"), padding=0)
        self.summary = left.subtitle
        left.body.setSpacing(0)
        left.body.addWidget(self._build_wishes())
        left.body.addWidget(self.stack, 1)
        self.reason = Label(role="secondary")
        self.reason.setWordWrap(True)
        self.reason.setContentsMargins(16, 8, 16, 10)
        left.body.addWidget(self.reason)
        self.splitter = QSplitter()
        self.splitter.setObjectName("gaps")
        self.splitter.setHandleWidth(12)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self._build_side())
        self.splitter.setStretchFactor(0, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.banner)
        box.addWidget(self.splitter, 1)

    def _build_wishes(self) -> QWidget:
        outer = QWidget()
        margins = QHBoxLayout(outer)
        margins.setContentsMargins(16, 0, 16, 8)
        holder = QWidget()
        margins.addWidget(holder)
        row = FlowLayout(holder, gap=12)
        self.most = QSpinBox()
        self.most.setRange(1, 200)
        self.most.setValue(MOST)
        self.most.setAccessibleName(tr("Addresses moved at most"))
        pad_fields(self.most)
        label = Label(tr("Addresses moved at most"), "secondary")
        label.setBuddy(self.most)
        self.within = QCheckBox(tr("Within the team only"))
        self.planned = QCheckBox(tr("Visits of today and tomorrow may move along"))
        for part in (label, self.most, self.within, self.planned):
            row.addWidget(part)
        return outer

    def _build_side(self) -> QWidget:
        card = Card(tr("Before and after"))
        self.preview = Preview()
        self.words = QLineEdit()
        self.words.setMaxLength(200)
        self.words.setAccessibleName(tr("Words for the handover"))
        label = Label(tr("Words for the handover"), "secondary")
        label.setBuddy(self.words)
        self.confirm = Button(tr("Confirm"), "primary")
        self.confirm.setToolTip("Ctrl+Enter")
        self.back = Button(tr("Back to the loads"))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.confirm)
        foot.addWidget(self.back)
        card.body.addWidget(self.preview, 1)
        card.body.addWidget(label)
        card.body.addWidget(self.words)
        card.body.addLayout(foot)
        card.keep_least(wide=300)
        return card

    def _connect(self) -> None:
        self.model.ticks_changed.connect(self._on_ticks)
        self.most.valueChanged.connect(self.ask)
        self.within.toggled.connect(self.ask)
        self.planned.toggled.connect(self.ask)
        self.table.current_changed.connect(self._show_reason)
        self.table.opened.connect(lambda move: self.case_wanted.emit(move.case_nos[0]))
        self.confirm.clicked.connect(self.send)
        self.back.clicked.connect(self.back_wanted)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.splitter.setSizes([max(300, self.width() - SIDE - 12), SIDE])

    def ask(self, *_changed: object) -> None:
        """Ask for a proposal by these wishes."""
        self.asked.emit(
            Wishes(
                cap=0,
                most=self.most.value(),
                within_team=self.within.isChecked(),
                planned_move=self.planned.isChecked(),
            )
        )

    @property
    def chosen(self) -> tuple[Move, ...]:
        """The ticked moves in the order they were proposed."""
        return tuple(move for at, move in enumerate(self.model.rows) if self.model.is_ticked(at))

    def show_proposal(self, found: Proposal) -> None:
        """Show the moves; what the person unticked stays unticked."""
        self._filling = True
        self.model.set_rows(found.moves)
        self.model.untick_all()
        self.model.tick_rows(one for one in found.moves if one.case_ids not in self._unticked)
        self._filling = False
        self.stack.setCurrentWidget(self.table if found.moves else self.none)
        if found.moves:
            self.table.make_current(max(0, self.table.current_index()))
        else:
            self.none.show_state(
                tr("No move would make the loads fairer"),
                tr("Cases that are locked stay; see the list at the right."),
                (),
                "circle-check",
            )
        self._show_choice()

    def _on_ticks(self, _count: int) -> None:
        if not self._filling:
            ticked = {move.case_ids for move in self.chosen}
            self._unticked |= {m.case_ids for m in self.model.rows if m.case_ids not in ticked}
            self._unticked -= ticked
            self._show_choice()

    def _show_choice(self) -> None:
        chosen = self.chosen
        found, proposal = self._ask.outcome_of(chosen), self._ask.proposal
        if found is None or proposal is None:
            return
        doors = ntr("{n} address", "{n} addresses", len(chosen))
        cases = ntr("{n:,} case", "{n:,} cases", found.cases)
        self.summary.setText(tr("{doors}, {cases} chosen", doors=doors, cases=cases))
        self.preview.show_outcome(found, proposal.left, self._ask.people)
        text = ntr("Confirm {n} case", "Confirm {n} cases", found.cases)
        self.confirm.setText(text if found.cases else tr("Confirm"))
        why = tr("Choose a move") if self._ask.may_share else tr("Your role looks only")
        self.confirm.set_enabled(bool(chosen) and self._ask.may_share, why)

    def _show_reason(self, move: Move | None) -> None:
        """Everything there is to say of the current move, under the list."""
        self.reason.setVisible(move is not None)
        if move is not None:
            names = self._ask.people
            lines = [why_case(move, names), why_person(move, names)]
            whole = self._ask.proposal
            if whole is not None and whole.before > whole.after:
                lines.append(better_text(move, whole))
            self.reason.setText("\n".join(lines))

    def send(self) -> None:
        """Confirm what is chosen."""
        if self.confirm.isEnabled() and self.chosen:
            self.confirm.setEnabled(False)
            self.shared.emit(self.chosen, self.words.text().strip())

    def show_refused(self, refused: tuple[Refusal, ...]) -> None:
        """Cases the order left alone, each with its reason."""
        if not refused:
            self.banner.hide()
            return
        n = len(refused)
        title = ntr("{n} case was not reassigned", "{n} cases were not reassigned", n)
        lines = [f"{one.subject}: {sentence(one.code, one.facts)}" for one in refused[:8]]
        self.banner.show_news("warn", title, "\n".join(lines), dismissable=True)

    def keyPressEvent(self, event: object) -> None:
        """Ctrl+Enter confirms."""
        key, held = event.key(), event.modifiers()  # type: ignore[attr-defined]
        if (
            key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and held & Qt.KeyboardModifier.ControlModifier
        ):
            self.send()
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]
