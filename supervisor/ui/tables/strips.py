"""Rows painted as whole strips: one ground, one line, then the cells."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from supervisor.ui.look.tokens import Tokens
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Column, Look
from supervisor.ui.tables.model import TableModel

_PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Lane:
    """A column on screen; None is the tick box. Logical px of the viewport."""

    left: int
    width: int
    column: Column[Any] | None


class RowStrips:
    """Paints rows for one paint event; keeps pen and font while they stay the same."""

    def __init__(
        self, model: TableModel[Any], lanes: list[Lane], height: int, colours: Tokens
    ) -> None:
        self._model = model
        self._lanes = lanes
        self._height = height
        self._colours = colours
        self._right = max((lane.left + lane.width for lane in lanes), default=0)
        self._font = paint.text_font(13, 400)

    def paint(self, painter: QPainter, number: int, top: int, *, hovered: bool) -> None:
        """Draw one row with its upper edge at `top`."""
        colours, model = self._colours, self._model
        row = model.row_at(number)
        ticked = row is not None and model.is_ticked(number)
        if ticked or hovered:
            ground = colours.accent_bg if ticked else colours.surface2
            painter.fillRect(0, top, self._right, self._height, paint.colour(ground))
        line = top + self._height - 1
        painter.fillRect(0, line, self._right, 1, paint.colour(colours.line))
        if row is None:
            self._paint_waiting(painter, number, top)
            return
        plain: list[tuple[Lane, str]] = []
        for lane in self._lanes:
            column = lane.column
            if column is None:
                box = QRect(lane.left, top, lane.width, self._height)
                paint.paint_tick_box(painter, box, colours, on=ticked)
                continue
            look = column.look(row) if column.look is not None else _PLAIN
            text = column.text(row)
            if look is _PLAIN:
                plain.append((lane, text))
            elif text or look != _PLAIN:
                rect = QRect(lane.left, top, lane.width, self._height)
                paint.paint_cell(painter, rect, text, column.align, look, colours)
        self._paint_plain(painter, top, plain)

    def _paint_plain(self, painter: QPainter, top: int, cells: list[tuple[Lane, str]]) -> None:
        """Cells with nothing but text share one font and one pen."""
        painter.setFont(self._font)
        painter.setPen(paint.colour(self._colours.text))
        for lane, text in cells:
            column = lane.column
            if not text or column is None:
                continue
            width = lane.width - 2 * paint.PADDING
            shown = paint.elided(text, 13, 400, width)
            left = lane.left + paint.PADDING
            painter.drawText(left, top, width, self._height, column.align.number, shown)

    def _paint_waiting(self, painter: QPainter, number: int, top: int) -> None:
        """A grey bar in the real column while the row is being read; no shimmer."""
        shade = paint.colour(self._colours.sunken)
        for lane in self._lanes:
            room = lane.width - 2 * paint.PADDING
            if lane.column is not None and room > 0:
                width = room * (60 + number * 7 % 30) // 100
                middle = top + self._height // 2 - 4
                painter.fillRect(lane.left + paint.PADDING, middle, width, 8, shade)
