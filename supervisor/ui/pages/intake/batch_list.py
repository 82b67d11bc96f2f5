"""Imports so far; the one chosen can be taken back while that is possible."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.enums_intake import BatchState
from supervisor.models.rows.intake import BatchRow
from supervisor.ui.pages.intake.columns import batch_columns
from supervisor.ui.tables.panel import TablePanel
from supervisor.ui.tables.row_table_model import RowTableModel
from supervisor.ui.widgets import Button, Dialog, ElidedLabel, EmptyState, Label
from supervisor.words import word


class BatchList(QStackedWidget):
    """The newest first; what taking the current one back would do stands below.

    Signals:
        undo_wanted: (BatchRow) the person confirmed that it goes.
        guide_wanted: nothing is here yet; show what can be imported.
    """

    undo_wanted = Signal(object)
    guide_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model: RowTableModel[BatchRow] = RowTableModel(
            batch_columns(), row_id=lambda batch: batch.batch_id
        )
        self.table = TablePanel(self.model, "imports")
        self.table.setAccessibleName(tr("Imports so far"))
        self._empty = EmptyState()
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self._foot())
        self.addWidget(full)
        self.addWidget(self._empty)
        self.table.current_changed.connect(self._show_current)

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("dialogFoot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        self._about = ElidedLabel(role="secondary")
        self.take_back = Button(tr("Take this import back"), "careful")
        self.take_back.clicked.connect(self._ask)
        row.addWidget(self._about, 1)
        row.addWidget(self.take_back)
        self._foot_bar = foot
        return foot

    def show_batches(self, batches: tuple[BatchRow, ...]) -> None:
        """Show them; the newest becomes current when none is."""
        self.setCurrentIndex(0 if batches else 1)
        if not batches:
            self._empty.show_state(
                tr("Nothing has been imported yet"),
                tr("Every import is listed here and can be taken back for a day."),
                [(tr("What can be imported"), self.guide_wanted.emit)],
                "file-input",
            )
        self.model.set_rows(batches)
        if batches and self.table.current_row() is None:
            self.table.make_current(0)
        self._show_current(self.table.current_row())

    def _show_current(self, batch: BatchRow | None) -> None:
        self._foot_bar.setVisible(batch is not None)
        if batch is None:
            return
        can = batch.undo_until is not None
        self._about.setText(f"{batch.file_name} · {what_undo_does(batch)}")
        self.take_back.setVisible(can)

    def _ask(self) -> None:
        batch = self.table.current_row()
        if batch is None:
            return
        dialog = Dialog(
            tr("Take the import of {file} back?", file=batch.file_name),
            tr("Take back"),
            careful=True,
            parent=self,
        )
        text = Label(what_undo_does(batch))
        text.setWordWrap(True)
        dialog.body.addWidget(text)
        dialog.confirmed.connect(lambda: self.undo_wanted.emit(batch))
        dialog.open()


def what_undo_does(batch: BatchRow) -> str:
    """What taking an import back means for this one, or why it cannot be."""
    if batch.state is BatchState.UNDONE:
        return tr("This import has been taken back; the records are as they were before it.")
    if batch.undo_until is None:
        return tr("The time in which this import could be taken back is over.")
    if not batch.inserted and not batch.updated:
        return tr("This import changed nothing.")
    parts = []
    if batch.inserted:
        parts.append(
            ntr(
                "{n:,} new record of {kind} goes.",
                "{n:,} new records of {kind} go.",
                batch.inserted,
                kind=word(batch.kind),
            )
        )
    if batch.updated:
        parts.append(
            ntr(
                "{n:,} changed record is as before.",
                "{n:,} changed records are as before.",
                batch.updated,
            )
        )
    return tr("Taking it back: {what}", what=" ".join(parts))
