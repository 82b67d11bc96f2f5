"""What a table prints: heads and lines as words, laid out on paper page by page.

Plain ink that stays readable without colour: shapes for severity, hairlines, repeated heads.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPainter,
    QPen,
)

from supervisor.i18n import tr
from supervisor.ui.look import fonts
from supervisor.ui.look.tokens import LIGHT
from supervisor.ui.tables.column import Align, Column, Shape

R = TypeVar("R")

SIGNS = {Shape.DIAMOND: "◆", Shape.TRIANGLE: "▲", Shape.CIRCLE: "●", Shape.SQUARE: "■"}
TITLE_PT, TEXT_PT, SMALLEST_PT, NOTE_PT, WATERMARK_PT = 14.0, 9.5, 7.5, 7.5, 34.0
LINE, GAP_MM = 1.7, 1.6
"""Height of a row in heights of its letters; room between columns."""
MARGINS_MM = QMarginsF(15, 15, 15, 12)


@dataclass(frozen=True, slots=True)
class Head:
    """A column on paper; a `whole` one is never cut."""

    name: str
    align: Align
    whole: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is printed.

    Attributes:
        facts: lines under the title (conditions, day of the data).
        foot: who printed it and when.
        watermark: the same, shorter, behind the text.
    """

    title: str
    facts: tuple[str, ...]
    heads: tuple[Head, ...]
    lines: tuple[tuple[str, ...], ...]
    foot: str
    watermark: str


def cell_text(column: Column[R], row: R) -> str:
    """A cell as it stands on the screen, its shape as a sign."""
    look = column.look(row) if column.look is not None else None
    if look is None:
        return column.text(row)
    sign = SIGNS[look.shape] if look.shape is not None else ""
    parts = (sign, look.lead, column.text(row), look.tail)
    return " ".join(part for part in parts if part)


def heads_of(columns: Sequence[Column[R]]) -> tuple[Head, ...]:
    """Numbers, dates and identifiers stay whole; words give way."""
    return tuple(
        Head(c.title(), c.align, c.align is not Align.LEFT or c.numeric or c.fixed) for c in columns
    )


def lines_of(columns: Sequence[Column[R]], rows: Sequence[R]) -> tuple[tuple[str, ...], ...]:
    """The rows as words."""
    return tuple(tuple(cell_text(column, row) for column in columns) for row in rows)


def lay_down(device: QPagedPaintDevice) -> None:
    """A4 on its side."""
    layout = device.pageLayout()
    layout.setOrientation(QPageLayout.Orientation.Landscape)
    layout.setUnits(QPageLayout.Unit.Millimeter)
    layout.setMargins(MARGINS_MM)
    device.setPageLayout(layout)


class SheetPrinter:
    """Draws one sheet on one device."""

    def __init__(self, sheet: Sheet, device: QPagedPaintDevice) -> None:
        self._sheet, self._device = sheet, device
        dots = device.logicalDpiX()
        area = device.pageLayout().paintRectPixels(dots)
        self._room = QRectF(0, 0, area.width(), area.height())
        self._mm = dots / 25.4
        self._pt = next(pt for pt in _sizes() if self._fits(pt) or pt <= SMALLEST_PT)
        self._row = self._metrics(self._pt).height() * LINE / 1.45
        self._widths = self._column_widths()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-len(self._sheet.lines) // self._per_page()))

    def print(self) -> None:
        """Draw every page."""
        painter = QPainter(self._device)
        try:
            for page in range(self.pages):
                if page:
                    self._device.newPage()
                self._paint_page(painter, page)
        finally:
            painter.end()

    def _paint_page(self, painter: QPainter, page: int) -> None:
        self._paint_watermark(painter)
        per_page = self._per_page()
        y = self._paint_title(painter)
        y = self._paint_line(painter, y, [head.name for head in self._sheet.heads], head=True)
        for line in self._sheet.lines[page * per_page : (page + 1) * per_page]:
            y = self._paint_line(painter, y, line)
        self._paint_foot(painter, page)

    def _paint_title(self, painter: QPainter) -> float:
        y = 0.0
        for pt, weight, text in (
            (TITLE_PT, 500, self._sheet.title),
            *((NOTE_PT + 1, 400, fact) for fact in self._sheet.facts),
        ):
            height = self._metrics(pt).height()
            painter.setFont(self._font(pt, weight))
            painter.setPen(QColor(LIGHT.text))
            cut = self._metrics(pt, weight).elidedText(
                text, Qt.TextElideMode.ElideRight, self._room.width()
            )
            painter.drawText(QRectF(0, y, self._room.width(), height), cut)
            y += height
        return y + 2 * self._mm

    def _title_height(self) -> float:
        facts = len(self._sheet.facts) * self._metrics(NOTE_PT + 1).height()
        return self._metrics(TITLE_PT).height() + facts + 2 * self._mm

    def _paint_line(
        self, painter: QPainter, y: float, texts: Sequence[str], *, head: bool = False
    ) -> float:
        weight = 500 if head else 400
        metrics = self._metrics(self._pt, weight)
        painter.setFont(self._font(self._pt, weight))
        painter.setPen(QColor(LIGHT.text))
        x = 0.0
        for place, text in zip(self._sheet.heads, texts, strict=True):
            wide = self._widths[place]
            cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, wide)
            painter.drawText(QRectF(x, y, wide, self._row), place.align.number, cut)
            x += wide + GAP_MM * self._mm
        painter.setPen(QPen(QColor(LIGHT.text if head else LIGHT.line2), 0.1 * self._mm))
        bottom = y + self._row
        painter.drawLine(QRectF(0, bottom, self._room.width(), 0).topLeft(),
                         QRectF(0, bottom, self._room.width(), 0).topRight())  # fmt: skip
        return bottom

    def _paint_foot(self, painter: QPainter, page: int) -> None:
        height = self._metrics(NOTE_PT).height()
        place = QRectF(0, self._room.height() - height, self._room.width(), height)
        painter.setFont(self._font(NOTE_PT))
        painter.setPen(QColor(LIGHT.text2))
        painter.drawText(place, Align.LEFT.number, self._sheet.foot)
        number = tr("Page {n} of {all}", n=page + 1, all=self.pages)
        painter.drawText(place, Align.RIGHT.number, number)

    def _paint_watermark(self, painter: QPainter) -> None:
        painter.save()
        ink = QColor(LIGHT.text)
        ink.setAlphaF(0.05)
        painter.setPen(ink)
        painter.setFont(self._font(WATERMARK_PT, 500))
        painter.translate(self._room.center())
        painter.rotate(-24)
        wide = self._room.width() * 1.2
        for step in (-1, 0, 1):
            y = step * self._room.height() * 0.42
            place = QRectF(-wide / 2, y - self._room.height() / 10, wide, self._room.height() / 5)
            painter.drawText(place, Align.CENTER.number, self._sheet.watermark)
        painter.restore()

    def _per_page(self) -> int:
        foot = 2 * self._metrics(NOTE_PT).height()
        left = self._room.height() - self._title_height() - foot - self._row
        return max(1, int(left / self._row))

    def _wanted(self, pt: float) -> dict[Head, float]:
        """What each column needs to show everything."""
        metrics, bold = self._metrics(pt), self._metrics(pt, 500)
        return {
            head: max(
                bold.horizontalAdvance(head.name),
                *(metrics.horizontalAdvance(line[at]) for line in self._sheet.lines),
                0.0,
            )
            + 0.5 * self._mm
            for at, head in enumerate(self._sheet.heads)
        }

    def _gaps(self) -> float:
        return (len(self._sheet.heads) - 1) * GAP_MM * self._mm

    def _fits(self, pt: float) -> bool:
        return sum(self._wanted(pt).values()) + self._gaps() <= self._room.width()

    def _column_widths(self) -> dict[Head, float]:
        """Everything, where there is room; else columns of words give way, in proportion."""
        wanted = self._wanted(self._pt)
        room = self._room.width() - self._gaps()
        giving = [head for head in wanted if not head.whole]
        over = sum(wanted.values()) - room
        if over > 0 and giving:
            theirs = sum(wanted[head] for head in giving)
            share = max(0.2, (theirs - over) / theirs)
            return {h: w if h.whole else w * share for h, w in wanted.items()}
        more = max(0.0, -over) / max(1, len(giving))
        return {h: w if h.whole else w + more for h, w in wanted.items()}

    def _font(self, pt: float, weight: int = 400) -> QFont:
        made = fonts.font(12, weight)
        made.setPointSizeF(pt)
        return made

    def _metrics(self, pt: float, weight: int = 400) -> QFontMetricsF:
        return QFontMetricsF(self._font(pt, weight), self._device)


def _sizes() -> list[float]:
    steps = int((TEXT_PT - SMALLEST_PT) / 0.5)
    return [TEXT_PT - 0.5 * step for step in range(steps + 1)]
