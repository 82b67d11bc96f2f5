"""Saved views at the left: ready-made, shared and own ones, each with its count."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from supervisor.i18n import tr
from supervisor.models.enums_queue import ViewScope
from supervisor.models.rows.saved_view import SavedViewRow
from supervisor.ui.look.plain import keyed
from supervisor.ui.look.tokens import theme_changed, tokens
from supervisor.ui.pages.case_queue.view_keys import view_key, view_name
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Align
from supervisor.ui.widgets import ListRow, RowList
from supervisor.ui.widgets.row_list import DATA, EXTRA
from supervisor.words import formats

ROW, HEAD = 30, 32
SERIOUS = frozenset({"first_look", "recall"})
"""Ready-made views whose counts are serious."""
Index = QModelIndex | QPersistentModelIndex
ACTS = {"rename": "R", "duplicate": "D", "pin": "P", "share": "S", "hand_over": "H", "remove": "E"}
"""What can be done with a view, with its Alt letter."""


class _Painter(QStyledItemDelegate):
    """Name left, count right; the chosen one has an edge, not only a ground."""

    def __init__(self, views: RowList) -> None:
        super().__init__(views)
        self._list = views

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        colours = tokens()
        view: SavedViewRow | None = index.data(DATA)
        text: str = index.data(int(Qt.ItemDataRole.DisplayRole))
        if view is None:
            painter.setFont(paint.text_font(12, 400))
            painter.setPen(paint.colour(colours.text2))
            painter.drawText(rect.adjusted(8, 6, -8, 0), Align.LEFT.flag, text)
            return
        chosen = self._list.currentIndex() == index
        inner = rect.adjusted(0, 1, 0, -1)
        if chosen:
            painter.fillRect(inner, paint.colour(colours.accent_bg))
            painter.fillRect(
                QRect(inner.left(), inner.top(), 3, inner.height()), paint.colour(colours.accent)
            )
        count: int | None = index.data(EXTRA)
        said = "" if count is None else formats.count(count)
        serious = bool(count) and view.builtin in SERIOUS
        painter.setFont(paint.text_font(12, 500 if serious else 400))
        painter.setPen(paint.colour(colours.crit if serious else colours.text2))
        painter.drawText(inner.adjusted(8, 0, -8, 0), Align.RIGHT.flag, said)
        room = inner.adjusted(10, 0, -16 - paint.advance(said, 12, 500), 0)
        weight = 500 if chosen else 400
        painter.setFont(paint.text_font(13, weight))
        painter.setPen(paint.colour(colours.text))
        painter.drawText(room, Align.LEFT.flag, paint.elided(text, 13, weight, room.width()))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        return QSize(120, HEAD if index.data(DATA) is None else ROW)


class ViewsPanel(QFrame):
    """The list of views.

    Signals:
        chosen: a view (SavedViewRow).
        act_wanted: (name of the act, view); the acts are in `ACTS`.
    """

    chosen = Signal(object)
    act_wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plainPanel")
        self.list = RowList(self)
        self.list.setUniformItemSizes(False)
        self.list.setAccessibleName(tr("Saved views"))
        self.list.setItemDelegate(_Painter(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 4, 8, 8)
        box.addWidget(self.list)
        self.list.picked.connect(self._on_picked)
        self.list.customContextMenuRequested.connect(self._on_menu)
        theme_changed.connect(self.list.viewport().update)
        self.views: tuple[SavedViewRow, ...] = ()

    def show_views(self, views: Sequence[SavedViewRow], current: SavedViewRow | None) -> None:
        """Show these in their three groups; pinned ones first within a group."""
        self.views = tuple(views)
        rows: list[ListRow] = []
        own = [view for view in views if view.builtin is None]
        for title, group in (
            (tr("Ready-made views"), [view for view in views if view.builtin is not None]),
            (tr("Shared"), [view for view in own if view.scope is ViewScope.SHARED]),
            (tr("Mine"), [view for view in own if view.scope is ViewScope.MINE]),
        ):
            if group:
                rows.append(ListRow(title, enabled=False))
                ordered = sorted(group, key=lambda one: (not one.pinned, one.position))
                rows += [ListRow(view_name(view), view, tip=view_name(view)) for view in ordered]
        self.list.show_rows(rows)
        self.show_current(current)

    def show_current(self, view: SavedViewRow | None) -> None:
        """Mark the view in force."""
        wanted = None if view is None else view_key(view)
        keys = [row.data and view_key(row.data) for row in self.list.rows]
        self.list.make_current(keys.index(wanted) if wanted in keys and wanted else -1)

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show the badges that are known."""
        for at, row in enumerate(self.list.rows):
            key = row.data and view_key(row.data)
            if key in counts and row.extra != counts[key]:
                n = counts[key]
                said = tr("{view}, {n:,} cases", view=view_name(row.data), n=n)
                self.list.list_model.change(at, extra=n, spoken=said)

    def in_order(self) -> list[SavedViewRow]:
        """The views as listed, for Ctrl+1 … Ctrl+9."""
        return [row.data for row in self.list.rows if row.data is not None]

    def menu_for(self, view: SavedViewRow) -> QMenu:
        """What can be done with a view; ready-made ones can only be duplicated."""
        menu = QMenu(self)
        words = {
            "rename": tr("Rename"),
            "duplicate": tr("Duplicate"),
            "pin": tr("Unpin") if view.pinned else tr("Pin to the top"),
            "share": tr("Stop sharing") if view.scope is ViewScope.SHARED else tr("Share"),
            "hand_over": tr("Hand over"),
            "remove": tr("Remove"),
        }
        for act, letter in ACTS.items():
            action = QAction(keyed(words[act], letter), menu)
            action.setObjectName(act)
            action.setEnabled(view.builtin is None or act == "duplicate")
            action.triggered.connect(partial(self.act_wanted.emit, act, view))
            menu.addAction(action)
        return menu

    def _on_picked(self, at: int) -> None:
        view: SavedViewRow | None = self.list.rows[at].data
        if view is not None:
            self.chosen.emit(view)

    def _on_menu(self, where: QPoint) -> None:
        index = self.list.indexAt(where)
        at = index.row() if index.isValid() else self.list.current()
        view: SavedViewRow | None = self.list.rows[at].data if at >= 0 else None
        if view is not None:
            self.menu_for(view).popup(self.list.viewport().mapToGlobal(where))
