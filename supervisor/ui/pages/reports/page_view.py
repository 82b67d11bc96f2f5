"""The pages as they will come out of the printer: zoom, current page, words found."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from supervisor.i18n import tr
from supervisor.ui.look.tokens import LIGHT
from supervisor.ui.pages.reports.page_source import PageSource
from supervisor.ui.pages.reports.paper import POINTS, PageSize
from supervisor.ui.pages.reports.sheets import MARGIN, Sheets

SCREEN = 96.0
"""Logical pixels in an inch at 100 %."""
STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0)
FIT_WIDTH, FIT_PAGE = "width", "page"
STRIDE = 3
"""Arrow keys go so many lines of a scroll bar."""


class PageView(Sheets):
    """Signals: moved: another page is in front. zoomed: pages are of another size."""

    moved = Signal(int)
    zoomed = Signal()

    def __init__(self, source: PageSource, parent: QWidget | None = None) -> None:
        super().__init__(source, parent)
        self.fit = FIT_WIDTH
        self._zoom = 1.0
        self.hit = -1
        self.setAccessibleName(tr("Preview"))
        source.found.connect(self._on_found)

    # Size

    @property
    def zoom(self) -> float:
        """How large pages are; 1.0 is the size of the paper."""
        if not self.source.sizes or not self.fit:
            return self._zoom
        view = self.viewport().size()
        widest = max(size.width for size in self.source.sizes)
        wide = (view.width() - 2 * MARGIN) / (widest * SCREEN / POINTS)
        if self.fit == FIT_PAGE:
            highest = max(size.height for size in self.source.sizes)
            wide = min(wide, (view.height() - 2 * MARGIN) / (highest * SCREEN / POINTS))
        return min(STEPS[-1], max(STEPS[0], wide))

    def set_fit(self, how: str) -> None:
        """FIT_WIDTH or FIT_PAGE, whatever the window becomes."""
        self._resize(how, self._zoom)

    def zoom_by(self, steps: int) -> None:
        """So many steps larger or smaller."""
        now = self.zoom
        larger = [step for step in STEPS if step > now * 1.01]
        smaller = [step for step in STEPS if step < now * 0.99]
        known = larger if steps > 0 else smaller[::-1]
        if known:
            self._resize("", known[min(abs(steps), len(known)) - 1])

    def _resize(self, fit: str, zoom: float) -> None:
        box = self.boxes[self.current] if self.boxes else QRect()
        part = (self.offset().y() - box.top()) / max(1, box.height())
        self.fit, self._zoom = fit, zoom
        self.lay_out()
        if self.boxes:
            box = self.boxes[self.current]
            self.verticalScrollBar().setValue(round(box.top() + part * box.height()))
        self.zoomed.emit()

    def sheet_size(self, size: PageSize) -> QSize:
        """In logical pixels at the zoom."""
        scale = self.zoom * SCREEN / POINTS
        return QSize(round(size.width * scale), round(size.height * scale))

    def lay_out(self) -> None:
        """Places anew; how large pages are may have changed with the window."""
        super().lay_out()
        if self.fit:
            self.zoomed.emit()

    # Which page

    def go_to_page(self, page: int) -> None:
        """This page at the top."""
        if 0 <= page < len(self.boxes):
            self.verticalScrollBar().setValue(self.boxes[page].top() - MARGIN // 2)
            # The last page may be too short to come to the top.
            self._make_current(page)

    def _on_scrolled(self) -> None:
        super()._on_scrolled()
        middle = self.offset().y() + self.viewport().height() // 3
        above = [at for at, box in enumerate(self.boxes) if box.top() <= middle]
        self._make_current(above[-1] if above else 0)

    def _make_current(self, page: int) -> None:
        if page != self.current:
            self.current = page
            self.moved.emit(page)

    # Words found

    def go_to_hit(self, number: int) -> None:
        """The hit with this number, round the end; -1: none."""
        hits = self.source.hits
        self.hit = number % len(hits) if hits and number >= 0 else -1
        if self.hit >= 0 and self.boxes:
            hit = hits[self.hit]
            place = self._on_screen(hit.page, hit.parts[0] if hit.parts else QRectF())
            self._reveal(place.toAlignedRect())
            self._make_current(hit.page)
        self.viewport().update()

    def _on_found(self) -> None:
        first = next((at for at, hit in enumerate(self.source.hits) if hit.page >= self.current), 0)
        self.go_to_hit(first)

    def _reveal(self, place: QRect) -> None:
        view = self.viewport().size()
        if not QRect(self.offset(), view).adjusted(0, 24, 0, -24).contains(place):
            self.verticalScrollBar().setValue(place.center().y() - view.height() // 3)
            self.horizontalScrollBar().setValue(place.center().x() - view.width() // 2)

    def _on_screen(self, page: int, part: QRectF) -> QRectF:
        box, scale = self.boxes[page], self.zoom * SCREEN / POINTS
        return QRectF(
            box.left() + part.left() * scale,
            box.top() + part.top() * scale,
            part.width() * scale,
            part.height() * scale,
        )

    def paint_over(self, painter: QPainter, at: int) -> None:
        """Words found are marked as with a pen; the current ones have an edge too."""
        for number, hit in enumerate(self.source.hits):
            if hit.page != at:
                continue
            for part in hit.parts:
                place = self._on_screen(at, part).adjusted(-1, -1, 1, 1)
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
                painter.fillRect(place, QColor(LIGHT.hl))
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
                if number == self.hit:
                    painter.setPen(QPen(QColor(LIGHT.accent), 2))
                    painter.drawRect(place)

    # Keys and wheel

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, bar, across = event.key(), self.verticalScrollBar(), self.horizontalScrollBar()
        step, page = STRIDE * bar.singleStep(), bar.pageStep() - 40
        moves = {
            Qt.Key.Key_Up: (bar, bar.value() - step),
            Qt.Key.Key_Down: (bar, bar.value() + step),
            Qt.Key.Key_Left: (across, across.value() - step),
            Qt.Key.Key_Right: (across, across.value() + step),
            Qt.Key.Key_PageUp: (bar, bar.value() - page),
            Qt.Key.Key_PageDown: (bar, bar.value() + page),
            Qt.Key.Key_Home: (bar, 0),
            Qt.Key.Key_End: (bar, bar.maximum()),
        }
        found = moves.get(Qt.Key(key))
        if found is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
            return
        found[0].setValue(found[1])

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)
