"""A funnel: bars from zero on one scale, step rates behind them, losses named below."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from supervisor.models.rows.charts import BarPart
from supervisor.models.rows.charts_steps import Step, StepsRow
from supervisor.ui.charts import brush
from supervisor.ui.charts.laid_plot import LaidPlot
from supervisor.ui.charts.plot import Place
from supervisor.ui.look.tokens import Tokens, tokens
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Align

LINE = 46
BAR = 22
BELOW = 18
GAP = 10


class StepsPlot(LaidPlot[StepsRow]):
    """A step is a lane; its pieces are marks."""

    WIDE, NARROW = 360, 300

    def needed(self) -> int:
        return len(self._steps()) * LINE + 8

    def _steps(self) -> tuple[Step, ...]:
        return self._row.steps if self._row else ()

    def _columns(self) -> tuple[float, float, list[float]]:
        """Left and right edge of the bars, and the width of each column of figures."""
        steps = self._steps()
        left = max((paint.advance(one.label, 13, 400) for one in steps), default=0) + 4 + GAP
        sizes = [
            max(paint.advance(text, 13, 500) for text in column) + GAP
            for column in zip(*(one.figures for one in steps), strict=True)
        ]
        rates = max((paint.advance(one.rate, 12, 500) for one in steps), default=0)
        right = self.width() - sum(sizes) - rates - GAP
        return float(left), max(left + 40.0, float(right)), [float(one) for one in sizes]

    def _parts(self) -> list[tuple[int, BarPart, QRectF]]:
        steps = self._steps()
        left, right, _ = self._columns()
        most = max((sum(p.value for p in one.parts) for one in steps), default=0)
        scale = (right - left) / most if most else 0.0
        found = []
        for number, one in enumerate(steps):
            x, y = left, number * LINE + 4.0
            for part in one.parts:
                wide = part.value * scale
                found.append((number, part, QRectF(x, y, max(1.0, wide), BAR)))
                x += wide
        return found

    def places(self) -> list[Place]:
        return [Place(part.mark, rect, lane) for lane, part, rect in self._parts()]

    def paint_row(self, painter: QPainter, row: StepsRow, colours: Tokens) -> None:
        ends = [self._columns()[0]] * len(self._steps())
        for lane, part, rect in self._parts():
            if part.value:
                brush.fill(painter, rect, part.ink, colours)
                ends[lane] = rect.right()
        for number, one in enumerate(row.steps):
            self._paint_words(painter, one, number, ends[number])

    def _paint_words(self, painter: QPainter, one: Step, number: int, end: float) -> None:
        colours = tokens()
        left, _, sizes = self._columns()
        top = number * LINE
        if one.apart:
            painter.fillRect(QRectF(0, top - 3, self.width(), 1), paint.colour(colours.line2))
        line = QRectF(0, top + 4, left - GAP, BAR)
        brush.say(painter, line, one.label, colours.text, size=13, align=Align.RIGHT)
        rate = QRectF(end + 6, line.top(), self.width(), BAR)
        brush.say(painter, rate, one.rate, colours.text, weight=500, whole=True)
        below = QRectF(left, line.bottom(), self.width() - left, BELOW)
        brush.say(painter, below, one.lost, colours.text2)
        x = float(self.width())
        for place in range(len(one.figures) - 1, -1, -1):
            x -= sizes[place]
            room = QRectF(x, line.top(), sizes[place], BAR)
            tint, weight = (colours.text, 500) if place == 0 else (colours.text2, 400)
            brush.say(painter, room, one.figures[place], tint, size=13, weight=weight,
                      align=Align.RIGHT, whole=True)  # fmt: skip
