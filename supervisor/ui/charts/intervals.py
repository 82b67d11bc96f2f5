"""Points with their intervals on one scale; hatched where there is no figure, with the reason."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from supervisor.models.rows.charts_intervals import IntervalPoint, IntervalsRow
from supervisor.ui.charts import brush
from supervisor.ui.charts.laid_plot import LaidPlot
from supervisor.ui.charts.plot import Place
from supervisor.ui.look.tokens import Tokens
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Align

LINE = 24
AXIS = 22
FACT = 26
GAP = 10


class IntervalsPlot(LaidPlot[IntervalsRow]):
    """Every point is a lane, so is every fact below."""

    WIDE, NARROW = 360, 280

    def needed(self) -> int:
        row = self._row
        facts = len(row.facts) if row else 0
        return len(self._lines()) * LINE + AXIS + facts * FACT + 4

    def _lines(self) -> list[tuple[str, IntervalPoint]]:
        """Every point; the first of a group with its label."""
        groups = self._row.groups if self._row else ()
        return [
            (group.label if number == 0 else "", point)
            for group in groups
            for number, point in enumerate(group.points)
        ]

    def _high(self) -> float:
        """Height of a line: what room there is, within reason."""
        row, lines = self._row, len(self._lines())
        if row is None or not lines:
            return LINE
        free = self.height() - AXIS - len(row.facts) * FACT - 4
        return max(LINE, min(LINE * 1.6, free / lines))

    def _columns(self) -> tuple[float, float, float, float, float]:
        """Where point labels begin, where the scale begins and ends, widths of figure and n."""
        lines = self._lines()
        groups = max((paint.advance(name, 12, 500) for name, _ in lines), default=0)
        names = max((paint.advance(one.label, 12, 400) for _, one in lines), default=0)
        begin = groups + 4 + GAP if groups else 0
        left = min(begin + names + 4 + GAP, self.width() * 0.5)
        figure = max((paint.advance(one.figure, 12, 500) for _, one in lines), default=0) + GAP
        aside = max((paint.advance(one.aside, 12, 400) for _, one in lines), default=0) + GAP
        right = max(left + 40.0, self.width() - figure - aside - 6)
        return float(begin), float(left), float(right), float(figure), float(aside)

    def _x(self, value: float) -> float:
        _, left, right, _, _ = self._columns()
        most = self._row.most if self._row else 1.0
        return left + (right - left) * max(0.0, min(1.0, value / most if most else 0.0))

    def places(self) -> list[Place]:
        row = self._row
        if row is None:
            return []
        _, left, right, _, _ = self._columns()
        high, found = self._high(), []
        for lane, (_, one) in enumerate(self._lines()):
            begin, end = left, right
            if one.value is not None:
                ends = [self._x(v) for v in (one.low, one.value, one.high) if v is not None]
                begin, end = min(ends) - 6, max(ends) + 6
            box = QRectF(begin, lane * high + 3, end - begin, high - 6)
            found.append(Place(one.mark, box, lane))
        for i, rect in enumerate(self._facts()):
            found.append(Place(row.facts[i][2], rect.adjusted(2, 3, -2, -3), len(found)))
        return found

    def _facts(self) -> list[QRectF]:
        row = self._row
        if row is None:
            return []
        return self.below(len(self._lines()) * self._high() + AXIS, len(row.facts), FACT)

    def paint_row(self, painter: QPainter, row: IntervalsRow, colours: Tokens) -> None:
        self._paint_axis(painter, row, colours)
        high = self._high()
        for lane, (group, one) in enumerate(self._lines()):
            if group and lane:
                rule = QRectF(0, lane * high, self.width(), 1)
                painter.fillRect(rule, paint.colour(colours.line))
            self._paint_line(painter, group, one, lane * high, colours)
        for (name, words, _), rect in zip(row.facts, self._facts(), strict=True):
            painter.fillRect(QRectF(0, rect.top(), rect.width(), 1), paint.colour(colours.line))
            beside = paint.advance(words, 12, 400) + GAP
            brush.say(painter, rect.adjusted(0, 0, -beside, 0), name, colours.text2)
            brush.say(painter, rect, words, colours.text, align=Align.RIGHT, whole=True)

    def _paint_axis(self, painter: QPainter, row: IntervalsRow, colours: Tokens) -> None:
        bottom = len(self._lines()) * self._high()
        for value, text in row.ticks:
            x = self._x(value)
            painter.fillRect(QRectF(x, 0, 1, bottom), paint.colour(colours.line))
            room = QRectF(x - 40, bottom + 2, 80, AXIS - 4)
            brush.say(painter, room, text, colours.text3, size=11, align=Align.CENTER, whole=True)

    def _paint_line(
        self, painter: QPainter, group: str, one: IntervalPoint, top: float, colours: Tokens
    ) -> None:
        begin, left, right, figure, aside = self._columns()
        high = self._high()
        line = QRectF(0, top, begin, high)
        brush.say(painter, line, group, colours.text, weight=500)
        brush.say(painter, QRectF(begin, top, left - begin - GAP, high), one.label, colours.text2)
        if one.why:
            room = QRectF(left, top + 4, right - left, high - 8)
            brush.hatch(painter, room, colours)
            wide = min(paint.advance(one.why, 12, 400) + 12.0, room.width())
            plate = QRectF(room.left() + 6, top + 2, wide, high - 4)
            painter.fillRect(plate, paint.colour(colours.surface))
            brush.say(painter, plate.adjusted(6, 0, 0, 0), one.why, colours.text2)
        elif one.value is not None:
            self._paint_point(painter, one, top + high / 2, colours)
        room = QRectF(self.width() - aside - figure, top, figure, high)
        brush.say(
            painter, room, one.figure, colours.text, weight=500, align=Align.RIGHT, whole=True
        )
        room = QRectF(self.width() - aside, top, aside, high)
        brush.say(painter, room, one.aside, colours.text2, align=Align.RIGHT, whole=True)

    def _paint_point(
        self, painter: QPainter, one: IntervalPoint, y: float, colours: Tokens
    ) -> None:
        if one.low is not None and one.high is not None:
            pen = QPen(brush.shade(one.ink, colours), 2)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLine(QPointF(self._x(one.low), y), QPointF(self._x(one.high), y))
        spot = QPointF(self._x(one.value or 0.0), y)
        brush.marker(painter, spot, one.ink, colours, hollow=False)
