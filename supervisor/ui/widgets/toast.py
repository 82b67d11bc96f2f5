"""A toast at the bottom left: what was done, with 撤销; it waits for the pointer to leave."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.ui.look.buttons import Button, IconButton
from supervisor.ui.widgets.labels import IconLabel, Label

STAYS_MS = 10_000
TONES = {"ok": "circle-check", "info": "info", "warn": "triangle-alert", "crit": "circle-alert"}


class Toast(QFrame):
    """One at a time, over its parent.

    Signals:
        gone: it left the screen.
    """

    gone = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self._undo: Callable[[], object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        row.setSpacing(10)
        self._icon = IconLabel("circle-check", "ok")
        self._words = Label()
        self._button = Button(tr("Undo"), "link")
        self._button.clicked.connect(self.undo)
        self._close = IconButton("x", tr("Dismiss this message"), size=24)
        self._close.clicked.connect(self.leave)
        for part in (self._icon, self._words, self._button, self._close):
            row.addWidget(part)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS_MS)
        self._timer.timeout.connect(self.leave)
        self.hide()

    def say(self, text: str, tone: str = "ok", undo: Callable[[], object] | None = None) -> None:
        """Show it for ten seconds."""
        token = {"info": "accent"}.get(tone, tone)
        self._icon.set_icon(TONES[tone], token)
        self._words.setText(text)
        self._undo = undo
        self._button.setText(tr("Undo  Ctrl+Z"))
        self._close.rename(tr("Dismiss this message"))  # the language may be another by now
        self._button.setVisible(undo is not None)
        self.setAccessibleName(text)
        self.adjustSize()
        self.setFixedHeight(40)
        self.settle()
        self.show()
        self.raise_()
        self._timer.start()

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return self._undo is not None

    def undo(self) -> None:
        """Take back what the toast tells of."""
        act, self._undo = self._undo, None
        self.leave()
        if act is not None:
            act()

    def leave(self) -> None:
        """Go; what can be undone stays so for Ctrl+Z."""
        self._timer.stop()
        self.hide()
        self.gone.emit()

    def settle(self) -> None:
        """Bottom left of the parent."""
        parent = self.parentWidget()
        if parent is not None:
            self.move(16, parent.height() - self.height() - 44)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._timer.start()
