"""A row of parts that continues on the next line when it is full."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget


class FlowLayout(QLayout):
    """Left to right, then down, each line centred; as high as its width makes it."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def add_spring(self) -> None:
        """What follows stands at the right edge of its line."""
        self.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        high = self._arrange(rect, move=True)
        holder = self.parentWidget()
        if holder is not None and holder.layout() is self:
            holder.setMinimumHeight(high)  # splitters and scroll areas do not ask by width

    def sizeHint(self) -> QSize:
        """Everything on one line."""
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return self._framed(QSize(width, max((hint.height() for hint in hints), default=0)))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return self._framed(size)

    def _framed(self, size: QSize) -> QSize:
        margins = self.contentsMargins()
        return size.grownBy(margins)

    def _arrange(self, whole: QRect, *, move: bool) -> int:
        """The height taken, with the margins."""
        margins = self.contentsMargins()
        rect = whole.marginsRemoved(margins)
        y = rect.y()
        for line in self._lines(rect.width()):
            high = max(item.sizeHint().height() for item in line)
            if move:
                self._place(line, QRect(rect.x(), y, rect.width(), high))
            y += high + self._gap
        return max(0, y - self._gap - rect.y()) + margins.top() + margins.bottom()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """What stands beside each other; a spring never begins a line."""
        lines: list[list[QLayoutItem]] = []
        taken = 0
        for item in self._items:
            spring = item.spacerItem() is not None
            if item.isEmpty() and not spring:
                continue
            wide = 0 if spring else min(item.sizeHint().width(), width)
            if spring and lines:
                lines[-1].append(item)
            elif not spring and lines and taken + self._gap + wide <= width:
                lines[-1].append(item)
                taken += self._gap + wide
            elif not spring:
                lines.append([item])
                taken = wide
        return lines

    def _place(self, line: list[QLayoutItem], rect: QRect) -> None:
        parts = [item for item in line if item.spacerItem() is None]
        taken = sum(min(item.sizeHint().width(), rect.width()) for item in parts)
        free = max(0, rect.width() - taken - self._gap * (len(parts) - 1))
        x = rect.x()
        for item in line:
            if item.spacerItem() is not None:
                x, free = x + free, 0
                continue
            hint = item.sizeHint()
            wide = min(hint.width(), max(rect.width(), 1))
            down = (rect.height() - hint.height()) // 2
            item.setGeometry(QRect(QPoint(x, rect.y() + down), QSize(wide, hint.height())))
            x += wide + self._gap
