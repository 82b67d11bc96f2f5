"""A line without axes, in its own range: which way, not how much."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF

from supervisor.models.rows.charts import Ink, SparkRow
from supervisor.ui.charts import brush
from supervisor.ui.charts.plot import Place, Plot
from supervisor.ui.look.tokens import tokens
from supervisor.ui.tables import paint

INSET = 6.0


def spots(row: SparkRow, room: QRectF) -> list[QPointF | None]:
    """Where each point lies in a room; None where nothing is known."""
    known = [one.value for one in row.points if one.value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    wide = max(1, len(row.points) - 1)
    found: list[QPointF | None] = []
    for number, one in enumerate(row.points):
        if one.value is None:
            found.append(None)
            continue
        share = (one.value - low) / (high - low) if high > low else 0.5
        x = room.left() + room.width() * number / wide
        found.append(QPointF(x, room.bottom() - room.height() * share))
    return found


def paint_spark(painter: QPainter, row: SparkRow, room: QRectF) -> None:
    """Draw it: grey line, the last point in the colour of the thing in question."""
    colours, places = tokens(), spots(row, room)
    painter.setPen(QPen(paint.colour(colours.c5), 1.25))
    run: list[QPointF] = []
    for place in [*places, None]:
        if place is None:
            painter.drawPolyline(QPolygonF(run))
            run = []
        else:
            run.append(place)
    if places and places[-1] is not None:
        last = row.points[-1]
        brush.marker(painter, places[-1], Ink.MAIN, colours, hollow=last.hollow)


class SparkPlot(Plot[SparkRow]):
    """The line alone; arrow keys say its points."""

    def sizeHint(self) -> QSize:
        return QSize(72, 32)

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(INSET, INSET, -INSET, -INSET)

    def places(self) -> list[Place]:
        if self._row is None:
            return []
        places = zip(self._row.points, spots(self._row, self._room()), strict=True)
        return [Place(one.mark, QRectF(at.x() - 4, at.y() - 4, 8, 8)) for one, at in places if at]

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._row is not None:
            paint_spark(painter, self._row, self._room())
        painter.end()
