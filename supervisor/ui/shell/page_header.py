"""The header above every page: title, the page's slots, search, data age, the page's actions."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.ui.look.icons import icon
from supervisor.ui.look.style import polish
from supervisor.ui.widgets import DataAgePill, ElidedLabel, Label
from supervisor.ui.widgets.flow import FlowLayout

HEIGHT, COMPACT_HEIGHT = 52, 44
MARGIN, COMPACT_MARGIN = 20, 16
GAP = 12
SUBTITLE = 220


class PageHeader(QFrame):
    """Always in this order: title, subtitle, left slots, gap, search, data age, right slots.

    Where they do not fit beside each other, the slots continue on lines of their own.

    Signals:
        search_wanted: the search field was clicked (Ctrl+K).
        refresh_wanted: the age pill was clicked.
    """

    search_wanted = Signal()
    refresh_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageHeader")
        self._left: list[QWidget] = []
        self._right: list[QWidget] = []
        self._homes: dict[QWidget, QWidget | None] = {}
        self._compact = self._wrapped = self._put_wrapped = self._short = False
        self._box = QVBoxLayout(self)
        self._box.setSpacing(0)
        self.row = QHBoxLayout()
        self.row.setSpacing(GAP)
        self._line = QWidget()
        self._line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._flow = FlowLayout(self._line)
        self._line.hide()
        self._build()
        self.set_compact(False)

    def _build(self) -> None:
        self.title = Label(role="pageTitle")
        self.subtitle = ElidedLabel(role="secondary")
        # Its width is set below; a policy that ignores the hint would let others lie over it.
        self.subtitle.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.search = QPushButton()
        self.search.setAutoDefault(False)
        self.search.setIcon(icon("search"))
        self.search.clicked.connect(self.search_wanted)
        self.age = DataAgePill()
        self.age.clicked.connect(self.refresh_wanted)
        for part in (self.title, self.subtitle):
            self.row.addWidget(part)
        self.row.addStretch(1)
        self.row.addWidget(self.search)
        self.row.addWidget(self.age)
        self._box.addLayout(self.row)
        self._box.addWidget(self._line)

    def show_page(
        self, title: str, subtitle: str, left: Sequence[QWidget], right: Sequence[QWidget]
    ) -> None:
        """Take a page's words and widgets; the former page's widgets go back to it."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        if (self._left, self._right) != (list(left), list(right)):
            self._exchange(left, right)
        self._place()

    def _exchange(self, left: Sequence[QWidget], right: Sequence[QWidget]) -> None:
        for old in (*self._left, *self._right):
            self._take_out(old)
            if old not in left and old not in right:
                old.hide()
                old.setParent(self._homes.pop(old, None))
        for new in (*left, *right):
            self._homes.setdefault(new, new.parentWidget())
        self._left, self._right = list(left), list(right)
        self._put_slots(wrapped=False)

    def clear(self) -> None:
        """The page in front goes for good; its widgets return to it first."""
        self.show_page("", "", [], [])

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001 - a state of the window
        """44 instead of 52 px, and a shorter search field."""
        self._compact = compact
        margin = COMPACT_MARGIN if compact else MARGIN
        self._box.setContentsMargins(margin, 0, margin, 0)
        self._line.setContentsMargins(0, 0, 0, 8)
        self.title.setProperty("role", "pageTitleCompact" if compact else "pageTitle")
        polish(self.title)
        self.retranslate()

    def retranslate(self) -> None:
        """Words changed."""
        self.search.setAccessibleName(tr("Go to a case, person, page or view"))
        self.age.tick()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._place()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _place(self) -> None:
        """The slots beside the title, or below it."""
        self._wrapped = self._short = False
        self._say_search()
        self._fit()

    def _fit(self) -> None:
        """What gives way, in this order: the words of the search, the subtitle, the one line."""
        wanted = self.subtitle.sizeHint().width() if self.subtitle.whole_text() else 0
        wanted = min(SUBTITLE, wanted)
        if not self._short and self._needs() + wanted > self._room():
            self._short = True
            self._say_search()
        if not self._wrapped and (self._left or self._right) and self._needs() > self._room():
            self._wrapped = True
        if self._wrapped is not self._put_wrapped:
            self._put_slots(wrapped=self._wrapped)
        self.subtitle.setFixedWidth(max(0, min(wanted, self._room() - self._needs())))
        self._line.setVisible(self._wrapped)
        self._set_height()

    def _room(self) -> int:
        margins = self._box.contentsMargins()
        return self.width() - margins.left() - margins.right()

    def _needs(self) -> int:
        """The width of the one line without the subtitle."""
        beside = [] if self._wrapped else [*self._left, *self._right]
        parts = [self.title, self.search, self.age, *beside]
        shown = [part for part in parts if not part.isHidden()]
        return sum(_width(part) for part in shown) + GAP * (len(shown) + 1)

    def _set_height(self) -> None:
        one = COMPACT_HEIGHT if self._compact else HEIGHT
        more = self._line.heightForWidth(self._room()) if self._wrapped else 0
        self.title.setMinimumHeight(one)
        self.setFixedHeight(one + more)

    def _put_slots(self, *, wrapped: bool) -> None:
        self._put_wrapped = wrapped
        for part in (*self._left, *self._right):
            self._take_out(part)
        if wrapped:
            for part in (*self._left, *self._right):
                self._flow.addWidget(part)
                part.show()
            return
        for place, part in enumerate(self._left):
            self.row.insertWidget(2 + place, part)
            part.show()
        for part in self._right:
            self.row.addWidget(part)
            part.show()

    def _take_out(self, part: QWidget) -> None:
        self.row.removeWidget(part)
        self._flow.removeWidget(part)

    def _say_search(self) -> None:
        short = self._compact or self._short
        words = "Ctrl+K" if short else tr("Case, person, page   Ctrl+K")
        self.search.setText(f" {words}")
        self.search.setToolTip(tr("Go to a case, person, page or view"))


def _width(part: QWidget) -> int:
    """As wide as it wants to be, within what it may."""
    hint = max(part.sizeHint().width(), part.minimumSizeHint().width(), part.minimumWidth())
    return min(hint, part.maximumWidth())
