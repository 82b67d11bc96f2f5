"""The base of plots whose points and lines lie on a canvas with axes."""

from typing import ClassVar

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from supervisor.ui.charts.canvas import Canvas
from supervisor.ui.charts.plot import Plot, RowT

LABEL_HIGH = 17
"""Room of a label in the plot."""
SIDE = 6.0
"""Half the side of what a pointer may hit of a point."""
_NAN = float("nan")


class CanvasPlot(Plot[RowT]):
    """A canvas fills it; `below` px are kept free under it."""

    HIGH: ClassVar[int] = 240
    LOW: ClassVar[int] = 160
    """The height it likes and the height it needs, in px."""

    def __init__(self, parent: QWidget | None = None, *, below: int = 0) -> None:
        super().__init__(parent)
        self.canvas = Canvas(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, below)
        box.addWidget(self.canvas)
        self.setMinimumHeight(self.LOW)

    def sizeHint(self) -> QSize:
        return QSize(360, self.HIGH)

    def _dress(self) -> None:
        """Put the colours in force on what is drawn."""

    def retheme(self) -> None:
        self.canvas.retheme()
        self._dress()
        super().retheme()


def or_nan(value: float | None) -> float:
    """What is not known is a gap of the line."""
    return _NAN if value is None else value
