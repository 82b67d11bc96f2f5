"""Alt letters of a dialog: every button and every labelled field has one of its own."""

from collections.abc import Iterator

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from supervisor.ui.widgets import Dialog
from tests.screens.finding import Finding, path_of, short
from tests.screens.geometry import seen


def findings(root: QWidget) -> list[Finding]:
    """What Alt and a letter do not reach, or not alone. Read from what Qt itself draws."""
    return sorted(_of_dialog(root)) if isinstance(root, Dialog) else []


def letter_of(widget: QWidget) -> str:
    """The letter Qt underlines; "" without one."""
    text = QLabel.text(widget) if isinstance(widget, QLabel) else ""
    text = QPushButton.text(widget) if isinstance(widget, QPushButton) else text
    _, sign, rest = text.replace("&&", "").partition("&")
    return rest[:1].upper() if sign else ""


def _of_dialog(root: QWidget) -> Iterator[Finding]:
    had: set[str] = set()
    for widget in seen(root):
        if not _bears(widget):
            continue
        letter = letter_of(widget)
        if not letter or letter in had:
            yield Finding(
                "Alt letter", path_of(widget), short(f"{letter or 'none'} {_said(widget)}")
            )
        had.add(letter)


def _bears(widget: QWidget) -> bool:
    if isinstance(widget, QPushButton):
        return widget.isEnabled() and bool(widget.text())
    return isinstance(widget, QLabel) and widget.buddy() is not None


def _said(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QPushButton | QLabel) else ""
