"""The base of plots whose points and lines lie on a canvas with axes."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from supervisor.ui.charts.canvas import Canvas
from supervisor.ui.charts.plot import Plot, RowT


class CanvasPlot(Plot[RowT]):
    """A canvas fills it; `below` px are kept free under it."""

    def __init__(self, parent: QWidget | None = None, *, below: int = 0) -> None:
        super().__init__(parent)
        self.canvas = Canvas(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, below)
        box.addWidget(self.canvas)

    def _dress(self) -> None:
        """Put the colours in force on what is drawn."""

    def retheme(self) -> None:
        self.canvas.retheme()
        self._dress()
        super().retheme()
