"""Choosing several of a list, or people by the cascade branch > team > agent."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QMenu,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from supervisor.i18n import ntr, tr
from supervisor.models.rows.directory import DirectoryRow
from supervisor.ui.look.icons import icon
from supervisor.ui.look.plain import tip
from supervisor.ui.look.style import polish
from supervisor.ui.widgets import clearable

T = TypeVar("T", bound=Hashable)
_LEVEL = int(Qt.ItemDataRole.UserRole)
_ID = _LEVEL + 1
NOBODY, BRANCH, TEAM, AGENT = "nobody", "branch", "team", "agent"


class _StayingMenu(QMenu):
    """A menu of ticks that stays open while several are chosen."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Toggle in place instead of closing."""
        action = self.activeAction()
        if action is not None and action.isCheckable() and action.isEnabled():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space toggles in place; Enter closes as menus do."""
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
        else:
            super().keyPressEvent(event)


class MultiChoice(QPushButton, Generic[T]):
    """A button that says what is chosen and opens a list of ticks.

    Signals:
        chosen: a person changed the choice; ask `values()`.
    """

    chosen = Signal()

    def __init__(
        self, title: str, options: Sequence[tuple[T, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._actions: dict[T, QAction] = {}
        dress_choice(self)
        menu = _StayingMenu(self)
        for value, text in options:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.toggled.connect(self._on_toggled)
            self._actions[value] = action
        self.setMenu(menu)
        self._quiet = False
        self._say()

    def values(self) -> tuple[T, ...]:
        """What is ticked, in the order of the list."""
        return tuple(value for value, action in self._actions.items() if action.isChecked())

    def show_values(self, values: Iterable[T]) -> None:
        """Tick these without telling anybody."""
        wanted = set(values)
        self._quiet = True
        for value, action in self._actions.items():
            action.setChecked(value in wanted)
        self._quiet = False
        self._say()

    def _on_toggled(self) -> None:
        self._say()
        if not self._quiet:
            self.chosen.emit()

    def _say(self) -> None:
        ticked = [action.text() for action in self._actions.values() if action.isChecked()]
        if not ticked:
            text = tr("All")
        elif len(ticked) == 1:
            text = ticked[0]
        else:
            text = ntr("{n} chosen", "{n} chosen", len(ticked))
        self.setText(text)
        self.setToolTip(tr(", ").join(ticked))
        self.setAccessibleName(tr("{title}: {value}", title=self._title, value=text))
        restyle(self, active=bool(ticked))


class PeopleChoice(QPushButton):
    """Whose cases: a tree of branches, teams and people with a search line.

    Ticks live on one level at a time: conditions are joined by AND, and a branch together with a
    person of another branch would be an empty list nobody asked for.

    Signals:
        chosen: branches, teams, agents and whether cases of nobody are asked for.
    """

    chosen = Signal(object, object, object, bool)

    def __init__(self, directory: Callable[[], DirectoryRow | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._directory = directory
        self._ticked: set[tuple[str, int]] = set()
        dress_choice(self)
        self.setText(tr("All"))
        self.clicked.connect(self.open_list)
        self._popup: _PeoplePopup | None = None

    def show_ticks(self, ticked: Iterable[tuple[str, int]], text: str) -> None:
        """Show what is chosen; `text` is its chip without the heading, empty for everybody."""
        self._ticked = set(ticked)
        said = text or tr("All")
        self.setText(said)
        self.setToolTip(tip(text))
        self.setAccessibleName(tr("{title}: {value}", title=tr("People"), value=said))
        restyle(self, active=bool(self._ticked))

    def open_list(self) -> None:
        """Open the tree below the button."""
        popup = _PeoplePopup(self._directory() or DirectoryRow((), (), ()), self._ticked, self)
        popup.changed.connect(self._on_changed)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()
        popup.search.setFocus()
        self._popup = popup

    def _on_changed(self, ticked: set[tuple[str, int]]) -> None:
        self._ticked = set(ticked)
        of = {
            level: tuple(sorted(key for kind, key in ticked if kind == level))
            for level in (BRANCH, TEAM, AGENT)
        }
        self.chosen.emit(of[BRANCH], of[TEAM], of[AGENT], (NOBODY, 0) in ticked)


class _PeoplePopup(QFrame):
    """The tree itself; closes like a menu."""

    changed = Signal(object)

    def __init__(self, rows: DirectoryRow, ticked: set[tuple[str, int]], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ticked = set(ticked)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(tr("Name or staff no."))
        self.search.setAccessibleName(tr("Find a person"))
        clearable(self.search)
        self.tree = QTreeWidget(self)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setAccessibleName(tr("Branches, teams and people"))
        self.tree.setMinimumSize(260, 320)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.addWidget(self.search)
        box.addWidget(self.tree)
        self._fill(rows)
        self.search.textChanged.connect(self._on_find)
        self.tree.itemChanged.connect(self._on_item)

    def _fill(self, rows: DirectoryRow) -> None:
        root = self.tree.invisibleRootItem()
        self._add(root, tr("Nobody yet"), (NOBODY, 0))
        homes: dict[tuple[str, int], QTreeWidgetItem] = {}
        for branch in rows.branches:
            key = (BRANCH, int(branch.branch_id))
            homes[key] = self._add(root, branch.name, key)
        for team in rows.teams:
            home = homes.get((BRANCH, int(team.branch_id)))
            if home is not None:
                key = (TEAM, int(team.team_id))
                homes[key] = self._add(home, team.name, key)
        for person in rows.staff:
            home = homes.get((TEAM, int(person.team_id or 0)))
            home = home or homes.get((BRANCH, int(person.branch_id)))
            if home is not None:
                name = f"{person.name} {person.staff_no}"
                self._add(home, name, (AGENT, int(person.staff_id)))
        if len(rows.branches) == 1:
            self.tree.expandAll()
        self._open_ticked()

    def _open_ticked(self) -> None:
        for item in self._items():
            above = item.parent()
            while item.checkState(0) == Qt.CheckState.Checked and above is not None:
                above.setExpanded(True)
                above = above.parent()

    def _add(self, parent: QTreeWidgetItem, text: str, key: tuple[str, int]) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [text])
        item.setData(0, _LEVEL, key[0])
        item.setData(0, _ID, key[1])
        state = Qt.CheckState.Checked if key in self._ticked else Qt.CheckState.Unchecked
        item.setCheckState(0, state)
        return item

    def _items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        waiting = [self.tree.invisibleRootItem()]
        while waiting:
            item = waiting.pop()
            children = [child for child in map(item.child, range(item.childCount())) if child]
            found += children
            waiting += children
        return found

    def _on_item(self, item: QTreeWidgetItem) -> None:
        key = (str(item.data(0, _LEVEL)), int(item.data(0, _ID)))
        if item.checkState(0) == Qt.CheckState.Checked:
            self._ticked = {one for one in self._ticked if one[0] == key[0]} | {key}
            self._untick_other_levels(key[0])
        else:
            self._ticked.discard(key)
        self.changed.emit(set(self._ticked))

    def _untick_other_levels(self, level: str) -> None:
        self.tree.blockSignals(True)
        for item in self._items():
            if item.data(0, _LEVEL) != level:
                item.setCheckState(0, Qt.CheckState.Unchecked)
        self.tree.blockSignals(False)
        self.tree.viewport().update()

    def _on_find(self, text: str) -> None:
        wanted = text.strip().casefold()
        for item in reversed(self._items()):
            children = map(item.child, range(item.childCount()))
            below = any(child and not child.isHidden() for child in children)
            item.setHidden(bool(wanted) and wanted not in item.text(0).casefold() and not below)
            item.setExpanded((bool(wanted) and below) or item.isExpanded())


def dress_choice(button: QPushButton) -> None:
    """A button that opens a list looks like one: the arrow stands at its right."""
    button.setProperty("kind", "choice")
    button.setAutoDefault(False)
    button.setIcon(icon("chevron-down"))
    button.setIconSize(QSize(14, 14))
    button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties and have the style look again; Qt does not by itself."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    polish(widget)
