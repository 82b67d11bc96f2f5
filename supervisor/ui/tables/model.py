"""What both table models share: columns, roles, ticked rows by id, sort state."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from supervisor.i18n import tr
from supervisor.ui.look.plain import tip
from supervisor.ui.tables.column import Align, Column, Look

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
LOOK_ROLE = Qt.ItemDataRole.UserRole + 2
COLUMN_ROLE = Qt.ItemDataRole.UserRole + 3
TICK_KEY = "tick"
_NOWHERE = QModelIndex()
_ROLE = Qt.ItemDataRole


class TableModel(QAbstractTableModel, Generic[R]):
    """Base of `WindowedModel` and `RowTableModel`. Column 0 is the tick box when `tickable`.

    Signals:
        ticks_changed: how many rows are ticked.
        about_to_renew, renewed: around every reset, so that the panel keeps its place.
    """

    ticks_changed = Signal(int)
    about_to_renew = Signal()
    renewed = Signal()

    def __init__(
        self,
        columns: Sequence[Column[R]],
        *,
        row_id: Callable[[R], Hashable] | None = None,
        spoken: Callable[[R], str] | None = None,
        tickable: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns: tuple[Column[R], ...] = tuple(columns)
        self.tickable = tickable
        self._row_id: Callable[[R], Hashable] = row_id or hash
        self._spoken = spoken
        self._ticked: dict[Hashable, R] = {}
        self.sorted_by: tuple[str, bool] | None = None

    # What the two models differ in

    def row_at(self, index: int) -> R | None:
        """The row at a position, or None where it is not (yet) known."""
        raise LookupError(index)

    def index_of(self, row_id: Hashable) -> int | None:
        """The position of a row by id among the rows at hand."""
        raise LookupError(row_id)

    def known_rows(self) -> Iterable[R]:
        """The rows at hand, in order."""
        return ()

    # Columns

    @property
    def first(self) -> int:
        """The number of the first real column."""
        return 1 if self.tickable else 0

    def column_of(self, section: int) -> Column[R] | None:
        """The column of a section; None for the tick box."""
        place = section - self.first
        return self.columns[place] if 0 <= place < len(self.columns) else None

    def section_of(self, key: str) -> int:
        """The section of a column by key; -1 when unknown."""
        for place, column in enumerate(self.columns):
            if column.key == key:
                return place + self.first
        return -1

    def id_of(self, row: R) -> Hashable:
        """What a row is known by over refreshes."""
        return self._row_id(row)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns) + self.first

    # Cells

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.row_at(index.row())
        if role == ROW_ROLE:
            return row
        column = self.column_of(index.column())
        if column is None:
            return self._tick_data(row, role)
        if row is None:
            return int(column.align.flag) if role == _ROLE.TextAlignmentRole else None
        return self._cell(column, row, role)

    def _cell(self, column: Column[R], row: R, role: int) -> Any:
        if role == _ROLE.DisplayRole:
            return column.text(row)
        if role == LOOK_ROLE:
            return column.look(row) if column.look is not None else _PLAIN
        if role == _ROLE.TextAlignmentRole:
            return int(column.align.flag)
        if role == _ROLE.ToolTipRole:
            return tip((column.tooltip or column.text)(row)) or None
        if role == _ROLE.AccessibleTextRole:
            return self._cell_spoken(column, row)
        if role == _ROLE.AccessibleDescriptionRole and self._spoken is not None:
            return self._spoken(row)
        return None

    def _cell_spoken(self, column: Column[R], row: R) -> str:
        said = (column.accessible or column.text)(row)
        return tr("{column}: {value}", column=column.name, value=said or tr("empty"))

    def _tick_data(self, row: R | None, role: int) -> Any:
        if role == _ROLE.CheckStateRole and row is not None:
            ticked = self._row_id(row) in self._ticked
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == _ROLE.AccessibleTextRole and row is not None:
            ticked = self._row_id(row) in self._ticked
            about = self._spoken(row) if self._spoken is not None else ""
            return f"{tr('selected') if ticked else tr('not selected')} {about}".strip()
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        column = self.column_of(section)
        if column is None:
            return tr("Select all rows") if role == _ROLE.AccessibleTextRole else None
        if role == _ROLE.DisplayRole:
            return column.title()
        if role == _ROLE.TextAlignmentRole:
            return int(column.align.flag)
        if role == COLUMN_ROLE:
            return column
        if role in {_ROLE.AccessibleTextRole, _ROLE.ToolTipRole}:
            return self._head_spoken(column)
        return None

    def _head_spoken(self, column: Column[R]) -> str:
        if column.sort is None:
            return column.name
        if self.sorted_by is None or self.sorted_by[0] != column.key:
            return tr("{column}, can be sorted", column=column.name)
        if self.sorted_by[1]:
            return tr("{column}, sorted from high to low", column=column.name)
        return tr("{column}, sorted from low to high", column=column.name)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        tick = self.tickable and index.column() == 0
        return plain | Qt.ItemFlag.ItemIsUserCheckable if tick else plain

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        if role != _ROLE.CheckStateRole or not index.isValid() or not self.tickable:
            return False
        self.tick(index.row(), on=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def retranslate(self) -> None:
        """Heads and cells read their words again."""
        last = self.columnCount() - 1
        if last >= 0:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, last))

    def show_sort(self, key: str | None, *, descending: bool = False) -> None:
        """Say by which column the rows are sorted; None is the page's own order."""
        self.sorted_by = None if key is None else (key, descending)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, self.columnCount() - 1))

    # Ticks

    @property
    def ticked(self) -> tuple[R, ...]:
        """The ticked rows as last seen, in the order they were ticked."""
        return tuple(self._ticked.values())

    def is_ticked(self, index: int) -> bool:
        """Whether the row at a position is ticked."""
        row = self.row_at(index)
        return row is not None and self._row_id(row) in self._ticked

    def tick(self, index: int, *, on: bool) -> None:
        """Tick or untick one row."""
        self.tick_range(index, index, on=on)

    def tick_range(self, first: int, last: int, *, on: bool = True) -> None:
        """Tick or untick rows from `first` to `last` inclusive; unknown rows are left out."""
        for place in range(min(first, last), max(first, last) + 1):
            row = self.row_at(place)
            if row is not None:
                self._set(row, on=on)
        self._tell_ticks()

    def tick_rows(self, rows: Iterable[R]) -> None:
        """Tick rows the model may not hold (a whole filtered set, fetched by the page)."""
        for row in rows:
            self._set(row, on=True)
        self._tell_ticks()

    def untick_all(self) -> None:
        """Nothing is ticked any more."""
        if self._ticked:
            self._ticked.clear()
            self._tell_ticks()

    def _set(self, row: R, *, on: bool) -> None:
        if on:
            self._ticked[self._row_id(row)] = row
        else:
            self._ticked.pop(self._row_id(row), None)

    def _renew_ticked(self, rows: Iterable[R]) -> None:
        """Ticked rows keep up with what was read anew (their version must)."""
        if self._ticked:
            for row in rows:
                key = self._row_id(row)
                if key in self._ticked:
                    self._ticked[key] = row

    def _tell_ticks(self) -> None:
        if self.rowCount():
            last = self.index(self.rowCount() - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [_ROLE.CheckStateRole])
        self.ticks_changed.emit(len(self._ticked))


_PLAIN = Look()
__all__ = ["COLUMN_ROLE", "LOOK_ROLE", "ROW_ROLE", "TICK_KEY", "Align", "TableModel"]
