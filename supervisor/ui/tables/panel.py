"""A table as pages use it: view, remembered columns, copy, place kept over refreshes."""

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QHeaderView, QMenu, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.ui.look.memory import recall, remember
from supervisor.ui.look.plain import keyed
from supervisor.ui.look.tokens import theme_changed
from supervisor.ui.tables import clipboard
from supervisor.ui.tables.chooser import ColumnChooser
from supervisor.ui.tables.column import Column
from supervisor.ui.tables.frozen import FrozenColumns
from supervisor.ui.tables.grid import DENSE_ROW, STANDARD_ROW, TICK_WIDTH, GridView
from supervisor.ui.tables.layout import (
    ColumnLayout,
    borrowed_layout,
    default_layout,
    read_layout,
)
from supervisor.ui.tables.model import TableModel
from supervisor.ui.tables.row_table_model import RowTableModel
from supervisor.ui.tables.windowed_model import WindowedModel

_SAVE_AFTER_MS = 400


class TablePanel(QWidget):
    """One table. `name` is what its columns are remembered by.

    Signals:
        current_changed: the current row, or None.
        opened: Enter or double click (row). opened_full: Ctrl+Enter (row).
        ticks_changed: how many rows are ticked.
        tick_all_wanted: Ctrl+A or the head's box on a windowed table that does not hold every row:
            the page fetches them and calls `model.tick_rows`.
        sort_wanted: (key, descending); an empty key is the page's own order. Windowed tables only.
        menu_wanted: (row, global position) for the page's context menu.
        copied: how many rows went to the clipboard.
        columns_changed: the layout is another.
        density_changed: rows are dense (bool).
    """

    current_changed = Signal(object)
    opened = Signal(object)
    opened_full = Signal(object)
    ticks_changed = Signal(int)
    tick_all_wanted = Signal()
    sort_wanted = Signal(str, bool)
    menu_wanted = Signal(object, QPoint)
    copied = Signal(int)
    columns_changed = Signal()
    density_changed = Signal(bool)

    def __init__(self, model: TableModel[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.name = name
        self._place: tuple[Hashable | None, int, int] | None = None
        self._widths: dict[str, int] = {}
        self._laying_out = False
        self._borrowed = ""  # a saved view's layout, as text; empty: the person's own
        self._borrowed_keys: tuple[str, ...] = ()
        self._hidden: frozenset[str] = frozenset()
        self._room_for: frozenset[str] | None = None
        self.heads_on_copy = True  # the person's preference; pages set it
        self._build()
        self._connect()
        self._restore()

    def _build(self) -> None:
        self.view = GridView(self.model, self)
        self.setFocusProxy(self.view)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        self._frozen = FrozenColumns(self.view)
        self._save = QTimer(self)
        self._save.setSingleShot(True)
        self._save.setInterval(_SAVE_AFTER_MS)
        chooser = QAction(self)
        chooser.setShortcut(QKeySequence("Ctrl+Shift+C"))
        chooser.triggered.connect(self.choose_columns)
        self.addAction(chooser)

    def _connect(self) -> None:
        view, head, model = self.view, self.view.head, self.model
        view.selectionModel().currentRowChanged.connect(self._on_current)
        view.opened.connect(lambda row: self._with_row(self.opened, row))
        view.opened_full.connect(lambda row: self._with_row(self.opened_full, row))
        view.tick_all_wanted.connect(self.tick_all)
        view.copy_wanted.connect(self.copy)
        view.customContextMenuRequested.connect(self._on_menu)
        head.tick_all_clicked.connect(self._on_tick_head)
        head.sort_clicked.connect(self._on_sort)
        head.sectionResized.connect(self._on_resized)
        head.sectionMoved.connect(self._on_moved)
        head.customContextMenuRequested.connect(self._on_head_menu)
        model.ticks_changed.connect(self._on_ticks)
        model.about_to_renew.connect(self._keep_place)
        model.renewed.connect(self._take_place)
        self._save.timeout.connect(self._remember)
        view.resized.connect(self._on_room)
        theme_changed.connect(view.viewport().update)
        if isinstance(model, WindowedModel):
            view.seen.connect(model.want)

    def _restore(self) -> None:
        self.apply_layout(self._wished())
        self.set_dense(recall(f"tables/{self.name}/dense") == "1")

    # Rows

    def current_row(self) -> Any:
        """The current row, or None."""
        return self.model.row_at(self.view.currentIndex().row())

    def current_index(self) -> int:
        """The position of the current row, -1 for none."""
        return self.view.currentIndex().row()

    def make_current(self, index: int) -> None:
        """Put the current row there and bring it on screen."""
        self.view.make_current(index)

    def go_by(self, steps: int) -> None:
        """The next (1) or previous (-1) row becomes current."""
        self.make_current(self.current_index() + steps)

    def rows_on_screen(self) -> tuple[int, int]:
        """First and last row that can be seen."""
        return self.view.rows_on_screen()

    def tick_all(self) -> None:
        """Tick every row; a windowed table that lacks some asks the page for them."""
        if isinstance(self.model, WindowedModel) and not self.model.is_whole:
            self.tick_all_wanted.emit()
        else:
            self.model.tick_range(0, self.model.rowCount() - 1)

    def set_dense(self, dense: bool) -> None:  # noqa: FBT001 - a switch, connected to signals
        """Rows of 28 instead of 32 px."""
        self.view.set_row_height(DENSE_ROW if dense else STANDARD_ROW)
        self._frozen.follow()
        self.density_changed.emit(dense)

    def remember_dense(self, dense: bool) -> None:  # noqa: FBT001 - as above
        """Switch the row height and keep it for the next run."""
        remember(f"tables/{self.name}/dense", "1" if dense else "0")
        self.set_dense(dense)

    @property
    def is_dense(self) -> bool:
        """Whether rows are 28 px."""
        return self.view.row_height == DENSE_ROW

    def retranslate(self) -> None:
        """Words changed."""
        self.model.retranslate()
        self.view.viewport().update()

    # Columns

    def shown_columns(self) -> tuple[Column[Any], ...]:
        """The columns on screen, in their order."""
        head = self.view.head
        sections = [head.logicalIndex(place) for place in range(head.count())]
        columns = [self.model.column_of(s) for s in sections if not head.isSectionHidden(s)]
        return tuple(column for column in columns if column is not None)

    def layout_text(self) -> str:
        """The column layout, for a saved view."""
        head = self.view.head
        sections = [head.logicalIndex(place) for place in range(head.count())]
        columns = [self.model.column_of(section) for section in sections]
        order = tuple(column.key for column in columns if column is not None)
        # What is only out of room is not hidden: it comes back with the room.
        return ColumnLayout(order, self._hidden, dict(self._widths)).to_text()

    def wished_columns(self) -> tuple[str, ...]:
        """Keys of the columns the layout in force asks for, whatever there is room for."""
        return _shown_keys(self._wished(), self.model.columns)

    @property
    def borrows_columns(self) -> bool:
        """Whether a saved view shows other columns than everybody has."""
        return bool(self._borrowed) and self._borrowed_keys != _shown_keys("", self.model.columns)

    def borrow_columns(self, keys: tuple[str, ...]) -> bool:
        """Show a saved view's columns; none: the person's own again. Whether that is a change.

        What a person does to borrowed columns holds until the next ones and is not remembered.
        """
        if keys == self._borrowed_keys:
            return False
        if self._save.isActive():  # what was just dragged belongs to the layout that goes
            self._save.stop()
            self._remember()
        own = recall(f"tables/{self.name}/columns")
        self._borrowed = borrowed_layout(keys, own, self.model.columns)
        self._borrowed_keys = keys
        return True

    def _wished(self) -> str:
        return self._borrowed or recall(f"tables/{self.name}/columns")

    def _keep_layout(self, text: str) -> None:
        if self._borrowed:
            self._borrowed = text or default_layout(self.model.columns).to_text()
        else:
            remember(f"tables/{self.name}/columns", text)

    def apply_layout(self, text: str) -> None:
        """Show columns as a remembered layout says; an empty text is the default."""
        columns = self.model.columns
        layout = read_layout(text, columns) if text else default_layout(columns)
        head = self.view.head
        self._laying_out = True
        self._widths, self._hidden = dict(layout.widths), layout.hidden
        for place, key in enumerate(layout.order):
            section = self.model.section_of(key)
            head.moveSection(head.visualIndex(section), place + self.model.first)
            crowded_out = self._room_for is not None and key not in self._room_for
            head.setSectionHidden(section, key in layout.hidden or crowded_out)
            column = self.model.column_of(section)
            if column is not None:
                head.resizeSection(section, layout.widths.get(key, column.width))
        if self.model.tickable:
            head.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
            head.resizeSection(0, TICK_WIDTH)
        self._laying_out = False
        self._fill()
        self._frozen.follow()
        self.columns_changed.emit()

    def choose_columns(self) -> ColumnChooser:
        """Open the column chooser."""
        chooser = ColumnChooser(self.model.columns, self.layout_text(), self)
        chooser.chosen.connect(self._on_chosen)
        chooser.open()
        return chooser

    def show_only(self, keys: frozenset[str] | None) -> None:
        """Show only these columns while room is short; None shows the layout again."""
        self._room_for = keys
        self.apply_layout(self._wished())

    # Copy

    def copy(self) -> None:
        """Ticked rows, else the current row, to the clipboard; what is shown, in its order."""
        rows = self.model.ticked or tuple(row for row in (self.current_row(),) if row is not None)
        if rows:
            QGuiApplication.clipboard().setMimeData(self._mime(rows))
            self.copied.emit(len(rows))

    def _mime(self, rows: tuple[Any, ...]) -> QMimeData:
        return clipboard.mime(self.shown_columns(), rows, with_heads=self.heads_on_copy)

    def copy_cell(self) -> None:
        """The current cell's text to the clipboard, exactly as it stands."""
        index = self.view.currentIndex()
        column, row = self.model.column_of(index.column()), self.current_row()
        if column is not None and row is not None:
            QGuiApplication.clipboard().setText(column.text(row))
            self.copied.emit(1)

    # What the view tells

    def _with_row(self, signal: Any, number: int) -> None:
        row = self.model.row_at(number)
        if row is not None:
            signal.emit(row)

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.current_changed.emit(self.model.row_at(current.row()))

    def _on_ticks(self, count: int) -> None:
        self.view.head.viewport().update()
        self.ticks_changed.emit(count)

    def _on_tick_head(self) -> None:
        if self.model.ticked and len(self.model.ticked) >= self.model.rowCount():
            self.model.untick_all()
        else:
            self.tick_all()

    def _on_sort(self, key: str) -> None:
        """First click, second click the other way, third click the page's own order."""
        column = next(c for c in self.model.columns if c.key == key)
        by = self.model.sorted_by
        starts_high = column.align.value == "right"
        if by is None or by[0] != key:
            wanted: tuple[str | None, bool] = (key, starts_high)
        else:
            wanted = (key, not starts_high) if by[1] is starts_high else (None, False)
        if isinstance(self.model, RowTableModel):
            self.model.sort_by(wanted[0], descending=wanted[1])
        else:
            self.sort_wanted.emit(wanted[0] or "", wanted[1])

    def _on_menu(self, where: QPoint) -> None:
        index = self.view.indexAt(where)
        row = self.model.row_at(index.row()) if index.isValid() else self.current_row()
        if row is not None:
            self.menu_wanted.emit(row, self.view.viewport().mapToGlobal(where))

    def _on_head_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction(keyed(tr("Choose columns"), "C"), self.choose_columns)
        menu.addAction(keyed(tr("Reset columns"), "R"), lambda: self._on_chosen(""))
        menu.popup(self.view.head.mapToGlobal(where))

    def _on_chosen(self, text: str) -> None:
        self._keep_layout(text)
        self._room_for = None  # what was just chosen is seen, if need be by scrolling
        self.apply_layout(self._wished())

    def _on_resized(self, section: int, _before: int, width: int) -> None:
        column = self.model.column_of(section)
        if self._laying_out or column is None or width == 0:
            return
        self._widths[column.key] = width
        self._save.start()
        self._fill()
        self._frozen.follow()

    def _on_moved(self, _section: int, _before: int, _after: int) -> None:
        if self._laying_out:
            return
        # The tick box and fixed columns stay in front whatever was dragged.
        self.apply_layout(read_layout(self.layout_text(), self.model.columns).to_text())
        self._save.start()

    def _remember(self) -> None:
        self._keep_layout(self.layout_text())
        self.columns_changed.emit()

    # Room and place

    def _on_room(self) -> None:
        self._fill()
        self._frozen.follow()

    def _fill(self) -> None:
        """Growing columns share the room that is left, none less than its own width.

        From the right each gets what it would like to have; what remains is the last one's. A
        width the person dragged stays.
        """
        head = self.view.head
        growing = [
            (self.model.section_of(column.key), column)
            for column in self.model.columns
            if column.grows and column.key not in self._widths
        ]
        shown = [(at, column) for at, column in growing if not head.isSectionHidden(at)]
        if not shown:
            return
        others = head.length() - sum(head.sectionSize(at) for at, _ in shown)
        left = self.view.viewport().width() - others - sum(column.width for _, column in shown)
        self._laying_out = True
        for at, column in reversed(shown):
            more = max(0, min(left, column.roomy - column.width))
            head.resizeSection(at, column.width + more)
            left -= more
        if left > 0:
            at = shown[-1][0]
            head.resizeSection(at, head.sectionSize(at) + left)
        self._laying_out = False

    def _keep_place(self) -> None:
        row = self.current_row()
        current = None if row is None else self.model.id_of(row)
        bar = self.view.verticalScrollBar().value()
        self._place = (current, self.current_index(), bar)

    def _take_place(self) -> None:
        if self._place is None:
            return
        current, before, bar = self._place
        found = None if current is None else self.model.index_of(current)
        total = self.model.rowCount()
        at = found if found is not None else min(before, total - 1)
        self.view.updateGeometries()
        moved = (at - before) * self.view.row_height if found is not None and before >= 0 else 0
        if at >= 0:
            self.view.make_current(at)
        self.view.verticalScrollBar().setValue(bar + moved)
        self.view.tell_seen()


def _shown_keys(text: str, columns: Sequence[Column[Any]]) -> tuple[str, ...]:
    layout = read_layout(text, columns) if text else default_layout(columns)
    return tuple(key for key in layout.order if key not in layout.hidden)
