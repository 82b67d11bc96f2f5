"""A part beside others that never takes less room than what stands in it needs."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QWidget


class Pane(QFrame):
    """As wide and high as asked, or as its content needs where that is more.

    Qt takes a minimum that is set in place of what the content needs, even where it is less.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = QSize(0, 0)

    def keep_least(self, *, wide: int = 0, high: int = 0) -> None:
        """So many pixels at least."""
        self._least = QSize(wide, high)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(self._least)
