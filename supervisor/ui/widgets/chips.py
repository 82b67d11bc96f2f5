"""Chips: one for every active condition; also toggles and states."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from supervisor.i18n import tr
from supervisor.ui.look.buttons import Button
from supervisor.ui.look.icons import icon
from supervisor.ui.look.rings import paint_inner_ring
from supervisor.ui.look.style import polish


class Chip(QPushButton):
    """24 px. `look`: "filter" (removable), "plain", "outline", "on", "warn", "ok", "crit"."""

    def __init__(
        self, text: str, look: str = "outline", icon_name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setObjectName("chip")
        self.setAutoDefault(False)
        self.setProperty("look", look)
        self._signed = look == "filter" or bool(icon_name)
        if look == "filter":
            self.setIcon(icon("x", "text2"))
            self.setIconSize(QSize(12, 12))
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            self.setAccessibleName(tr("Remove condition {condition}", condition=text))
        elif icon_name:
            token = look if look in {"warn", "ok", "crit"} else "text2"
            self.setIcon(icon(icon_name, token))
            self.setIconSize(QSize(14, 14))
        if look in {"plain", "warn", "ok", "crit"}:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_look(self, look: str) -> None:
        """Another kind of chip; one that is on has a tick beside its colour."""
        self.setProperty("look", look)
        if not self._signed:
            self.setIcon(icon("check", "on_accent") if look == "on" else QIcon())
            self.setIconSize(QSize(12, 12))
        polish(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.property("look") == "on":
            paint_inner_ring(self)


@dataclass(frozen=True, slots=True)
class Condition:
    """An active condition as a chip."""

    key: str
    text: str


class ChipRow(QWidget):
    """The chips of all active conditions, then links such as 清除全部.

    Signals:
        removed: the key of a condition.
        cleared: all of them.
    """

    removed = Signal(str)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self._chips: list[QWidget] = []
        self._box.addStretch(1)

    def show_conditions(self, conditions: Sequence[Condition], *extra: QWidget) -> None:
        """Replace what is shown; `extra` widgets follow 清除全部."""
        for chip in self._chips:
            self._box.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(condition) for condition in conditions]
        if conditions:
            clear = Button(tr("Clear all"), "link")
            clear.clicked.connect(self.cleared)
            self._chips.append(clear)
        self._chips.extend(extra)
        for place, chip in enumerate(self._chips):
            self._box.insertWidget(place, chip)
        self.setVisible(bool(self._chips))

    def _chip(self, condition: Condition) -> Chip:
        chip = Chip(condition.text, "filter")
        chip.clicked.connect(lambda: self.removed.emit(condition.key))
        return chip
