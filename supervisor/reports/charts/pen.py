"""Drawing on paper: the few strokes charts are made of, and what each ink means in greys.

Series differ by width, dash and marker, areas by four greys and hatching; one blue, which prints
dark, is for the thing in question. Lengths in points, y upwards from the foot of the chart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from supervisor.models.rows.charts import Ink
from supervisor.reports import fonts, ink
from supervisor.reports.text import ASCENT

Point = tuple[float, float]
HATCHED = (760, 60)
"""No hatched box is larger."""
SIZE = 7.5
"""Type in charts: that of notes, the smallest there is."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line. `dash`: lengths of line and gap, empty for none."""

    width: float
    colour: Color
    dash: tuple[float, ...] = ()


STROKES = {
    Ink.MAIN: Stroke(1.6, ink.BLUE),
    Ink.OTHER: Stroke(1.1, ink.BLACK, (5, 2)),
    Ink.THIRD: Stroke(1.1, ink.TEXT3, (1.5, 2)),
    Ink.REFERENCE: Stroke(0.8, ink.TEXT2, (3, 2)),
    Ink.EARLIER: Stroke(0.7, ink.HATCH),
    Ink.WAITING: Stroke(1.6, ink.BLACK),
    Ink.LATE: Stroke(1.2, ink.TEXT2),
}
_PLAIN = Stroke(0.8, ink.TEXT2)

FILLS = {
    Ink.MAIN: ink.BLUE,
    Ink.OTHER: ink.TEXT3,
    Ink.THIRD: ink.HATCH,
    Ink.REFERENCE: ink.RULE,
    Ink.EARLIER: ink.RULE,
    Ink.BAND: ink.BAND,
    Ink.QUANTITY: ink.BAR,
    Ink.WAITING: ink.BLACK,
    Ink.LATE: ink.TEXT3,
    Ink.DONE: ink.HAIR,
}
_DARK = frozenset({Ink.MAIN, Ink.OTHER, Ink.WAITING, Ink.LATE})
"""Grounds that take white text."""


def stroke(of: Ink) -> Stroke:
    """How a line of an ink is drawn."""
    return STROKES.get(of, _PLAIN)


class Pen:
    """A canvas, with text that is always ours."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def text(
        self, x: float, y: float, words: str, *, size: float = SIZE, bold: bool = False,
        colour: Color = ink.BLACK, align: str = "left",
    ) -> None:  # fmt: skip
        """Words with their middle at height `y`."""
        if not words:
            return
        canvas = self._canvas
        canvas.setFillColor(colour)
        canvas.setFont(fonts.face(bold=bold), size)
        base = y - size * (ASCENT - 0.52)
        draw = {"left": canvas.drawString, "right": canvas.drawRightString}
        draw.get(align, canvas.drawCentredString)(x, base, fonts.shown(words))

    def line(self, points: Sequence[Point], look: Stroke) -> None:
        """A line through points."""
        if len(points) < 2:
            return
        canvas = self._canvas
        canvas.setStrokeColor(look.colour)
        canvas.setLineWidth(look.width)
        canvas.setDash(*((list(look.dash),) if look.dash else ([],)))
        canvas.setLineJoin(1)
        path = canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        canvas.drawPath(path, stroke=1, fill=0)
        canvas.setDash([])

    def area(self, points: Sequence[Point], colour: Color) -> None:
        """A filled outline."""
        if len(points) < 3:
            return
        canvas = self._canvas
        canvas.setFillColor(colour)
        path = canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)

    def rect(
        self, x: float, y: float, wide: float, high: float, colour: Color | None,
        edge: Color | None = None,
    ) -> None:  # fmt: skip
        """A rectangle from its lower left corner."""
        canvas = self._canvas
        if colour is not None:
            canvas.setFillColor(colour)
        if edge is not None:
            canvas.setStrokeColor(edge)
            canvas.setLineWidth(0.5)
        canvas.rect(x, y, wide, high, stroke=int(edge is not None), fill=int(colour is not None))

    def hatch(self, x: float, y: float, wide: float, high: float) -> None:
        """A rectangle with thin slanted lines: too few, or not known."""
        if wide <= 0 or high <= 0:
            return
        canvas = self._canvas
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(x, y, wide, high)
        canvas.clipPath(clip, stroke=0)
        canvas.translate(x, y)
        canvas.doForm(self._slants())
        canvas.restoreState()
        self.rect(x, y, wide, high, None, ink.HATCH)

    def _slants(self) -> str:
        """The lines of a hatched area, kept once in a file and clipped to every box."""
        canvas, name = self._canvas, "hatch"
        if not canvas.hasForm(name):
            wide, high = HATCHED
            canvas.beginForm(name, 0, 0, wide, high)
            canvas.setStrokeColor(ink.HATCH)
            canvas.setLineWidth(0.35)
            starts = (step * 3.2 - high for step in range(int((wide + high) / 3.2) + 1))
            canvas.lines([(start, 0, start + high, high) for start in starts])
            canvas.endForm()
        return name

    def fill(self, box: tuple[float, float, float, float], of: Ink) -> None:
        """A bar of an ink: grey, outlined or hatched."""
        x, y, wide, high = box
        if wide <= 0:
            return
        if of is Ink.THIN:
            self.hatch(x, y, wide, high)
        elif of is Ink.ENDED:
            self.rect(x, y, wide, high, ink.WHITE, ink.TEXT3)
        else:
            self.rect(x, y, wide, high, FILLS[of])

    def marker(self, at: Point, of: Ink, *, hollow: bool = False, size: float = 2.4) -> None:
        """The sign of an ink: circle, square, triangle or diamond."""
        x, y = at
        colour = stroke(of).colour
        canvas = self._canvas
        canvas.setFillColor(ink.WHITE if hollow else colour)
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(0.9)
        if of is Ink.OTHER:
            canvas.rect(x - size, y - size, 2 * size, 2 * size, stroke=1, fill=1)
            return
        corners = {
            Ink.THIRD: ((-1.2, -1), (1.2, -1), (0, 1.2)),
            Ink.WAITING: ((-1.4, 0), (0, -1.4), (1.4, 0), (0, 1.4)),
        }.get(of)
        if corners is None:
            canvas.circle(x, y, size, stroke=1, fill=1)
            return
        self.shape(at, corners, size)

    def shape(self, at: Point, corners: Sequence[Point], size: float) -> None:
        """A polygon around a point, in the fill and stroke in force."""
        path = self._canvas.beginPath()
        first, *others = [(at[0] + dx * size, at[1] + dy * size) for dx, dy in corners]
        path.moveTo(*first)
        for point in others:
            path.lineTo(*point)
        path.close()
        self._canvas.drawPath(path, stroke=1, fill=1)

    def triangle(self, at: Point, *, up: bool, size: float = 3.0) -> None:
        """A filled triangle that points up or down."""
        self._canvas.setFillColor(ink.BLACK)
        self._canvas.setStrokeColor(ink.BLACK)
        way = 1.0 if up else -1.0
        self.shape(at, ((-1, -0.8 * way), (1, -0.8 * way), (0, way)), size)

    def spot(self, at: Point, colour: Color, *, hollow: bool = False, size: float = 2.0) -> None:
        """A dot of a colour."""
        self._canvas.setFillColor(ink.WHITE if hollow else colour)
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(0.8)
        self._canvas.circle(*at, size, stroke=1, fill=1)


def on(of: Ink) -> Color:
    """The colour of text on a bar of an ink."""
    return ink.WHITE if of in _DARK else ink.BLACK


def wide(words: str, *, size: float = SIZE, bold: bool = False) -> float:
    """How wide words are."""
    return fonts.width(fonts.shown(words), size, bold=bold)


def cut(words: str, room: float, *, size: float = SIZE, bold: bool = False) -> str:
    """Words that fit, the rest as an ellipsis."""
    if not words or wide(words, size=size, bold=bold) <= room + 0.01:
        return words
    if room < size:
        return ""
    while words and wide(words + "…", size=size, bold=bold) > room:
        words = words[:-1]
    return words + "…"
