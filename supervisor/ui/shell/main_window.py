"""The window: rail, header, page stack, status bar. It decides nothing about cases."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.ui.background.desk import Desk
from supervisor.ui.look.buttons import press_focused
from supervisor.ui.look.memory import window_memory
from supervisor.ui.look.room import open_within
from supervisor.ui.shell import hinting
from supervisor.ui.shell.actions import KeyMap
from supervisor.ui.shell.away import AwayWatch
from supervisor.ui.shell.go_to import GoTo, Target
from supervisor.ui.shell.guidance import Guidance
from supervisor.ui.shell.notice_menu import NoticeMenu
from supervisor.ui.shell.notices import Notices
from supervisor.ui.shell.page_header import PageHeader
from supervisor.ui.shell.page_stack import PageStack, Slots
from supervisor.ui.shell.places import Places
from supervisor.ui.shell.rail import Rail
from supervisor.ui.shell.regions import step_region
from supervisor.ui.shell.registry import numbered, pages, seen_by
from supervisor.ui.shell.reminders import Reminders, reminder_text
from supervisor.ui.shell.status_bar import StatusBar
from supervisor.ui.shell.whereabouts import Whereabouts
from supervisor.ui.widgets import Toast, spoken
from supervisor.words import word

if TYPE_CHECKING:
    from supervisor.models.rows.incidents import IncidentCounts

SMALLEST = (640, 360)
"""1366x768 at 200 % leaves 683x384; pages scroll where they need more."""
SIZE = (1440, 868)
"""Where nothing is remembered; on a smaller screen the window starts maximized."""
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
        self.entries = seen_by(pages(), desk)
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
        self.stack = PageStack(self.desk, self.entries, self._slots)
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
        self.stack.told.connect(self._show_told)
        self.stack.page_made.connect(self.page_made)

    def _restore(self) -> None:
        place = window_memory().value("window/place")
        if self._remembers and isinstance(place, QByteArray):
            self.restoreGeometry(place)
        elif self._remembers:
            open_within(self, *SIZE)
        else:
            self.resize(*SIZE)

    # Pages

    @property
    def pages(self) -> dict[str, QWidget]:
        """The pages built so far, by their ids."""
        return self.stack.pages

    @property
    def current_id(self) -> str:
        """The id of the page in front; empty before the first."""
        return self.stack.current_id

    @property
    def page(self) -> QWidget | None:
        """The page in front."""
        return self.stack.page

    def show_page(self, page_id: str, what: object = None) -> None:
        """Bring a page to the front, built on first use; `what` is what to show there."""
        entry = next((e for e in self.entries if e.page_id == page_id), None)
        if entry is None:
            return
        self.stack.bring(entry)
        self.rail.show_current(entry.rail_id)
        self.keys.offer(self.stack.page)
        self._show_header()
        self._show_told()
        self.stack.wake(what, compact=self.is_compact)
        self._show_hints()

    def _slots(self, page_id: str) -> Slots:
        """What is done at the signals of a page."""
        return {
            "header_changed": lambda: self._on_header(page_id),
            "trouble": self.show_away,
            "masking_changed": lambda on: self._on_masking(on=on),
            "badge_changed": lambda n, serious: self._badge(page_id, n, serious=serious),
            "work_counted": lambda n: self._badge("case_queue", n, serious=False),
            "go_wanted": self.show_page,
            "said": self.say,
            "help_wanted": self.guidance.show,
            "tour_wanted": self.guidance.show_round,
        }

    def _show_told(self) -> None:
        told = self.stack.about()
        self.status.show_rows(told.rows)
        self.header.age.set_read_at(told.read_at)
        self.header.age.set_busy(told.busy)

    def _on_header(self, page_id: str) -> None:
        if page_id == self.current_id:
            self._show_header()

    def _show_header(self) -> None:
        if self.stack.entry is None:
            return
        left, right = self.stack.call("header_left"), self.stack.call("header_right")
        self.header.show_page(
            self.stack.title(),
            str(self.stack.call("subtitle") or ""),
            left if isinstance(left, list) else [],
            right if isinstance(right, list) else [],
        )
        aged = bool(getattr(self.page, "depends_on", None))
        self.header.age.setVisible(aged)
        self.status.show_age(self.header.age.short() if aged else "")

    def _badge(self, page_id: str, count: int, *, serious: bool) -> None:
        if page_id in self.rail.buttons:
            self.rail.buttons[page_id].set_badge(count, serious=serious)

    # Keys

    def act(self, name: str) -> None:
        """Do what a key asks: the page first, then the window."""
        method = getattr(self.page, f"key_{name}", None)
        if callable(method):
            method()
        elif name.startswith("page_"):
            self._show_number(int(name.removeprefix("page_")))
        elif name.startswith("view_"):
            self.stack.call("show_view", int(name.removeprefix("view_")))
        else:
            deeds = {
                "help": self.guidance.show,
                "show_keys": self.guidance.show_keys,
                "explain": self.guidance.explain,
                "refresh": self.refresh,
                "next_region": lambda: self._region(1),
                "previous_region": lambda: self._region(-1),
                "go_to": self.go_to,
                "filter": lambda: self.stack.call("focus_filter"),
                "settings": lambda: self.show_page("preferences"),
                "back": lambda: self.stack.call("step_back"),
                "undo": self._undo,
            }
            deeds.get(name, lambda: None)()

    def _show_number(self, number: int) -> None:
        entry = numbered(self.entries).get(number)
        if entry is not None:
            self.show_page(entry.page_id)

    def _region(self, step: int) -> None:
        own = self.stack.call("regions")
        here = next(e for e in self.entries if e.page_id == self.current_id)
        regions: list[QWidget] = [self.rail.buttons[here.rail_id], self.header.search]
        regions += own if isinstance(own, list) else [self.stack]
        step_region(regions, self.focusWidget(), step)

    def focusNextPrevChild(self, onward: bool) -> bool:  # noqa: FBT001 - as Qt's own
        """As Qt's own; but what goes from a page does not leave the focus to the rail."""
        going, page = QApplication.focusWidget(), self.page
        moved = super().focusNextPrevChild(onward)
        gone = going is not None and not (going.isVisible() and going.isEnabled())
        if gone and page is not None and going is not None and page.isAncestorOf(going):
            landed = self.focusWidget()
            QTimer.singleShot(0, page, partial(self._bring_focus_back, page, landed))
        return moved

    def _bring_focus_back(self, page: QWidget, landed: QWidget | None) -> None:
        """Where nothing in the page took the focus: what it keeps it for, else its first region.

        Whoever went on meanwhile is left alone.
        """
        holder = self.focusWidget()
        if holder is not landed:
            return
        outside = holder is None or self.rail.isAncestorOf(holder) or (
            self.header.isAncestorOf(holder)
        )  # fmt: skip
        if self.page is not page or not outside:
            return
        keep = getattr(page, "keep_focus", None)
        own = self.stack.call("regions")
        shown = [one for one in own if one.isVisible()] if isinstance(own, list) else []
        if callable(keep):
            keep()
        elif shown:
            shown[0].setFocus(Qt.FocusReason.OtherFocusReason)

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
        self.stack.call("refresh")

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
        for page in self.stack.proper():
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
        for page in self.stack.proper():
            page.prefer()

    def _speak_pages(self) -> None:
        """Pages that cannot change their words are built again, where they stood."""
        self.stack.retranslate(self.header.clear)
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
        self.stack.call("compact", self.is_compact)
        QTimer.singleShot(0, self.toast, self.toast.settle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What nothing in the window took: Enter presses the button one stands on."""
        if not press_focused(self, event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """A window put away shows nobody what was revealed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and self.isMinimized():
            self._cover()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._remembers:
            window_memory().setValue("window/place", self.saveGeometry())
        self.stack.leave()
        super().closeEvent(event)
