"""A person at a real window who types notes, sends them, and sends again what was refused.

What happens stands in a file, a line each: `begun TEXT` when a note was typed at for so long that
the program must have kept some of it, `typed TEXT` when it is written in full, `answered
TEXT` when the window said it is saved, `restored TEXT` when a dialog opened with what was left,
`read` when the list was read, each with its moment.
"""

import os
from base64 import urlsafe_b64encode
from functools import partial
from pathlib import Path
from time import time
from typing import Any, TextIO

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, QTimer

from supervisor import settings
from supervisor.app.desktop import Desktop
from supervisor.app.dress import application
from supervisor.models.database import Database
from supervisor.ui.background.drafts import Drafts
from supervisor.ui.widgets.drafting import EVERY_MS
from tests.benchmarks.chaos_desks import someone
from tests.benchmarks.chaos_network import enter

KEY = urlsafe_b64encode(b"only for the chaos of this file!").decode()
"""In life it lies in the system's key store; killed programs leave what is encrypted with it."""
WORDS = "客户说周五下午在家，约定上门，带还款计划书；如不在家，改为下周二上午，先电话确认后再去"
TICK_MS = 120
KEPT_AFTER_S = 2 * EVERY_MS / 1000
"""The program keeps what is typed every `EVERY_MS`; on a busy machine twice that is granted."""
ABOUT = "窗{}-{}："
"""How each note begins; no two notes do so alike."""


def sit_at_window(
    address: str, number: int, case: int, told: Path, drafts: Path, stop: Any, place: str
) -> None:
    """One life of the program, until it is killed or told to stop."""
    enter(place)
    database = Database(address, patience_ms=5_000)
    if someone(database, stop) is None:
        return
    preferences = settings.Preferences(theme="light")
    app = application(preferences)
    desktop = Desktop(app, database, preferences, remembers=False)
    desktop.desk.drafts = Drafts(drafts, lambda _make: KEY)
    desktop.desk.drafts.load()
    desktop.open("case_queue")
    with told.open("a", encoding="utf-8") as lines:
        person = Person(desktop, number, case, lines, stop)
        app.exec()
        del person
    desktop.close()


class Person(QObject):
    """Does the next thing at every tick: opens a note, types a sign, sends, or sends again."""

    def __init__(self, desktop: Any, number: int, case: int, lines: TextIO, stop: Any) -> None:
        super().__init__()
        self.desktop, self.number, self.case = desktop, number, case
        self.lines, self.stop = lines, stop
        self.dialog: Any = None
        self.left, self.notes = "", 0
        self.reads, self.since = False, 0.0
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.next)
        self.timer.start(TICK_MS)

    def tell(self, what: str, text: str = "") -> None:
        """A line of the file."""
        self.lines.write(f"{time():.3f} {what} {text}\n")
        self.lines.flush()

    def next(self) -> None:
        """The next thing."""
        if self.stop.is_set():
            self.desktop.app.quit()
            return
        page = self.desktop.window.page
        if page.presenter.totals is not None and page.presenter.wanted.reasons:
            page.presenter.clear()  # every case, not those alone that wait for somebody
        if page.model.rowCount() and not self.reads:
            self.reads = True
            page.presenter.news.connect(lambda _rows: self.tell("read"))
            self.tell("read")
        if self.dialog is None:
            self.begin(page)
        elif self.left:
            self.dialog.text.insertPlainText(self.left[0])
            self.left = self.left[1:]
            if self.since and time() - self.since > KEPT_AFTER_S:
                self.since = 0.0
                self.tell("begun", self.dialog.text.toPlainText())
            if not self.left:
                self.tell("typed", self.dialog.text.toPlainText())
        elif self.dialog.primary.isEnabled():
            self.dialog.confirm()

    def begin(self, page: Any) -> None:
        """Open the dialog for the case, if it stands in the list already."""
        rows = [page.model.row_at(at) for at in range(page.model.rowCount())]
        row = next((one for one in rows if one is not None and one.case_id == self.case), None)
        if row is None:
            return
        self.dialog = page.acts.show("note", (row,))
        self.dialog.confirmed.connect(partial(self.saved, self.dialog))
        if found := self.dialog.text.toPlainText():
            self.tell("restored", found)
        else:
            self.notes += 1
            self.since = time()
            # Pasted at once: half a label would not tell which note it is of.
            self.dialog.text.insertPlainText(ABOUT.format(self.number, self.notes))
            self.left = WORDS

    def saved(self, dialog: Any) -> None:
        """The window says that it is written."""
        self.tell("answered", dialog.text.toPlainText())
        self.dialog = None


def kept_texts(file: Path) -> list[str]:
    """The notes that lie in the drafts on disk."""
    drafts = Drafts(file, lambda _make: KEY)
    drafts.load()
    return [str(fields.get("text", "")) for fields in drafts._kept.values()]
