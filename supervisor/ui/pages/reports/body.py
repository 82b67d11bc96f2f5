"""What the report centre is made of, and what it makes of answers: four states."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from supervisor.errors import SupervisorError
from supervisor.i18n import ntr, ptr, tr
from supervisor.models.enums_reports import ReportKind, RunState
from supervisor.models.rows.reports import StoredRun
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.reports.commentary_editor import CommentaryEditor
from supervisor.ui.pages.reports.facts import FactsPanel
from supervisor.ui.pages.reports.presenter import ReportsPresenter
from supervisor.ui.pages.reports.preview import Preview
from supervisor.ui.pages.reports.questions import Paper
from supervisor.ui.pages.reports.run_list import RunList
from supervisor.ui.widgets import Button, Chip, ElidedLabel, EmptyState, SegmentedControl
from supervisor.ui.widgets.pane import Pane
from supervisor.ui.widgets.scope_page import BranchPage
from supervisor.words import formats, sentence_of, word
from supervisor.words.meanings import meaning, told
from supervisor.words.of_reports_screen import run_about, run_title

LIST, SLIM_LIST = 280, 208
SIDE, SLIM_SIDE = 348, 288
SLIM = 1_240
"""Below this page width list and side are narrower."""
FACTS, WORDS = "facts", "words"
LOOKS = {RunState.DRAFT: "plain", RunState.CHECKED: "warn", RunState.SIGNED: "ok"}


class ReportsBody(BranchPage):
    """Builds the parts and paints answers; the page itself connects them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.presenter: ReportsPresenter = ReportsPresenter(desk, self)
        self.new = Button(ptr("report", "New"), "", "plus")
        self.new.setAccessibleName(tr("New report"))
        self.new.setToolTip(tr("New report") + "  Ctrl+N")
        self.kinds = QComboBox()
        self.runs = RunList()
        self.none = EmptyState()
        self.preview = Preview(desk.runner)
        self.title_text, self.state = ElidedLabel(role="cardTitle"), Chip("", "plain")
        self.halves = SegmentedControl(
            ((FACTS, tr("Report")), (WORDS, tr("Commentary"))), tr("Report or commentary")
        )
        self.facts, self.editor = FactsPanel(), CommentaryEditor()
        self._build()

    def title_of_trouble(self) -> str:
        return tr("The reports could not be read")

    def _build(self) -> None:
        self.preview.head.addWidget(self.title_text, 1)
        self.preview.head.addWidget(self.state)
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.panes.setObjectName("gaps")
        self.panes.setHandleWidth(12)
        self.panes.setChildrenCollapsible(False)
        for part in (self._left(), self.preview, self._side()):
            self.panes.addWidget(part)
        self.panes.setStretchFactor(1, 1)
        self._lay_out(self.panes)

    def _left(self) -> QWidget:
        self.left = Pane()
        self.left.setObjectName("card")
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 0)
        head.setSpacing(8)
        self.kinds.addItem(tr("All reports"), "")
        for kind in self.presenter.kinds_shown():
            self.kinds.addItem(word(kind), kind.value)
        self.kinds.setMaxVisibleItems(len(ReportKind) + 1)
        self.kinds.setAccessibleName(tr("Which reports"))
        self.kinds.setMinimumWidth(60)
        self.kinds.currentTextChanged.connect(self.kinds.setToolTip)
        head.addWidget(self.kinds, 1)
        head.addWidget(self.new)
        self.list_stack = QStackedWidget()
        self.list_stack.addWidget(self.runs)
        self.list_stack.addWidget(self.none)
        box = QVBoxLayout(self.left)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self.list_stack, 1)
        return self.left

    def _side(self) -> QWidget:
        self.side = Pane()
        self.words_card = QFrame()
        self.words_card.setObjectName("card")
        inner = QVBoxLayout(self.words_card)
        inner.setContentsMargins(1, 8, 1, 1)
        inner.addWidget(self.editor)
        self.side_stack = QStackedWidget()
        self.side_stack.addWidget(self.facts)
        self.side_stack.addWidget(self.words_card)
        box = QVBoxLayout(self.side)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.halves)
        box.addWidget(self.side_stack, 1)
        return self.side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        slim = self.width() < SLIM
        left, side = (SLIM_LIST, SLIM_SIDE) if slim else (LIST, SIDE)
        self.new.setText("" if slim else ptr("report", "New"))
        self.left.keep_least(wide=left - 20)
        self.side.keep_least(wide=side - 20)
        self.panes.setSizes([left, max(320, self.width() - left - side - 64), side])

    def show_half(self, key: str) -> None:
        """FACTS or WORDS beside the paper."""
        self.halves.choose(key)
        self.side_stack.setCurrentWidget(self.facts if key == FACTS else self.words_card)

    # What answers become

    def _on_listed(self) -> None:
        ask = self.presenter
        if not ask.runs and ask.kind is None:
            self._show_no_runs()
        else:
            self._show_body()
            self.list_stack.setCurrentWidget(self.runs if ask.runs else self.none)
            self.none.show_state(
                tr("None of this kind yet"), "", [(tr("New report"), self.make_new)]
            )
        self.runs.show_runs(ask.runs, ask.today, ask.chosen)
        self._tell_read()
        self._tell_badge()

    def make_new(self) -> QDialog | None:
        """A new report; the page knows how."""
        return None

    def _show_no_runs(self) -> None:
        self.waiting.stop()
        for part in (self.waiting, self.banner, self.body):
            part.hide()
        self.absent.show_state(
            tr("No report yet"),
            tr("The last full week is a good beginning. Figures are kept as they are when the "
               "report is made; next year it prints the same."),
            [(tr("New report"), self.make_new)],
            "file-text",
        )  # fmt: skip
        self.absent.show()

    def _tell_badge(self) -> None:
        runs = self.presenter.runs
        waiting = sum(row.state is RunState.CHECKED for row in runs)
        if self.presenter.kind is None:
            self.badge_changed.emit(waiting, False)
        parts = [ntr("{n:,} report", "{n:,} reports", len(runs))]
        if waiting:
            parts.append(ntr("{n} awaits signature", "{n} await signature", waiting))
        self.status_changed.emit(" · ".join(parts))

    def _on_shown(self, run: StoredRun | None) -> None:
        self._show_head(run)
        if run is None:
            self.preview.show_none(tr("No report chosen"))
        else:
            words = self.presenter.writing.open(run)
            self.editor.show_commentary(words, run.row.to_on)
            missing = self.presenter.paper.missing if self.presenter.paper else ()
            self.facts.show_run(run, self.presenter.today, missing)
            if not run.row.kept:
                self.preview.show_none(tr("The content of this report is no longer kept."))
        why = self.presenter.may_write()
        self.editor.set_read_only(bool(why), why)
        self._show_conflict()
        self._show_acts()

    def _show_conflict(self) -> None:
        """Two people wrote the same part, and nobody chose yet."""
        waits = bool(self.presenter.writing.conflict)
        self.editor.compare.setVisible(waits)
        if waits:
            self.editor.say(tr("Somebody else wrote here too. Choose for each part."), "warn")

    def explain(self) -> str:
        """What the state of the report means, for Shift+F1."""
        run = self.presenter.run
        return told((run.row.state,)) if run is not None else ""

    def _show_head(self, run: StoredRun | None) -> None:
        today = self.presenter.today
        self.state.setVisible(run is not None)
        self.side.setVisible(run is not None)
        if run is None:
            self.title_text.setText("")
            return
        self.title_text.setText(f"{run_title(run.row, today)} · {run_about(run.row, today)}")
        self.state.setText(word(run.row.state))
        self.state.setToolTip(meaning(run.row.state))
        self.state.set_look(LOOKS.get(run.row.state, "plain"))
        if self.presenter.paper is None:
            self.preview.show_waiting()

    def _show_layout(self) -> None:
        run = self.presenter.run
        if run is not None:
            card = self.facts.layout_card
            card.show_look(run.row.kind, run.row.look, self.presenter.why_not_look)

    def _show_acts(self) -> None:
        self._show_layout()
        for name, button in self.facts.acts.items():
            why = "" if name == "folder" else self.presenter.why_not(name)
            button.set_enabled(not why, why)

    def _on_paper(self, paper: Paper) -> None:
        self.preview.show_pdf(paper.data)
        run = self.presenter.run
        if run is not None:
            self.facts.show_run(run, self.presenter.today, paper.missing)

    def _on_unprinted(self, error: Exception) -> None:
        if not isinstance(error, SupervisorError):
            raise error
        again = [(tr("Try again"), self.presenter.print_again)]
        title = tr("The paper could not be made")
        self.preview.show_none(title, sentence_of(error), again, "triangle-alert")

    def _on_writing(self, how: str, error: Exception | None) -> None:
        """Where what was typed is."""
        if how == "failed" and isinstance(error, SupervisorError):
            said = tr("Not saved yet, kept on this computer. {why}", why=sentence_of(error))
            self.editor.say(said, "warn")
        elif how == "conflict":
            self._show_conflict()
        elif how == "saved":
            at = formats.clock_time(self.presenter.read_at)
            self.editor.say(tr("Saved with the report at {at}", at=at))
        else:
            self.editor.say(tr("Being saved") if how == "saving" else tr("Not saved yet"))
        if how == "failed" and error is not None and not isinstance(error, SupervisorError):
            raise error
