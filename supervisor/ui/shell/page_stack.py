"""The pages: built when first shown, one in front; they scroll where the window is small."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from supervisor.models.enums import Topic
from supervisor.ui.background.desk import Desk
from supervisor.ui.shell.registry import PageEntry
from supervisor.ui.shell.told import Told
from supervisor.ui.widgets import Page
from supervisor.ui.widgets.scroller import Scroller

Slots = Mapping[str, Callable[..., object]]
"""What the window does at a page's signals, by their names; a page has some of them."""


class PageStack(Scroller):
    """Knows which page is in front, and what each last said of itself.

    A page keeps the room its parts need at least; a smaller window scrolls it.

    Signals:
        page_made: (page id, page) a page was built.
        told: the page in front said something else of itself (`about`).
    """

    page_made = Signal(str, QWidget)
    told = Signal()

    def __init__(
        self, desk: Desk, entries: Sequence[PageEntry], slots: Callable[[str], Slots]
    ) -> None:
        super().__init__("")
        self.desk = desk
        self.entries = entries
        self.pages: dict[str, QWidget] = {}
        self.current_id = ""
        self._slots = slots
        self._stale: set[str] = set()
        self._told: dict[str, Told] = {}
        self._left_at: dict[str, object] = {}
        self._front = _Front()
        self.setWidget(self._front)
        desk.bus.changed.connect(self._on_changed)

    @property
    def page(self) -> QWidget | None:
        """The page in front."""
        return self.pages.get(self.current_id)

    @property
    def entry(self) -> PageEntry | None:
        """How the page in front is registered."""
        return next((e for e in self.entries if e.page_id == self.current_id), None)

    def about(self) -> Told:
        """What the page in front said of itself."""
        return self._told.get(self.current_id, Told())

    def title(self) -> str:
        """The title of the page in front."""
        entry = self.entry
        return str(self.call("title") or (entry.title() if entry is not None else ""))

    def bring(self, entry: PageEntry) -> None:
        """To the front, built on first use."""
        page = self.pages.get(entry.page_id) or self._make(entry)
        self.current_id = entry.page_id
        self._front.setCurrentWidget(page)
        self.setAccessibleName(self.title())
        self.ensureVisible(0, 0)

    def wake(self, what: object, *, compact: bool) -> None:
        """The page in front learns its room, reads again where it must, and shows `what`."""
        self.call("compact", compact)
        if self.current_id in self._stale:
            self._stale.discard(self.current_id)
            self.call("refresh")
        self.call("activate")
        left_at = self._left_at.pop(self.current_id, None)
        wanted = left_at if what is None else what
        if wanted is not None:
            self.call("go_to", wanted)

    def call(self, name: str, *what: object) -> object:
        """Ask the page in front, where it knows the question."""
        method = getattr(self.page, name, None)
        return method(*what) if callable(method) else None

    def proper(self) -> list[Page]:
        """The pages built so far that are more than a widget."""
        return [page for page in self.pages.values() if isinstance(page, Page)]

    def leave(self) -> None:
        """The window closes."""
        for page in self.pages.values():
            leave = getattr(page, "leave", None)
            if callable(leave):
                leave()

    def retranslate(self, before_current_goes: Callable[[], None]) -> None:
        """Pages that cannot change their words are taken down; they come back where they stood."""
        for page_id, page in list(self.pages.items()):
            if not isinstance(page, Page):
                continue
            if type(page).retranslate is not Page.retranslate:
                page.retranslate()
                continue
            self._left_at[page_id] = page.place()
            del self.pages[page_id]
            if page_id == self.current_id:
                before_current_goes()
            self._front.removeWidget(page)
            page.leave()
            page.deleteLater()
        self.setAccessibleName(self.title())

    def _make(self, entry: PageEntry) -> QWidget:
        page = entry.make(self.desk)
        page_id = entry.page_id
        self.pages[page_id] = page
        self._front.addWidget(page)
        heard = {
            "read_at_changed": lambda moment: self._tell(page_id, read_at=moment, busy=False),
            "busy_changed": lambda busy: self._tell(page_id, busy=busy),
            "status_changed": lambda words: self._tell(page_id, rows=words),
            **self._slots(page_id),
        }
        for name, slot in heard.items():
            signal = getattr(page, name, None)
            if signal is not None:
                signal.connect(slot)
        self.page_made.emit(page_id, page)
        return page

    def _tell(self, page_id: str, **news: Any) -> None:
        """Keep what a page says of itself; only the page in front is heard at once."""
        self._told[page_id] = replace(self._told.get(page_id, Told()), **news)
        if page_id == self.current_id:
            self.told.emit()

    def _on_changed(self, topics: frozenset[Topic], initiator: object) -> None:
        for page_id, page in self.pages.items():
            concerned = bool(getattr(page, "depends_on", frozenset()) & topics)
            if not concerned or initiator is page:
                continue
            hears = getattr(page, "hear", None)
            if page_id != self.current_id:
                self._stale.add(page_id)
            elif callable(hears):
                hears(topics, initiator)
            else:
                self.call("refresh")


class _Front(QStackedWidget):
    """As large at least as the page in front: Qt's own takes the largest of all pages."""

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return QSize() if page is None else page.minimumSizeHint().expandedTo(page.minimumSize())

    def sizeHint(self) -> QSize:
        page = self.currentWidget()
        return QSize() if page is None else page.sizeHint()

    def heightForWidth(self, _width: int) -> int:
        # Pages fit themselves into less than they would like; below this they scroll.
        return self.minimumSizeHint().height()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return done
