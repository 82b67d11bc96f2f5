"""The first rows of a file as they were found, under the headings of the file."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.models.rows.intake import ColumnRow, FilePreview
from supervisor.ui.tables.column import Column, Look
from supervisor.ui.tables.grid import GridView
from supervisor.ui.tables.row_table_model import RowTableModel

MOST_COLUMNS = 60
Cells = tuple[str, ...]


class Sample(QWidget):
    """A table made anew for every file: its columns are the file's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.view: GridView | None = None
        self.model: RowTableModel[Cells] | None = None

    def show_file(self, preview: FilePreview) -> None:
        """Show the rows of this file; columns that are left out are grey."""
        columns = [_column(column) for column in preview.columns[:MOST_COLUMNS]]
        self.model = RowTableModel(columns, row_id=id, parent=self)
        self.model.set_rows(preview.rows)
        if self.view is not None:
            self._box.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
        self.view = GridView(self.model, self)
        self.view.setAccessibleName(tr("First rows of the file"))
        for section, column in enumerate(columns):
            self.view.head.resizeSection(section, column.width)
        self.view.head.setStretchLastSection(True)
        self._box.addWidget(self.view)
        self.setFocusProxy(self.view)


def _column(column: ColumnRow) -> Column[Cells]:
    look = None if column.field else lambda _cells: Look(tone="text3")
    heading = column.heading or tr("(no heading)")
    longest = max((len(sample) for sample in column.samples), default=0)
    return Column(
        key=f"c{column.position}",
        title=lambda: heading,
        text=_cell(column.position),
        width=min(280, max(90, 12 * len(heading) + 24, 8 * longest + 24)),
        look=look,
    )


def _cell(position: int) -> Callable[[Cells], str]:
    return lambda cells: cells[position] if position < len(cells) else ""
