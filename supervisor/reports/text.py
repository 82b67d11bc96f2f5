"""A paragraph whose lines end where Chinese and figures allow it."""

from dataclasses import dataclass, replace
from functools import partial

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from supervisor.reports import breaking, fonts, ink

ASCENT = 0.88
"""Of the size: from the base line to the top of a Chinese character."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph looks; lengths in points.

    Attributes:
        lead: from one base line to the next.
        align: "left", "right" or "centre".
        above: empty room before it, left out at the top of a page.
    """

    size: float = 10.0
    lead: float = 15.0
    bold: bool = False
    colour: Color = ink.BLACK
    align: str = "left"
    above: float = 0.0

    def measure(self, text: str) -> float:
        """How wide a text is in this style."""
        return fonts.width(text, self.size, bold=self.bold)


BODY = Style()
NOTE = Style(7.5, 11.0, colour=ink.TEXT2, above=2.0)
CELL = Style(9.0, 12.5)
SMALL = Style(8.0, 11.5)
LABEL = Style(9.0, 13.0, bold=True)
HEAD = Style(9.5, 15.0, bold=True, above=6.0)
"""A heading below that of a section."""


class Text(Flowable):
    """A paragraph; `hang` is a mark such as "1." its lines are indented behind.

    `link`: the key of a place in the document a click leads to. `even`: lines of about the same
    length, for heads of columns.
    """

    def __init__(
        self, text: str, style: Style = BODY, *, hang: str = "", link: str = "", even: bool = False
    ) -> None:
        super().__init__()
        self._text = fonts.shown(text)
        self.style = style
        self._hang = fonts.shown(hang)
        self._link, self._even = link, even
        self._lines: list[str] = []
        self.width = self.height = 0.0

    @property
    def _indent(self) -> float:
        if not self._hang:
            return 0.0
        return max(2.0 * self.style.size, fonts.width(self._hang, self.style.size, bold=True) + 5)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: ARG002, N803
        """Lay out in the width that is there."""
        self.width = availWidth
        room = availWidth - self._indent
        self._lines = breaking.lines(self._text, room, self.style.measure)
        if self._even:
            self._lines = self._evened(room)
        self.height = len(self._lines) * self.style.lead
        return availWidth, self.height

    def _evened(self, room: float) -> list[str]:
        """The same number of lines in the least width."""
        best = self._lines
        least = breaking.narrowest(self._text, self.style.measure)
        while len(best) > 1 and (room := room - self.style.size / 2) >= least:
            narrower = breaking.lines(self._text, room, self.style.measure)
            if len(narrower) > len(best):
                break
            best = narrower
        return best

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        """Break between two lines, never leaving one alone."""
        self.wrap(availWidth, availHeight)
        fit = int(availHeight / self.style.lead)
        if fit >= len(self._lines):
            return [self]
        fit = min(fit, len(self._lines) - 2)
        if fit < 2:
            return []
        first, rest = "\n".join(self._lines[:fit]), "\n".join(self._lines[fit:])
        after = Text(rest, replace(self.style, above=0.0))
        if self._hang:
            after = Text(rest, replace(self.style, above=0.0), hang=" ")
        return [Text(first, self.style, hang=self._hang, link=self._link), after]

    def getSpaceBefore(self) -> float:  # noqa: N802
        """Room above."""
        return self.style.above

    def draw(self) -> None:
        """Set the lines."""
        canvas: Canvas = self.canv
        style = self.style
        canvas.setFillColor(style.colour)
        base = self.height - style.lead / 2 - style.size * (ASCENT - 0.52)
        if self._hang.strip():
            canvas.setFont(fonts.BOLD, style.size)
            canvas.drawString(0, base, self._hang)
        canvas.setFont(fonts.face(bold=style.bold), style.size)
        for number, line in enumerate(self._lines):
            _line(canvas, line, style, self._indent, self.width, base - number * style.lead)
        if self._link:
            wide = min(self.width, max(map(style.measure, self._lines), default=0) + self._indent)
            area = (0, 0, wide, self.height)
            canvas.linkRect("", self._link, area, relative=1, thickness=0)


def _line(canvas: Canvas, line: str, style: Style, left: float, right: float, y: float) -> None:
    if style.align == "right":
        canvas.drawRightString(right, y, line)
    elif style.align == "centre":
        canvas.drawCentredString((left + right) / 2, y, line)
    else:
        canvas.drawString(left, y, line)


note = partial(Text, style=NOTE)
"""A paragraph in the size of notes."""
