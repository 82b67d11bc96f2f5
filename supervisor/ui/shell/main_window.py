"""The window: rail, header, page stack, status bar. It decides nothing about cases."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.models.enums import Topic
from supervisor.ui.background.desk import Desk
from supervisor.ui.look.memory import window_memory
from supervisor.ui.shell import hinting
from supervisor.ui.shell.actions import KeyMap
from supervisor.ui.shell.away import AwayWatch
from supervisor.ui.shell.go_to import GoTo, Target
from supervisor.ui.shell.guidance import Guidance
from supervisor.ui.shell.notice_menu import NoticeMenu
from supervisor.ui.shell.notices import Notices
from supervisor.ui.shell.page_header import PageHeader
from supervisor.ui.shell.places import Places
from supervisor.ui.shell.rail import Rail
from supervisor.ui.shell.regions import step_region
from supervisor.ui.shell.registry import PageEntry, numbered, pages
from supervisor.ui.shell.reminders import Reminders, reminder_text
from supervisor.ui.shell.status_bar import StatusBar
from supervisor.ui.shell.told import Told
from supervisor.ui.shell.whereabouts import Whereabouts
from supervisor.ui.widgets import Page, Toast, spoken
from supervisor.words import word

if TYPE_CHECKING:
    from supervisor.models.rows.incidents import IncidentCounts

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
        spoken.install()
        self.desk = desk
        self._where, self._branch = where, branch
        self._invented = False
        self._remembers = remembers
        self.entries = pages()
        self.pages: dict[str, QWidget] = {}
        self._stale: set[str] = set()
        self._told: dict[str, Told] = {}
        self._left_at: dict[str, object] = {}
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
        self.notices = Notices(self)
        self.places = Places(self.desk, self.show_page, self)
        self.reminders = Reminders(self.desk, self)
        self.away = AwayWatch(self)
        self.guidance = Guidance(self, remembers=self._remembers)
        self.keys = KeyMap(self, self.act)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_page)
        self.header.search_wanted.connect(self.go_to)
        self.header.refresh_wanted.connect(self.refresh)
        self.header.age.aged.connect(self.status.show_age)
        self.notices.changed.connect(self._on_notices)
        self.away.away.connect(self._cover)
        self.reminders.counted.connect(self._on_counted)
        self.status.notices_wanted.connect(self.show_notices)
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
        self.rail.show_current(entry.rail_id)
        self.keys.offer(page)
        self._show_header()
        self._show_told()
        self._call("compact", self.is_compact)
        if page_id in self._stale:
            self._stale.discard(page_id)
            self._call("refresh")
        self._call("activate")
        wanted = self._left_at.pop(page_id, None) if what is None else what
        if wanted is not None:
            self._call("go_to", wanted)
        self._show_hints()

    def _make(self, entry: PageEntry) -> QWidget:
        page = entry.make(self.desk)
        page_id = entry.page_id
        self.pages[page_id] = page
        self.stack.addWidget(page)
        heard: dict[str, Any] = {
            "header_changed": lambda: self._on_header(page_id),
            "read_at_changed": lambda moment: self._tell(page_id, read_at=moment, busy=False),
            "busy_changed": lambda busy: self._tell(page_id, busy=busy),
            "trouble": self.show_away,
            "status_changed": lambda words: self._tell(page_id, rows=words),
            "masking_changed": lambda on: self._on_masking(on=on),
            "badge_changed": lambda n, serious: self._badge(page_id, n, serious=serious),
            "work_counted": lambda n: self._badge("case_queue", n, serious=False),
            "go_wanted": self.show_page,
            "said": self.say,
            "help_wanted": self.guidance.show,
            "tour_wanted": self.guidance.show_round,
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

    def _tell(self, page_id: str, **news: Any) -> None:
        """Keep what a page says of itself; only the page in front is heard at once."""
        self._told[page_id] = replace(self._told.get(page_id, Told()), **news)
        if page_id == self.current_id:
            self._show_told()

    def _show_told(self) -> None:
        told = self._told.get(self.current_id, Told())
        self.status.show_rows(told.rows)
        self.header.age.set_read_at(told.read_at)
        self.header.age.set_busy(told.busy)

    def _on_header(self, page_id: str) -> None:
        if page_id == self.current_id:
            self._show_header()

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
        aged = bool(getattr(self.page, "depends_on", None))
        self.header.age.setVisible(aged)
        self.status.show_age(self.header.age.short() if aged else "")

    def _badge(self, page_id: str, count: int, *, serious: bool) -> None:
        if page_id in self.rail.buttons:
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
                "help": self.guidance.show,
                "show_keys": self.guidance.show_keys,
                "explain": self.guidance.explain,
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
        entry = numbered(self.entries).get(number)
        if entry is not None:
            self.show_page(entry.page_id)

    def _region(self, step: int) -> None:
        own = self._call("regions")
        here = next(e for e in self.entries if e.page_id == self.current_id)
        regions: list[QWidget] = [self.rail.buttons[here.rail_id], self.header.search]
        regions += own if isinstance(own, list) else [self.stack]
        step_region(regions, self.focusWidget(), step)

    def _undo(self) -> None:
        if not self.notices.take_back_last():
            self.toast.say(tr("Nothing to undo."), "info")

    def go_to(self) -> GoTo:
        """Ctrl+K."""
        pages_ = [
            Target(e.title(), tr("Page"), e.icon, partial(self.show_page, e.page_id))
            for e in self.entries
        ]
        known = any(e.page_id == "case_queue" for e in self.entries)
        search = self._search if known else None
        shown = GoTo(lambda: [*pages_, *(self.places.targets() if known else ())], search, self)
        if known:
            self.places.found.connect(shown.renew)
            self.places.ask()
        shown.show()
        return shown

    def _search(self, text: str) -> None:
        self.show_page("case_queue", {"search": text})

    def refresh(self) -> None:
        """F5."""
        self._call("refresh")

    # News

    def say(self, text: str, tone: str = "ok", undo: Any = None) -> None:
        """A toast; it can be read again, and taken back, for ten minutes."""
        notice = self.notices.add(text, tone, undo)
        act = partial(self.notices.take_back, notice) if undo is not None else None
        self.toast.say(text, tone, act)

    def _on_counted(self, counts: "IncidentCounts") -> None:
        self._badge("incidents", counts.critical_new, serious=True)
        self.status.show_reminders(reminder_text(counts))

    def _on_masking(self, *, on: bool) -> None:
        self.status.show_masking(on=on)
        if on:
            self.away.stop()
        else:
            self.away.start(self.desk.preferences.mask_after_minutes)

    def _cover(self) -> None:
        """Nobody sees the window, or nobody should: nothing revealed stays readable."""
        for page in self.pages.values():
            if isinstance(page, Page):
                page.cover()

    def _on_notices(self) -> None:
        self.status.show_notices(len(self.notices.recent()))

    def show_notices(self) -> NoticeMenu:
        """The bell: what was said lately."""
        menu = NoticeMenu(self.notices, self)
        menu.popup_above(self.status.bell)
        return menu

    def show_away(self, away: bool) -> None:  # noqa: FBT001 - a state, connected to signals
        """The database does not answer, or does again."""
        self.status.show_link(self._where, away=away)
        self.header.age.set_away(away)

    # Words and room

    def retranslate(self) -> None:
        """Every word again, after a language change."""
        self.guidance.retranslate()
        self._show_title()
        self.rail.retranslate()
        self.header.retranslate()
        self.keys.retranslate()
        self.status.show_link(self._where, away=False)
        self.status.show_masking(on=True)
        self._show_person()
        self.reminders.tell()
        self.status.show_invented(on=self._invented)
        self._on_notices()
        self._speak_pages()
        self._show_header()
        self._show_hints()

    def _show_title(self) -> None:
        name = tr("Field collection desk")
        title = f"{name} — {self._branch}" if self._branch else name
        self.setWindowTitle(tr("{title} (demo data)", title=title) if self._invented else title)

    def show_whereabouts(self, found: Whereabouts, where: str) -> None:
        """The branch in the title, and the sign that data are invented."""
        self._branch, self._invented, self._where = found.branch_text(), found.is_demo, where
        self._show_title()
        self.reminders.ask()
        self.status.show_link(where, away=False)
        self.status.show_invented(on=found.is_demo)
        self._show_person()

    def _show_person(self) -> None:
        actor = self.desk.actor
        self.status.show_person(actor.name, word(actor.role), self._branch)

    def prefer(self) -> None:
        """The person's choices changed: the hat they wear, and what pages make of the rest."""
        self._show_person()
        self.reminders.ask()
        for page in self.pages.values():
            if isinstance(page, Page):
                page.prefer()

    def _speak_pages(self) -> None:
        """Pages that cannot change their words are built again, where they stood."""
        for page_id, page in list(self.pages.items()):
            if not isinstance(page, Page):
                continue
            if type(page).retranslate is not Page.retranslate:
                page.retranslate()
                continue
            self._left_at[page_id] = page.place()
            del self.pages[page_id]
            if page_id == self.current_id:
                self.header.clear()
            self.stack.removeWidget(page)
            page.leave()
            page.deleteLater()
        if self.current_id and self.current_id not in self.pages:
            self.show_page(self.current_id)

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

    def changeEvent(self, event: QEvent) -> None:
        """A window put away shows nobody what was revealed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and self.isMinimized():
            self._cover()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._remembers:
            window_memory().setValue("window/place", self.saveGeometry())
        for page in self.pages.values():
            leave = getattr(page, "leave", None)
            if callable(leave):
                leave()
        super().closeEvent(event)
