"""数据导入: choose a kind and a file, or look at what came in and take it back."""

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from supervisor.errors import SupervisorError
from supervisor.i18n import ntr, tr
from supervisor.intake import api
from supervisor.models.changes import Changes
from supervisor.models.enums import BatchState, Kind, Topic
from supervisor.models.rows.intake import (
    Accept,
    BatchRow,
    FilePreview,
    ImportCheck,
    ImportResult,
)
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.intake.columns import batch_columns
from supervisor.ui.pages.intake.file_view import FileView
from supervisor.ui.pages.intake.presenter import IntakePresenter
from supervisor.ui.tables.panel import TablePanel
from supervisor.ui.tables.row_table_model import RowTableModel
from supervisor.ui.widgets.page import Page
from supervisor.words import sentence_of, word


class IntakePage(Page):
    """Two faces: the list of imports with the choice of a file, and the file in hand."""

    page_id = "intake"
    depends_on = frozenset({Topic.IMPORTS})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setObjectName("pageGround")
        self.setAcceptDrops(True)
        self.presenter = IntakePresenter(desk, self)
        self._errors_to: Path | None = None
        self._build()
        self._connect()

    def title(self) -> str:
        """The page title."""
        return tr("Import")

    def regions(self) -> list[QWidget]:
        """What F6 cycles through."""
        return [self._kind, self._table] if self._faces.currentIndex() == 0 else [self.file]

    def step_back(self) -> bool:
        """Esc: put the file away."""
        if self._faces.currentIndex() == 0:
            return False
        self._leave_file()
        return True

    def activate(self) -> None:
        """The page is shown: ask for the list and put the focus on the kind."""
        self.refresh()
        self._kind.setFocus()

    def refresh(self) -> None:
        """Ask for the imports done so far."""
        self.presenter.show_batches()

    def open_file(self, path: Path) -> None:
        """Look at a file as the kind that is chosen."""
        self._say("", "info")
        self.presenter.open(path, Kind(self._kind.currentData()))

    def _build(self) -> None:
        self._banner = QFrame()
        self._banner.setObjectName("banner")
        self._banner.hide()
        self._words = QLabel()
        self._words.setWordWrap(True)
        inside = QHBoxLayout(self._banner)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.addWidget(self._words, 1)
        self._faces = QStackedWidget()
        self._faces.addWidget(self._start_face())
        self.file = FileView()
        self._faces.addWidget(self.file)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self._banner)
        layout.addWidget(self._faces, 1)

    def _start_face(self) -> QWidget:
        face = QWidget()
        column = QVBoxLayout(face)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._choice_card())
        column.addWidget(self._batch_card(), 1)
        return face

    def _choice_card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(8)
        self._kind = QComboBox()
        for kind in Kind:
            self._kind.addItem(word(kind), kind.value)
        self._kind.setMinimumWidth(160)
        label = QLabel(tr("What does the file hold?"))
        label.setBuddy(self._kind)
        self._open = QPushButton(tr("Choose a file"))
        self._open.setProperty("kind", "primary")
        self._template = QPushButton(tr("Save an empty template"))
        hint = QLabel(tr("CSV or workbook; you can also drop a file here."))
        hint.setProperty("role", "hint")
        for widget in (label, self._kind, self._open, self._template, hint):
            row.addWidget(widget)
        row.addStretch()
        return card

    def _batch_card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 12, 0, 0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        title = QLabel(tr("Imports so far"))
        title.setProperty("role", "cardTitle")
        self._take_back = QPushButton(tr("Take this import back"))
        self._take_back.setProperty("kind", "careful")
        self._take_back.setEnabled(False)
        head.addWidget(title)
        head.addStretch()
        head.addWidget(self._take_back)
        self._batches: RowTableModel[BatchRow] = RowTableModel(
            batch_columns(), row_id=lambda batch: batch.batch_id
        )
        self._table = TablePanel(self._batches, "imports")
        self._table.setAccessibleName(tr("Imports so far"))
        self._empty = QLabel(
            tr("Nothing was imported yet. Choose a file, or start from a template.")
        )
        self._empty.setProperty("role", "hint")
        self._empty.setContentsMargins(16, 8, 16, 16)
        self._empty.hide()
        column.addLayout(head)
        column.addWidget(self._empty)
        column.addWidget(self._table, 1)
        return card

    def _connect(self) -> None:
        told = self.presenter
        told.batches_ready.connect(self._on_batches)
        told.opened.connect(self._on_opened)
        told.checked.connect(self.file.show_check)
        told.imported.connect(self._on_imported)
        told.taken_back.connect(self._on_taken_back)
        told.advanced.connect(self.file.show_progress)
        told.busy.connect(lambda busy: self.file.show_busy(busy=busy))
        told.failed.connect(self._on_failed)
        self._open.clicked.connect(lambda _checked=False: self._choose_file())
        self._template.clicked.connect(lambda _checked=False: self._save_template())
        self._take_back.clicked.connect(lambda _checked=False: self._undo_current())
        self._table.current_changed.connect(self._on_current)
        self.file.mapped.connect(self._on_mapped)
        self.file.reread.connect(told.look_again)
        self.file.check_wanted.connect(told.check)
        self.file.import_wanted.connect(self._import)
        self.file.errors_wanted.connect(self._save_errors)
        self.file.stop_wanted.connect(told.stop)
        self.file.left.connect(self._leave_file)

    def _choose_file(self) -> None:
        path, _filter = QFileDialog.getOpenFileName(
            self,
            tr("Choose a file to import"),
            "",
            tr("Tables (*.csv *.txt *.tsv *.xlsx *.xls *.xlsb *.ods);;All files (*)"),
        )
        if path:
            self.open_file(Path(path))

    def _save_template(self) -> None:
        kind = Kind(self._kind.currentData())
        path, _filter = QFileDialog.getSaveFileName(
            self, tr("Save an empty template"), f"{word(kind)}.xlsx", tr("Workbook (*.xlsx)")
        )
        if path:
            self.presenter.write_template(kind, Path(path))

    def _save_errors(self) -> None:
        """Refused rows are written by the import itself; here only the place is chosen."""
        path, _filter = QFileDialog.getSaveFileName(
            self, tr("Save refused rows"), "", tr("CSV (*.csv)")
        )
        if path:
            self._errors_to = Path(path)
            self._say(
                tr("The refused rows will be saved to {path} with the import.", path=path), "info"
            )

    def _import(self, accept: Accept) -> None:
        self.presenter.run(accept, self._errors_to)

    def _undo_current(self) -> None:
        batch = self._table.current_row()
        if batch is not None:
            self.presenter.take_back(batch)

    def _leave_file(self) -> None:
        self.presenter.forget_file()
        self._errors_to = None
        self._faces.setCurrentIndex(0)
        self._kind.setFocus()

    def _on_batches(self, batches: tuple[BatchRow, ...]) -> None:
        self._batches.set_rows(batches)
        self._empty.setVisible(not batches)
        self._on_current(self._table.current_row())

    def _on_current(self, batch: BatchRow | None) -> None:
        can = batch is not None and batch.state is BatchState.DONE and batch.undo_until is not None
        self._take_back.setEnabled(can)
        self._take_back.setToolTip(
            "" if can else tr("Choose an import of the last 24 hours in the list.")
        )

    def _on_opened(self, preview: FilePreview) -> None:
        self.file.show_file(preview, api.describe(preview.kind))
        self._faces.setCurrentWidget(self.file)

    def _on_mapped(self, heading: str, field: str | None) -> None:
        self.presenter.map_column(heading, field)
        self.file.unchecked()

    def show_check(self, check: ImportCheck) -> None:
        """Show a check as if it had just been made (pictures of this page)."""
        self.file.show_check(check)

    def _on_imported(self, result: ImportResult) -> None:
        self.file.show_result(result)
        if result.batch is None:
            self._say(tr("Nothing was imported: some rows are refused."), "warn")
            return
        n = result.inserted + result.updated
        self._say(ntr("{n} row was imported.", "{n} rows were imported.", n), "ok")

    def _on_taken_back(self, changes: Changes) -> None:
        n = sum(changes.counts.values())
        self._say(
            ntr("The import was taken back: {n} row.", "The import was taken back: {n} rows.", n),
            "ok",
        )

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, SupervisorError):
            raise error
        self._say(sentence_of(error), "warn")

    def _say(self, words: str, tone: str) -> None:
        self._words.setText(words)
        self._banner.setProperty("tone", tone)
        self._banner.style().unpolish(self._banner)
        self._banner.style().polish(self._banner)
        self._banner.setVisible(bool(words))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one local file."""
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the dropped file."""
        self.open_file(Path(event.mimeData().urls()[0].toLocalFile()))
