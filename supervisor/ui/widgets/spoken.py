"""Roles and values of widgets that paint themselves, for screen readers.

A widget class says what it is with `spoken_role`, and what it shows with `spoken_value()`; Qt knows
both of its own controls only.
"""

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget

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


class _Installed:
    done = False


def install() -> None:
    """Tell Qt, once; readers that never come cost nothing."""
    if not _Installed.done:
        _Installed.done = True
        QAccessible.installFactory(_face)


def _face(_kind: str, what: QObject) -> Face | None:
    role = getattr(type(what), "spoken_role", None)
    if isinstance(what, QWidget) and isinstance(role, QAccessible.Role):
        return Face(what, role)
    return None
