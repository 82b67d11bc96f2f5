"""以表格查看: the numbers of a chart as a table that keyboards and screen readers can walk."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from supervisor.i18n import tr
from supervisor.models.rows.charts import ChartRow
from supervisor.ui.widgets import Dialog, Label

WIDE = 640


class TableDialog(Dialog):
    """The table; its primary button asks for a copy (`confirmed`)."""

    help_topic = "measures"

    def __init__(self, row: ChartRow, parent: QWidget | None = None) -> None:
        super().__init__(row.head.title, tr("Copy data"), width=WIDE, parent=parent)
        self.cancel.setText(tr("Close"))
        subtitle = Label(row.head.subtitle, "secondary")
        subtitle.setWordWrap(True)
        self.table = QTableWidget(len(row.table.rows), len(row.table.heads))
        self.table.setAccessibleName(row.head.title)
        self.table.setHorizontalHeaderLabels(list(row.table.heads))
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setMinimumHeight(320)
        self.table.setShowGrid(False)
        self.table.setStyleSheet("QTableView::item { padding: 0 10px; }")
        for y, line in enumerate(row.table.rows):
            for x, text in enumerate(line):
                self.table.setItem(y, x, _cell(text, first=x == 0))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.body.addWidget(subtitle)
        self.body.addWidget(self.table)


def _cell(text: str, *, first: bool) -> QTableWidgetItem:
    cell = QTableWidgetItem(text)
    cell.setData(Qt.ItemDataRole.AccessibleTextRole, text or tr("empty"))
    side = Qt.AlignmentFlag.AlignLeft if first else Qt.AlignmentFlag.AlignRight
    cell.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    return cell
