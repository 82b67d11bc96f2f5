"""Figures of the training view, painted: agreement as a matrix, rates as points with intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from supervisor.i18n import tr
from supervisor.models.rows.agreement import AgreementRow
from supervisor.models.rows.effects import Rate
from supervisor.ui.look.tokens import Tokens, tokens
from supervisor.ui.pages.incidents.painted import Painted
from supervisor.ui.tables import paint
from supervisor.words import formats, word
from supervisor.words.of_training_screen import agreement_text, rate_text

CELL, HEAD = 28, 20
LINE, AXIS = 30, 16
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class MatrixView(Painted):
    """First review by rows, second by columns; equal ones on the diagonal, outlined."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: AgreementRow | None = None

    def show_row(self, row: AgreementRow) -> None:
        """Show the pairs of one scale."""
        self._row = row
        self.setAccessibleName(agreement_text(row))
        labels = [word(one) for one in row.labels]
        said = [
            tr("first {one}, second {other}: {n}", one=labels[i], other=labels[j], n=n)
            for i, cells in enumerate(row.matrix)
            for j, n in enumerate(cells)
        ]
        self.setAccessibleDescription(tr("; ").join(said))
        self.changed()

    def height_at(self, width: int) -> int:
        del width
        return 2 * HEAD + CELL * len(self._row.labels) if self._row is not None else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._row is None:
            return
        painter, colours = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_matrix(painter, self._row, self.width(), colours)
        painter.end()


def _paint_matrix(painter: QPainter, row: AgreementRow, width: int, colours: Tokens) -> None:
    labels = [word(one) for one in row.labels]
    left = min(max(paint.advance(one, 12, 400) for one in labels) + 10, width // 3)
    wide = (width - left) // len(labels)
    painter.setFont(paint.text_font(12, 400))
    painter.setPen(paint.colour(colours.text2))
    painter.drawText(QRect(left, 0, width - left, HEAD), _CENTRE, tr("Second review"))
    for place, label in enumerate(labels):
        painter.setFont(paint.text_font(12, 400))
        painter.setPen(paint.colour(colours.text2))
        head = QRect(left + place * wide, HEAD, wide, HEAD)
        painter.drawText(head, _CENTRE, paint.elided(label, 12, 400, wide - 4))
        top = 2 * HEAD + place * CELL
        side = QRect(0, top, left - 6, CELL)
        painter.drawText(side, _RIGHT, paint.elided(label, 12, 400, left - 6))
        for other, n in enumerate(row.matrix[place]):
            box = QRectF(left + other * wide + 1, top + 1, wide - 2, CELL - 2)
            _paint_cell(painter, box, n, colours, equal=other == place)


def _paint_cell(painter: QPainter, box: QRectF, n: int, colours: Tokens, *, equal: bool) -> None:
    ground = colours.accent_bg2 if equal else colours.hl if n else colours.surface2
    painter.setBrush(paint.colour(ground))
    painter.setPen(QPen(paint.colour(colours.accent if equal else colours.line), 1))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(paint.colour(colours.text))
    painter.setFont(paint.text_font(12, 500 if equal else 400))
    painter.drawText(box, _CENTRE, str(n))


@dataclass(frozen=True, slots=True)
class Point:
    """A rate in a line of its own. `look`: token of its marker."""

    label: str
    rate: Rate
    look: str = "c1"


class PointsView(Painted):
    """Rates with their intervals on one scale from nought; few are counts, hatched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: tuple[Point, ...] = ()

    def show_points(self, points: Sequence[Point]) -> None:
        """Show these, one below the other."""
        self._points = tuple(points)
        said = [f"{one.label}: {rate_text(one.rate)}" for one in points]
        self.setAccessibleName(tr("; ").join(said))
        self.changed()

    def height_at(self, width: int) -> int:
        del width
        return LINE * len(self._points) + (AXIS if self._points else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, colours = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        told = [_told(one.rate) for one in self._points]
        left = max((paint.advance(one.label, 12, 400) for one in self._points), default=0) + 10
        left = min(left, self.width() // 3)
        right = max((paint.advance(text, 12, 400) for text in told), default=0) + 10
        highest = max((one.rate.high or 0.0 for one in self._points if not one.rate.few),
                      default=0.0) or 1.0  # fmt: skip
        track = QRectF(left, 0, max(20, self.width() - left - right), LINE)
        for place, (one, text) in enumerate(zip(self._points, told, strict=True)):
            top = place * LINE
            painter.setFont(paint.text_font(12, 400))
            painter.setPen(paint.colour(colours.text2))
            label = paint.elided(one.label, 12, 400, left - 8)
            painter.drawText(QRect(0, top, left - 8, LINE), _LEFT, label)
            painter.setPen(paint.colour(colours.text))
            painter.drawText(QRect(0, top, self.width(), LINE), _RIGHT, text)
            _paint_point(painter, track.translated(0, top), one, highest, colours)
        if any(not one.rate.few for one in self._points):
            axis = QRectF(track.left(), LINE * len(self._points), track.width(), AXIS)
            painter.setFont(paint.text_font(11, 400))
            painter.setPen(paint.colour(colours.text3))
            painter.drawText(axis, _LEFT, "0")
            painter.drawText(axis, _RIGHT, formats.rate(highest))
        painter.end()


def _told(rate: Rate) -> str:
    """Percent and counts; below the least n only counts."""
    counts = f"{rate.hits:,} / {rate.of:,}"
    return counts if rate.few else f"{formats.rate(rate.share)}   {counts}"


def _paint_point(
    painter: QPainter, track: QRectF, point: Point, highest: float, colours: Tokens
) -> None:
    middle, rate = track.center().y(), point.rate
    bar = QRectF(track.left(), middle - 3, track.width(), 6)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(paint.colour(colours.track))
    painter.drawRoundedRect(bar, 2, 2)
    if rate.few or rate.low is None or rate.high is None or rate.share is None:
        if rate.of:
            painter.setBrush(QBrush(paint.colour(colours.hatch), Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(bar, 2, 2)
        return
    scale = track.width() / highest
    tone = paint.colour(getattr(colours, point.look))
    painter.setPen(QPen(tone, 2))
    low, high = track.left() + rate.low * scale, track.left() + rate.high * scale
    painter.drawLine(QPointF(low, middle), QPointF(high, middle))
    painter.setBrush(tone)
    place = QPointF(track.left() + rate.share * scale, middle)
    if point.look == "c2":
        painter.drawRect(QRectF(place.x() - 4, middle - 4, 8, 8))
    else:
        painter.drawEllipse(place, 4, 4)
