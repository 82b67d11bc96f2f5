"""Quick search: waits for the input method, then 250 ms; takes a pasted column of numbers."""

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from supervisor.i18n import tr
from supervisor.ui.pages.case_queue.filters import pasted_numbers
from supervisor.ui.widgets import clearable

WAIT_MS = 250


class SearchField(QLineEdit):
    """One line that searches by itself after a pause.

    Signals:
        searched: the committed text, a while after the last change.
        pasted: a column of numbers was pasted instead.
    """

    searched = Signal(str)
    pasted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composing = False
        self._last = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._on_pause)
        clearable(self)
        self.setPlaceholderText(tr("Number, name, initials, phone tail · paste a column"))
        self.setToolTip(
            tr("Case or contract number, name, pinyin initials or last digits of the phone")
        )
        self.setAccessibleName(tr("Search cases"))
        self.textChanged.connect(self._on_text)
        self.returnPressed.connect(self._on_pause)

    def show_text(self, text: str) -> None:
        """Show a search that is already in force, without searching again."""
        self._last = text
        if self.text() != text:
            self.blockSignals(True)
            self.setText(text)
            self.blockSignals(False)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Never search on text that is still being composed."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if self._composing:
            self._timer.stop()
        elif event.commitString():
            self._timer.start()

    def event(self, event: QEvent) -> bool:
        """Escape belongs to the line while there is text in it, then to the window."""
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
        """A pasted column becomes numbers; Escape empties the line before it goes further up."""
        if event.matches(QKeySequence.StandardKey.Paste) and self._take(
            QGuiApplication.clipboard().mimeData()
        ):
            return
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def take_column(self, text: str) -> bool:
        """Use pasted text as a column of numbers; False when it is one ordinary line."""
        numbers = pasted_numbers(text)
        if numbers:
            self._timer.stop()
            self.show_text("")
            self.pasted.emit(numbers)
        return bool(numbers)

    def _take(self, data: QMimeData | None) -> bool:
        return data is not None and data.hasText() and self.take_column(data.text())

    def _on_text(self) -> None:
        if not self._composing:
            self._timer.start()

    def _on_pause(self) -> None:
        self._timer.stop()
        text = self.text().strip()
        if text != self._last:
            self._last = text
            self.searched.emit(text)
