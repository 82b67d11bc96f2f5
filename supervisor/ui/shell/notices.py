"""What was said lately, and what of it can still be taken back."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QObject, Signal

KEPT_SECONDS = 600
"""Ten minutes, as long as a command can be undone (ui.md section 5)."""
MOST = 20
Undo = Callable[[], object]


@dataclass(slots=True)
class Notice:
    """One message; `undo` is None once it is used or where there is nothing to take back."""

    text: str
    tone: str
    undo: Undo | None
    until: float


class Notices(QObject):
    """Newest last. Lives in the GUI thread.

    Signals:
        changed: a message came, went or lost its undo.
    """

    changed = Signal()

    def __init__(
        self, parent: QObject | None = None, *, seconds: Callable[[], float] = monotonic
    ) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._kept: deque[Notice] = deque(maxlen=MOST)

    def add(self, text: str, tone: str, undo: Undo | None) -> Notice:
        """Keep a message."""
        made = Notice(text, tone, undo, self._seconds() + KEPT_SECONDS)
        self._kept.append(made)
        self.changed.emit()
        return made

    def recent(self) -> tuple[Notice, ...]:
        """The messages of the last ten minutes, newest first."""
        now = self._seconds()
        while self._kept and self._kept[0].until <= now:
            self._kept.popleft()
        return tuple(reversed(self._kept))

    def take_back(self, notice: Notice) -> bool:
        """Undo what a message tells of, once; False when that is no longer possible."""
        act, notice.undo = notice.undo, None
        if act is None or notice.until <= self._seconds():
            return False
        self.changed.emit()
        act()
        return True

    def take_back_last(self) -> bool:
        """Ctrl+Z: the newest message that can be taken back."""
        found = next((one for one in self.recent() if one.undo is not None), None)
        return found is not None and self.take_back(found)
