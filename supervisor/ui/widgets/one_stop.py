"""A group of boxes that Tab passes in one step; arrows go between them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_KEY = Qt.Key


class OneStop(QObject):
    """Watches the boxes; lives as long as `parent`.

    Tab comes to the box that had the focus last, at first to the one at `first`. `across`: boxes
    in a row, for the arrows up and down.
    """

    def __init__(
        self, boxes: Sequence[QWidget], across: int, parent: QWidget, first: int = 0
    ) -> None:
        super().__init__(parent)
        self._boxes = tuple(boxes)
        self._steps = {_KEY.Key_Left: -1, _KEY.Key_Right: 1}
        self._steps |= {_KEY.Key_Up: -across, _KEY.Key_Down: across}
        for box in self._boxes:
            box.installEventFilter(self)
        self._stop_at(first)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn and watched in self._boxes:
            self._stop_at(self._boxes.index(watched))
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = self._steps.get(_KEY(event.key()))
            if step is not None and watched in self._boxes:
                at = self._boxes.index(watched) + step
                if 0 <= at < len(self._boxes):
                    self._boxes[at].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def _stop_at(self, place: int) -> None:
        for number, box in enumerate(self._boxes):
            stop = number == place
            policy = Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus
            box.setFocusPolicy(policy)
