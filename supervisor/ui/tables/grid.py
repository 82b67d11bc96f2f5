"""The view inside a table panel: keys, hover, current-row ring, ticks; no selection of Qt's own."""

from time import perf_counter
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from supervisor.ui.look.tokens import tokens
from supervisor.ui.tables import paint
from supervisor.ui.tables.delegate import CellDelegate
from supervisor.ui.tables.header import TableHeader
from supervisor.ui.tables.model import TableModel
from supervisor.ui.tables.slices import Slices
from supervisor.ui.tables.strips import Lane, RowStrips

STANDARD_ROW = 32
DENSE_ROW = 28
TICK_WIDTH = 30


class GridView(QTableView):
    """Single click makes a row current; the tick box or Space ticks it; the two are independent.

    Signals:
        opened: Enter or a double click on a row (row number).
        opened_full: Ctrl+Enter on a row.
        tick_all_wanted: Ctrl+A.
        copy_wanted: Ctrl+C.
        seen: the rows on screen changed (first, last).
        resized: the view has another size.
    """

    opened = Signal(int)
    opened_full = Signal(int)
    tick_all_wanted = Signal()
    copy_wanted = Signal()
    seen = Signal(int, int)
    resized = Signal()

    def __init__(self, model: TableModel[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = model
        self.anchor = -1
        self.cells = CellDelegate(self, model)
        self._slices = Slices(self._update_rows, self)
        self._build()
        self.setModel(model)
        model.dataChanged.connect(self._slices.begin)
        model.modelReset.connect(self._slices.begin)
        self.doubleClicked.connect(self._on_double_clicked)
        self.verticalScrollBar().valueChanged.connect(self.tell_seen)

    def _build(self) -> None:
        head = TableHeader(self.table, self)
        self.setHorizontalHeader(head)
        self.setItemDelegate(self.cells)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(DENSE_ROW)
        self.set_row_height(STANDARD_ROW)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        # Rows that are painted a moment later keep what stood there until then.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    @property
    def head(self) -> TableHeader:
        """The head with its own signals."""
        head = self.horizontalHeader()
        assert isinstance(head, TableHeader)  # noqa: S101 - set in _build
        return head

    def set_row_height(self, height: int) -> None:
        """All rows have one height: measuring rows would read them all."""
        self.verticalHeader().setDefaultSectionSize(height)

    @property
    def row_height(self) -> int:
        """The height of every row."""
        return self.verticalHeader().defaultSectionSize()

    def rows_on_screen(self) -> tuple[int, int]:
        """First and last row that can be seen; (0, -1) when there are none."""
        total = self.table.rowCount()
        if total == 0:
            return 0, -1
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        return first, total - 1 if last < 0 else last

    def tell_seen(self) -> None:
        """Say which rows are on screen."""
        first, last = self.rows_on_screen()
        if last >= first:
            self.seen.emit(first, last)

    def make_current(self, row: int) -> None:
        """Put the current row there and bring it on screen."""
        if 0 <= row < self.table.rowCount():
            column = max(self.table.first, self.currentIndex().column())
            self.setCurrentIndex(self.table.index(row, column))

    # Qt's own

    def keyboardSearch(self, search: str) -> None:
        """No type-ahead: with a Chinese input method on, letters are text."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._take_key(event):
            super().keyPressEvent(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers()
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        row = self.currentIndex().row()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if row >= 0:
                (self.opened_full if control else self.opened).emit(row)
            return True
        if key == Qt.Key.Key_Space and not control and not shift:
            self._toggle(row)
            return True
        if control and key == Qt.Key.Key_A:
            self.tick_all_wanted.emit()
            return True
        if control and not shift and key == Qt.Key.Key_C:
            self.copy_wanted.emit()
            return True
        if key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._move_to(0 if key == Qt.Key.Key_Home else self.table.rowCount() - 1, shift=shift)
            return True
        steps = self._steps(key)
        if steps and not control:
            self._move_to(row + steps, shift=shift)
            return True
        return False

    def _steps(self, key: int) -> int:
        page = max(1, self.viewport().height() // self.row_height - 1)
        return {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
        }.get(Qt.Key(key), 0)

    def _move_to(self, row: int, *, shift: bool) -> None:
        total = self.table.rowCount()
        if total == 0:
            return
        start = max(0, self.currentIndex().row())
        target = min(total - 1, max(0, row))
        if shift and self.table.tickable:
            if self.anchor < 0:
                self.anchor = start
            self.table.tick_range(self.anchor, target)
        else:
            self.anchor = -1
        self.make_current(target)

    def _toggle(self, row: int) -> None:
        if self.table.tickable and row >= 0:
            self.anchor = row
            self.table.tick(row, on=not self.table.is_ticked(row))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and self.table.tickable:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if shift:
                anchor = self.anchor if self.anchor >= 0 else max(0, self.currentIndex().row())
                self.anchor = anchor
                self.table.tick_range(anchor, index.row())
            elif index.column() == 0 or control:
                self._toggle(index.row())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        before, self.cells.hovered = self.cells.hovered, row
        if before != row:
            for number in (before, row):
                self._update_row(number)

    def _update_row(self, row: int) -> None:
        if row >= 0:
            self._update_rows(row, row)

    def _update_rows(self, first: int, last: int) -> None:
        top, height = self.rowViewportPosition(first), (last - first + 1) * self.row_height
        self.viewport().update(0, top, self.viewport().width(), height)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._slices.begin()
        super().scrollContentsBy(dx, dy)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        self._update_row(previous.row())
        self._update_row(current.row())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentIndex().row() < 0 and self.table.rowCount():
            self.make_current(self.rows_on_screen()[0])
        self._update_row(self.currentIndex().row())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._update_row(self.currentIndex().row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        row = self.currentIndex().row()
        was_seen = row >= 0 and self._is_whole(row, event.oldSize().height())
        self._slices.begin()
        super().resizeEvent(event)
        if was_seen and not self._is_whole(row, event.size().height()):
            # A bar that appears below never covers the row a person is on.
            self.scrollTo(self.currentIndex())
        self.resized.emit()
        self.tell_seen()

    def _is_whole(self, row: int, height: int) -> bool:
        top = self.rowViewportPosition(row)
        return top >= 0 and top + self.row_height <= height

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint rows ourselves: a delegate call for each cell costs more than the text in it."""
        painter = QPainter(self.viewport())
        try:
            self._paint_rows(painter, event.rect())
            self._paint_ring(painter)
        finally:
            # A painter left open by an error in one cell would take the whole program down.
            painter.end()

    def _paint_rows(self, painter: QPainter, area: QRect) -> None:
        colours, total = tokens(), self.table.rowCount()
        ground, width = paint.colour(colours.surface), self.viewport().width()
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        if total == 0 or first < 0:
            painter.fillRect(area, ground)
            return
        last = total - 1 if last < 0 else last
        strips = RowStrips(self.table, self._lanes(), self.row_height, colours)
        deadline = self._slices.deadline()
        for number in range(first, last + 1):
            top = self.rowViewportPosition(number)
            painter.fillRect(0, top, width, self.row_height, ground)
            strips.paint(painter, number, top, hovered=number == self.cells.hovered)
            if number < last and perf_counter() > deadline:
                self._slices.owe(number + 1, last)
                return
        below = self.rowViewportPosition(last) + self.row_height
        if last == total - 1 and below <= area.bottom():
            painter.fillRect(0, below, width, area.bottom() - below + 1, ground)
        self._slices.done()

    def _lanes(self) -> list[Lane]:
        """The columns on screen with their places, left to right."""
        head, width = self.head, self.viewport().width()
        lanes = []
        for place in range(head.count()):
            section = head.logicalIndex(place)
            if not head.isSectionHidden(section):
                left, wide = head.sectionViewportPosition(section), head.sectionSize(section)
                if left < width and left + wide > 0:
                    lanes.append(Lane(left, wide, self.table.column_of(section)))
        return lanes

    def _paint_ring(self, painter: QPainter) -> None:
        row = self.currentIndex().row()
        if row < 0:
            return
        top = self.rowViewportPosition(row)
        width = min(self.viewport().width(), self.horizontalHeader().length())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        shade = colours.focus if self.hasFocus() else colours.ctl
        painter.setPen(QPen(paint.colour(shade), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(1, top + 1, width - 2, self.row_height - 2), 4, 4)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if not (self.table.tickable and index.column() == 0):
            self.opened.emit(index.row())
