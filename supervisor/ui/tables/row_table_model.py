"""A complete set of rows (up to some thousands): sorted here with `sorted()`."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QModelIndex

from supervisor.ui.tables.model import Index, TableModel

R = TypeVar("R")
_NOWHERE = QModelIndex()


class RowTableModel(TableModel[R]):
    """Holds every row. `set_rows` is one reset; sort and ticks survive it."""

    _rows: tuple[R, ...] = ()
    _places: dict[Hashable, int] | None = None

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show these rows, in the sort order in force."""
        self.about_to_renew.emit()
        self.beginResetModel()
        self._rows = tuple(self._in_order(rows))
        self._places = None
        self._renew_ticked(self._rows)
        self.endResetModel()
        self.renewed.emit()

    @property
    def rows(self) -> tuple[R, ...]:
        """The rows as shown."""
        return self._rows

    def sort_by(self, key: str | None, *, descending: bool = False) -> None:
        """Sort by a column; None leaves the order the rows have."""
        self.show_sort(key, descending=descending)
        self.set_rows(self._rows)

    def _in_order(self, rows: Sequence[R]) -> Iterable[R]:
        if self.sorted_by is None:
            return rows
        key, descending = self.sorted_by
        column = next((c for c in self.columns if c.key == key), None)
        if column is None or column.sort is None:
            return rows
        value = column.sort
        missing = [row for row in rows if value(row) is None]
        known = [row for row in rows if value(row) is not None]
        # What is missing stays at the end in both directions.
        return [*sorted(known, key=value, reverse=descending), *missing]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def row_at(self, index: int) -> R | None:
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def index_of(self, row_id: Hashable) -> int | None:
        if self._places is None:
            self._places = {self._row_id(row): place for place, row in enumerate(self._rows)}
        return self._places.get(row_id)

    def known_rows(self) -> Iterable[R]:
        return self._rows

    def sort(self, column: int, order: Any = None) -> None:
        """Qt's own sort call is not used: the panel asks `sort_by`."""
