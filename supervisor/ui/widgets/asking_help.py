"""F1 inside a dialog: the window it belongs to shows the help of what the dialog is about."""

from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget


def help_key(dialog: QDialog) -> None:
    """F1 asks for help. The dialog names its topic by `help_topic`; else it is that of the page."""
    QShortcut(QKeySequence("F1"), dialog, lambda: ask_help(dialog))


def ask_help(dialog: QDialog) -> object:
    """The help window that came up; None where nobody has one, as before there is a desk."""
    above: QWidget | None = dialog.parentWidget()
    while above is not None:
        guidance: Any = getattr(above, "guidance", None)
        if guidance is not None:
            return guidance.show_beside(dialog)
        above = above.parentWidget()
    return None
