"""Funnel plot of people: limits around 1, grey points inside them, names only outside."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from supervisor.models.rows.charts import Ink
from supervisor.models.rows.charts_people import FunnelPoint, PeopleFunnelRow, Side
from supervisor.ui.charts import brush
from supervisor.ui.charts.canvas import pen
from supervisor.ui.charts.canvas_plot import LABEL_HIGH, SIDE, CanvasPlot
from supervisor.ui.charts.plot import Place
from supervisor.ui.look.tokens import Tokens, tokens
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Align

HEADROOM = 0.06


class PeopleFunnelPlot(CanvasPlot[PeopleFunnelRow]):
    """95 % limits are solid, 99.8 % dashed; above and below differ by triangle and colour."""

    HIGH, LOW = 300, 210

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, below=LABEL_HIGH)
        self._zone = self.canvas.fill()
        self._far = (self.canvas.curve(), self.canvas.curve())
        self._centre = self.canvas.curve()

    def show_row(self, row: PeopleFunnelRow) -> None:
        """Feed limits and points."""
        xs = [one.x for one in row.limits]
        ys = [one.y for one in row.points]
        edge = [v for one in row.limits for v in (one.low, one.high)]
        far = [v for one in row.limits[len(row.limits) // 4 :] for v in (one.far_low, one.far_high)]
        low, high = min([*ys, *edge, *far, 1.0]), max([*ys, *edge, *far, 1.0])
        room = (high - low or 1.0) * HEADROOM
        first, last = (xs[0], xs[-1]) if xs else (0.0, 1.0)
        self.canvas.show_range((first, last), (max(0.0, low - room), high + room))
        self.canvas.left.unit = row.head.unit
        _, under, above = self._zone
        under.setData(xs, [one.low for one in row.limits])
        above.setData(xs, [one.high for one in row.limits])
        self._far[0].setData(xs, [one.far_low for one in row.limits])
        self._far[1].setData(xs, [one.far_high for one in row.limits])
        self._centre.setData([first, last], [1.0, 1.0])
        labels = (row.near_label, row.far_label)
        wide = max(paint.advance(text, 12, 400) for text in labels)
        self.canvas.getPlotItem().layout.setContentsMargins(0, 8, wide + 10, 0)
        self._dress()
        super().show_row(row)

    def _dress(self) -> None:
        area, under, above = self._zone
        area.setBrush(paint.colour(tokens().c_band))
        for edge in (under, above):
            edge.setPen(pen(Ink.EARLIER, 1.25))
        for curve in self._far:
            curve.setPen(pen(Ink.EARLIER, 1.25, dashed=True))
        self._centre.setPen(pen(Ink.REFERENCE, 1.25, dashed=False))

    def places(self) -> list[Place]:
        """Points from left to right."""
        if self._row is None:
            return []
        found = []
        for one in sorted(self._row.points, key=lambda point: point.x):
            spot = self.canvas.spot(one.x, one.y)
            box = QRectF(spot.x() - SIDE, spot.y() - SIDE, 2 * SIDE, 2 * SIDE)
            found.append(Place(one.mark, box))
        return found

    def paint_over(self, painter: QPainter) -> None:
        row, colours = self._row, tokens()
        if row is None or not row.limits:
            return
        room = self.canvas.room()
        zone = QRectF(room.left() + 6, self.canvas.spot(0, 1.0).y() - LABEL_HIGH, 160, LABEL_HIGH)
        brush.say(painter, zone, row.zone, colours.text2, whole=True)
        end = row.limits[-1]
        for value, words in ((end.far_high, row.far_label), (end.high, row.near_label)):
            y = self.canvas.spot(end.x, value).y()
            box = QRectF(room.right() + 4, y - LABEL_HIGH / 2, self.width(), LABEL_HIGH)
            brush.say(painter, box, words, colours.text3, whole=True)
        below = QRectF(room.left(), self.height() - LABEL_HIGH, room.width(), LABEL_HIGH)
        brush.say(painter, below, row.x_label, colours.text3, align=Align.RIGHT)
        taken: list[QRectF] = []
        for one in row.points:
            spot = self.canvas.spot(one.x, one.y)
            _paint_point(painter, spot, one, colours)
            if one.name:
                taken.append(self._paint_name(painter, spot, one, taken))

    def _paint_name(
        self, painter: QPainter, spot: QPointF, one: FunnelPoint, taken: list[QRectF]
    ) -> QRectF:
        """Beside the point, at its other side where the edge is near, moved off other names."""
        room, wide = self.canvas.room(), paint.advance(one.name, 12, 500) + 4
        left = spot.x() + 9 if spot.x() + 9 + wide <= room.right() else spot.x() - 9 - wide
        box = QRectF(left, spot.y() - LABEL_HIGH / 2, wide, LABEL_HIGH)
        step = -4 if one.side is Side.ABOVE else 4
        while any(box.intersects(other) for other in taken) and box.top() > 0:
            box.translate(0, step)
        tint = tokens().text
        brush.say(painter, box, one.name, tint, weight=500, whole=True)
        return box


def _paint_point(painter: QPainter, spot: QPointF, one: FunnelPoint, colours: Tokens) -> None:
    if one.side is Side.INSIDE:
        painter.setPen(QPen(paint.colour(colours.surface), 1))
        painter.setBrush(paint.colour(colours.c5))
        painter.drawEllipse(spot, 4, 4)
        return
    up = one.side is Side.ABOVE
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(paint.colour(colours.c1 if up else colours.c2))
    sign = -1 if up else 1
    shape = [QPointF(0, 5.5 * sign), QPointF(5.5, -4.5 * sign), QPointF(-5.5, -4.5 * sign)]
    painter.drawPolygon(QPolygonF([spot + corner for corner in shape]))
