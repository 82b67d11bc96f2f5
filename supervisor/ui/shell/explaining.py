"""Shift+F1: what stands under the focus, explained where it stands.

A widget says it by `explain()`, a cell by its What's-this or tooltip text, anything else by the
tooltip it has; where it says nothing, what it lies in is asked.
"""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QToolTip, QWidget

from supervisor.i18n import tr
from supervisor.ui.look.plain import tip

SHOWN_MS = 60_000
_ROLES = (Qt.ItemDataRole.WhatsThisRole, Qt.ItemDataRole.ToolTipRole)


def explain(window: QWidget) -> str:
    """Show what the focused part means; the words."""
    asked = QApplication.focusWidget() or window
    words, at = _found(asked, window)
    if not words:
        words = tr("There is nothing more to say about this. F1 opens the help.")
    QToolTip.showText(at, tip(words), asked, asked.rect(), SHOWN_MS)
    return words


def _found(asked: QWidget, window: QWidget) -> tuple[str, QPoint]:
    """The nearest explanation, and where it belongs on the screen."""
    part: QWidget | None = asked
    while part is not None and part is not window:
        words, at = _of(part)
        if words:
            return words, at
        part = part.parentWidget()
    return "", asked.mapToGlobal(asked.rect().bottomLeft())


def _of(part: QWidget) -> tuple[str, QPoint]:
    at = part.mapToGlobal(QPoint(0, min(part.height(), 48)))
    own = getattr(part, "explain", None)
    if callable(own):
        return str(own() or ""), at
    if isinstance(part, QAbstractItemView):
        index = part.currentIndex()
        said = next((str(index.data(role)) for role in _ROLES if index.data(role)), "")
        below = part.visualRect(index).bottomLeft() if index.isValid() else QPoint(0, 0)
        return said, part.viewport().mapToGlobal(below)
    if isinstance(part, QComboBox):
        said = part.itemData(part.currentIndex(), Qt.ItemDataRole.ToolTipRole)
        return str(said or part.toolTip()), at
    return part.whatsThis() or part.toolTip(), at
