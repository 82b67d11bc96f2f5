"""Painting of one cell from tokens: shape, mark letter, lead, text, tail, progress."""

from functools import lru_cache

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from supervisor.models.enums import Mark
from supervisor.ui.look import fonts
from supervisor.ui.look.tokens import Tokens
from supervisor.ui.tables.column import SHAPE_TOKENS, Align, Look, Shape

PADDING = 8
SHAPE_SIDE = 9
MARK_SIDE = 16
TICK_SIDE = 14


@lru_cache(maxsize=8)
def text_font(px: int, weight: int) -> QFont:
    """A font object, made once."""
    return fonts.font(px, weight)


@lru_cache(maxsize=8)
def _metrics(px: int, weight: int) -> QFontMetrics:
    return QFontMetrics(text_font(px, weight))


@lru_cache(maxsize=20_000)
def elided(text: str, px: int, weight: int, width: int) -> str:
    """The text, cut with … where it would not fit."""
    return _metrics(px, weight).elidedText(text, Qt.TextElideMode.ElideRight, width)


@lru_cache(maxsize=20_000)
def advance(text: str, px: int, weight: int) -> int:
    """How wide the text is."""
    return _metrics(px, weight).horizontalAdvance(text)


@lru_cache(maxsize=256)
def colour(value: str) -> QColor:
    """A colour object, made once."""
    return QColor(value)


def forget_fonts() -> None:
    """The faces changed: measure anew."""
    for cache in (text_font, _metrics, elided, advance):
        cache.cache_clear()


def paint_cell(
    painter: QPainter, rect: QRect, text: str, align: Align, look: Look, colours: Tokens
) -> None:
    """Draw one cell's content; the ground is already there."""
    left, right = rect.left() + PADDING, rect.right() - PADDING + 1
    if look.mark is not None:
        box = QRect(0, 0, MARK_SIDE, MARK_SIDE)
        box.moveCenter(rect.center() + QPoint(0, 1))
        paint_mark(painter, box, look.mark, colours)
        return
    if look.shape is not None:
        middle = QPointF(left + SHAPE_SIDE / 2, rect.center().y() + 1.5)
        paint_shape(painter, middle, look.shape, colours)
        left += SHAPE_SIDE + 8
    if look.lead:
        left = _paint_lead(painter, rect, left, look, colours)
    weight = 500 if look.medium else 400
    tail_left = right
    if look.tail:
        tail_left = _paint_tail(
            painter, rect, left + advance(text, 13, weight) + 8, right, look, colours
        )
        right = tail_left
    shown = elided(text, 13, weight, max(0, right - left))
    painter.setFont(text_font(13, weight))
    painter.setPen(colour(getattr(colours, look.tone)))
    painter.drawText(left, rect.top(), right - left, rect.height(), align.number, shown)
    if look.progress is not None:
        _paint_progress(painter, rect, look.progress, colours)


def _paint_lead(painter: QPainter, rect: QRect, left: int, look: Look, colours: Tokens) -> int:
    width = look.lead_width or advance(look.lead, 13, 400)
    painter.setFont(text_font(13, 400))
    painter.setPen(colour(getattr(colours, look.lead_tone)))
    align = Align.RIGHT if look.lead_right else Align.LEFT
    painter.drawText(QRect(left, rect.top(), width, rect.height()), align.flag, look.lead)
    return left + width + PADDING


def _paint_tail(
    painter: QPainter, rect: QRect, left: int, right: int, look: Look, colours: Tokens
) -> int:
    """Draw the tail when it fits; where the text must stop."""
    width = advance(look.tail, 12, 400)
    if left + width > right:
        return right
    painter.setFont(text_font(12, 400))
    painter.setPen(colour(getattr(colours, look.tail_tone)))
    painter.drawText(QRect(left, rect.top(), width, rect.height()), Align.LEFT.flag, look.tail)
    return left - 4  # whole px lose a fraction: without it the text would be cut


def _paint_progress(painter: QPainter, rect: QRect, share: float, colours: Tokens) -> None:
    track = QRect(rect.left() + PADDING, rect.bottom() - 5, rect.width() - 2 * PADDING, 3)
    painter.fillRect(track, colour(colours.track))
    done = QRect(track)
    done.setWidth(round(track.width() * min(1.0, max(0.0, share))))
    painter.fillRect(done, colour(colours.bar))


def paint_shape(painter: QPainter, middle: QPointF, shape: Shape, colours: Tokens) -> None:
    """Draw a severity shape around a middle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(getattr(colours, SHAPE_TOKENS[shape])))
    x, y, r = middle.x(), middle.y(), SHAPE_SIDE / 2
    if shape is Shape.DIAMOND:
        points = [(x, y - r - 0.5), (x + r + 0.5, y), (x, y + r + 0.5), (x - r - 0.5, y)]
        painter.drawPolygon(QPolygonF([QPointF(*point) for point in points]))
    elif shape is Shape.TRIANGLE:
        points = [(x, y - r), (x + r + 0.5, y + r - 0.5), (x - r - 0.5, y + r - 0.5)]
        painter.drawPolygon(QPolygonF([QPointF(*point) for point in points]))
    elif shape is Shape.CIRCLE:
        painter.drawEllipse(middle, r - 0.5, r - 0.5)
    else:
        painter.drawRect(QRectF(x - r + 0.5, y - r + 0.5, 2 * r - 1, 2 * r - 1))
    painter.restore()


def paint_mark(painter: QPainter, box: QRect, mark: Mark, colours: Tokens) -> None:
    """Draw a personal mark: an outlined square with its letter, 13 % fill."""
    tint = QColor(colours.mark(mark))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tint, 1))
    ground = QColor(tint)
    ground.setAlphaF(0.13)
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setFont(text_font(11, 700))
    painter.setPen(tint)
    painter.drawText(box, int(Align.CENTER.flag), mark.value)
    painter.restore()


def paint_tick_box(
    painter: QPainter, rect: QRect, colours: Tokens, *, on: bool, partly: bool = False
) -> None:
    """Draw a check box in the middle of a cell."""
    box = QRect(0, 0, TICK_SIDE, TICK_SIDE)
    # Noto's line box hangs a pixel low: the box stands level with the words beside it.
    box.moveCenter(rect.center() + QPoint(0, 1))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    filled = on or partly
    painter.setPen(QPen(colour(colours.accent if filled else colours.ctl), 1))
    painter.setBrush(colour(colours.accent if filled else colours.surface))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.restore()
    if filled:
        _paint_tick(painter, QRectF(box), colours, on=on)


def _paint_tick(painter: QPainter, box: QRectF, colours: Tokens, *, on: bool) -> None:
    """The tick, or the dash of a box that is partly ticked."""
    x, y, side = box.left(), box.top(), box.width()
    points = [(0.24, 0.52), (0.43, 0.71), (0.77, 0.31)] if on else [(0.28, 0.5), (0.72, 0.5)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour(colours.on_accent), 2))
    painter.drawPolyline(QPolygonF([QPointF(x + side * a, y + side * b) for a, b in points]))
    painter.restore()
