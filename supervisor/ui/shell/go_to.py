"""Ctrl+K: go to a page, a view or a case by a few letters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.ui.look.icons import icon
from supervisor.ui.widgets import ListRow, RowList, with_search_sign

WIDTH, HEIGHT = 520, 360


@dataclass(frozen=True, slots=True)
class Target:
    """Somewhere to go."""

    words: str
    kind: str
    icon: str
    go: Callable[[], object]


class GoTo(QDialog):
    """Typing narrows the places; Enter goes there. Any text can also be searched in the queue."""

    def __init__(
        self,
        targets: Callable[[], Sequence[Target]],
        search: Callable[[str], object] | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("goTo")
        self.setAccessibleName(tr("Go to a case, person, page or view"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._targets = targets
        self._search = search
        self._shown: list[Target] = []
        self.setFixedSize(WIDTH, HEIGHT)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Case number, name, initials, page or view"))
        self.field.setAccessibleName(tr("Go to a case, person, page or view"))
        with_search_sign(self.field)
        self.list = RowList()
        self.list.setAccessibleName(tr("Places"))
        self.list.setIconSize(QSize(16, 16))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 12)
        box.addWidget(self.field)
        box.addWidget(self.list)
        self.field.textChanged.connect(self._narrow)
        self.field.installEventFilter(self)
        self.list.picked.connect(lambda _at: self.go())
        self._narrow("")
        self.move(parent.mapToGlobal(QPoint((parent.width() - WIDTH) // 2, 64)))
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = watched is self.field and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and self._take(event.key()):
            return True
        return super().eventFilter(watched, event)

    def _take(self, key: int) -> bool:
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.go()
            return True
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            step = 1 if key == Qt.Key.Key_Down else -1
            count = max(1, self.list.count())
            self.list.make_current((self.list.current() + step) % count)
            return True
        return False

    def go(self) -> None:
        """Go to the place that is marked."""
        at = self.list.current()
        if at < 0:
            return
        target = self._shown[at]
        self.accept()
        target.go()

    def renew(self) -> None:
        """More places are known."""
        self._narrow(self.field.text())

    def _narrow(self, text: str) -> None:
        wanted = text.strip().casefold()
        self._shown = [t for t in self._targets() if wanted in t.words.casefold()]
        if wanted and self._search is not None:
            words = tr("Search the cases for “{text}”", text=text.strip())
            look = self._search
            # A page, or anything named so to the letter, is what was meant: Enter goes there.
            meant = sum(1 for one in self._shown if _is_meant(one, wanted))
            self._shown.sort(key=lambda one: not _is_meant(one, wanted))
            search = Target(words, tr("Cases"), "search", lambda: look(text.strip()))
            self._shown.insert(meant, search)
        self.list.show_rows(
            [
                ListRow(f"{target.words}   ·   {target.kind}", icon=icon(target.icon))
                for target in self._shown
            ]
        )
        self.list.make_current(0 if self._shown else -1)


def _is_meant(target: Target, wanted: str) -> bool:
    """Whether these letters name a target: whole, or the beginning of a page."""
    words = target.words.casefold()
    return words == wanted or (target.kind == tr("Page") and words.startswith(wanted))
