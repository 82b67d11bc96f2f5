"""Which cases are ticked: kept by identity, so that sorting, filtering and refreshing keep them."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from supervisor.models.orders import CaseRef
from supervisor.models.rows.case_queue import CaseQueueRow

Key = tuple[int, int]


def key_of(row: CaseQueueRow) -> Key:
    """What identifies a case: branch and id."""
    return int(row.branch_id), int(row.case_id)


def ref_of(row: CaseQueueRow) -> CaseRef:
    """The case as orders name it, with the version the person saw."""
    return CaseRef(row.branch_id, row.case_id, row.version)


class Selection(QObject):
    """The ticked rows, in the order they were ticked.

    Signals:
        changed: the set or the state of its rows is another.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[Key, CaseQueueRow] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    @property
    def rows(self) -> tuple[CaseQueueRow, ...]:
        """The ticked rows as they were last seen."""
        return tuple(self._rows.values())

    @property
    def refs(self) -> tuple[CaseRef, ...]:
        """The ticked cases as orders name them."""
        return tuple(ref_of(row) for row in self._rows.values())

    @property
    def overdue_fen(self) -> int:
        """逾期应还 of the ticked rows, 分."""
        return sum(row.overdue_fen for row in self._rows.values())

    def toggle(self, row: CaseQueueRow) -> None:
        """Tick or untick one row."""
        key = key_of(row)
        if key in self._rows:
            del self._rows[key]
        else:
            self._rows[key] = row
        self.changed.emit()

    def add(self, rows: Iterable[CaseQueueRow]) -> None:
        """Tick these too."""
        self._rows.update((key_of(row), row) for row in rows)
        self.changed.emit()

    def clear(self) -> None:
        """Untick everything."""
        if self._rows:
            self._rows.clear()
            self.changed.emit()

    def freshen(self, rows: Iterable[CaseQueueRow]) -> None:
        """Take the newest version of rows that are ticked."""
        newer = {key_of(row): row for row in rows}
        shared = self._rows.keys() & newer.keys()
        if any(self._rows[key] != newer[key] for key in shared):
            for key in shared:
                self._rows[key] = newer[key]
            self.changed.emit()

    def keep(self, keys: Iterable[Key]) -> None:
        """Untick what is not among these."""
        gone = self._rows.keys() - set(keys)
        if gone:
            for key in gone:
                del self._rows[key]
            self.changed.emit()
