"""The base of plots that paint themselves: lines below each other, as high as they need."""

from typing import ClassVar

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supervisor.ui.charts.plot import Plot, RowT
from supervisor.ui.look.tokens import Tokens, tokens


class LaidPlot(Plot[RowT]):
    """As wide as there is room, at least as high as its lines."""

    WIDE: ClassVar[int] = 360
    NARROW: ClassVar[int] = 240
    """The width it likes and the width it needs, in px."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)

    def sizeHint(self) -> QSize:
        return QSize(self.WIDE, self.needed())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.NARROW, self.needed())

    def needed(self) -> int:
        """Height of all lines, in px."""
        return 0

    def show_row(self, row: RowT) -> None:
        super().show_row(row)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._row is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_row(painter, self._row, tokens())
        painter.end()

    def paint_row(self, painter: QPainter, row: RowT, colours: Tokens) -> None:
        """Paint what is shown."""

    def below(self, top: float, count: int, high: int) -> list[QRectF]:
        """Rooms of `count` facts below the lines, each as wide as the plot."""
        return [QRectF(0, top + i * high, self.width(), high) for i in range(count)]
