"""One delegate for all tables: grounds by row state, content by the column's look."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from supervisor.ui.look.tokens import Tokens, tokens
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Look
from supervisor.ui.tables.model import TableModel

_PLAIN = Look()


class CellDelegate(QStyledItemDelegate):
    """Reads the row straight from the model: no role look-ups, no SQL, no style sheet."""

    def __init__(self, view: QTableView, model: TableModel[Any]) -> None:
        super().__init__(view)
        self._model = model
        self.hovered = -1

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect: QRect = option.rect
        number = index.row()
        colours = tokens()
        row = self._model.row_at(number)
        ticked = self._model.is_ticked(number)
        painter.fillRect(rect, paint.colour(self._ground(colours, number, ticked=ticked)))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, paint.colour(colours.line))
        column = self._model.column_of(index.column())
        if row is None:
            if column is not None:
                _paint_waiting(painter, rect, number, colours)
        elif column is None:
            paint.paint_tick_box(painter, rect, colours, on=ticked)
        else:
            look = column.look(row) if column.look is not None else _PLAIN
            paint.paint_cell(painter, rect, column.text(row), column.align, look, colours)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Wide enough for the text; used when a head's edge is double-clicked."""
        del option
        column = self._model.column_of(index.column())
        row = self._model.row_at(index.row())
        if column is None or row is None:
            return QSize(40, 32)
        look = column.look(row) if column.look is not None else _PLAIN
        width = paint.advance(column.text(row), 13, 500 if look.medium else 400)
        width += 17 if look.shape is not None else 0
        width += (look.lead_width + 8) if look.lead else 0
        width += paint.advance(look.tail, 12, 400) + 8 if look.tail else 0
        return QSize(width + 2 * paint.PADDING + 2, 32)

    def _ground(self, colours: Tokens, number: int, *, ticked: bool) -> str:
        if ticked:
            return colours.accent_bg
        return colours.surface2 if number == self.hovered else colours.surface


def _paint_waiting(painter: QPainter, rect: QRect, number: int, colours: Tokens) -> None:
    """A grey bar in the real column while the row is being read; no shimmer."""
    width = (rect.width() - 2 * paint.PADDING) * (60 + number * 7 % 30) // 100
    if width > 0:
        bar = QRect(rect.left() + paint.PADDING, rect.center().y() - 4, width, 8)
        painter.fillRect(bar, paint.colour(colours.sunken))
