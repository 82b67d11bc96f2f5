"""A list over plain rows, without Qt's item objects: those may die twice under Python."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QListView, QWidget

from supervisor.ui.look.plain import tip

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
DATA = int(Qt.ItemDataRole.UserRole)
"""The role under which delegates find what a row stands for."""
EXTRA = DATA + 1


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line.

    Attributes:
        text: what it says.
        data: what it stands for; None for a heading.
        extra: something more for the painter, such as a count.
        tip: tooltip. spoken: what a screen reader says, the text unless given.
        icon: before the text. enabled: whether it can be chosen.
    """

    text: str
    data: Any = None
    extra: Any = None
    tip: str = ""
    spoken: str = ""
    icon: QIcon | None = None
    enabled: bool = True


class RowModel(QAbstractListModel):
    """The rows as Qt asks for them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[ListRow, ...] = ()

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def change(self, at: int, **values: Any) -> None:
        """Another value in one row."""
        rows = list(self.rows)
        rows[at] = replace(rows[at], **values)
        self.rows = tuple(rows)
        index = self.index(at)
        self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        said = {
            int(Qt.ItemDataRole.DisplayRole): row.text,
            int(Qt.ItemDataRole.ToolTipRole): tip(row.tip) if row.tip else None,
            int(Qt.ItemDataRole.DecorationRole): row.icon,
            int(Qt.ItemDataRole.AccessibleTextRole): row.spoken or row.text,
            DATA: row.data,
            EXTRA: row.extra,
        }
        return said.get(int(role))

    def flags(self, index: Index) -> Qt.ItemFlag:
        on = index.isValid() and self.rows[index.row()].enabled
        able = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return able if on else Qt.ItemFlag.NoItemFlags


class RowList(QListView):
    """The list.

    Signals:
        picked: a row was clicked or Enter was pressed on it (number).
        moved: another row is current (number, -1 for none).
    """

    picked = Signal(int)
    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list_model = RowModel(self)
        self.setModel(self.list_model)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.clicked.connect(lambda index: self.picked.emit(index.row()))
        self.activated.connect(lambda index: self.picked.emit(index.row()))
        self.selectionModel().currentChanged.connect(
            lambda current, _before: self.moved.emit(current.row())
        )

    def keyboardSearch(self, search: str) -> None:
        """No type-ahead: with a Chinese input method on, letters are text."""

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        """Other rows; none is current."""
        self.list_model.show_rows(rows)

    @property
    def rows(self) -> tuple[ListRow, ...]:
        """The rows shown."""
        return self.list_model.rows

    def count(self) -> int:
        """How many rows."""
        return len(self.rows)

    def current(self) -> int:
        """The number of the current row, -1 for none."""
        return self.currentIndex().row()

    def make_current(self, at: int) -> None:
        """Put the current row there; -1 for none."""
        self.setCurrentIndex(self.list_model.index(at) if at >= 0 else ROOT)
