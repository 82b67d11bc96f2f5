"""The page: A4, bound left; head, foot with page x of y, watermark, outline, language, dates.

The foot needs the number of pages before they are known. It is a form the page refers to and that
is defined when the last page is done, so nothing is laid out twice. Nothing here reads the clock:
the dates of the file are those of its stamp.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import ActionFlowable, BaseDocTemplate, Flowable, Frame, PageTemplate

from supervisor.clock import SHANGHAI
from supervisor.i18n import ntr, tr
from supervisor.reports import fonts, ink, outlines, setting
from supervisor.words.formats import full_moment

FOOT_SIZE, HEAD_SIZE, MARK_SIZE, NUMBER_SIZE = 7.5, 8.5, 24.0, 14.0
NON_ZERO = 1
"""Overlapping strokes of a character are all filled."""
_FIRST, _LATER, _WIDE = "first", "later", "wide"


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands on every page and in the properties of the file.

    Attributes:
        title: of the document. subject: what it covers, in one line.
        foot: words at the left of the foot.
        mark: the watermark: who, and when; empty: none. made_at: the instant of the stamp.
        tongue: language tag of the document: "zh-CN" or "en".
        corner: words at the right of the head; None: internal, confidential.
    """

    title: str
    subject: str
    author: str
    foot: str
    mark: str
    made_at: datetime
    tongue: str
    corner: str | None = None


class RunningHead(ActionFlowable):
    """From here on pages carry these words at their head."""

    def __init__(self, text: str) -> None:
        super().__init__(())
        self._text = text

    def apply(self, doc: Any) -> None:
        """Tell the document."""
        doc.running = self._text


class Turn(ActionFlowable):
    """The next page is landscape, or upright again."""

    def __init__(self, *, wide: bool) -> None:
        super().__init__(())
        self._wide = wide

    def apply(self, doc: Any) -> None:
        """Choose the template of the next page."""
        doc.handle_nextPageTemplate(_WIDE if self._wide else _LATER)


class _PaperCanvas(Canvas):
    """Knows at the end how many pages there are."""

    _pagesize: tuple[float, float]
    _code: list[str]

    def __init__(self, *given: Any, **named: Any) -> None:
        self.sheets: list[tuple[float, float]] = []
        super().__init__(*given, **named)

    def showPage(self) -> None:  # noqa: N802
        self.sheets.append(self._pagesize)
        super().showPage()

    def save(self) -> None:
        if self._code:
            self.showPage()
        sheets = self.sheets
        for number, size in enumerate(sheets, 1):
            self.setPageSize(size)
            self.beginForm(f"foot{number}")
            self.setFillColor(ink.BLACK)
            self.setFont(fonts.BOLD, FOOT_SIZE)
            room = setting.margins()
            self.drawRightString(size[0] - room.right, room.bottom - 10,
                                 _counted(number, len(sheets)))  # fmt: skip
            if setting.is_formal():
                self._dashed(number, size[0], room)
            self.endForm()
        super().save()

    def _dashed(self, number: int, wide: float, room: setting.Margins) -> None:
        """The number between dashes, 7 mm below the type area, odd pages right, even ones left."""
        self.setFont(fonts.REGULAR, NUMBER_SIZE)
        said, y = f"— {number} —", room.bottom - 7 * mm - NUMBER_SIZE
        if number % 2:
            self.drawRightString(wide - room.right - NUMBER_SIZE, y, said)
        else:
            self.drawString(room.left + NUMBER_SIZE, y, said)


def _counted(number: int, every: int) -> str:
    """Page x of y; in the formal style, whose number stands between dashes, how many there are."""
    if setting.is_formal():
        return ntr("{n} page in all", "{n} pages in all", every)
    return tr("Page {number} of {all}", number=number, all=every)


class Paper(BaseDocTemplate):
    """A document made of flowables."""

    def __init__(self, target: io.BytesIO, imprint: Imprint) -> None:
        fonts.register()
        self._imprint, self._room = imprint, setting.margins()
        room = self._room
        self.running = imprint.title
        super().__init__(
            target, pagesize=A4, leftMargin=room.left, rightMargin=room.right,
            topMargin=room.top, bottomMargin=room.bottom, title=imprint.title,
            author=imprint.author, subject=imprint.subject,
            creator=tr("Field Collection Supervisor"),
            producer="ReportLab", lang=imprint.tongue, invariant=1, displayDocTitle=True,
            initialFontName=fonts.REGULAR, initialFontSize=10,
        )  # fmt: skip
        wide, high = A4
        self.addPageTemplates(
            [
                self._template(_FIRST, A4, head=0.0),
                self._template(_LATER, A4, head=8.0),
                self._template(_WIDE, (high, wide), head=8.0),
            ]
        )

    def _template(self, name: str, size: tuple[float, float], *, head: float) -> PageTemplate:
        room = self._room
        frame = Frame(
            room.left, room.bottom + 8, size[0] - room.left - room.right,
            size[1] - room.top - room.bottom - 8 - head,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0, id=name,
        )  # fmt: skip
        following = _LATER if name == _FIRST else name
        return PageTemplate(
            id=name, frames=[frame], pagesize=size, onPage=self._under, onPageEnd=self._around,
            autoNextPageTemplate=following,
        )  # fmt: skip

    def print_out(self, story: Sequence[Flowable]) -> int:
        """Lay out and write; the number of pages."""
        self.build(list(story), canvasmaker=_PaperCanvas)
        return int(self.page)

    def beforeDocument(self) -> None:  # noqa: N802
        """The dates of the file are those of its stamp."""
        canvas: Any = self.canv
        when = self._imprint.made_at.astimezone(UTC)
        stamp = canvas._doc._timeStamp  # noqa: SLF001 - the writer offers no other way
        stamp.t, stamp.lt = when.timestamp(), when.timetuple()
        stamp.YMDhms, stamp.dhh, stamp.dmm = tuple(when.timetuple())[:6], 0, 0
        if self._imprint.mark:
            self._draw_mark(canvas)

    def _draw_mark(self, canvas: Canvas) -> None:
        """The watermark as outlines, once; pages refer to it and nobody finds it as text."""
        canvas.beginForm(
            "mark", lowerx=0, lowery=-int(MARK_SIZE), upperx=A4[1], uppery=2 * MARK_SIZE
        )
        path = canvas.beginPath()
        outlines.draw(path, self._imprint.mark, MARK_SIZE)
        canvas.setFillColor(ink.WATERMARK)
        canvas.drawPath(path, stroke=0, fill=1, fillMode=NON_ZERO)
        canvas.endForm()

    def _under(self, canvas: Any, _: BaseDocTemplate) -> None:
        """Behind the text: the watermark, marked as none of the content."""
        if not self._imprint.mark:
            return
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(0, 0, *canvas._pagesize)  # noqa: SLF001
        canvas.clipPath(clip, stroke=0)
        _artifact(canvas, "Watermark")
        for column in range(3):
            for row in range(4):
                canvas.saveState()
                canvas.translate(70 + column * 270, 110 + row * 230)
                canvas.rotate(24)
                canvas.doForm("mark")
                canvas.restoreState()
        _end_artifact(canvas)
        canvas.restoreState()

    def _around(self, canvas: Any, doc: Any) -> None:
        """Head (but for the first page) and foot."""
        wide, high = canvas._pagesize  # noqa: SLF001
        room = self._room
        left, right, foot = room.left, wide - room.right, room.bottom
        canvas.saveState()
        _artifact(canvas, "Header")
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(ink.RULE)
        if doc.pageTemplate.id != _FIRST:
            canvas.setFillColor(ink.TEXT2)
            canvas.setFont(fonts.REGULAR, HEAD_SIZE)
            base = high - room.top + 6
            canvas.drawString(left, base, fonts.shown(self.running))
            corner = self._imprint.corner
            said = tr("Internal, confidential") if corner is None else fonts.shown(corner)
            canvas.drawRightString(right, base, said)
            canvas.line(left, base - 5, right, base - 5)
        canvas.setFillColor(ink.TEXT2)
        canvas.setFont(fonts.REGULAR, FOOT_SIZE)
        canvas.line(left, foot, right, foot)
        canvas.drawString(left, foot - 10, fonts.shown(self._imprint.foot))
        canvas.doForm(f"foot{canvas.getPageNumber()}")
        _end_artifact(canvas)
        canvas.restoreState()


def _artifact(canvas: Any, kind: str) -> None:
    canvas._code.append(f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC")  # noqa: SLF001


def _end_artifact(canvas: Any) -> None:
    canvas._code.append("EMC")  # noqa: SLF001


def local(when: datetime) -> str:
    """An instant on paper: Shanghai time with its year."""
    return full_moment(when.astimezone(SHANGHAI))
