"""Refused arrivals of other systems, with their reason; to be tried again or put aside."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.rows.intake import ArrivalRow
from supervisor.ui.pages.intake.columns import arrival_columns
from supervisor.ui.tables.panel import TablePanel
from supervisor.ui.tables.row_table_model import RowTableModel
from supervisor.ui.widgets import Button, ElidedLabel, EmptyState


class ArrivalList(QStackedWidget):
    """The ticked arrivals, else the current one, are what the buttons speak of.

    Signals:
        retry_wanted, dismiss_wanted: ids of arrivals.
    """

    retry_wanted = Signal(object)
    dismiss_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model: RowTableModel[ArrivalRow] = RowTableModel(
            arrival_columns(), row_id=lambda arrival: arrival.arrival_id, tickable=True
        )
        self.table = TablePanel(self.model, "arrivals")
        self.table.setAccessibleName(tr("Refused arrivals"))
        self._empty = EmptyState()
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self._foot())
        self.addWidget(full)
        self.addWidget(self._empty)
        self.table.current_changed.connect(lambda _row: self._show_chosen())
        self.table.ticks_changed.connect(lambda _n: self._show_chosen())

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("dialogFoot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        self._about = ElidedLabel(role="secondary")
        self.retry = Button("")
        self.dismiss = Button("")
        self.retry.clicked.connect(lambda _on=False: self.retry_wanted.emit(self.chosen()))
        self.dismiss.clicked.connect(lambda _on=False: self.dismiss_wanted.emit(self.chosen()))
        row.addWidget(self._about, 1)
        row.addWidget(self.retry)
        row.addWidget(self.dismiss)
        return foot

    def show_arrivals(self, arrivals: tuple[ArrivalRow, ...], of: int) -> None:
        """Show the latest of `of` refused ones."""
        self.setCurrentIndex(0 if arrivals else 1)
        if not arrivals:
            self._empty.show_state(
                tr("No arrival was refused"),
                tr("What other systems send is taken in as it comes."),
                icon_name="inbox",
            )
        self.model.set_rows(arrivals)
        self._about.setText(
            tr("They stay in the inbox until they are tried again or put aside.")
            if of <= len(arrivals)
            else tr("The latest {shown:,} of {n:,} are listed.", shown=len(arrivals), n=of)
        )
        if arrivals and self.table.current_row() is None:
            self.table.make_current(0)
        self._show_chosen()

    def chosen(self) -> tuple[int, ...]:
        """The arrivals the buttons speak of."""
        rows: tuple[ArrivalRow, ...] = self.model.ticked
        current = self.table.current_row()
        if not rows and current is not None:
            rows = (current,)
        return tuple(row.arrival_id for row in rows)

    def _show_chosen(self) -> None:
        n = len(self.chosen())
        self.retry.setText(ntr("Try {n:,} again", "Try {n:,} again", n))
        self.dismiss.setText(ntr("Put {n:,} aside", "Put {n:,} aside", n))
        self.retry.setEnabled(n > 0)
        self.dismiss.setEnabled(n > 0)
