"""Cards of charts in two columns, or in one where the page is narrow."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from supervisor.ui.charts.card import ChartCard

TWO_FROM = 980
"""Page width from which there are two columns."""
GAP = 12
LEAST = 220


class Board(QWidget):
    """Every card of a page.

    Signals:
        opened: what is behind a mark (object). told: (text, tone) for a toast.
    """

    opened = Signal(object)
    told = Signal(str, str)

    def __init__(
        self,
        titles: Mapping[str, str],
        by: str,
        stretches: tuple[int, int] = (1, 1),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.cards = {key: ChartCard(title, by=by) for key, title in titles.items()}
        self._stretches, self._columns = stretches, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(20, 0, 20, 20)
        self._grid.setSpacing(GAP)
        for card in self.cards.values():
            card.setMinimumHeight(LEAST)
            card.opened.connect(self.opened)
            card.told.connect(self.told)
        self._place(1)

    def put_beside_title(self, card: str, control: QWidget) -> None:
        """A switch in the head of a card."""
        head = self.cards[card].head
        head.insertWidget(head.count() - 1, control)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(2 if event.size().width() >= TWO_FROM else 1)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, card in enumerate(self.cards.values()):
            self._grid.addWidget(card, number // columns, number % columns)
        for column in range(2):
            wide = self._stretches[column] if columns == 2 else 1 - column
            self._grid.setColumnStretch(column, wide)
