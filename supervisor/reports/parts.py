"""What reports are put together from: head of a document, sections, lists, boxes, signatures."""

from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable

from supervisor.i18n import language, tr
from supervisor.models.rows.report_parts import ReportHead
from supervisor.models.rows.reports import Snapshot
from supervisor.reports import breaking, figures, fonts, ink
from supervisor.reports.page import LEFT, RIGHT, RunningHead, local
from supervisor.reports.text import BODY, NOTE, Style, Text, heading

_NUMERALS = "零一二三四五六七八九十"
_TITLE = heading(22.0)


def numeral(number: int) -> str:
    """A section number up to 99: "十二、" in Chinese, "12. " in English."""
    if language() != "zh_CN":
        return f"{number}. "
    tens, ones = divmod(number, 10)
    if not tens:
        return f"{_NUMERALS[ones]}、"
    return f"{_NUMERALS[tens] if tens > 1 else ''}十{_NUMERALS[ones] if ones else ''}、"


class Numbers:
    """Counts sections, and makes the keys of a part of a document its own."""

    width = A4[0] - LEFT - RIGHT
    """Of an upright page, in points."""

    def __init__(self, prefix: str = "") -> None:
        self._prefix, self._count = prefix, 0

    def next(self, title: str) -> str:
        """The title with the next number before it."""
        self._count += 1
        return f"{numeral(self._count)}{title}"

    def key(self, name: str) -> str:
        """A place in the document."""
        return f"{self._prefix}-{name}" if self._prefix else name


class Masthead(Flowable):
    """Title, what is at its right, and facts in two columns below a rule."""

    def __init__(
        self, title: str, right: Sequence[str], facts: Sequence[tuple[str, str]], *, key: str = ""
    ) -> None:
        super().__init__()
        self._title, self._right = fonts.shown(title), [fonts.shown(one) for one in right]
        self._facts = [(fonts.shown(name), fonts.shown(text)) for name, text in facts]
        self._key = key
        self._rows: list[tuple[list[str], list[str]]] = []

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: ARG002, N803
        """Facts go two to a line, each in as many lines as it takes."""
        self.width = availWidth
        measure = Style(9).measure
        told = []
        for number, (name, text) in enumerate(self._facts):
            room = availWidth / 2 - self._names(number % 2) - 8
            told.append((name, breaking.lines(text, room, measure)))
        self._pairs = [told[i : i + 2] for i in range(0, len(told), 2)]
        deep = sum(max(len(lines) for _, lines in pair) for pair in self._pairs)
        self.height = 40 + deep * 14 + 4
        return availWidth, self.height

    def _names(self, column: int) -> float:
        """How much room the names of a column take."""
        return max((fonts.width(name, 9) for name, _ in self._facts[column::2]), default=0) + 10

    def draw(self) -> None:
        """Set it."""
        canvas: Canvas = self.canv
        if self._key:
            canvas.bookmarkHorizontal(self._key, 0, self.height)
            canvas.addOutlineEntry(self._title, self._key, 0)
        top = self.height
        canvas.setFillColor(ink.BLACK)
        size = 22.0
        while fonts.width(self._title, size, bold=True) > self.width * 0.72 and size > 12:
            size -= 1
        canvas.setFont(fonts.BOLD, size)
        canvas.drawString(0, top - 24, self._title)
        canvas.setFont(fonts.REGULAR, 9)
        for number, line in enumerate(reversed(self._right)):
            canvas.drawRightString(self.width, top - 26 + number * 13, line)
        canvas.setStrokeColor(ink.BLACK)
        canvas.setLineWidth(1.2)
        canvas.line(0, top - 33, self.width, top - 33)
        self._draw_facts(canvas, top - 46)

    def _draw_facts(self, canvas: Canvas, y: float) -> None:
        for pair in self._pairs:
            for column, (name, lines) in enumerate(pair):
                left = column * self.width / 2
                canvas.setFillColor(ink.TEXT3)
                canvas.drawString(left, y, name)
                canvas.setFillColor(ink.BLACK)
                for number, line in enumerate(lines):
                    canvas.drawString(left + self._names(column), y - number * 14, line)
            y -= 14 * max(len(lines) for _, lines in pair)


class Section(Flowable):
    """A heading with a bar, a note beside it, and its place in the outline."""

    def __init__(self, title: str, note: str = "", *, key: str, level: int = 0) -> None:
        super().__init__()
        self._title, self._key, self._level = fonts.shown(title), key, level
        self._note = fonts.shown(note)
        self._lines: list[str] = []
        self._beside = True

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: ARG002, N803
        """The note stands beside the title, or below it where it is too long."""
        self.width = availWidth
        title = fonts.width(self._title, 11.5, bold=True) + 16
        self._beside = NOTE.measure(self._note) <= availWidth - title
        room = availWidth if not self._beside else availWidth - title
        self._lines = breaking.lines(self._note, room, NOTE.measure) if self._note else []
        below = 0 if self._beside else len(self._lines) * 11
        self.height = 18.0 + below
        return availWidth, self.height

    def getSpaceBefore(self) -> float:  # noqa: N802
        """Room above."""
        return 9.0

    def getSpaceAfter(self) -> float:  # noqa: N802
        """Room below."""
        return 2.0

    def draw(self) -> None:
        """Set it and enter it into the outline."""
        canvas: Canvas = self.canv
        canvas.bookmarkHorizontal(self._key, 0, self.height + 6)
        canvas.addOutlineEntry(self._title, self._key, self._level)
        canvas.setFillColor(ink.BLACK)
        canvas.rect(0, self.height - 15, 2, 12, stroke=0, fill=1)
        canvas.setFont(fonts.BOLD, 11.5)
        canvas.drawString(7, self.height - 13, self._title)
        canvas.setFillColor(ink.TEXT3)
        canvas.setFont(fonts.REGULAR, NOTE.size)
        left = fonts.width(self._title, 11.5, bold=True) + 16 if self._beside else 0
        base = self.height - 13 if self._beside else self.height - 26
        for number, line in enumerate(self._lines):
            canvas.drawString(left, base - number * 11, line)


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
        self.width, self.height = availWidth, 34.0
        return availWidth, 34.0

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


def section(
    title: str, note: str = "", *, key: str, level: int = 0, need: float = 90.0
) -> list[Flowable]:
    """A heading that is not left alone at the foot of a page; `need`: points it wants below it."""
    return [CondPageBreak(need), Section(title, note, key=key, level=level)]


def numbered(texts: Sequence[str], style: Style = BODY, empty: str = "") -> list[Flowable]:
    """A numbered list, or a quiet line that says there is nothing."""
    if not texts:
        return [Text(empty or tr("Nothing was entered."), Style(style.size, style.lead,
                                                               colour=ink.TEXT2))]  # fmt: skip
    return [Text(text, style, hang=f"{number}.") for number, text in enumerate(texts, 1)]


def running(title: str, head: ReportHead) -> str:
    """What stands at the head of later pages."""
    names = tr(", ").join(one.name for one in head.branches[:3])
    return "\u3000".join(part for part in (title, figures.issue_text(head.issue), names) if part)


def head_of(snapshot: Snapshot, head: ReportHead, title: str, numbers: Numbers) -> list[Flowable]:
    """Title and facts: unit, period, who made and checked it, data known up to when."""
    units = tr(", ").join(one.name for one in head.branches) or tr("All branches")
    if head.teams and len(head.branches) == 1:
        units = tr("{unit} ({teams})", unit=units, teams=tr(", ").join(head.teams))
    elif len(head.branches) > 6:
        units = tr("{n} branches", n=len(head.branches))
    known = head.payments_known_on
    facts = [
        (tr("Unit"), units),
        (tr("Period"), figures.range_text(head.from_on, head.to_on)),
        (tr("Made by"), _people(snapshot)),
        (tr("Data up to"), local(snapshot.as_of)),
        (tr("Payments known up to"), known.isoformat() if known else tr("not known")),
        (tr("Working days"), tr("{gone} of {all} of the month", gone=head.workdays_gone,
                                all=head.workdays)),
    ]  # fmt: skip
    right = [tr("Internal, confidential"), figures.issue_text(head.issue)]
    if head.is_demo:
        right.append(tr("Invented demo data"))
    return [
        RunningHead(running(title, head)),
        Masthead(title, right, facts, key=numbers.key("top")),
    ]


def _people(snapshot: Snapshot) -> str:
    parts = [snapshot.taken_by]
    if snapshot.checked:
        parts.append(tr("checked by {name}", name=snapshot.checked.name))
    if snapshot.signed:
        parts.append(tr("signed by {name}", name=snapshot.signed.name))
    return tr(", ").join(parts)
