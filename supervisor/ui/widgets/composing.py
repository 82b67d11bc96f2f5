"""What an input method holds that is not committed yet: half-typed Chinese is not to be lost."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit


def composing(field: QPlainTextEdit) -> str:
    """The letters under the candidates; empty where nothing is composed."""
    return str(field.textCursor().block().layout().preeditAreaText())


def typed(field: QPlainTextEdit) -> str:
    """The text as it is seen: with what is being composed, in its place.

    For keeping only; what is sent is what was committed.
    """
    text, held = field.toPlainText(), composing(field)
    if not held:
        return text
    block = field.textCursor().block()
    at = QTextCursor(block).position() + block.layout().preeditAreaPosition()
    return text[:at] + held + text[at:]
