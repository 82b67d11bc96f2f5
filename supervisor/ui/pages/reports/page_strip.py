"""Small pictures of all pages beside the large one; one of them is current."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from supervisor.i18n import tr
from supervisor.ui.look.tokens import tokens
from supervisor.ui.pages.reports.page_source import PageSource
from supervisor.ui.pages.reports.paper import PageSize
from supervisor.ui.pages.reports.sheets import Sheets

WIDE = 76
STRIP = 112
_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageDown: 1,
}


class PageStrip(Sheets):
    """Signals: picked: a page was chosen."""

    gap = 8
    foot = 20

    picked = Signal(int)

    def __init__(self, source: PageSource, parent: QWidget | None = None) -> None:
        super().__init__(source, parent)
        self.setFixedWidth(STRIP)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Small pages"))

    def sheet_size(self, size: PageSize) -> QSize:
        """All of one width; a page that lies is lower."""
        return QSize(WIDE, round(WIDE * size.height / size.width))

    def show_current(self, page: int) -> None:
        """Another page is looked at."""
        if page == self.current or not 0 <= page < len(self.boxes):
            return
        self.current = page
        box, bar = self.boxes[page], self.verticalScrollBar()
        if box.top() < bar.value() or box.bottom() + self.foot > bar.value() + bar.pageStep():
            bar.setValue(box.center().y() - bar.pageStep() // 2)
        self.viewport().update()

    def paint_over(self, painter: QPainter, at: int) -> None:
        """The number below; the current page has an edge, and a wider one with the focus."""
        box, chosen = self.boxes[at], at == self.current
        if chosen:
            painter.setPen(QPen(QColor(tokens().accent), 3 if self.hasFocus() else 2))
            painter.drawRect(box.adjusted(-2, -2, 2, 2))
        font = painter.font()
        font.setBold(chosen)
        painter.setFont(font)
        painter.setPen(QColor(tokens().text if chosen else tokens().text2))
        below = QRect(box.left(), box.bottom() + 3, box.width(), self.foot)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), str(at + 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        page = self.page_at(event.position().toPoint())
        if page >= 0:
            self._pick(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self.boxes) - 1}
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._pick(self.current + _STEPS[key])
        elif key in ends:
            self._pick(ends[key])
        else:
            event.ignore()

    def _pick(self, page: int) -> None:
        if 0 <= page < len(self.boxes):
            self.show_current(page)
            self.picked.emit(page)
