"""Banner: what is, what it means, what can be done; at page or card level."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.ui.look.buttons import Button, IconButton
from supervisor.ui.look.style import polish
from supervisor.ui.widgets.labels import IconLabel, Label

_ICONS = {
    "crit": ("circle-pause", "crit"),
    "warn": ("triangle-alert", "warn"),
    "ok": ("circle-check", "ok"),
    "info": ("info", "accent"),
}
Action = tuple[str, Callable[[], object]]


class Banner(QFrame):
    """Hidden until `show_news`. Stays until solved or dismissed.

    Signals:
        dismissed: the person closed it.
    """

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._buttons: list[Button] = []
        self._build()
        self.hide()

    def _build(self) -> None:
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 8, 12, 8)
        self._row.setSpacing(10)
        self._icon = IconLabel("info")
        words = QVBoxLayout()
        words.setSpacing(2)
        self._title = Label(role="strong")
        self._text = Label()
        for label in (self._title, self._text):
            label.setWordWrap(True)
            words.addWidget(label)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(words, 1)
        self._close = IconButton("x", tr("Dismiss this message"), size=24)
        self._close.clicked.connect(self._on_closed)
        self._row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_news(
        self,
        tone: str,
        title: str,
        text: str = "",
        actions: Sequence[Action] = (),
        *,
        icon_name: str = "",
        dismissable: bool = False,
    ) -> None:
        """Say it; `tone` is "crit", "warn", "info" or "ok"; at most two actions."""
        name, token = _ICONS[tone]
        self._icon.set_icon(icon_name or name, token)
        self.setProperty("tone", tone)
        self._title.setText(title)
        self._title.set_tone("" if tone == "info" else tone)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._close.setVisible(dismissable)
        self._close.rename(tr("Dismiss this message"))
        place = Qt.AlignmentFlag.AlignTop if text else Qt.AlignmentFlag.AlignVCenter
        self._row.setAlignment(self._icon, place)
        self._show_actions(actions)
        polish(self)
        self.setAccessibleName(f"{title} {text}".strip())
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    @property
    def title(self) -> str:
        """What the banner says."""
        return self._title.text()

    @property
    def text(self) -> str:
        """The sentence below."""
        return self._text.text()

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The actions on offer."""
        return tuple(self._buttons)

    def _show_actions(self, actions: Sequence[Action]) -> None:
        for old in self._buttons:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = []
        for number, (text, act) in enumerate(actions[:2]):
            button = Button(text, "" if number == 0 else "link")
            button.clicked.connect(lambda _on=False, a=act: a())
            self._buttons.append(button)
            self._row.insertWidget(2 + number, button, 0, Qt.AlignmentFlag.AlignVCenter)

    def _on_closed(self) -> None:
        self.hide()
        self.dismissed.emit()
