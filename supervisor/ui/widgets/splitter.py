"""A splitter whose edges go back to where they stood by a double click."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from supervisor.i18n import tr


class Splitter(QSplitter):
    """Signals: reset_wanted: an edge was double clicked."""

    reset_wanted = Signal()

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)

    def createHandle(self) -> QSplitterHandle:
        return _Handle(self.orientation(), self)


class _Handle(QSplitterHandle):
    def __init__(self, orientation: Qt.Orientation, splitter: Splitter) -> None:
        super().__init__(orientation, splitter)
        self._whole = splitter
        self.setToolTip(tr("Drag to resize; double click for the usual size"))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self._whole.reset_wanted.emit()
