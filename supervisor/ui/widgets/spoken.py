"""Roles and values of widgets that paint themselves, for screen readers.

A widget class says what it is with `spoken_role`, and what it shows with `spoken_value()`; Qt knows
both of its own controls only.

Buttons that stay down, tick boxes among them, have a face of their own: Qt's toggles them without
a click when a screen reader acts on them, and what they stand for would not happen.
"""

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QScrollArea, QWidget

Role = QAccessible.Role


class Face(QAccessibleWidget):
    """What a reader sees of such a widget."""

    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role)

    def text(self, kind: QAccessible.Text) -> str:
        """The name and description as Qt has them, the value from the widget."""
        widget: Any = self.object()
        value = getattr(widget, "spoken_value", None)
        if kind is QAccessible.Text.Value and callable(value):
            return str(value())
        return super().text(kind)


class PressedFace(Face):
    """A button that stays down: acting on it is a click, as with the mouse."""

    def _button(self) -> QAbstractButton | None:
        widget = self.object()
        return widget if isinstance(widget, QAbstractButton) else None

    def text(self, kind: QAccessible.Text) -> str:
        """Without a name of its own the button's words."""
        said = super().text(kind)
        button = self._button()
        if said or button is None or kind is not QAccessible.Text.Name:
            return said
        return button.text().replace("&", "")

    def state(self) -> QAccessible.State:
        """Whether it is down, too."""
        told, button = super().state(), self._button()
        if button is not None:
            told.checkable, told.checked = int(button.isCheckable()), int(button.isChecked())
            told.pressed = int(button.isDown())
        return told

    def actionNames(self) -> list[str]:
        """Press, then what every widget can."""
        button = self._button()
        able = button is not None and button.isEnabled()
        return [*([self.pressAction()] if able else []), *super().actionNames()]

    def doAction(self, name: str) -> None:
        """Press is a click."""
        button = self._button()
        if button is not None and name in {self.pressAction(), self.toggleAction()}:
            button.animateClick()  # as Qt does: readers are answered before a dialog opens
        else:
            super().doAction(name)


class _Installed:
    done = False


def install() -> None:
    """Tell Qt, once; readers that never come cost nothing."""
    if not _Installed.done:
        _Installed.done = True
        QAccessible.installFactory(_face)


def _face(_kind: str, what: QObject) -> Face | None:
    if not isinstance(what, QWidget):
        return None
    role = getattr(type(what), "spoken_role", None)
    if isinstance(what, QAbstractButton) and what.isCheckable():
        return PressedFace(what, role if isinstance(role, Role) else _role_of(what))
    if isinstance(role, Role):
        return Face(what, role)
    # Areas take the keyboard to scroll: Qt's word for them is one readers have no role for.
    return Face(what, Role.Pane) if isinstance(what, QScrollArea) else None


def _role_of(button: QAbstractButton) -> QAccessible.Role:
    group = button.group()
    one_of = button.autoExclusive() or (group is not None and group.exclusive())
    return Role.RadioButton if one_of else Role.CheckBox
