"""What reports are put together from: columns, boxes, facts, lists, lines to write and sign on."""

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from supervisor.i18n import tr
from supervisor.reports import breaking, fonts, ink
from supervisor.reports.text import BODY, Style, Text


class Beside(Flowable):
    """Flowables in columns; each is a list set one below the other. It is never split."""

    def __init__(
        self, *columns: Sequence[Flowable], gap: float = 16.0, shares: Sequence[float] = ()
    ) -> None:
        super().__init__()
        self._columns = columns
        self._gap = gap
        self._shares = list(shares) or [1.0] * len(columns)

    def _widths(self, whole: float) -> list[float]:
        room = whole - self._gap * (len(self._columns) - 1)
        return [room * share / sum(self._shares) for share in self._shares]

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """As high as the highest column."""
        self.width = availWidth
        self.height = 0.0
        for column, wide in zip(self._columns, self._widths(availWidth), strict=True):
            high = 0.0
            for one in column:
                high += one.getSpaceBefore() + one.wrapOn(self.canv, wide, availHeight)[1]
            self.height = max(self.height, high)
        return availWidth, self.height

    def draw(self) -> None:
        """Set every column from the top."""
        x = 0.0
        for column, wide in zip(self._columns, self._widths(self.width), strict=True):
            y = self.height
            for one in column:
                y -= one.getSpaceBefore() + one.wrapOn(self.canv, wide, self.height)[1]
                one.drawOn(self.canv, x, y)
            x += wide + self._gap


class Signatures(Flowable):
    """Lines to sign on; what is known stands on them."""

    def __init__(self, lines: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._lines = [(fonts.shown(name), fonts.shown(text)) for name, text in lines]

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: ARG002, N803
        """One line."""
        self.width, self.height = availWidth, 30.0
        return availWidth, 30.0

    def draw(self) -> None:
        """Draw them."""
        canvas: Canvas = self.canv
        wide = self.width / max(1, len(self._lines))
        canvas.setStrokeColor(ink.BLACK)
        canvas.setLineWidth(0.7)
        for number, (name, text) in enumerate(self._lines):
            left = number * wide
            canvas.setFillColor(ink.BLACK)
            canvas.setFont(fonts.REGULAR, 9.5)
            canvas.drawString(left, 8, name)
            start = left + fonts.width(name, 9.5) + 4
            canvas.line(start, 4, left + wide - 12, 4)
            if text:
                size = 9.5
                while fonts.width(text, size) > left + wide - 12 - start and size > 5:
                    size -= 0.5
                canvas.setFont(fonts.REGULAR, size)
                canvas.drawString(start + 2, 8, text)


class Box(Flowable):
    """Flowables inside a thin frame; breaks between them."""

    PAD = 7.0

    def __init__(self, inside: Sequence[Flowable]) -> None:
        super().__init__()
        self._inside = list(inside)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """The sum of what is inside."""
        self.width = availWidth
        room = availWidth - 2 * self.PAD
        high = sum(
            one.getSpaceBefore() + one.wrapOn(self.canv, room, availHeight)[1]
            for one in self._inside
        )
        self.height = high + 2 * self.PAD
        return availWidth, self.height

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        """As many as fit, the rest in a frame of its own."""
        room, high = availWidth - 2 * self.PAD, 2 * self.PAD
        for number, one in enumerate(self._inside):
            high += one.getSpaceBefore() + one.wrapOn(self.canv, room, availHeight)[1]
            if high > availHeight:
                fit, rest = self._inside[:number], self._inside[number:]
                return [Box(fit), Box(rest)] if fit else []
        return [self]

    def draw(self) -> None:
        """Frame and content."""
        canvas: Canvas = self.canv
        canvas.setStrokeColor(ink.RULE)
        canvas.setLineWidth(0.6)
        canvas.rect(0, 0, self.width, self.height, stroke=1, fill=0)
        y = self.height - self.PAD
        for one in self._inside:
            y -= one.getSpaceBefore()
            y -= one.wrapOn(canvas, self.width - 2 * self.PAD, self.height)[1]
            one.drawOn(canvas, self.PAD, y)


class Lines(Flowable):
    """Empty lines to write on."""

    def __init__(self, count: int, lead: float = 22.0) -> None:
        super().__init__()
        self._count, self._lead = count, lead

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: ARG002, N803
        """As high as its lines."""
        self.width, self.height = availWidth, self._count * self._lead
        return availWidth, self.height

    def draw(self) -> None:
        """Thin lines from edge to edge."""
        self.canv.setStrokeColor(ink.RULE)
        self.canv.setLineWidth(0.5)
        for number in range(self._count):
            y = self.height - (number + 1) * self._lead + 3
            self.canv.line(0, y, self.width, y)


class Blanks(Flowable):
    """Fields to fill in by hand, some to a line."""

    LEAD = 25.0

    def __init__(self, rows: Sequence[tuple[str, ...]]) -> None:
        super().__init__()
        self._rows = rows

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: ARG002, N803
        """As high as its lines."""
        self.width, self.height = availWidth, len(self._rows) * self.LEAD
        return availWidth, self.height

    def draw(self) -> None:
        """A name and a line behind it."""
        canvas: Canvas = self.canv
        canvas.setStrokeColor(ink.RULE)
        canvas.setLineWidth(0.6)
        for number, row in enumerate(self._rows):
            y = self.height - (number + 1) * self.LEAD + 5
            wide = self.width / len(row)
            for place, name in enumerate(row):
                canvas.setFillColor(ink.BLACK)
                canvas.setFont(fonts.REGULAR, 9)
                canvas.drawString(place * wide, y + 2, name)
                start = place * wide + fonts.width(name, 9) + 4
                canvas.line(start, y, (place + 1) * wide - 10, y)


class Facts(Flowable):
    """Names and what they say, two to a line."""

    def __init__(self, told: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._told = [(fonts.shown(name), fonts.shown(text)) for name, text in told]
        self._rows: list[list[tuple[str, list[str]]]] = []

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: ARG002, N803
        """Each in as many lines as it takes."""
        self.width = availWidth
        lines = []
        for number, (name, text) in enumerate(self._told):
            room = availWidth / 2 - self._names(number % 2) - 8
            lines.append((name, breaking.lines(text, room, Style(9).measure)))
        self._rows = [lines[i : i + 2] for i in range(0, len(lines), 2)]
        self.height = sum(_deep(row) for row in self._rows) * 14 + 4
        return availWidth, self.height

    def _names(self, column: int) -> float:
        """How much room the names of a column take."""
        return max((fonts.width(name, 9) for name, _ in self._told[column::2]), default=0) + 10

    def draw(self) -> None:
        """Names grey, what they say black."""
        canvas: Canvas = self.canv
        canvas.setFont(fonts.REGULAR, 9)
        y = self.height - 11
        for row in self._rows:
            for column, (name, lines) in enumerate(row):
                left = column * self.width / 2
                canvas.setFillColor(ink.TEXT3)
                canvas.drawString(left, y, name)
                canvas.setFillColor(ink.BLACK)
                for number, line in enumerate(lines):
                    canvas.drawString(left + self._names(column), y - number * 14, line)
            y -= 14 * _deep(row)


def _deep(row: Sequence[tuple[str, list[str]]]) -> int:
    return max(len(lines) for _, lines in row)


def facts(told: Sequence[tuple[str, str]], width: float) -> Flowable:
    """Facts in two columns."""
    made = Facts(told)
    made.wrap(width, 0)
    return made


def numbered(texts: Sequence[str], style: Style = BODY, empty: str = "") -> list[Flowable]:
    """A numbered list, or a quiet line that says there is nothing."""
    if not texts:
        return [Text(empty or tr("Nothing was entered."), Style(style.size, style.lead,
                                                               colour=ink.TEXT2))]  # fmt: skip
    return [Text(text, style, hang=f"{number}.") for number, text in enumerate(texts, 1)]
