"""What only the guide has: a line of the contents, a picture of a screen, a place to turn to."""

from pathlib import Path

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from supervisor.reports import fonts, ink
from supervisor.reports.text import BODY

LEAD, INDENT = 12.6, 12.0
GAP = 6.0
DOT = " ."


class Place(Flowable):
    """Takes no room; notes the page it lies on."""

    def __init__(self, key: str, found: dict[str, int]) -> None:
        super().__init__()
        self._key, self._found = key, found

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: ARG002, N803
        """Nothing."""
        self.width = self.height = 0.0
        return 0.0, 0.0

    def draw(self) -> None:
        """Note the page."""
        self._found[self._key] = int(self.canv.getPageNumber())


class ContentsLine(Flowable):
    """A title, dots, the page; a click leads there. `quiet`: told in an earlier chapter."""

    def __init__(self, title: str, page: int, key: str, *, quiet: bool = False) -> None:
        super().__init__()
        self._title, self._page, self._key, self._quiet = fonts.shown(title), page, key, quiet

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: ARG002, N803
        """One line."""
        self.width, self.height = availWidth, LEAD
        return availWidth, LEAD

    def draw(self) -> None:
        """Set it."""
        canvas: Canvas = self.canv
        canvas.setFillColor(ink.TEXT2 if self._quiet else ink.BLACK)
        canvas.setFont(fonts.REGULAR, BODY.size)
        base, number = 4.0, str(self._page or "")
        canvas.drawString(INDENT, base, self._title)
        canvas.drawRightString(self.width, base, number)
        start = INDENT + BODY.measure(self._title) + GAP
        room = self.width - BODY.measure(number) - GAP - start
        dots = DOT * max(0, int(room / BODY.measure(DOT)))
        canvas.setFillColor(ink.TEXT3)
        canvas.drawRightString(self.width - BODY.measure(number) - GAP, base, dots)
        canvas.linkRect("", self._key, (0, 0, self.width, LEAD), relative=1, thickness=0)


class Screen(Flowable):
    """A picture in a thin frame: all at one scale, a whole window as wide as the text."""

    MOST = 300.0
    SCALE = 0.36
    """Points for each pixel."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._reader = ImageReader(str(path))
        wide, high = self._reader.getSize()
        self._ratio, self._natural = high / wide, wide * self.SCALE

    @property
    def high(self) -> float:
        """How high it is at most."""
        return min(self.MOST, self._natural * self._ratio)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: ARG002, N803
        """As wide as there is room."""
        self.width = min(availWidth, self._natural, self.MOST / self._ratio)
        self.height = self.width * self._ratio
        return self.width, self.height

    def getSpaceBefore(self) -> float:  # noqa: N802
        """Room above."""
        return 6.0

    def getSpaceAfter(self) -> float:  # noqa: N802
        """Room below."""
        return 6.0

    def draw(self) -> None:
        """The picture and its frame."""
        canvas: Canvas = self.canv
        canvas.drawImage(self._reader, 0, 0, self.width, self.height)
        canvas.setStrokeColor(ink.RULE)
        canvas.setLineWidth(0.5)
        canvas.rect(0, 0, self.width, self.height, stroke=1, fill=0)
