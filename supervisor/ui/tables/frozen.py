"""Leading columns that stay while the table scrolls sideways."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from supervisor.ui.tables.delegate import CellDelegate
from supervisor.ui.tables.grid import GridView
from supervisor.ui.tables.header import TableHeader


class FrozenColumns(QObject):
    """An overlay over the frozen columns; it exists only while the table is scrolled sideways."""

    def __init__(self, view: GridView) -> None:
        super().__init__(view)
        self._view = view
        self._over: QTableView | None = None
        view.horizontalScrollBar().valueChanged.connect(self.follow)
        view.verticalScrollBar().valueChanged.connect(self._scroll)

    def follow(self) -> None:
        """Take the view's columns, sizes and place; hide while nothing is scrolled away."""
        wanted = self._view.horizontalScrollBar().value() > 0 and self._frozen_width() > 0
        if not wanted:
            if self._over is not None:
                self._over.hide()
            return
        over = self._over or self._make()
        self._over = over
        head, own = self._view.head, over.horizontalHeader()
        for place in range(head.count()):
            section = head.logicalIndex(place)
            own.moveSection(own.visualIndex(section), place)
            own.setSectionHidden(section, not self._is_frozen(section))
            own.resizeSection(section, head.sectionSize(section))
        over.verticalHeader().setDefaultSectionSize(self._view.row_height)
        over.setGeometry(
            0, 0, self._frozen_width() + 1, head.height() + self._view.viewport().height()
        )
        over.show()
        over.raise_()
        self._scroll()

    def _make(self) -> QTableView:
        over = QTableView(self._view)
        over.setObjectName("frozenColumns")
        over.setModel(self._view.table)
        over.setSelectionModel(self._view.selectionModel())
        over.setHorizontalHeader(TableHeader(self._view.table, over))
        over.setItemDelegate(CellDelegate(over, self._view.table))
        over.verticalHeader().hide()
        over.verticalHeader().setMinimumSectionSize(20)
        over.setShowGrid(False)
        over.setFrameShape(QFrame.Shape.NoFrame)
        over.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        over.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        over.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        over.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        over.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        over.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        return over

    def _scroll(self) -> None:
        if self._over is not None and self._over.isVisible():
            self._over.verticalScrollBar().setValue(self._view.verticalScrollBar().value())

    def _is_frozen(self, section: int) -> bool:
        column = self._view.table.column_of(section)
        hidden = self._view.head.isSectionHidden(section)
        return not hidden and (column is None or column.frozen)

    def _frozen_width(self) -> int:
        head = self._view.head
        sections = [s for s in range(head.count()) if self._is_frozen(s)]
        if not any(self._view.table.column_of(s) is not None for s in sections):
            return 0
        return sum(head.sectionSize(section) for section in sections)
