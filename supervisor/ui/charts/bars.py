"""Stacked bars from zero on one scale, their numbers always written; facts as lines below."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from supervisor.models.rows.charts import Bar, BarPart, BarsRow, Ink
from supervisor.ui.charts import brush
from supervisor.ui.charts.laid_plot import LaidPlot
from supervisor.ui.charts.plot import Place
from supervisor.ui.look.tokens import Tokens, tokens
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Align

LINE = 40
FACT = 30
BAR = 20
GAP = 10


class BarsPlot(LaidPlot[BarsRow]):
    """A bar is a lane; its pieces are marks, so are the facts."""

    WIDE, NARROW = 300, 240

    def needed(self) -> int:
        row = self._row
        lines = (len(row.bars), len(row.facts)) if row else (3, 0)
        return lines[0] * LINE + lines[1] * FACT + 8

    def _columns(self) -> tuple[float, float, float]:
        """Left edge of the bars, their right edge, and room kept for the words at the right."""
        row = self._row
        bars = row.bars if row else ()
        labels = [paint.advance(text, 13, 400) for one in bars for text in (one.label, one.detail)]
        asides = [paint.advance(one.aside, 12, 400) for one in bars]
        figures = [paint.advance(one.figure, 13, 500) for one in bars]
        left = min(max(labels, default=0), self.width() * 0.4) + GAP
        aside = max(asides, default=0)
        right = self.width() - aside - max(figures, default=0) - (2 * GAP if aside else GAP)
        return left, max(left + 20, right), float(aside)

    def _parts(self) -> list[tuple[int, BarPart, QRectF]]:
        row = self._row
        if row is None:
            return []
        left, right, _ = self._columns()
        most = max((sum(p.value for p in one.parts) for one in row.bars), default=0)
        most = max([most, *(one.cap for one in row.bars if one.cap is not None)])
        scale = (right - left) / most if most else 0.0
        found = []
        for number, one in enumerate(row.bars):
            x, y = left, number * LINE + (LINE - BAR) / 2
            for part in one.parts:
                wide = part.value * scale
                found.append((number, part, QRectF(x, y, max(0.0, wide - 1), BAR)))
                x += wide
        return found

    def _facts(self) -> list[QRectF]:
        row = self._row
        if row is None:
            return []
        return self.below(len(row.bars) * LINE + 8, len(row.facts), FACT)

    def places(self) -> list[Place]:
        if self._row is None:
            return []
        found = [Place(part.mark, rect, lane) for lane, part, rect in self._parts() if part.value]
        first = len(self._row.bars)
        for i, (fact, rect) in enumerate(zip(self._row.facts, self._facts(), strict=True)):
            found.append(Place(fact[2], rect.adjusted(2, 3, -2, -3), first + i))
        return found

    def paint_row(self, painter: QPainter, row: BarsRow, colours: Tokens) -> None:
        left, _, aside = self._columns()
        ends = [left] * len(row.bars)
        for lane, part, rect in self._parts():
            if not part.value:
                continue
            brush.fill(painter, rect, part.ink, colours)
            ends[lane] = rect.right() + 1
            if paint.advance(part.text, 12, 400) + 4 <= rect.width():
                tint = "text" if part.ink is Ink.ENDED else ""
                _on(painter, rect, part, tint)
        for number, one in enumerate(row.bars):
            self._paint_words(painter, one, number, ends[number], aside)
        for fact, rect in zip(row.facts, self._facts(), strict=True):
            painter.fillRect(QRectF(0, rect.top(), rect.width(), 1), paint.colour(colours.line))
            brush.say(painter, rect, fact[0], colours.text2)
            brush.say(painter, rect, fact[1], colours.text, align=Align.RIGHT)

    def _paint_words(
        self, painter: QPainter, one: Bar, number: int, end: float, aside: float
    ) -> None:
        colours = tokens()
        left, right, _ = self._columns()
        line = QRectF(0, number * LINE, left - GAP, LINE)
        if one.detail:
            brush.say(painter, line.adjusted(0, -8, 0, -8), one.label, colours.text, size=13)
            brush.say(painter, line.adjusted(0, 10, 0, 10), one.detail, colours.text2)
        else:
            brush.say(painter, line, one.label, colours.text, size=13)
        figure = QRectF(end + 6, line.top(), self.width(), LINE)
        brush.say(painter, figure, one.figure, colours.text, size=13, weight=500, whole=True)
        if one.aside:
            room = QRectF(self.width() - aside, line.top(), aside, LINE)
            brush.say(painter, room, one.aside, colours.text2, align=Align.RIGHT, whole=True)
        if one.cap is not None:
            most = max(sum(p.value for p in bar.parts) for bar in self._bars())
            most = max([most, *(bar.cap for bar in self._bars() if bar.cap is not None)])
            x = left + (right - left) * one.cap / most if most else left
            top = line.center().y() - BAR / 2 - 4
            painter.fillRect(QRectF(x - 1, top, 2, BAR + 8), paint.colour(colours.c4))

    def _bars(self) -> tuple[Bar, ...]:
        return self._row.bars if self._row else ()


def _on(painter: QPainter, rect: QRectF, part: BarPart, tint: str) -> None:
    colours = tokens()
    shade = getattr(colours, tint) if tint else brush.on_shade(part.ink, colours).name()
    brush.say(painter, rect, part.text, shade, align=Align.CENTER, whole=True)
