"""The paper of a report on the screen: pages, small pages, zoom, search; its own four states."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from supervisor.i18n import tr
from supervisor.ui.background.runner import TaskRunner
from supervisor.ui.pages.reports.page_source import PageSource
from supervisor.ui.pages.reports.page_strip import PageStrip
from supervisor.ui.pages.reports.page_view import FIT_PAGE, FIT_WIDTH, PageView
from supervisor.ui.widgets import Button, EmptyState, IconButton, Label, Skeleton, clearable
from supervisor.ui.widgets.flow import FlowLayout
from supervisor.ui.widgets.states import Action

WAIT_MS = 250
ROOM_FOR_STRIP = 560
"""From this width on small pages stand beside the large one."""


class SearchLine(QLineEdit):
    """Enter is the next place, Shift+Enter the one before, Esc empties.

    Signals:
        searched: words, a while after the last change. stepped: 1 or -1.
    """

    searched = Signal(str)
    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(tr("Find on the paper"))
        clearable(self)
        self.setAccessibleName(tr("Find on the paper"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.search_now)
        self._last = ""
        # Text still being composed does not change `text`.
        self.textChanged.connect(lambda _text: self._timer.start())

    def search_now(self) -> bool:
        """Search for what stands here; False: that was done already."""
        self._timer.stop()
        words = self.text().strip()
        if words == self._last:
            return False
        self._last = words
        self.searched.emit(words)
        return True

    def event(self, event: QEvent) -> bool:
        """Esc belongs to the line while there is text in it."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.text()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.search_now()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not self.search_now():
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.stepped.emit(-1 if back else 1)
        else:
            super().keyPressEvent(event)


class Preview(QFrame):
    """Shows a document; knows nothing of reports.

    Signals:
        stop_wanted: the person does not want to wait for the paper.
        failed: the document cannot be read (Exception).
    """

    stop_wanted = Signal()
    failed = Signal(object)

    def __init__(self, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.source = PageSource(runner, self)
        self.view = PageView(self.source)
        self.strip = PageStrip(self.source)
        self.search = SearchLine()
        self.waiting = Skeleton(10)
        self.none = EmptyState()
        self._lay_out()
        self._connect()
        self._say_found()
        self.show_none(tr("No report chosen"))

    def _lay_out(self) -> None:
        self.head = QHBoxLayout()
        self.head.setContentsMargins(16, 10, 12, 0)
        self.head.setSpacing(8)
        self.body = QWidget()
        pages = QHBoxLayout(self.body)
        pages.setContentsMargins(0, 0, 0, 0)
        pages.setSpacing(1)
        pages.addWidget(self.strip)
        pages.addWidget(self.view, 1)
        self.stack = QStackedWidget()
        for part in (self.none, self.waiting, self.body):
            self.stack.addWidget(part)
        self.tools = self._tools()
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(6)
        box.addLayout(self.head)
        box.addWidget(self.tools)
        box.addWidget(self.stack, 1)

    def _tools(self) -> QWidget:
        holder = QWidget()
        line = FlowLayout(holder, gap=4)
        line.setContentsMargins(12, 0, 12, 2)
        self.found = Label(role="secondary")
        self.before = IconButton("chevron-up", tr("Place before"), keys="Shift+Enter", size=24)
        self.after = IconButton("chevron-down", tr("Next place"), keys="Enter", size=24)
        self.smaller = IconButton("minus", tr("Smaller"), keys="Ctrl+-")
        self.larger = IconButton("plus", tr("Larger"), keys="Ctrl++")
        self.fit = Button("", small=True)
        self.fit.setToolTip(tr("Whole page or full width") + "  Ctrl+0")
        self.page = Label(role="secondary")
        self.search.setFixedWidth(180)
        line.addWidget(self.search)
        by_words: tuple[QWidget, ...] = (self.found, self.before, self.after)
        by_size: tuple[QWidget, ...] = (self.smaller, self.fit, self.larger, self.page)
        for part in by_words:
            line.addWidget(part)
        line.add_spring()
        for part in by_size:
            line.addWidget(part)
        return holder

    def _connect(self) -> None:
        self.source.opened.connect(self._on_opened)
        self.source.found.connect(self._on_found)
        self.source.failed.connect(self.failed)
        self.strip.picked.connect(self.view.go_to_page)
        self.view.moved.connect(self.strip.show_current)
        self.view.moved.connect(lambda _page: self._say_page())
        self.view.zoomed.connect(self._say_zoom)
        self.search.searched.connect(self.source.search)
        self.search.stepped.connect(self.step_hit)
        self.before.clicked.connect(lambda: self.step_hit(-1))
        self.after.clicked.connect(lambda: self.step_hit(1))
        self.smaller.clicked.connect(lambda: self.view.zoom_by(-1))
        self.larger.clicked.connect(lambda: self.view.zoom_by(1))
        self.fit.clicked.connect(self.turn_fit)
        self.waiting.stop_wanted.connect(self.stop_wanted)
        for keys, act in (
            ("Ctrl++", lambda: self.view.zoom_by(1)),
            ("Ctrl+=", lambda: self.view.zoom_by(1)),
            ("Ctrl+-", lambda: self.view.zoom_by(-1)),
            ("Ctrl+0", self.turn_fit),
        ):
            # Of the window: the list may have the focus. Of this page: hidden ones do not hear.
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WindowShortcut)

    # States

    def show_pdf(self, pdf: bytes) -> None:
        """A document."""
        self.source.show(pdf)

    def show_waiting(self) -> None:
        """The paper is being made; what stood here goes."""
        self.waiting.start()
        self._turn(self.waiting)

    def show_none(
        self, title: str, text: str = "", actions: Sequence[Action] = (), icon: str = "file-text"
    ) -> None:
        """Nothing to look at, and why."""
        self.none.show_state(title, text, actions, icon)
        self.source.show(b"")
        self._turn(self.none)

    @property
    def has_pages(self) -> bool:
        """Whether a document is shown."""
        return self.stack.currentWidget() is self.body

    def _turn(self, to: QWidget) -> None:
        if to is not self.waiting:
            self.waiting.stop()
        self.stack.setCurrentWidget(to)
        self.tools.setVisible(to is self.body)

    def _on_opened(self) -> None:
        if self.source.sizes:
            self._turn(self.body)
            self._say_page()
            self.strip.show_current(self.view.current)

    # What the person does

    def focus_search(self) -> None:
        """Ctrl+F."""
        self.search.setFocus()
        self.search.selectAll()

    def step_hit(self, by: int) -> None:
        """The next place of the words, or the one before."""
        if self.source.hits:
            self.view.go_to_hit((self.view.hit + by) % len(self.source.hits))
            self._say_found()

    def turn_fit(self) -> None:
        """Whole page, then full width, and so on."""
        self.view.set_fit(FIT_PAGE if self.view.fit == FIT_WIDTH else FIT_WIDTH)

    # What is said

    def _on_found(self) -> None:
        self._say_found()
        self.view.viewport().update()

    def _say_found(self) -> None:
        count, words = len(self.source.hits), self.source.words
        if not words:
            self.found.setText("")
        elif not count:
            self.found.setText(tr("not found"))
        else:
            self.found.setText(tr("{n} of {of}", n=self.view.hit + 1, of=count))
        for button in (self.before, self.after):
            button.setEnabled(count > 0)
            button.setVisible(bool(words))

    def _say_page(self) -> None:
        count = len(self.source.sizes)
        said = tr("Page {n} of {of}", n=min(self.view.current + 1, count), of=count)
        self.page.setText(said)
        self.view.setAccessibleDescription(said)

    def _say_zoom(self) -> None:
        named = {FIT_WIDTH: tr("Full width"), FIT_PAGE: tr("Whole page")}
        self.fit.setText(named.get(self.view.fit) or f"{self.view.zoom:.0%}")

    def sizeHint(self) -> QSize:
        return QSize(560, 700)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 200)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.strip.setVisible(self.width() >= ROOM_FOR_STRIP)
