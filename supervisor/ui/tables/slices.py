"""A page of new rows painted in slices, so that the person's keys are heard between them."""

from collections.abc import Callable
from math import inf
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

SLICE_S = 0.003
"""Seconds one paint event may take for rows nobody has seen yet; a frame has 16 ms."""


class Slices(QObject):
    """What rows a view still owes the screen.

    Only what is new is sliced (another place, new rows, another size). Whatever else is asked for,
    a picture of the widget among it, is painted whole.
    """

    def __init__(self, repaint: Callable[[int, int], None], parent: QObject) -> None:
        super().__init__(parent)
        self._repaint = repaint
        self._new = False
        self._owed: tuple[int, int] | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    def begin(self, *_signal: object) -> None:
        """What will be painted next is new."""
        self._new = True

    def deadline(self) -> float:
        """Until when (`perf_counter`) a paint event may go on; it paints one row in any case."""
        return perf_counter() + SLICE_S if self._new else inf

    def owe(self, first: int, last: int) -> None:
        """Rows that had no time any more: they follow after the events that wait."""
        if self._owed is not None:
            first, last = min(first, self._owed[0]), max(last, self._owed[1])
        self._owed = first, last
        self._timer.start(0)

    def done(self) -> None:
        """A paint event finished all its rows."""
        if self._owed is None:
            self._new = False

    def _go_on(self) -> None:
        self._timer.stop()
        if self._owed is not None:
            first, last = self._owed
            self._owed = None
            self._repaint(first, last)
