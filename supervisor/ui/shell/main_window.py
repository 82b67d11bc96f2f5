"""The window: rail, header, page stack, status bar. It decides nothing about cases."""

from functools import partial
from typing import Any

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.models.enums import Topic
from supervisor.ui.background.desk import Desk
from supervisor.ui.look.memory import window_memory
from supervisor.ui.shell import hinting
from supervisor.ui.shell.actions import KeyMap, key_help
from supervisor.ui.shell.go_to import GoTo, Target
from supervisor.ui.shell.key_help import KeyHelp
from supervisor.ui.shell.page_header import PageHeader
from supervisor.ui.shell.rail import Rail
from supervisor.ui.shell.registry import PageEntry, pages
from supervisor.ui.shell.status_bar import StatusBar
from supervisor.ui.widgets import Toast
from supervisor.words import word

SMALLEST = (940, 520)
NARROW_BELOW = 1280
COMPACT_WIDTH, COMPACT_HEIGHT = 1024, 720


class MainWindow(QMainWindow):
    """Builds a page when it is first shown; tells pages of changes, size, words and keys.

    Signals:
        page_made: (page id, page) a page was built.
    """

    page_made = Signal(str, QWidget)

    def __init__(self, desk: Desk, where: str, branch: str = "", *, remembers: bool = True) -> None:
        super().__init__()
        self.desk = desk
        self._where, self._branch = where, branch
        self._remembers = remembers
        self.entries = pages()
        self.pages: dict[str, QWidget] = {}
        self._stale: set[str] = set()
        self.current_id = ""
        self._build()
        self._connect()
        self._restore()
        self.retranslate()

    def _build(self) -> None:
        self.setMinimumSize(*SMALLEST)
        ground = QWidget()
        ground.setObjectName("pageGround")
        self.setCentralWidget(ground)
        outer = QVBoxLayout(ground)
        across = QHBoxLayout()
        down = QVBoxLayout()
        for box in (outer, across, down):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(0)
        self.rail = Rail(self.entries)
        self.header = PageHeader()
        self.stack = QStackedWidget()
        self.status = StatusBar()
        down.addWidget(self.header)
        down.addWidget(self.stack, 1)
        across.addWidget(self.rail)
        across.addLayout(down, 1)
        outer.addLayout(across, 1)
        outer.addWidget(self.status)
        self.toast = Toast(ground)
        self.keys = KeyMap(self, self.act)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_page)
        self.header.search_wanted.connect(self.go_to)
        self.header.refresh_wanted.connect(self.refresh)
        self.desk.bus.changed.connect(self._on_changed)

    def _restore(self) -> None:
        place = window_memory().value("window/place")
        if self._remembers and isinstance(place, QByteArray):
            self.restoreGeometry(place)
        else:
            self.resize(1440, 868)

    # Pages

    @property
    def page(self) -> QWidget | None:
        """The page in front."""
        return self.pages.get(self.current_id)

    def show_page(self, page_id: str, what: object = None) -> None:
        """Bring a page to the front, built on first use; `what` is what to show there."""
        entry = next((e for e in self.entries if e.page_id == page_id), None)
        if entry is None:
            return
        page = self.pages.get(page_id) or self._make(entry)
        self.current_id = page_id
        self.stack.setCurrentWidget(page)
        self.rail.show_current(page_id)
        self.keys.offer(page)
        self._show_header()
        self._call("compact", self.is_compact)
        if page_id in self._stale:
            self._stale.discard(page_id)
            self._call("refresh")
        self._call("activate")
        if what is not None:
            self._call("go_to", what)
        self._show_hints()

    def _make(self, entry: PageEntry) -> QWidget:
        page = entry.make(self.desk)
        self.pages[entry.page_id] = page
        self.stack.addWidget(page)
        heard: dict[str, Any] = {
            "header_changed": self._show_header,
            "read_at_changed": self.header.age.set_read_at,
            "busy_changed": self.header.age.set_busy,
            "trouble": self.show_away,
            "status_changed": self.status.show_rows,
            "badge_changed": lambda n, serious: self._badge(entry.page_id, n, serious=serious),
            "go_wanted": self.show_page,
            "said": self.say,
        }
        for name, slot in heard.items():
            signal = getattr(page, name, None)
            if signal is not None:
                signal.connect(slot)
        self.page_made.emit(entry.page_id, page)
        return page

    def _call(self, name: str, *what: object) -> object:
        """Ask the page in front, where it knows the question."""
        method = getattr(self.page, name, None)
        return method(*what) if callable(method) else None

    def _show_header(self) -> None:
        entry = next((e for e in self.entries if e.page_id == self.current_id), None)
        if entry is None:
            return
        title = str(self._call("title") or entry.title())
        left, right = self._call("header_left"), self._call("header_right")
        self.header.show_page(
            title,
            str(self._call("subtitle") or ""),
            left if isinstance(left, list) else [],
            right if isinstance(right, list) else [],
        )
        self.header.age.setVisible(hasattr(self.page, "read_at_changed"))

    def _badge(self, page_id: str, count: int, *, serious: bool) -> None:
        self.rail.buttons[page_id].set_badge(count, serious=serious)

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
                self._call("refresh")

    # Keys

    def act(self, name: str) -> None:
        """Do what a key asks: the page first, then the window."""
        method = getattr(self.page, f"key_{name}", None)
        if callable(method):
            method()
        elif name.startswith("page_"):
            self._show_number(int(name.removeprefix("page_")))
        elif name.startswith("view_"):
            self._call("show_view", int(name.removeprefix("view_")))
        else:
            deeds = {
                "help": self.show_keys,
                "refresh": self.refresh,
                "next_region": lambda: self._region(1),
                "previous_region": lambda: self._region(-1),
                "go_to": self.go_to,
                "filter": lambda: self._call("focus_filter"),
                "settings": lambda: self.show_page("preferences"),
                "back": lambda: self._call("step_back"),
                "undo": self._undo,
            }
            deeds.get(name, lambda: None)()

    def _show_number(self, number: int) -> None:
        numbered = [entry for entry in self.entries if not entry.at_foot]
        if number <= len(numbered):
            self.show_page(numbered[number - 1].page_id)

    def _region(self, step: int) -> None:
        own = self._call("regions")
        regions: list[QWidget] = [self.rail.buttons[self.current_id], self.header.search]
        regions += own if isinstance(own, list) else [self.stack]
        regions = [region for region in regions if region.isVisible()]
        focus = self.focusWidget()
        at = next(
            (i for i, r in enumerate(regions) if focus is not None and
             (r is focus or r.isAncestorOf(focus) or r.focusProxy() is focus)),
            -1 if step > 0 else 0,
        )  # fmt: skip
        regions[(at + step) % len(regions)].setFocus(Qt.FocusReason.TabFocusReason)

    def _undo(self) -> None:
        if self.toast.can_undo:
            self.toast.undo()

    def show_keys(self) -> KeyHelp:
        """F1."""
        shown = KeyHelp(self.header.title.text(), key_help(self.page), self)
        shown.open()
        return shown

    def go_to(self) -> GoTo:
        """Ctrl+K."""
        targets = [
            Target(e.title(), tr("Page"), e.icon, partial(self.show_page, e.page_id))
            for e in self.entries
        ]
        offered = getattr(self.pages.get("case_queue"), "targets", None)
        for words, what in offered() if callable(offered) else ():
            target = Target(
                words, tr("View"), "bookmark", partial(self.show_page, "case_queue", what)
            )
            targets.append(target)
        known = any(e.page_id == "case_queue" for e in self.entries)
        shown = GoTo(targets, self._search if known else None, self)
        shown.show()
        return shown

    def _search(self, text: str) -> None:
        self.show_page("case_queue", {"search": text})

    def refresh(self) -> None:
        """F5."""
        self._call("refresh")

    # News

    def say(self, text: str, tone: str = "ok", undo: Any = None) -> None:
        """A toast."""
        self.toast.say(text, tone, undo)

    def show_away(self, away: bool) -> None:  # noqa: FBT001 - a state, connected to signals
        """The database does not answer, or does again."""
        self.status.show_link(self._where, away=away)
        self.header.age.set_away(away)

    # Words and room

    def retranslate(self) -> None:
        """Every word again, after a language change."""
        name = tr("Field collection desk")
        self.setWindowTitle(f"{name} — {self._branch}" if self._branch else name)
        self.rail.retranslate()
        self.header.retranslate()
        self.keys.retranslate()
        self.status.show_link(self._where, away=False)
        self.status.show_masking(on=True)
        actor = self.desk.actor
        self.status.show_person(actor.name, word(actor.role), self._branch)
        for page in self.pages.values():
            method = getattr(page, "retranslate", None)
            if callable(method):
                method()
        self._show_header()
        self._show_hints()

    def _show_hints(self) -> None:
        self.status.show_hints(hinting.hints(self.page))

    @property
    def is_compact(self) -> bool:
        """Less than 1024 wide or 720 high."""
        return self.width() < COMPACT_WIDTH or self.height() < COMPACT_HEIGHT

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.set_narrow(self.width() < NARROW_BELOW)
        self.header.set_compact(self.is_compact)
        self._call("compact", self.is_compact)
        QTimer.singleShot(0, self.toast, self.toast.settle)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._remembers:
            window_memory().setValue("window/place", self.saveGeometry())
        for page in self.pages.values():
            leave = getattr(page, "leave", None)
            if callable(leave):
                leave()
        super().closeEvent(event)
