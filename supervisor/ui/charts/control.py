"""Control chart: periods around a centre, limits that step with their size, causes asked for."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from supervisor.models.rows.charts import ControlRow, Ink
from supervisor.ui.charts import brush
from supervisor.ui.charts.canvas import pen
from supervisor.ui.charts.canvas_plot import LABEL_HIGH, SIDE, CanvasPlot, or_nan
from supervisor.ui.charts.plot import Place
from supervisor.ui.look.tokens import tokens
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Align

HEADROOM = 1.25


class ControlPlot(CanvasPlot[ControlRow]):
    """Limits and centre are neutral, points blue, those outside red diamonds with their words."""

    LOW = 170

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = self.canvas.fill()
        self._centre = self.canvas.curve()
        self._line, self._dashed = self.canvas.curve(), self.canvas.curve()

    def show_row(self, row: ControlRow) -> None:
        """Feed limits, centre and points."""
        points = row.points
        heights = [v for one in points for v in (one.value, one.high) if v is not None]
        top = max(heights, default=0.0) or 1.0
        self.canvas.show_range((-0.5, max(len(points), 1) - 0.5), (0.0, top * HEADROOM))
        self.canvas.left.unit = row.head.unit
        step = max(1, -(-len(points) // 7))
        shown = [
            (i, one.label) for i, one in enumerate(points) if (len(points) - 1 - i) % step == 0
        ]
        self.canvas.lower.setTicks([shown])
        _, low, high = self._zone
        steps = [x for i in range(len(points)) for x in (i - 0.5, i + 0.5)]
        low.setData(steps, [or_nan(one.low) for one in points for _ in (0, 1)], connect="finite")
        high.setData(steps, [or_nan(one.high) for one in points for _ in (0, 1)], connect="finite")
        ends = [-0.5, len(points) - 0.5] if row.centre is not None else []
        self._centre.setData(ends, [row.centre] * len(ends))
        sure = [(i, or_nan(one.value)) for i, one in enumerate(points) if not one.hollow]
        self._line.setData([x for x, _ in sure], [y for _, y in sure])
        last = [(i, or_nan(one.value)) for i, one in enumerate(points)][-2:]
        loose = last if points and points[-1].hollow else []
        self._dashed.setData([x for x, _ in loose], [y for _, y in loose])
        labels = [row.centre_label, row.high_label]
        wide = max((paint.advance(text, 12, 400) for text in labels), default=0)
        self.canvas.getPlotItem().layout.setContentsMargins(0, 8, wide + 12, 0)
        self._dress()
        super().show_row(row)

    def _dress(self) -> None:
        area, low, high = self._zone
        area.setBrush(paint.colour(tokens().c_band))
        for edge in (low, high):
            edge.setPen(pen(Ink.EARLIER, 1.0, dashed=True))
        self._centre.setPen(pen(Ink.EARLIER, 1.25))
        self._line.setPen(pen(Ink.MAIN, 1.5))
        self._dashed.setPen(pen(Ink.MAIN, 1.5, dashed=True))

    def places(self) -> list[Place]:
        if self._row is None:
            return []
        found = []
        for i, one in enumerate(self._row.points):
            spot = self.canvas.spot(i, one.value or 0.0)
            found.append(
                Place(one.mark, QRectF(spot.x() - SIDE, spot.y() - SIDE, 2 * SIDE, 2 * SIDE))
            )
        return found

    def paint_over(self, painter: QPainter) -> None:
        row, colours = self._row, tokens()
        if row is None:
            return
        self._paint_events(painter, row)
        taken: list[QRectF] = []
        for i, one in enumerate(row.points):
            if one.value is None:
                continue
            spot = self.canvas.spot(i, one.value)
            if one.outside:
                brush.diamond(painter, spot, paint.colour(colours.crit_fill))
                if one.name:
                    taken.append(self._paint_name(painter, spot, one.name, taken))
            else:
                brush.marker(painter, spot, Ink.MAIN, colours, hollow=one.hollow)
        self._paint_edges(painter, row)

    def _paint_name(
        self, painter: QPainter, spot: QPointF, name: str, taken: list[QRectF]
    ) -> QRectF:
        """Above the point, moved aside where another name stands."""
        room, wide = self.canvas.room(), paint.advance(name, 12, 500) + 4
        left = max(room.left(), min(spot.x() - wide / 2, room.right() - wide))
        box = QRectF(left, spot.y() - 8 - LABEL_HIGH, wide, LABEL_HIGH)
        while any(box.intersects(other) for other in taken) and box.top() > 0:
            box.translate(0, -4)
        brush.say_over(painter, box, name, tokens().crit, tokens().surface)
        return box

    def _paint_events(self, painter: QPainter, row: ControlRow) -> None:
        room, colours = self.canvas.room(), tokens()
        line = QPen(paint.colour(colours.c4), 1.25)
        line.setDashPattern([3, 2])
        for at, words in row.events:
            x = self.canvas.spot(at, 0).x()
            painter.setPen(line)
            painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
            wide = paint.advance(words, 12, 400) + 4
            right = x + 6 + wide <= room.right()
            box = QRectF(x + 6 if right else x - 6 - wide, room.top(), wide, LABEL_HIGH)
            brush.say(painter, box, words, colours.text2, whole=True)

    def _paint_edges(self, painter: QPainter, row: ControlRow) -> None:
        """What centre and limit are called, at the right edge."""
        room, colours = self.canvas.room(), tokens()
        highs = [one.high for one in row.points if one.high is not None]
        for value, words in ((highs[-1] if highs else None, row.high_label),
                             (row.centre, row.centre_label)):  # fmt: skip
            if value is not None:
                y = self.canvas.spot(0, value).y()
                box = QRectF(room.right() + 6, y - LABEL_HIGH / 2, self.width(), LABEL_HIGH)
                brush.say(painter, box, words, colours.text3, align=Align.LEFT, whole=True)
