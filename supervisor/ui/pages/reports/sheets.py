"""Sheets of paper below each other, of which only those in sight are painted."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from supervisor.ui.look.tokens import LIGHT, theme_changed, tokens
from supervisor.ui.pages.reports.page_source import PageSource
from supervisor.ui.pages.reports.paper import PageSize

MARGIN = 16
PAPER = QColor(LIGHT.surface)
"""Paper is white in every theme."""


class Sheets(QAbstractScrollArea):
    """Lays out and paints; subclasses say how wide a sheet is and what lies on it."""

    spoken_role = QAccessible.Role.Document
    gap = 16
    foot = 0
    """Room below a sheet for what is said of it."""

    def __init__(self, source: PageSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self.boxes: list[QRect] = []
        self.current = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setSingleStep(40)
            bar.valueChanged.connect(self._on_scrolled)
        source.opened.connect(self._on_opened)
        source.painted.connect(lambda _page: self.viewport().update())
        theme_changed.connect(self.viewport().update)

    # Where sheets lie

    def sheet_size(self, size: PageSize) -> QSize:
        """How large a sheet is on the screen, in logical pixels."""
        raise LookupError(type(self).__name__, size)

    def lay_out(self) -> None:
        """Places of all sheets anew."""
        sizes = [self.sheet_size(size) for size in self.source.sizes]
        view = self.viewport().size()
        whole = max([view.width(), *(size.width() + 2 * MARGIN for size in sizes)])
        self.boxes, top = [], MARGIN
        for size in sizes:
            self.boxes.append(QRect(QPoint((whole - size.width()) // 2, top), size))
            top += size.height() + self.foot + self.gap
        high = top - self.gap + MARGIN if sizes else 0
        for bar, most, page in (
            (self.verticalScrollBar(), high - view.height(), view.height()),
            (self.horizontalScrollBar(), whole - view.width(), view.width()),
        ):
            bar.setPageStep(page)
            bar.setRange(0, max(0, most))
        self.viewport().update()

    def offset(self) -> QPoint:
        """What of the whole stands at the top left."""
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def in_sight(self) -> list[int]:
        """Pages of which anything is seen."""
        seen = QRect(self.offset(), self.viewport().size())
        return [at for at, box in enumerate(self.boxes) if box.intersects(seen)]

    def page_at(self, place: QPoint) -> int:
        """The page under a place of the viewport; -1: none."""
        place += self.offset()
        return next((at for at, box in enumerate(self.boxes) if box.contains(place)), -1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def _on_opened(self) -> None:
        self.current = min(self.current, max(0, len(self.source.sizes) - 1))
        self.lay_out()

    def _on_scrolled(self) -> None:
        self.viewport().update()

    # Painting

    def wishes(self) -> list[tuple[int, int]]:
        """What is to be painted now: sheets in sight, then their neighbours."""
        pages = self.in_sight()
        beside = [pages[-1] + 1, pages[0] - 1] if pages else []
        ratio = self.devicePixelRatioF()
        return [
            (at, round(self.boxes[at].width() * ratio))
            for at in [*pages, *beside]
            if 0 <= at < len(self.boxes)
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(tokens().sunken))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(-self.offset())
        for at in self.in_sight():
            self._paint_sheet(painter, at)
        painter.end()
        self.source.want(self, self.wishes())

    def _paint_sheet(self, painter: QPainter, at: int) -> None:
        box = self.boxes[at]
        painter.fillRect(box, PAPER)
        image = self.source.picture(at, round(box.width() * self.devicePixelRatioF()))
        if image is not None:
            painter.drawImage(QRectF(box), image, QRectF(image.rect()))
        painter.setPen(QPen(QColor(tokens().line2)))
        painter.drawRect(box.adjusted(-1, -1, 0, 0))
        self.paint_over(painter, at)

    def paint_over(self, painter: QPainter, at: int) -> None:
        """What lies on a sheet or beside it."""
