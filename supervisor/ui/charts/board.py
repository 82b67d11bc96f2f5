"""Cards of charts in two columns, or in one where the page is narrow."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from supervisor.ui.charts.card import ChartCard

TWO_FROM = 1100
"""Page width from which there are two columns."""
GAP = 12
LEAST = 220


class Board(QWidget):
    """Every card; in two columns one of `tall` stands beside two others, one of `wide` alone.

    Signals:
        opened: what is behind a mark (object). told: (text, tone) for a toast.
        rows_left: (what, rows, copied) numbers left the program.
        stop_wanted: nobody wants to wait for a card any longer (its name).
    """

    opened = Signal(object)
    told = Signal(str, str)
    rows_left = Signal(str, int, bool)
    stop_wanted = Signal(str)

    def __init__(
        self,
        titles: Mapping[str, str],
        by: str,
        stretches: tuple[int, int] = (1, 1),
        tall: frozenset[str] = frozenset(),
        wide: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.cards = {key: ChartCard(title, by=by) for key, title in titles.items()}
        self._stretches, self._tall, self._wide, self._columns = stretches, tall, wide, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(20, 0, 20, 20)
        self._grid.setSpacing(GAP)
        for key, card in self.cards.items():
            card.waiting.stop_wanted.connect(partial(self.stop_wanted.emit, key))
            card.keep_least(high=LEAST)
            card.opened.connect(self.opened)
            card.told.connect(self.told)
            card.rows_left.connect(self.rows_left)
        self._place(1)

    def put_beside_title(self, card: str, control: QWidget) -> None:
        """A switch in the head of a card."""
        self.cards[card].put_beside_title(control)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(2 if event.size().width() >= TWO_FROM else 1)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        taken: set[tuple[int, int]] = set()
        for key, card in self.cards.items():
            high = 2 if columns == 2 and key in self._tall else 1
            row, column = self._free(taken, columns)
            taken |= {(row + down, column) for down in range(high)}
            across = columns if key in self._wide else 1
            self._grid.addWidget(card, row, column, high, across)
        for column in range(2):  # a column that is not there takes no room
            wide = self._stretches[column] if columns == 2 else 1 - column
            self._grid.setColumnStretch(column, wide)

    @staticmethod
    def _free(taken: set[tuple[int, int]], columns: int) -> tuple[int, int]:
        """The first free cell, line by line."""
        number = 0
        while divmod(number, columns) in taken:
            number += 1
        return divmod(number, columns)
