"""Cells in lines and columns, shaded from weak to strong or hatched; facts as lines below."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter

from supervisor.models.rows.charts_grid import GridCell, GridRow, Tone
from supervisor.ui.charts import brush
from supervisor.ui.charts.laid_plot import LaidPlot
from supervisor.ui.charts.plot import Place
from supervisor.ui.look.tokens import Tokens
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Align

HEAD = 22
LEAST_CELL, MOST_CELL, ROOMY = 30, 52, 6
NARROWEST = 30
FACT = 24
GAP = 2
QUIET = 0.45
"""Of hatching: where most cells are thin, the numbers must still come first."""
FILLED_FROM = {"light": {Tone.RAMP: 5, Tone.WORSE: 5}, "dark": {Tone.RAMP: 5, Tone.WORSE: 4}}
"""From this step of a ramp on, text is that of filled grounds."""


class GridPlot(LaidPlot[GridRow]):
    """A line of cells is a lane; facts are lanes of their own."""

    WIDE, NARROW = 480, 280

    def sizeHint(self) -> QSize:
        """Cells may be a little higher than they must be."""
        return QSize(self.WIDE, self.needed() + self._count() * ROOMY)

    def needed(self) -> int:
        return round(self._top() + self._count() * LEAST_CELL + self._below())

    def _count(self) -> int:
        return len(self._row.lines) if self._row else 4

    def _top(self) -> float:
        return HEAD * (2 if self._row is not None and self._row.across else 1)

    def _below(self) -> float:
        return (len(self._row.facts) if self._row else 0) * FACT + 4

    def _left(self) -> float:
        row = self._row
        if row is None:
            return 0.0
        details = [paint.advance(one.detail, 12, 400) for one in row.lines]
        labels = [paint.advance(one.label, 12, 500) for one in row.lines]
        beside = max(details, default=0)
        own = max(labels, default=0) + 12 + (beside + 8 if beside else 0)
        return float(max(own, paint.advance(row.corner, 12, 400) + 12 if row.corner else 0))

    def _size(self) -> tuple[float, float]:
        row = self._row
        if row is None or not row.lines or not row.columns:
            return 0.0, 0.0
        wide = (self.width() - self._left()) / len(row.columns)
        high = (self.height() - self._top() - self._below()) / len(row.lines)
        return max(1.0, wide), max(LEAST_CELL, min(MOST_CELL, high))

    def _cells(self) -> list[tuple[int, int, GridCell, QRectF]]:
        row = self._row
        if row is None:
            return []
        (wide, high), left, top = self._size(), self._left(), self._top()
        return [
            (y, x, cell, QRectF(left + x * wide, top + y * high, wide - GAP, high - GAP))
            for y, line in enumerate(row.lines)
            for x, cell in enumerate(line.cells)
        ]

    def _facts(self) -> list[QRectF]:
        row = self._row
        if row is None:
            return []
        top = self._top() + len(row.lines) * self._size()[1] + 4
        return self.below(top, len(row.facts), FACT)

    def places(self) -> list[Place]:
        row = self._row
        if row is None:
            return []
        found = [
            Place(cell.mark, rect.adjusted(2, 2, -2, -2), y) for y, _, cell, rect in self._cells()
        ]
        for i, rect in enumerate(self._facts()):
            box = rect.adjusted(2, 2, -2, -2)
            found.append(Place(row.facts[i][1], box, len(row.lines) + i))
        return found

    def paint_row(self, painter: QPainter, row: GridRow, colours: Tokens) -> None:
        self._paint_heads(painter, row, colours)
        for _, _, cell, rect in self._cells():
            _paint_cell(painter, cell, rect, colours)
        for (words, _), rect in zip(row.facts, self._facts(), strict=True):
            brush.say(painter, rect, words, colours.text2)

    def _paint_heads(self, painter: QPainter, row: GridRow, colours: Tokens) -> None:
        (wide, high), left, top = self._size(), self._left(), self._top()
        if row.across:
            room = QRectF(left, 0, self.width() - left, HEAD)
            brush.say(painter, room, row.across, colours.text2, align=Align.CENTER)
        heads = QRectF(0, top - HEAD, left - 8, HEAD)
        brush.say(painter, heads, row.corner, colours.text2, align=Align.LEFT)
        every = 1 if wide >= NARROWEST else 2
        for x, text in enumerate(row.columns):
            if x % every == 0:
                room = QRectF(left + x * wide, top - HEAD, wide * every - GAP, HEAD)
                brush.say(painter, room, text, colours.text2, align=Align.CENTER)
        for y, line in enumerate(row.lines):
            room = QRectF(0, top + y * high, left - 8, high - GAP)
            brush.say(painter, room, line.label, colours.text, weight=500)
            if line.detail:
                brush.say(painter, room, line.detail, colours.text2, align=Align.RIGHT, whole=True)


def _paint_cell(painter: QPainter, cell: GridCell, rect: QRectF, colours: Tokens) -> None:
    ground, tint = _shades(cell, colours)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(paint.colour(ground))
    painter.drawRoundedRect(rect, 2, 2)
    if cell.tone is Tone.THIN:
        painter.setOpacity(QUIET)
        brush.hatch(painter, rect, colours)
        painter.setOpacity(1.0)
        _plate(painter, cell, rect, colours)
    strong = 500 if cell.tone is not Tone.THIN else 400
    both = cell.detail and rect.height() >= LEAST_CELL - GAP - 1
    shift = 7.5 if both else 0.0
    main = rect.adjusted(0, -shift, 0, -shift)
    brush.say(painter, main, cell.text, tint, weight=strong, align=Align.CENTER, whole=True)
    if both:
        low = rect.adjusted(0, shift, 0, shift)
        brush.say(painter, low, cell.detail, tint, size=11, align=Align.CENTER, whole=True)


def _plate(painter: QPainter, cell: GridCell, rect: QRectF, colours: Tokens) -> None:
    """A quiet ground under the number of a hatched cell."""
    wide = paint.advance(cell.text, 12, 400) + 6
    spot = QRectF(rect.center().x() - wide / 2, rect.center().y() - 8, wide, 16)
    painter.fillRect(spot, paint.colour(colours.surface))


def _shades(cell: GridCell, colours: Tokens) -> tuple[str, str]:
    """Ground and text of a cell."""
    if cell.tone is Tone.SAME:
        return colours.track, colours.text
    if cell.tone is Tone.THIN:
        return colours.surface, colours.text2
    if cell.tone is Tone.EMPTY:
        return colours.surface2, colours.text3
    ramp = {Tone.RAMP: colours.seq, Tone.WORSE: colours.bad, Tone.BETTER: colours.good}[cell.tone]
    step = min(len(ramp) - 1, max(0, int(cell.strength * len(ramp))))
    return ramp[step], number_on(cell.tone, step, colours)


def number_on(tone: Tone, step: int, colours: Tokens) -> str:
    """The colour of a number on a step of a ramp: that of text until the ground is strong."""
    first = FILLED_FROM[colours.name].get(tone)
    return colours.text if first is None or step < first else colours.on_accent
