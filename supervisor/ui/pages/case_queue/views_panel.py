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
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from supervisor.i18n import tr
from supervisor.models.enums import ViewScope
from supervisor.models.rows.saved_view import SavedViewRow
from supervisor.ui.look.tokens import theme_changed, tokens
from supervisor.ui.pages.case_queue.view_keys import view_key, view_name
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Align
from supervisor.words import formats

ROW, HEAD = 30, 32
SERIOUS = frozenset({"first_look", "recall"})
"""Ready-made views whose counts are serious."""
Index = QModelIndex | QPersistentModelIndex
_VIEW = int(Qt.ItemDataRole.UserRole)
_COUNT = _VIEW + 1
ACTS = ("rename", "duplicate", "pin", "share", "hand_over", "remove")


class _Painter(QStyledItemDelegate):
    """Name left, count right; the chosen one has an edge, not only a ground."""

    def __init__(self, views: QListWidget) -> None:
        super().__init__(views)
        self._list = views

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        colours = tokens()
        view: SavedViewRow | None = index.data(_VIEW)
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
        count: int | None = index.data(_COUNT)
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
        return QSize(120, HEAD if index.data(_VIEW) is None else ROW)


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
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Saved views"))
        self.list.setItemDelegate(_Painter(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 4, 8, 8)
        box.addWidget(self.list)
        self.list.itemClicked.connect(self._on_item)
        self.list.itemActivated.connect(self._on_item)
        self.list.customContextMenuRequested.connect(self._on_menu)
        theme_changed.connect(self.list.viewport().update)
        self.views: tuple[SavedViewRow, ...] = ()

    def show_views(self, views: Sequence[SavedViewRow], current: SavedViewRow | None) -> None:
        """Show these in their three groups; pinned ones first within a group."""
        self.views = tuple(views)
        self.list.clear()
        own = [view for view in views if view.builtin is None]
        for title, group in (
            (tr("Ready-made views"), [view for view in views if view.builtin is not None]),
            (tr("Shared"), [view for view in own if view.scope is ViewScope.SHARED]),
            (tr("Mine"), [view for view in own if view.scope is ViewScope.MINE]),
        ):
            if group:
                self._head(title)
                for view in sorted(group, key=lambda one: (not one.pinned, one.position)):
                    self._add(view)
        self.show_current(current)

    def show_current(self, view: SavedViewRow | None) -> None:
        """Mark the view in force."""
        wanted = None if view is None else view_key(view)
        for item in self._items():
            one: SavedViewRow | None = item.data(_VIEW)
            if one is not None and view_key(one) == wanted:
                self.list.setCurrentItem(item)
                return
        self.list.setCurrentRow(-1)

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show the badges that are known."""
        for item in self._items():
            view: SavedViewRow | None = item.data(_VIEW)
            if view is not None and view_key(view) in counts:
                n = counts[view_key(view)]
                item.setData(_COUNT, n)
                said = tr("{view}, {n:,} cases", view=view_name(view), n=n)
                item.setData(int(Qt.ItemDataRole.AccessibleTextRole), said)

    def in_order(self) -> list[SavedViewRow]:
        """The views as listed, for Ctrl+1 … Ctrl+9."""
        found = [item.data(_VIEW) for item in self._items()]
        return [view for view in found if view is not None]

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
        for act in ACTS:
            action = QAction(words[act], menu)
            action.setObjectName(act)
            action.setEnabled(view.builtin is None or act == "duplicate")
            action.triggered.connect(partial(self.act_wanted.emit, act, view))
            menu.addAction(action)
        return menu

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(index) for index in range(self.list.count())]

    def _head(self, title: str) -> None:
        item = QListWidgetItem(title, self.list)
        item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _add(self, view: SavedViewRow) -> None:
        item = QListWidgetItem(view_name(view), self.list)
        item.setData(_VIEW, view)
        item.setToolTip(view_name(view))

    def _on_item(self, item: QListWidgetItem) -> None:
        view: SavedViewRow | None = item.data(_VIEW)
        if view is not None:
            self.chosen.emit(view)

    def _on_menu(self, where: QPoint) -> None:
        item = self.list.itemAt(where) or self.list.currentItem()
        view: SavedViewRow | None = item.data(_VIEW) if item is not None else None
        if view is not None:
            self.menu_for(view).popup(self.list.viewport().mapToGlobal(where))
