"""The header above every page: title, the page's slots, search, data age, the page's actions."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from supervisor.i18n import tr
from supervisor.ui.look.icons import icon
from supervisor.ui.look.style import polish
from supervisor.ui.widgets import DataAgePill, ElidedLabel, Label

HEIGHT, COMPACT_HEIGHT = 52, 44
MARGIN, COMPACT_MARGIN = 20, 16


class PageHeader(QFrame):
    """Always in this order: title, subtitle, left slots, gap, search, data age, right slots.

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
        self.row = QHBoxLayout(self)
        self.row.setSpacing(12)
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
        self.set_compact(False)

    def show_page(
        self, title: str, subtitle: str, left: Sequence[QWidget], right: Sequence[QWidget]
    ) -> None:
        """Take a page's words and widgets; the former page's widgets go back to it."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setFixedWidth(min(220, self.subtitle.sizeHint().width()) if subtitle else 0)
        for old in (*self._left, *self._right):
            if old not in left and old not in right:
                self.row.removeWidget(old)
                old.hide()
                old.setParent(self._homes.pop(old, None))
        for new in (*left, *right):
            self._homes.setdefault(new, new.parentWidget())
        self._left, self._right = list(left), list(right)
        for place, widget in enumerate(self._left):
            self.row.insertWidget(2 + place, widget)
            widget.show()
        for widget in self._right:
            self.row.addWidget(widget)
            widget.show()

    def clear(self) -> None:
        """The page in front goes for good; its widgets return to it first."""
        self.show_page("", "", [], [])

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001 - a state of the window
        """44 instead of 52 px, and a shorter search field."""
        self._compact = compact
        self.setFixedHeight(COMPACT_HEIGHT if compact else HEIGHT)
        margin = COMPACT_MARGIN if compact else MARGIN
        self.row.setContentsMargins(margin, 0, margin, 0)
        self.title.setProperty("role", "pageTitleCompact" if compact else "pageTitle")
        polish(self.title)
        self.retranslate()

    def retranslate(self) -> None:
        """Words changed."""
        words = "Ctrl+K" if self._compact else tr("Case, person, page   Ctrl+K")
        self.search.setText(f" {words}")
        self.search.setAccessibleName(tr("Go to a case, person, page or view"))
        self.age.tick()
