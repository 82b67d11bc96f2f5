"""The foot of the window: connection, masking, rows, key hints, who is at the desk."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.ui.widgets import ElidedLabel, IconLabel, KeyHints, Label

HEIGHT = 28


class StatusBar(QFrame):
    """28 px; hints give way first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(6)
        self._link_icon = IconLabel("circle-check", "ok", 14)
        self._link = Label()
        self._mask_icon = IconLabel("lock", "text2", 14)
        self._mask = Label()
        self._rows = ElidedLabel()
        self._hints = KeyHints()
        self._hints.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._person = Label()
        for icon, label in ((self._link_icon, self._link), (self._mask_icon, self._mask)):
            row.addWidget(icon)
            row.addWidget(label)
            row.addSpacing(8)
        row.addWidget(self._rows, 1)
        row.addWidget(self._hints, 2)
        row.addSpacing(8)
        row.addWidget(self._person)

    def show_link(self, where: str, *, away: bool) -> None:
        """Which database, and whether it answers."""
        self._link_icon.set_icon("wifi-off" if away else "circle-check", "crit" if away else "ok")
        self._link.set_tone("crit" if away else "")
        words = tr("Not connected: {where}", where=where) if away else where
        self._link.setText(words)

    def show_masking(self, *, on: bool) -> None:
        """Whether personal information is covered."""
        self._mask_icon.set_icon("lock" if on else "lock-open", "text2" if on else "warn")
        self._mask.set_tone("" if on else "warn")
        covered = tr("Personal information covered")
        self._mask.setText(covered if on else tr("Personal information shown"))

    def show_rows(self, words: str) -> None:
        """What the page says of rows and selection."""
        self._rows.setText(words)

    def show_person(self, name: str, role: str, branch: str) -> None:
        """Who is at the desk."""
        self._person.setText(" · ".join(part for part in (name, role, branch) if part))

    def show_hints(self, hints: list[tuple[str, str]]) -> None:
        """Keys of the page in front."""
        self._hints.show_hints(hints)
