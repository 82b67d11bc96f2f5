"""A list of two lines each: a title with words at its right, and grey words below."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from supervisor.i18n import tr
from supervisor.ui.look.tokens import theme_changed, tokens
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Align
from supervisor.ui.widgets import ListRow, RowList
from supervisor.ui.widgets.row_list import EXTRA

HEIGHT, EDGE = 50, 12
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class TwoLines:
    """A row in words; `tone`: token of the words at the right."""

    title: str
    below: str
    right: str = ""
    tone: str = "text2"

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return tr(", ").join(part for part in (self.title, self.right, self.below) if part)


class _Painter(QStyledItemDelegate):
    def __init__(self, owner: "LineList") -> None:
        super().__init__(owner)
        self._list = owner

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(160, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        line: TwoLines = index.data(EXTRA)
        colours, chosen = tokens(), self._list.currentIndex() == index
        painter.save()
        if chosen:
            painter.fillRect(rect, paint.colour(colours.accent_bg))
            edge = QRect(rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(edge, paint.colour(colours.accent))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, paint.colour(colours.line))
        if chosen and self._list.hasFocus():
            pen = painter.pen()
            pen.setColor(paint.colour(colours.focus))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        room = rect.adjusted(EDGE, 5, -EDGE, 0)
        wide = paint.advance(line.right, 12, 400) + 1 if line.right else 0
        painter.setFont(paint.text_font(12, 400))
        painter.setPen(paint.colour(getattr(colours, line.tone)))
        right = QRect(room.right() + 1 - wide, room.top(), wide, 20)
        painter.drawText(right, Align.RIGHT.number, line.right)
        title = QRect(room.left(), room.top(), room.width() - wide - 8, 20)
        painter.setFont(paint.text_font(13, 500))
        painter.setPen(paint.colour(colours.text))
        painter.drawText(title, Align.LEFT.number,
                         paint.elided(line.title, 13, 500, title.width()))  # fmt: skip
        below = QRect(room.left(), room.top() + 20, room.width(), 18)
        painter.setFont(paint.text_font(12, 400))
        painter.setPen(paint.colour(colours.text2))
        painter.drawText(below, Align.LEFT.number,
                         paint.elided(line.below, 12, 400, below.width()))  # fmt: skip
        painter.restore()


class LineList(RowList):
    """Rows of two lines; the current one stays current over refreshes where it is still there."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(_Painter(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme_changed.connect(self.viewport().update)

    def show_lines(self, lines: Sequence[tuple[TwoLines, Any]], key: Any) -> None:
        """Show rows; `key` gives what makes a row the same as before."""
        was = self.rows[self.current()].data if self.current() >= 0 else None
        blocked = self.blockSignals(True)
        self.show_rows(
            [
                ListRow(line.title, data=data, extra=line, tip=f"{line.title}\n{line.below}",
                        spoken=line.spoken)
                for line, data in lines
            ]
        )  # fmt: skip
        at = next((place for place, row in enumerate(self.rows)
                   if was is not None and key(row.data) == key(was)), -1)  # fmt: skip
        self.make_current(at if at >= 0 or not lines else 0)
        self.blockSignals(blocked)

    def current_data(self) -> Any:
        """What the current row stands for; None for none."""
        at = self.current()
        return self.rows[at].data if 0 <= at < self.count() else None
