"""The head of a table: titles, sort arrows, the tick-all box."""

from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from supervisor.ui.look import icons
from supervisor.ui.look.tokens import tokens
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Align
from supervisor.ui.tables.model import TableModel

HEIGHT = 32
SMALLEST = 30
ARROW = 14


class TableHeader(QHeaderView):
    """Paints itself from tokens; it takes no text.

    Signals:
        sort_clicked: the key of a sortable column.
        tick_all_clicked: the tick box in the head.
    """

    sort_clicked = Signal(str)
    tick_all_clicked = Signal()

    def __init__(self, model: TableModel[Any], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table = model
        self._pressed = -1
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFixedHeight(HEIGHT)
        self.setMinimumSectionSize(SMALLEST)
        self.setDefaultAlignment(Align.LEFT.flag)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.sectionClicked.connect(self._on_clicked)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        colours = tokens()
        painter.fillRect(rect, paint.colour(colours.surface2))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, paint.colour(colours.line2))
        column = self._table.column_of(section)
        if column is None:
            total, ticked = self._table.rowCount(), len(self._table.ticked)
            whole = 0 < total <= ticked
            paint.paint_tick_box(painter, rect, colours, on=whole, partly=ticked > 0)
            return
        inside = rect.adjusted(paint.PADDING, 0, -paint.PADDING, 0)
        by = self._table.sorted_by
        if by is not None and by[0] == column.key:
            side = QRect(0, 0, ARROW, ARROW)
            side.moveCenter(inside.center())
            side.moveRight(inside.right())
            icons.paint(painter, "arrow-down" if by[1] else "arrow-up", side, "accent")
            inside.setRight(side.left() - 2)
        title = paint.elided(column.title(), 12, 400, inside.width())
        painter.setFont(paint.text_font(12, 400))
        painter.setPen(paint.colour(colours.text2))
        painter.drawText(inside, column.align.flag, title)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The head takes no text: letters belong to shortcuts and the input method.
        event.ignore()

    def _on_clicked(self, section: int) -> None:
        column = self._table.column_of(section)
        if column is None:
            self.tick_all_clicked.emit()
        elif column.sort is not None:
            self.sort_clicked.emit(column.key)
