"""Heads: of a document with its facts, of sections, with their place in the outline."""

from collections.abc import Sequence
from datetime import timedelta

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable

from supervisor.i18n import language, tr
from supervisor.models.rows.report_parts import ReportHead
from supervisor.models.rows.reports import Snapshot
from supervisor.pictures import periods
from supervisor.pictures.periods import Period
from supervisor.reports import breaking, figures, fonts, ink
from supervisor.reports.page import RunningHead, local
from supervisor.reports.parts import Box, Facts
from supervisor.reports.setting import is_formal, margins
from supervisor.reports.text import NOTE, SMALL, Style, Text

FEW = 3
"""Branches that are named one by one."""
_NUMERALS = "零一二三四五六七八九十"


def numeral(number: int) -> str:
    """A section number up to 99: "十二、" in Chinese, "12. " in English."""
    if language() != "zh_CN":
        return f"{number}. "
    tens, ones = divmod(number, 10)
    if not tens:
        return f"{_NUMERALS[ones]}、"
    return f"{_NUMERALS[tens] if tens > 1 else ''}十{_NUMERALS[ones] if ones else ''}、"


class Numbers:
    """Counts sections, and makes the keys of a part of a document its own.

    Attributes:
        width: of the type area of an upright page, in points.
    """

    def __init__(self, prefix: str = "") -> None:
        self._prefix, self._count = prefix, 0
        self.width = margins().width

    @classmethod
    def of(cls, snapshot: Snapshot, *more: str) -> "Numbers":
        """Those of a report, whose places are its own also where several are one print."""
        return cls("-".join((snapshot.request.kind.value, str(snapshot.id), *more)))

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
        self,
        title: str,
        right: Sequence[str],
        facts: Sequence[tuple[str, str]],
        *,
        key: str,
        about: str = "",
    ) -> None:
        super().__init__()
        self._title, self._right = fonts.shown(title), [fonts.shown(one) for one in right]
        self._facts = Facts(facts)
        self._key, self._about = key, fonts.shown(about)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """The title, a rule, the facts."""
        self.width = availWidth
        self.height = (72 if is_formal() else 38) + self._facts.wrap(availWidth, availHeight)[1]
        return availWidth, self.height

    def draw(self) -> None:
        """Set it."""
        canvas: Canvas = self.canv
        canvas.bookmarkHorizontal(self._key, 0, self.height)
        named = " ".join(part for part in (self._title, self._about) if part)
        canvas.addOutlineEntry(named, self._key, 0)
        top = self.height
        canvas.setFillColor(ink.BLACK)
        rule = top - 67 if is_formal() else top - 33
        self._draw_title(canvas, top)
        canvas.setStrokeColor(ink.BLACK)
        canvas.setLineWidth(1.2)
        canvas.line(0, rule, self.width, rule)
        self._facts.drawOn(canvas, 0, 0)

    def _draw_title(self, canvas: Canvas, top: float) -> None:
        """At the left with what stands at its right; in the formal style centred above it."""
        size, room = 22.0, self.width * (1.0 if is_formal() else 0.72)
        while fonts.width(self._title, size, bold=True) > room and size > 12:
            size -= 1
        canvas.setFont(fonts.BOLD, size)
        if is_formal():
            canvas.drawCentredString(self.width / 2, top - 24, self._title)
            canvas.setFont(fonts.REGULAR, 9)
            canvas.drawCentredString(self.width / 2, top - 52, "\u3000".join(self._right))
            return
        canvas.drawString(0, top - 24, self._title)
        canvas.setFont(fonts.REGULAR, 9)
        for number, line in enumerate(reversed(self._right)):
            canvas.drawRightString(self.width, top - 26 + number * 13, line)


class Section(Flowable):
    """A heading with a bar, a note beside it, and its place in the outline."""

    def __init__(self, title: str, note: str = "", *, key: str, level: int = 1) -> None:
        super().__init__()
        self._title, self._key, self._level = fonts.shown(title), key, level
        self._note = fonts.shown(note)
        self._lines: list[str] = []
        self._beside = True
        self._formal = is_formal() and level == 1

    @property
    def _size(self) -> float:
        return 16.0 if self._formal else 11.5

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: ARG002, N803
        """The note stands beside the title, or below it where it is too long."""
        self.width = availWidth
        title = fonts.width(self._title, self._size, bold=True) + 16
        self._beside = NOTE.measure(self._note) <= availWidth - title
        room = availWidth if not self._beside else availWidth - title
        self._lines = breaking.lines(self._note, room, NOTE.measure) if self._note else []
        below = 0 if self._beside else len(self._lines) * 11
        self.height = self._size + 6.5 + below
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
        size, base = self._size, self.height - self._size - 1.5
        if not self._formal:
            canvas.rect(0, self.height - 15, 2, 12, stroke=0, fill=1)
        canvas.setFont(fonts.BOLD, size)
        canvas.drawString(0 if self._formal else 7, base, self._title)
        canvas.setFillColor(ink.TEXT3)
        canvas.setFont(fonts.REGULAR, NOTE.size)
        left = fonts.width(self._title, size, bold=True) + 16 if self._beside else 0
        base = base if self._beside else base - 13
        for number, line in enumerate(self._lines):
            canvas.drawString(left, base - number * 11, line)


def section(
    title: str, note: str = "", *, key: str, level: int = 1, need: float = 90.0
) -> list[Flowable]:
    """A heading that is not left alone at the foot of a page; `need`: points it wants below it."""
    return [CondPageBreak(need), Section(title, note, key=key, level=level)]


def running(title: str, head: ReportHead) -> str:
    """What stands at the head of later pages."""
    parts = (title, figures.issue_text(head.issue), branch_names(head))
    return "\u3000".join(part for part in parts if part)


def branch_names(head: ReportHead) -> str:
    """The names of a few branches, else how many there are."""
    if len(head.branches) > FEW:
        return tr("{n} branches", n=len(head.branches))
    return tr(", ").join(one.name for one in head.branches)


def head_of(snapshot: Snapshot, head: ReportHead, title: str, numbers: Numbers) -> list[Flowable]:
    """Title and facts: unit, period, who made and checked it, data known up to when."""
    units = branch_names(head) or tr("All branches")
    if head.teams and len(head.branches) == 1:
        units = tr("{unit} ({teams})", unit=units, teams=tr(", ").join(head.teams))
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
    if snapshot.withdrawn is not None:
        right.append(tr("Withdrawn"))
    return [
        RunningHead(running(title, head)),
        Masthead(title, right, facts, key=numbers.key("top"), about=branch_names(head)),
        *_withdrawn(snapshot),
    ]


def _withdrawn(snapshot: Snapshot) -> list[Flowable]:
    """That the report is out of use, before anything of it is read."""
    gone = snapshot.withdrawn
    if gone is None:
        return []
    said = tr("Withdrawn by {name}, {at}: {reason}", name=gone.name, at=local(gone.at),
              reason=gone.reason)  # fmt: skip
    return [Box([Text(said, Style(SMALL.size, SMALL.lead, bold=True))])]


def _people(snapshot: Snapshot) -> str:
    parts = [snapshot.taken_by]
    if snapshot.checked:
        parts.append(tr("checked by {name}", name=snapshot.checked.name))
    if snapshot.signed:
        parts.append(tr("signed by {name}", name=snapshot.signed.name))
    return tr(", ").join(parts)


def span(head: ReportHead) -> Period:
    """The period of a report as pictures want it."""
    days = head.to_on - head.from_on
    before = head.from_on - timedelta(days=1)
    return Period(periods.WEEK, head.from_on, head.to_on, before - days, before)
