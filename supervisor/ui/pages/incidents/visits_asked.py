"""外访核实: questions about visits that read oddly. Never verdicts; each can be explained."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.changes import Changes
from supervisor.models.commands.explaining import explain_visit
from supervisor.models.enums import Role
from supervisor.models.enums_training import QuestionKind
from supervisor.models.orders_training import ExplainVisit
from supervisor.models.queries.plausibility import visit_questions
from supervisor.models.rows.plausibility import (
    MOST_DAYS,
    QuestionFilter,
    QuestionPage,
    VisitQuestionRow,
)
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.incidents.dialogs import WordsDialog
from supervisor.ui.pages.incidents.parts import wrapped
from supervisor.ui.tables import Align, Column, Look, RowTableModel, Shape, TablePanel
from supervisor.ui.widgets import Button, Chip, EmptyState, Label
from supervisor.ui.widgets.order_dialog import Done, Failed
from supervisor.words import formats, word
from supervisor.words.of_incidents_screen import people_text
from supervisor.words.of_training_screen import question_text

EXPLAINERS = frozenset({Role.SUPERVISOR, Role.COMPLIANCE})


class AskingPresenter(QObject):
    """Asks for the questions of the last month and sends explanations.

    Signals:
        ready: QuestionPage. failed: Exception. done: Changes.
    """

    ready = Signal(object)
    failed = Signal(object)
    done = Signal(object)

    def __init__(self, desk: Desk, today: Callable[[], date], parent: QObject) -> None:
        super().__init__(parent)
        self.desk, self._today = desk, today
        self.kinds: frozenset[QuestionKind] = frozenset()
        self.open_only = False

    def wanted(self) -> QuestionFilter:
        """The last month, within scope and role."""
        today = self._today()
        return QuestionFilter(
            first_on=today - timedelta(days=MOST_DAYS - 1),
            last_on=today,
            branches=self.desk.scope.branches,
            allowed=self.desk.actor.branches,
            kinds=self.kinds,
            open_only=self.open_only,
            deidentified=self.desk.actor.role is Role.TRAINING_LEAD,
        )

    def refresh(self) -> None:
        """Look the visits through again."""
        self.desk.runner.ask(
            partial(self.desk.database.read, visit_questions, self.wanted()),
            owner=self,
            key="questions",
            then=self.ready.emit,
            failed=self.failed.emit,
        )

    def send(
        self, command: Callable[..., Changes], order: ExplainVisit, then: Done, refused: Failed
    ) -> None:
        """Record an explanation."""

        def told(changes: Changes) -> None:
            then(changes)
            self.done.emit(changes)
            self.refresh()

        self.desk.runner.do(command, order, initiator=self, then=told, failed=refused)


class ExplainDialog(WordsDialog):
    """What the collector explained."""

    help_topic = "training"

    def command(self) -> Callable[..., Changes]:
        """What carries the order out."""
        return explain_visit


def _state(row: VisitQuestionRow) -> str:
    return tr("Explained") if row.version else tr("To ask")


def _look(row: VisitQuestionRow) -> Look:
    return Look() if row.version else Look(tone="warn", shape=Shape.CIRCLE)


def columns(today: date) -> list[Column[VisitQuestionRow]]:
    """Columns of the table."""
    return [
        Column("state", lambda: tr("State"), _state, sort=lambda row: row.version, look=_look,
               width=96, fixed=True, frozen=True),
        Column("kind", lambda: tr("Why to ask"), lambda row: word(row.kind),
               sort=lambda row: row.kind, width=110),
        Column("question", lambda: tr("Question"), question_text, width=380, grows=True),
        Column("when", lambda: tr("Visit"), lambda row: formats.moment(row.started_at, today),
               sort=lambda row: row.started_at, align=Align.RIGHT, width=110),
        Column("people", lambda: tr("People"),
               lambda row: people_text(row.agents, row.agent_nos), width=150),
        Column("case", lambda: tr("Case"), lambda row: row.case_no or formats.MISSING,
               sort=lambda row: row.case_no, numeric=True, width=140),
        Column("number", lambda: tr("Visit number"), lambda row: row.visit_no or formats.MISSING,
               numeric=True, width=120),
        Column("others", lambda: tr("Compared with"), lambda row: tr(", ").join(row.others),
               width=150, hidden=True),
        Column("explanation", lambda: tr("Explanation"), lambda row: row.explanation, width=200),
    ]  # fmt: skip


class VisitsAsked(QFrame):
    """The table and the explanation of the question that is current.

    Signals:
        case_wanted: case number.
        counted: words for the status bar.
    """

    case_wanted = Signal(str)
    counted = Signal(str)

    def __init__(
        self, desk: Desk, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.desk = desk
        self.presenter = AskingPresenter(desk, today, self)
        self.chips: dict[QuestionKind | None, Chip] = {}
        self.model: RowTableModel[VisitQuestionRow] = RowTableModel(
            columns(today()), row_id=lambda row: (row.branch_id, row.visit_id, row.kind)
        )
        self.table = TablePanel(self.model, "visit_questions")
        self.table.setAccessibleName(tr("Questions about visits"))
        self.empty = EmptyState()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        box.addWidget(self._head())
        box.addWidget(self.stack, 1)
        box.addWidget(self._foot())
        self.presenter.ready.connect(self._on_page)
        self.table.current_changed.connect(self._on_current)
        self.table.opened.connect(lambda _row: self.explain())

    def _head(self) -> QWidget:
        head = QFrame()
        head.setObjectName("filterBar")
        column = QVBoxLayout(head)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(6)
        for kind in (None, *QuestionKind):
            chip = Chip(tr("All") if kind is None else word(kind), "outline" if kind else "on")
            chip.clicked.connect(partial(self._choose, kind))
            self.chips[kind] = chip
            row.addWidget(chip)
        self.open_only = Chip(tr("To ask"))
        self.open_only.setCheckable(True)
        self.open_only.toggled.connect(self._on_open_only)
        row.addSpacing(6)
        row.addWidget(self.open_only)
        row.addStretch(1)
        self.counts = Label(role="secondary")
        row.addWidget(self.counts)
        column.addLayout(row)
        column.addWidget(wrapped(
            tr("Questions to ask, no verdicts: often there is an everyday reason. They are no "
               "flags and count against nobody."), "hint"))  # fmt: skip
        return head

    def _foot(self) -> QWidget:
        self.foot = QFrame()
        self.foot.setObjectName("dialogFoot")
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        self.about = wrapped("", "secondary")
        self.record = Button(tr("Record the explanation"), "primary")
        self.record.clicked.connect(self.explain)
        self.case_link = Button(tr("Open the case"), "link")
        self.case_link.clicked.connect(self._open_case)
        row.addWidget(self.about, 1)
        row.addWidget(self.record)
        row.addWidget(self.case_link)
        return self.foot

    def _on_page(self, page: QuestionPage) -> None:
        self.model.set_rows(page.rows)
        self.stack.setCurrentWidget(self.table if page.rows else self.empty)
        if not page.rows:
            title = tr("Nothing to ask about visits of the last month")
            said = ntr("{n:,} visit looked through", "{n:,} visits looked through", page.visits)
            self.empty.show_state(title, said, (), "circle-check")
        counts = tr("{open:,} to ask of {total:,} · {visits:,} visits, {positioned:,} with a "
                    "position", open=page.open, total=page.total, visits=page.visits,
                    positioned=page.positioned)  # fmt: skip
        self.counts.setText(counts)
        self.counted.emit(counts)
        if page.rows and self.table.current_row() is None:
            self.table.make_current(0)
        self._on_current(self.table.current_row())

    def _on_current(self, row: VisitQuestionRow | None) -> None:
        self.foot.setVisible(row is not None)
        if row is None:
            return
        told = row.explanation and tr("{who}, {when}: {words}", who=row.explained_by,
                                      when=formats.full_moment(row.explained_at),
                                      words=row.explanation)  # fmt: skip
        others = tr("Compared with {visits}", visits=tr(", ").join(row.others[:6]))
        parts = (question_text(row), others if row.others else "", told)
        self.about.setText("\n".join(part for part in parts if part))
        may = self.desk.actor.role in EXPLAINERS
        self.record.set_enabled(may, tr("Explanations are written down by the supervisor."))
        self.case_link.setVisible(bool(row.case_no))

    def explain(self) -> ExplainDialog | None:
        """Record what the collector explained about the current question."""
        row = self.table.current_row()
        if row is None or self.desk.actor.role not in EXPLAINERS:
            return None

        def make(words: str) -> ExplainVisit:
            return ExplainVisit(
                actor=self.desk.actor,
                branch_id=row.branch_id,
                visit_id=row.visit_id,
                kind=row.kind,
                explanation=words,
                evidence=tuple(row.facts.items()),
                version=row.version,
            )

        dialog = ExplainDialog(
            word(row.kind),
            tr("Save"),
            question_text(row),
            make,
            self.presenter.send,  # type: ignore[arg-type]
            self,
            required=True,
            label=tr("What the collector explained"),
        )
        dialog.text.setPlainText(row.explanation)
        dialog.open()
        return dialog

    def _open_case(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.case_wanted.emit(row.case_no)

    def _choose(self, kind: QuestionKind | None, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        for one, chip in self.chips.items():
            chip.set_look("on" if one is kind else "outline")
        self.presenter.kinds = frozenset() if kind is None else frozenset({kind})
        self.presenter.refresh()

    def _on_open_only(self, on: bool) -> None:  # noqa: FBT001 - a Qt slot
        self.open_only.set_look("on" if on else "outline")
        self.presenter.open_only = on
        self.presenter.refresh()
