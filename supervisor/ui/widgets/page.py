"""What the shell expects of a page, and what it offers to one."""

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from supervisor.errors import SupervisorError
from supervisor.models.enums import Topic
from supervisor.ui.background.desk import Desk
from supervisor.ui.background.leaving import log_leaving
from supervisor.words import sentence_of


class Page(QWidget):
    """A screen in the page stack. The shell shows title, subtitle, slots, data age and status.

    Signals:
        header_changed: title, subtitle or slots are others.
        read_at_changed: when the rows on screen were read (datetime or None).
        busy_changed: a refresh runs (bool).
        trouble: the database is away (True) or back (False).
        status_changed: words for the status bar (rows, selection).
        badge_changed: (count, serious) for the rail.
        go_wanted: (page id, what to show there) a drill-down.
        said: (text, tone, undo function or None) for a toast.
        masking_changed: personal information is masked (True) or shown for a while (False).
    """

    page_id: ClassVar[str] = ""
    depends_on: ClassVar[frozenset[Topic]] = frozenset()

    header_changed = Signal()
    read_at_changed = Signal(object)
    busy_changed = Signal(bool)
    trouble = Signal(bool)
    status_changed = Signal(str)
    badge_changed = Signal(int, bool)
    go_wanted = Signal(str, object)
    said = Signal(str, str, object)
    masking_changed = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.stale = True

    def title(self) -> str:
        """The page title."""
        return ""

    def subtitle(self) -> str:
        """Grey words after the title (view, period)."""
        return ""

    def header_left(self) -> list[QWidget]:
        """Scope and period controls, after the title. The page owns them."""
        return []

    def header_right(self) -> list[QWidget]:
        """Page actions at the right edge. The page owns them."""
        return []

    def keys(self) -> list[QAction]:
        """The page's own shortcuts, for the key help."""
        return []

    def regions(self) -> list[QWidget]:
        """What F6 cycles through, left to right."""
        return []

    def activate(self) -> None:
        """The page came to the front; ask again if `stale`."""

    def refresh(self) -> None:
        """Ask again now."""

    def go_to(self, what: object) -> None:
        """Show something particular (a view, a case, a filter)."""

    def step_back(self) -> bool:
        """Esc: clear the selection, close the panel; False when there was nothing to leave."""
        return False

    def focus_filter(self) -> None:
        """Ctrl+F: focus to the first filter."""

    def compact(self, on: bool) -> None:  # noqa: FBT001 - a state of the window
        """The window is small: fewer rows of controls, 28 px rows."""

    def retranslate(self) -> None:
        """Words changed. A page that does not override this is built again at its `place`."""

    def prefer(self) -> None:
        """The preferences of the desk are others than before."""

    def place(self) -> object:
        """What `go_to` needs to show the same again after the page was built anew."""
        return None

    def cover(self) -> None:
        """The window is put away: nothing revealed stays readable."""

    def rows_left(self, what: str, rows: int, copied: bool) -> None:  # noqa: FBT001 - a Qt slot
        """Rows were copied, or written to a file: the audit learns who took how many."""
        log_leaving(self.desk, what, rows, copied=copied, owner=self, failed=self._on_not_logged)

    def _on_not_logged(self, error: Exception) -> None:
        if not isinstance(error, SupervisorError):
            raise error
        self.said.emit(sentence_of(error), "crit", None)

    def leave(self) -> None:
        """The window closes: save what is half written."""
