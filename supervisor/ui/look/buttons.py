"""Buttons: plain, primary, careful, link, icon; a disabled one says why."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from supervisor.ui.look.icons import icon
from supervisor.ui.look.plain import keyed
from supervisor.ui.look.rings import paint_inner_ring


class Button(QPushButton):
    """`kind` is "", "primary" (one per region), "careful" or "link".

    With an Alt letter, `text` and the name a reader says stay the words alone.
    """

    letter = ""
    _words = ""

    def __init__(
        self,
        text: str,
        kind: str = "",
        icon_name: str = "",
        *,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else self.cursor())
        if kind:
            self.setProperty("kind", kind)
        if small:
            self.setProperty("small", True)
        if icon_name:
            token = {"primary": "on_accent", "careful": "crit", "link": "accent"}.get(kind, "text")
            self.setIcon(icon(icon_name, token))
            self.setIconSize(QSize(16, 16))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.property("kind") == "primary":
            paint_inner_ring(self)

    def text(self) -> str:
        """The words, without the sign of the Alt letter."""
        return self._words if self.letter else super().text()

    def setText(self, text: str) -> None:
        if not self.letter:
            super().setText(text)
            return
        if self.accessibleName() == self._words:
            self.setAccessibleName(text)
        self._words = text
        super().setText(keyed(text, self.letter))

    def set_letter(self, letter: str) -> None:
        """Alt and this letter press it; kept when the words change."""
        self._words = self.text()
        self.letter = letter
        if not self.accessibleName():
            self.setAccessibleName(self._words)
        super().setText(keyed(self._words, letter))

    def set_enabled(self, on: bool, why: str = "") -> None:  # noqa: FBT001 - as Qt's own
        """Enable, or disable with the reason in the tooltip."""
        self.setEnabled(on)
        self.setToolTip("" if on else why)


class IconButton(QToolButton):
    """A 28 px button with only an icon: it always has a tooltip and a name (verb + object)."""

    def __init__(
        self,
        icon_name: str,
        name: str,
        *,
        keys: str = "",
        size: int = 28,
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setIcon(icon(icon_name))
        self.setIconSize(QSize(16, 16))
        self.setFixedSize(size, size)
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.rename(name, keys)

    def rename(self, name: str, keys: str = "") -> None:
        """Another name, in the language in force."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  {keys}" if keys else name)


def press_focused(window: QWidget, event: QKeyEvent) -> bool:
    """Enter on a button of a window presses it, as it does in dialogs; whether it did.

    For the `keyPressEvent` of windows: Qt's own buttons know Space alone outside of dialogs.
    """
    focused = window.focusWidget()
    enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
    bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if (
        not (enter and bare)
        or event.isAutoRepeat()
        or not isinstance(focused, QPushButton | QToolButton)
    ):
        return False
    focused.click()
    return True
