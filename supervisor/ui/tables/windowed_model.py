"""A virtual list: the true total, and windows of rows around what is on screen."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QObject, QTimer, Signal

from supervisor.ui.tables.column import Column
from supervisor.ui.tables.model import Index, TableModel

R = TypeVar("R")
WINDOW = 128
KEPT_WINDOWS = 48
_NOWHERE = QModelIndex()


class WindowedModel(TableModel[R]):
    """Knows how many rows there are; holds at most `KEPT_WINDOWS` windows of `WINDOW` rows.

    The page answers `window_wanted` with `put`. A new filter or sort is `begin` (forget all); a
    refresh of the same list is `refresh`, which keeps ticks, current row and scroll by row id.

    Signals:
        window_wanted: (offset, limit) of rows that are about to be seen.
    """

    window_wanted = Signal(int, int)

    def __init__(
        self,
        columns: Sequence[Column[R]],
        *,
        row_id: Callable[[R], Hashable] | None = None,
        spoken: Callable[[R], str] | None = None,
        tickable: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, row_id=row_id, spoken=spoken, tickable=tickable, parent=parent)
        self._total = 0
        self._windows: OrderedDict[int, tuple[R, ...]] = OrderedDict()
        self._asked: set[int] = set()
        self._pending_ticks: list[tuple[int, int]] = []
        self._wanted: tuple[int, int] | None = None
        # Scrolling fast passes many windows; only where it rests for a moment is asked for.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(15)
        self._timer.timeout.connect(self._ask)

    @property
    def total(self) -> int:
        """How many rows there are, at hand or not."""
        return self._total

    @property
    def is_whole(self) -> bool:
        """Whether every row is at hand."""
        return not self._missing(0, self._total - 1)

    def begin(self, total: int, rows: Sequence[R] = (), offset: int = 0) -> None:
        """Another list: forget every window and tick, then show `rows` at `offset`."""
        self.untick_all()
        self._renew(total, rows, offset)

    def refresh(self, total: int, rows: Sequence[R], offset: int) -> None:
        """The same list read again, from `offset`; ticks and place are kept by row id."""
        self._renew(total, rows, offset)

    def set_total(self, total: int) -> None:
        """Correct the number of rows without touching the windows at hand."""
        if total > self._total:
            self.beginInsertRows(_NOWHERE, self._total, total - 1)
            self._total = total
            self.endInsertRows()
        elif total < self._total:
            self.beginRemoveRows(_NOWHERE, total, self._total - 1)
            self._total = total
            self._cut(total)
            self.endRemoveRows()

    def put(self, offset: int, rows: Sequence[R]) -> None:
        """Rows for a window that was wanted; late answers for other places do no harm."""
        if offset >= self._total:
            return
        known = rows[: self._total - offset]
        if not known:
            return
        self._store(offset, known)
        self._renew_ticked(known)
        last = offset + len(known) - 1
        self.dataChanged.emit(self.index(offset, 0), self.index(last, self.columnCount() - 1))
        self._tick_late(offset, last)

    def want(self, first: int, last: int) -> None:
        """Rows `first` to `last` are on screen; ask for what is missing, a little ahead too."""
        ahead = max(1, last - first)
        low, high = max(0, first - ahead), min(self._total - 1, last + ahead)
        self._wanted = (low, high)
        if not self._timer.isActive() and self._missing(low, high):
            self._timer.start()

    def tick_range(self, first: int, last: int, *, on: bool = True) -> None:
        """As the base; rows not yet here are ticked when they come."""
        low, high = min(first, last), max(first, last)
        if on and self._missing(low, high):
            self._pending_ticks.append((low, high))
            for window in self._missing(low, high):
                self._request(window)
        super().tick_range(low, high, on=on)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._total

    def row_at(self, index: int) -> R | None:
        window = self._windows.get(index // WINDOW)
        if window is None:
            return None
        place = index % WINDOW
        return window[place] if place < len(window) else None

    def index_of(self, row_id: Hashable) -> int | None:
        for number, window in self._windows.items():
            for place, row in enumerate(window):
                if self._row_id(row) == row_id:
                    return number * WINDOW + place
        return None

    def known_rows(self) -> Iterable[R]:
        for number in sorted(self._windows):
            yield from self._windows[number]

    def _renew(self, total: int, rows: Sequence[R], offset: int) -> None:
        self.about_to_renew.emit()
        self.beginResetModel()
        self._windows.clear()
        self._asked.clear()
        self._pending_ticks.clear()
        self._total = total
        self._store(offset, rows)
        self._renew_ticked(rows)
        self.endResetModel()
        self.renewed.emit()

    def _store(self, offset: int, rows: Sequence[R]) -> None:
        """File rows by window; a piece that would leave a hole in a window is not kept."""
        place = 0
        while place < len(rows):
            number, start = divmod(offset + place, WINDOW)
            piece = tuple(rows[place : place + WINDOW - start])
            before = self._windows.get(number, ())
            if start <= len(before):
                self._windows[number] = before[:start] + piece + before[start + len(piece) :]
                self._windows.move_to_end(number)
            if len(self._windows.get(number, ())) >= min(WINDOW, self._total - number * WINDOW):
                self._asked.discard(number)
            place += len(piece)
        while len(self._windows) > KEPT_WINDOWS:
            self._windows.popitem(last=False)

    def _cut(self, total: int) -> None:
        for number in [n for n in self._windows if n * WINDOW >= total]:
            del self._windows[number]
        edge = total // WINDOW
        if edge in self._windows:
            self._windows[edge] = self._windows[edge][: total - edge * WINDOW]

    def _missing(self, first: int, last: int) -> list[int]:
        """Windows between two rows that are not complete."""
        if last < first:
            return []
        numbers = range(first // WINDOW, last // WINDOW + 1)
        return [n for n in numbers if not self._complete(n)]

    def _complete(self, number: int) -> bool:
        due = min(WINDOW, self._total - number * WINDOW)
        return len(self._windows.get(number, ())) >= due

    def _ask(self) -> None:
        if self._wanted is None:
            return
        for number in self._missing(*self._wanted):
            self._request(number)

    def _request(self, number: int) -> None:
        if number not in self._asked:
            self._asked.add(number)
            self.window_wanted.emit(number * WINDOW, WINDOW)

    def forget_asked(self) -> None:
        """A window that was wanted will not come (the read failed); ask again when it is seen."""
        self._asked.clear()

    def _tick_late(self, first: int, last: int) -> None:
        for low, high in list(self._pending_ticks):
            if low <= last and high >= first:
                super().tick_range(max(low, first), min(high, last))
            if not self._missing(low, high):
                self._pending_ticks.remove((low, high))
