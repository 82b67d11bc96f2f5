"""Ink of chart rows as colours and markers of the screen, and text in a room."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from supervisor.models.rows.charts import Ink
from supervisor.ui.look.tokens import Tokens
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Align

TOKENS: Mapping[Ink, str] = {
    Ink.MAIN: "c1",
    Ink.OTHER: "c2",
    Ink.THIRD: "c3",
    Ink.REFERENCE: "c4",
    Ink.EARLIER: "c_prev",
    Ink.BAND: "c_band",
    Ink.QUANTITY: "bar",
    Ink.WAITING: "crit_fill",
    Ink.LATE: "warn_fill",
    Ink.ENDED: "surface",
    Ink.DONE: "ok_fill",
    Ink.THIN: "track",
}
SYMBOLS: Mapping[Ink, str] = {Ink.OTHER: "s", Ink.THIRD: "t1"}
"""Markers by ink, as pyqtgraph names them; the others are round."""
DASHED = frozenset({Ink.REFERENCE})
MARKER = 7.0
EDGE = 2.0
"""Height of the lines on pieces that are late or wait, in px."""


def shade(ink: Ink, colours: Tokens) -> QColor:
    """The colour of an ink in the theme in force."""
    return paint.colour(getattr(colours, TOKENS[ink]))


def on_shade(ink: Ink, colours: Tokens) -> QColor:
    """The colour of text that stands on an ink."""
    names = {Ink.QUANTITY: "on_bar", Ink.LATE: "on_warn_fill", Ink.WAITING: "on_accent"}
    return paint.colour(getattr(colours, names.get(ink, "text")))


def fill(painter: QPainter, rect: QRectF, ink: Ink, colours: Tokens) -> None:
    """A piece of a bar; what has ended is an outline, what is thin is hatched.

    What is late has a line below, what waits one above as well: colours alone say nothing.
    """
    painter.save()
    if ink is Ink.ENDED:
        painter.setPen(QPen(paint.colour(colours.ctl), 1))
        painter.setBrush(paint.colour(colours.surface))
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    else:
        painter.fillRect(rect, shade(ink, colours))
        if ink is Ink.THIN:
            hatch(painter, rect, colours)
        line, text = min(EDGE, rect.height() / 4), paint.colour(colours.text)
        if ink in {Ink.LATE, Ink.WAITING}:
            painter.fillRect(QRectF(rect.left(), rect.bottom() - line, rect.width(), line), text)
        if ink is Ink.WAITING:
            painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), line), text)
    painter.restore()


def hatch(painter: QPainter, rect: QRectF, colours: Tokens) -> None:
    """Thin data, or not known."""
    painter.fillRect(rect, QBrush(paint.colour(colours.hatch), Qt.BrushStyle.BDiagPattern))


def marker(painter: QPainter, spot: QPointF, ink: Ink, colours: Tokens, *, hollow: bool) -> None:
    """The marker of an ink: round, square or a triangle; open while it is not final."""
    tint = shade(ink, colours)
    painter.setPen(QPen(tint, 2 if hollow else 1))
    painter.setBrush(paint.colour(colours.surface) if hollow else tint)
    half = MARKER / 2 + (0.5 if hollow else 0)
    if ink is Ink.OTHER:
        painter.drawRect(QRectF(spot.x() - half, spot.y() - half, 2 * half, 2 * half))
    elif ink is Ink.THIRD:
        points = [(0, -half), (half, half), (-half, half)]
        painter.drawPolygon(QPolygonF([spot + QPointF(*one) for one in points]))
    else:
        painter.drawEllipse(spot, half, half)


def diamond(painter: QPainter, spot: QPointF, tint: QColor) -> None:
    """A point that asks for a cause."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    side = MARKER * 0.75
    points = [(0.0, -side), (side, 0.0), (0.0, side), (-side, 0.0)]
    painter.drawPolygon(QPolygonF([spot + QPointF(*one) for one in points]))


def say(
    painter: QPainter,
    room: QRectF | QRect,
    text: str,
    tint: str,
    *,
    size: int = 12,
    weight: int = 400,
    align: Align = Align.LEFT,
    whole: bool = False,
) -> None:
    """Text in a room, cut with … where it does not fit; figures are `whole` and never cut."""
    box = room if isinstance(room, QRect) else room.toAlignedRect()
    painter.setFont(paint.text_font(size, weight))
    painter.setPen(paint.colour(tint))
    shown = text if whole else paint.elided(text, size, weight, box.width())
    painter.drawText(box, align.flag, shown)


def say_over(painter: QPainter, room: QRectF, text: str, tint: str, ground: str) -> None:
    """A label among lines: its letters keep a thin edge of the ground, so that they can be read."""
    font = paint.text_font(12, 500)
    metrics = QFontMetricsF(font)
    baseline = room.center().y() + (metrics.ascent() - metrics.descent()) / 2
    path = QPainterPath()
    path.addText(QPointF(room.left(), baseline), font, text)
    edge = QPen(paint.colour(ground), 4)
    edge.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, edge)
    painter.fillPath(path, paint.colour(tint))
