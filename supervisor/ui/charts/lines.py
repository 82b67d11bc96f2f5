"""Lines over a common axis: band, median, dashed where not final, labels at their ends."""

from itertools import pairwise
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from supervisor.models.rows.charts import Ink, LinePoint, LinesRow, Series
from supervisor.ui.charts import brush
from supervisor.ui.charts.canvas import pen
from supervisor.ui.charts.canvas_plot import LABEL_HIGH, SIDE, CanvasPlot, or_nan
from supervisor.ui.charts.plot import Place
from supervisor.ui.look.tokens import tokens
from supervisor.ui.tables import paint

HEADROOM = 1.12
AXIS = 48


class LinesPlot(CanvasPlot[LinesRow]):
    """Curves are made when a series is first seen, and fed from then on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._band = self.canvas.fill()
        self._curves: list[tuple[Any, Any]] = []

    def show_row(self, row: LinesRow) -> None:
        """Feed the curves."""
        xs = [one.x for series in row.series for one in series.points]
        ys = [one.y for series in row.series for one in series.points if one.y is not None]
        if row.band:
            xs += [x for x, _, _ in row.band.points]
            ys += [high for _, _, high in row.band.points]
        wide = (min(xs), max(xs)) if xs else (0.0, 1.0)
        if wide[0] == wide[1]:
            wide = (wide[0] - 0.5, wide[1] + 0.5)
        self.canvas.show_range(
            wide, (min(0.0, *ys) if ys else 0.0, (max(ys, default=0) or 1) * HEADROOM)
        )
        self.canvas.left.unit = row.head.unit
        self.canvas.lower.setTicks([list(row.ticks)] if row.ticks else None)
        self._feed(row)
        super().show_row(row)
        self._dress()
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._make_room()
        super().resizeEvent(event)

    def _make_room(self) -> None:
        """At the right, for labels that do not fit between the end of their line and the edge."""
        row = self._row
        if row is None:
            return
        (left, right), _ = self.canvas.getPlotItem().getViewBox().viewRange()
        wide, need = max(1, self.width() - AXIS), 0.0
        for series in row.series:
            last = _last(series)
            if last is not None and series.label:
                free = (right - last.x) / (right - left) * wide
                need = max(need, paint.advance(series.label, 12, 500) + 16 - free)
        need = max(8, min(need, wide / 2))
        self.canvas.getPlotItem().layout.setContentsMargins(0, 8, need, 0)

    def _feed(self, row: LinesRow) -> None:
        while len(self._curves) < len(row.series):
            self._curves.append((self.canvas.curve(), self.canvas.curve()))
        for number, (solid, dashed) in enumerate(self._curves):
            points = row.series[number].points if number < len(row.series) else ()
            sure = [one for one in points if not one.hollow]
            solid.setData([one.x for one in sure], [or_nan(one.y) for one in sure])
            open_ends = [pair for pair in pairwise(points) if pair[1].hollow]
            xs = [x for one, two in open_ends for x in (one.x, two.x, two.x)]
            ys = [y for one, two in open_ends for y in (or_nan(one.y), or_nan(two.y), or_nan(None))]
            dashed.setData(xs, ys)
        _, low, high = self._band
        band = row.band.points if row.band else ()
        low.setData([x for x, _, _ in band], [y for _, y, _ in band])
        high.setData([x for x, _, _ in band], [y for _, _, y in band])

    def _dress(self) -> None:
        colours = tokens()
        shown = self._row.series if self._row is not None else ()
        for series, (solid, dashed) in zip(shown, self._curves, strict=False):
            thin = (
                1.25 if series.ink is Ink.EARLIER else 1.5 if series.ink is Ink.REFERENCE else 2.0
            )
            solid.setPen(pen(series.ink, thin))
            dashed.setPen(pen(series.ink, thin, dashed=True))
        area, low, high = self._band
        area.setBrush(paint.colour(colours.c_band))
        for edge in (low, high):
            edge.setPen(pen(Ink.EARLIER, 1.0))

    def places(self) -> list[Place]:
        if self._row is None:
            return []
        found = []
        for lane, series in enumerate(self._row.series):
            for one in series.points:
                if one.y is not None:
                    spot = self.canvas.spot(one.x, one.y)
                    side = QRectF(spot.x() - SIDE, spot.y() - SIDE, 2 * SIDE, 2 * SIDE)
                    found.append(Place(one.mark, side, lane))
        return found

    def paint_over(self, painter: QPainter) -> None:
        if self._row is None:
            return
        colours = tokens()
        if self._row.known_until is not None:
            self._paint_known(painter, self._row.known_until)
        for series in self._row.series:
            last = _last(series)
            for one in series.points:
                if one.y is not None and (one.hollow or series.dots or one is last):
                    if series.ink is Ink.REFERENCE and not series.dots:
                        continue
                    spot = self.canvas.spot(one.x, one.y)
                    brush.marker(painter, spot, series.ink, colours, hollow=one.hollow)
        self._paint_labels(painter)

    def _paint_known(self, painter: QPainter, x: float) -> None:
        room = self.canvas.room()
        at = self.canvas.spot(x, 0).x()
        line = QPen(paint.colour(tokens().c_prev), 1)
        line.setDashPattern([4, 3])
        painter.setPen(line)
        painter.drawLine(QPointF(at, room.top()), QPointF(at, room.bottom()))

    def _paint_labels(self, painter: QPainter) -> None:
        row, colours = self._row, tokens()
        assert row is not None  # noqa: S101 - painted only with a row
        taken: list[QRectF] = []
        for series in row.series:
            last = _last(series)
            if last is None or not series.label:
                continue
            spot = self.canvas.spot(last.x, or_nan(last.y))
            wide = paint.advance(series.label, 12, 500) + 4
            left = min(spot.x() + 8, self.width() - wide)
            inside = left + wide < self.canvas.room().right() - 8
            box = QRectF(left, spot.y() - LABEL_HIGH / 2 + (12 if inside else 0), wide, LABEL_HIGH)
            lowest = self.canvas.room().bottom() - LABEL_HIGH
            if box.top() > lowest:
                box.moveTop(min(lowest, spot.y() - LABEL_HIGH - 4))
            step = -4 if box.top() > self.canvas.room().center().y() else 4
            while any(box.intersects(other) for other in taken):
                box.translate(0, step)
            taken.append(box)
            tint = "text2" if series.ink in {Ink.THIRD, Ink.EARLIER} else brush.TOKENS[series.ink]
            brush.say_over(painter, box, series.label, getattr(colours, tint), colours.surface)


def _last(series: Series) -> LinePoint | None:
    known = [one for one in series.points if one.y is not None]
    return known[-1] if known else None
