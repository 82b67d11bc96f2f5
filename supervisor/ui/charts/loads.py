"""Loads of people as a table of bars: caps as ticks, what lies beyond hatched, numbers written."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from supervisor.models.rows.charts import BarPart, Ink
from supervisor.models.rows.charts_people import LoadCell, LoadLine, LoadsRow
from supervisor.ui.charts import brush
from supervisor.ui.charts.laid_plot import LaidPlot
from supervisor.ui.charts.plot import Place
from supervisor.ui.look.tokens import Tokens
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Align, Shape

HEAD, LINE, GROUP = 30, 32, 28
BAR, SMALL_BAR = 14, 10
GAP = 14
SIGN = 14


class LoadsPlot(LaidPlot[LoadsRow]):
    """Every line is a lane: first the person, then each bar or piece of one."""

    WIDE = NARROW = 620

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._tops: list[float] = []

    def needed(self) -> int:
        lines = self._row.lines if self._row else ()
        return HEAD + sum(GROUP if one.is_head else LINE for one in lines) + 4

    def show_row(self, row: LoadsRow) -> None:
        tops, y = [], float(HEAD)
        for line in row.lines:
            tops.append(y)
            y += GROUP if line.is_head else LINE
        self._tops = tops
        super().show_row(row)

    def move_to(self, number: int) -> None:
        """Also bring the mark into sight: a branch may be longer than the page."""
        super().move_to(number)
        area: QObject | None = self.parent()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parent()
        inside = area.widget() if isinstance(area, QScrollArea) else None
        if isinstance(area, QScrollArea) and inside is not None and self.places():
            rect = self.places()[self._at].rect
            spot = self.mapTo(inside, rect.center().toPoint())
            area.ensureVisible(spot.x(), spot.y(), 0, 2 * LINE)

    def _name_wide(self) -> float:
        labels = [
            paint.advance(one.label, 13, 400) for one in (self._row.lines if self._row else ())
        ]
        details = max(
            (paint.advance(one.detail, 12, 400) + 8 for one in self._row.lines if one.detail)
            if self._row
            else (),
            default=0,
        )
        return min(max(labels, default=60) + min(details, 110), self.width() * 0.3) + GAP

    def _columns(self) -> list[tuple[float, float]]:
        """Left edge and width of each column."""
        row = self._row
        if row is None or not row.widths:
            return []
        left = self._name_wide()
        room = self.width() - left - GAP * (len(row.widths) - 1)
        whole, found = sum(row.widths), []
        for part in row.widths:
            wide = room * part / whole
            found.append((left, wide))
            left += wide + GAP
        return found

    def _people(self) -> Iterator[tuple[int, LoadLine]]:
        for number, line in enumerate(self._row.lines if self._row else ()):
            if not line.is_head:
                yield number, line

    def _figure_wide(self, column: int) -> float:
        figures = [line.cells[column].figure for _, line in self._people()]
        widest = max((paint.advance(one, 13, 500) for one in figures), default=0)
        signs = any(line.cells[column].over for _, line in self._people())
        return widest + (SIGN if signs else 0) + (8 if widest else 0)

    def _scale(self, column: int, wide: float) -> float:
        """Pixels of one unit: the column's longest bar or cap fills it."""
        cells = [line.cells[column] for _, line in self._people()]
        most = max((max(_whole(one), one.cap or 0.0) for one in cells), default=0.0)
        return max(0.0, wide - self._figure_wide(column)) / most if most else 0.0

    def _bars(self) -> Iterator[tuple[int, int, LoadCell, QRectF, float]]:
        """Line, column, cell, its room and the scale."""
        columns = self._columns()
        scales = [self._scale(at, wide) for at, (_, wide) in enumerate(columns)]
        for number, line in self._people():
            for at, cell in enumerate(line.cells):
                left, wide = columns[at]
                yield number, at, cell, QRectF(left, self._tops[number], wide, LINE), scales[at]

    def places(self) -> list[Place]:
        row = self._row
        if row is None:
            return []
        found: list[Place] = []
        name = self._name_wide()
        for number, line in enumerate(row.lines):
            high = GROUP if line.is_head else LINE
            found.append(Place(line.mark, QRectF(0, self._tops[number], name - GAP, high), number))
        for number, _, cell, room, scale in self._bars():
            found += [Place(part.mark, rect, number) for part, rect in _pieces(cell, room, scale)]
        # A lane reads from left to right.
        return sorted(found, key=lambda one: (one.lane, one.rect.left()))

    def paint_row(self, painter: QPainter, row: LoadsRow, colours: Tokens) -> None:
        self._paint_heads(painter, row, colours)
        for number, line in enumerate(row.lines):
            self._paint_line(painter, line, self._tops[number], colours)
        for _, at, cell, room, scale in self._bars():
            _paint_cell(painter, cell, room, scale, self._figure_wide(at), colours)

    def _paint_heads(self, painter: QPainter, row: LoadsRow, colours: Tokens) -> None:
        for name, (left, wide) in zip(row.columns, self._columns(), strict=True):
            brush.say(painter, QRectF(left, 0, wide, HEAD), name, colours.text2)
        painter.fillRect(QRectF(0, HEAD - 1, self.width(), 1), paint.colour(colours.line2))

    def _paint_line(self, painter: QPainter, line: LoadLine, top: float, colours: Tokens) -> None:
        high = GROUP if line.is_head else LINE
        name = self._name_wide() - GAP
        if line.is_head:
            painter.fillRect(QRectF(0, top, self.width(), high), paint.colour(colours.surface2))
            brush.say(painter, QRectF(0, top, name, high), line.label, colours.text, weight=500)
            for cell, (left, wide) in zip(line.cells, self._columns(), strict=True):
                brush.say(painter, QRectF(left, top, wide, high), cell.figure, colours.text2)
            return
        own = min(float(paint.advance(line.label, 13, 400) + 2), name)
        brush.say(painter, QRectF(0, top, own, high), line.label, colours.text, size=13)
        if line.detail:
            room = QRectF(own + 6, top, name - own - 6, high)
            brush.say(painter, room, line.detail, colours.warn)
        painter.fillRect(QRectF(0, top + high - 1, self.width(), 1), paint.colour(colours.line))


def _whole(cell: LoadCell) -> float:
    return sum(part.value for part in cell.parts)


def _pieces(cell: LoadCell, room: QRectF, scale: float) -> Iterator[tuple[BarPart, QRectF]]:
    x = room.left()
    high = BAR if len(cell.parts) > 1 else SMALL_BAR
    for part in cell.parts:
        wide = part.value * scale
        if part.value or len(cell.parts) == 1:
            rect = QRectF(
                x, room.center().y() - high / 2, max(wide - (len(cell.parts) > 1), 1), high
            )
            yield part, rect
        x += wide


def _paint_cell(
    painter: QPainter,
    cell: LoadCell,
    room: QRectF,
    scale: float,
    figure_wide: float,
    colours: Tokens,
) -> None:
    for part, rect in _pieces(cell, room, scale):
        if not part.value:
            continue
        if len(cell.parts) > 1:
            _paint_band(painter, part, rect, colours)
        else:
            painter.fillRect(rect, brush.shade(part.ink, colours))
    if cell.cap is not None:
        _paint_cap(painter, cell, room, scale, colours)
    text = QRectF(room.right() - figure_wide + 8, room.top(), figure_wide - 8, room.height())
    if cell.figure:
        weight = 500 if cell.over else 400
        brush.say(painter, text, cell.figure, colours.text, size=13, weight=weight, whole=True)
    if cell.over:
        after = text.left() + paint.advance(cell.figure, 13, 500) + SIGN / 2 + 3
        paint.paint_shape(
            painter, QRectF(after, room.top(), 0, room.height()).center(), Shape.TRIANGLE, colours
        )


def _paint_band(painter: QPainter, part: BarPart, rect: QRectF, colours: Tokens) -> None:
    brush.fill(painter, rect, part.ink, colours)
    tint = brush.on_shade(part.ink, colours).name()
    wide = paint.advance(part.text, 11, 400) + 6
    fits = wide <= rect.width()
    if part.ink is Ink.WAITING:
        painter.fillRect(rect, QBrush(paint.colour(colours.surface), Qt.BrushStyle.BDiagPattern))
        if fits:
            label = QRectF(rect.center().x() - wide / 2, rect.top(), wide, rect.height())
            painter.fillRect(label, brush.shade(part.ink, colours))
    if fits:
        brush.say(painter, rect, part.text, tint, size=11, align=Align.CENTER, whole=True)


def _paint_cap(
    painter: QPainter, cell: LoadCell, room: QRectF, scale: float, colours: Tokens
) -> None:
    """The tick, and hatching over what lies beyond."""
    cap, whole = (cell.cap or 0.0) * scale, _whole(cell) * scale
    middle = room.center().y()
    if whole > cap:
        beyond = QRectF(room.left() + cap, middle - SMALL_BAR / 2, whole - cap, SMALL_BAR)
        ground = paint.colour(colours.text)
        painter.fillRect(beyond, QBrush(ground, Qt.BrushStyle.BDiagPattern))
    tick = QRectF(room.left() + cap - 1, middle - SMALL_BAR / 2 - 4, 2, SMALL_BAR + 8)
    painter.fillRect(tick, paint.colour(colours.c4))
