"""Segmented control: two to five exclusive choices that switch the view."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget


class SegmentedControl(QFrame):
    """Signals are sent for the person's choice, not for `choose`.

    Signals:
        chosen: the key.
    """

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]], name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("segments")
        self.setAccessibleName(name)
        self.setFixedHeight(28)
        box = QHBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for key, text in choices:
            button = QPushButton(text)
            button.setObjectName("segment")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, k=key: self.chosen.emit(k))
            self._group.addButton(button)
            self._buttons[key] = button
            box.addWidget(button)
        if choices:
            self._buttons[choices[0][0]].setChecked(True)

    def choose(self, key: str) -> None:
        """Show a choice."""
        self._buttons[key].setChecked(True)

    @property
    def current(self) -> str:
        """The key of the choice shown."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def button(self, key: str) -> QPushButton:
        """One choice, to be disabled with a reason."""
        return self._buttons[key]
