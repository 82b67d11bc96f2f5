"""Bullets: reached against target and against the time gone, on tracks from zero."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from supervisor.models.rows.charts import Bullet, BulletsRow, Ink
from supervisor.ui.charts import brush
from supervisor.ui.charts.laid_plot import LaidPlot
from supervisor.ui.charts.plot import Place
from supervisor.ui.look.tokens import Tokens, tokens
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Align

LINE = 48
LABEL = 84
TRACK = 10
GAP = 12


class BulletsPlot(LaidPlot[BulletsRow]):
    """Two lines of words at each end, the track between them."""

    WIDE, NARROW = 300, 240

    def needed(self) -> int:
        return (len(self._row.bullets) if self._row else 3) * LINE

    def _lines(self) -> list[tuple[Bullet, QRectF]]:
        bullets = self._row.bullets if self._row else ()
        high = min(LINE + 16, max(LINE, self.height() / len(bullets))) if bullets else LINE
        return [
            (one, QRectF(0, number * high, self.width(), high))
            for number, one in enumerate(bullets)
        ]

    def places(self) -> list[Place]:
        return [Place(one.mark, rect.adjusted(2, 3, -2, -3)) for one, rect in self._lines()]

    def paint_row(self, painter: QPainter, row: BulletsRow, colours: Tokens) -> None:
        del row, colours
        lines = self._lines()
        left = _widest([text for one, _ in lines for text in (one.label, one.detail)], LABEL)
        right = _widest([text for one, _ in lines for text in (one.figure, one.gap)], LABEL)
        for one, rect in lines:
            self._paint(painter, one, rect, min(left, self.width() * 0.34), right)

    def _paint(
        self, painter: QPainter, one: Bullet, rect: QRectF, left: float, right: float
    ) -> None:
        colours = tokens()
        top = rect.center().y() - 20
        words = QRectF(2, top, left, 20)
        brush.say(painter, words, one.label, colours.text, size=13, weight=500)
        brush.say(painter, words.translated(0, 19), one.detail, colours.text2)
        figures = QRectF(rect.right() - right - 2, top, right, 20)
        brush.say(painter, figures, one.figure, colours.text, size=13, align=Align.RIGHT)
        brush.say(painter, figures.translated(0, 19), one.gap, colours.text2, align=Align.RIGHT)
        wide = figures.left() - words.right() - 2 * GAP
        if wide > 24:
            track = QRectF(words.right() + GAP, rect.center().y() - TRACK / 2, wide, TRACK)
            _paint_track(painter, one, track)


def _paint_track(painter: QPainter, one: Bullet, track: QRectF) -> None:
    colours = tokens()
    painter.fillRect(track, paint.colour(colours.track))
    if one.value is None:
        brush.hatch(painter, track, colours)
    else:
        full = QRectF(track)
        full.setWidth(track.width() * min(1.0, max(0.0, one.value / one.scale)))
        painter.fillRect(full, brush.shade(Ink.QUANTITY, colours))
    if one.target is not None:
        x = track.left() + track.width() * min(1.0, one.target / one.scale)
        painter.fillRect(QRectF(x - 1.5, track.top() - 5, 3, TRACK + 10), paint.colour(colours.c4))
    if one.pace is not None:
        x = track.left() + track.width() * min(1.0, one.pace / one.scale)
        paint_pace(painter, QPointF(x, track.top() - 1))


def paint_pace(painter: QPainter, tip: QPointF) -> None:
    """The triangle that says how far time has come."""
    colours = tokens()
    painter.setPen(QPen(paint.colour(colours.c4), 1.25))
    painter.setBrush(paint.colour(colours.surface))
    corners = [QPointF(0, 0), QPointF(-5, -8), QPointF(5, -8)]
    painter.drawPolygon(QPolygonF([tip + one for one in corners]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _widest(texts: list[str], least: int) -> float:
    return float(max((paint.advance(text, 13, 500) + 2 for text in texts), default=least))
