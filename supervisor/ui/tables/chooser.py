"""The column chooser: which columns, in which order; drag or Alt+arrows, reset."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from supervisor.i18n import tr
from supervisor.ui.look.buttons import Button
from supervisor.ui.look.room import resize_within
from supervisor.ui.tables.column import Column
from supervisor.ui.tables.layout import ColumnLayout, default_layout, read_layout

_KEY = Qt.ItemDataRole.UserRole


class ColumnChooser(QDialog):
    """Dialog over one table.

    Signals:
        chosen: the new layout as text.
    """

    chosen = Signal(str)

    def __init__(
        self, columns: Sequence[Column[Any]], layout: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._columns = tuple(columns)
        self._widths = read_layout(layout, columns).widths
        self._build()
        self._fill(read_layout(layout, columns))

    def _build(self) -> None:
        self.setWindowTitle(tr("Choose columns"))
        resize_within(self, 420, 480)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        title = QLabel(tr("Choose columns"))
        title.setProperty("role", "objectTitle")
        hint = QLabel(tr("Drag to change the order, or Alt+Up and Alt+Down."))
        hint.setProperty("role", "secondary")
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Columns"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        box.addWidget(title)
        box.addWidget(hint)
        box.addWidget(self.list, 1)
        foot = QHBoxLayout()
        reset = QPushButton(tr("Reset columns"))
        reset.clicked.connect(lambda: self._fill(default_layout(self._columns)))
        cancel = QPushButton(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        done = Button(tr("Apply"), "primary")
        done.setDefault(True)
        done.clicked.connect(self.accept)
        foot.addWidget(reset)
        foot.addStretch(1)
        foot.addWidget(done)
        foot.addWidget(cancel)
        box.addLayout(foot)

    def _fill(self, layout: ColumnLayout) -> None:
        by_key = {column.key: column for column in self._columns}
        self.list.clear()
        for key in layout.order:
            column = by_key[key]
            item = QListWidgetItem(column.name)
            item.setData(_KEY, key)
            shown = key not in layout.hidden
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            if column.fixed:
                item.setFlags(Qt.ItemFlag.ItemIsSelectable)
                item.setToolTip(tr("This column always comes first."))
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._move(-1 if event.key() == Qt.Key.Key_Up else 1)
            return
        super().keyPressEvent(event)

    def _move(self, steps: int) -> None:
        row = self.list.currentRow()
        target = row + steps
        fixed = sum(column.fixed for column in self._columns)
        if min(row, target) >= fixed and target < self.list.count():
            self.list.insertItem(target, self.list.takeItem(row))
            self.list.setCurrentRow(target)

    def accept(self) -> None:
        """Tell the new layout and close."""
        items = [self.list.item(row) for row in range(self.list.count())]
        unchecked = {i.data(_KEY) for i in items if i.checkState() == Qt.CheckState.Unchecked}
        order = tuple(item.data(_KEY) for item in items)
        self.chosen.emit(ColumnLayout(order, frozenset(unchecked), self._widths).to_text())
        super().accept()
