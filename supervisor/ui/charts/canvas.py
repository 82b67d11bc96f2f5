"""The plot area of pyqtgraph in our tokens: axes, grid, curves made once and fed. Imported late."""

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from supervisor.models.enums_measures import Unit
from supervisor.models.rows.charts import Ink
from supervisor.ui.charts.brush import DASHED, shade
from supervisor.ui.look.tokens import tokens
from supervisor.ui.tables import paint
from supervisor.words.figures import tick

pg.setConfigOptions(antialias=True)
LOWER = 24
"""Height of the lower axis."""


class UnitAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """An axis whose numbers are written by their unit."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.unit: Unit | None = Unit.SHARE
        self.enableAutoSIPrefix(False)
        # One level of ticks: grid lines stand where numbers do. Those at the very ends count too.
        self.setStyle(
            tickLength=0,
            tickTextOffset=6,
            tickFont=paint.text_font(11, 400),
            maxTickLevel=0,
            maxTextLevel=0,
            hideOverlappingLabels=False,
        )

    def boundingRect(self) -> QRectF:
        # Numbers at both ends reach half a line beyond: without this they are left out.
        whole: QRectF = super().boundingRect()
        return whole.adjusted(0, -10, 0, 10)

    def generateDrawSpecs(self, painter: QPainter) -> Any:
        """No ticks where there is no grid: pyqtgraph draws those without length as dots."""
        specs = super().generateDrawSpecs(painter)
        if specs is None or self.grid is not False:
            return specs
        axis, _, text = specs
        return axis, [], text

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if self.unit is None:
            return [f"{value * scale:g}" for value in values]
        return [tick(value * scale, self.unit, spacing) for value in values]


class Canvas(pg.PlotWidget):  # type: ignore[misc]
    """Axes from zero, no mouse of its own: the plot that holds it has the pointer and the keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.left, self.lower = UnitAxis("left"), UnitAxis("bottom")
        self.lower.unit = None
        super().__init__(
            parent, background=None, axisItems={"left": self.left, "bottom": self.lower}
        )
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameStyle(0)
        self.setStyleSheet("background: transparent")
        self.setMouseEnabled(x=False, y=False)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.getPlotItem().getViewBox().setDefaultPadding(0)
        self.lower.setHeight(LOWER)
        self.retheme()

    def retheme(self) -> None:
        """Axes and grid in the colours in force; curves are the plot's own."""
        colours = tokens()
        for axis in (self.left, self.lower):
            axis.setTextPen(colours.text3)
            axis.setPen(QPen(Qt.PenStyle.NoPen))
        self.left.setTickPen(pg.mkPen(colours.line, width=1))
        self.lower.setPen(pg.mkPen(colours.line2, width=1))
        self.left.setGrid(255)
        self.lower.setGrid(False)

    def show_range(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """What the axes reach over."""
        self.setXRange(*x, padding=0)
        self.setYRange(*y, padding=0)

    def spot(self, x: float, y: float) -> QPointF:
        """Where a value lies, in px of this widget."""
        scene = self.getPlotItem().getViewBox().mapViewToScene(QPointF(x, y))
        return QPointF(self.mapFromScene(scene))

    def room(self) -> QRectF:
        """The area inside the axes, in px of this widget."""
        box = self.getPlotItem().getViewBox()
        return QRectF(self.mapFromScene(box.sceneBoundingRect()).boundingRect())

    def curve(self, *, width: float = 2.0) -> pg.PlotDataItem:
        """A line without data."""
        item = pg.PlotDataItem(connect="finite")
        item.setData([], [])
        item.width = width
        self.addItem(item)
        return item

    def fill(self) -> tuple[pg.FillBetweenItem, pg.PlotCurveItem, pg.PlotCurveItem]:
        """A band without data: the area, its lower and its upper edge."""
        low, high = pg.PlotCurveItem([], []), pg.PlotCurveItem([], [])
        area = pg.FillBetweenItem(low, high)
        for item in (low, high, area):
            self.addItem(item)
        area.setZValue(-10)
        return area, low, high


def pen(ink: Ink, width: float = 2.0, *, dashed: bool | None = None) -> QPen:
    """A cosmetic pen of an ink."""
    made: QPen = pg.mkPen(shade(ink, tokens()), width=width)
    if ink in DASHED if dashed is None else dashed:
        made.setDashPattern([4, 3])
    return made
