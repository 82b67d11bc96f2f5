"""Windows no larger than their screen, whatever they would like to be."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget


def room_on_screen(window: QWidget) -> QSize:
    """What the screen leaves for the inside of a window, without its frame."""
    free = window.screen().availableGeometry().size()
    frame = window.frameGeometry().size() - window.size()
    return free - frame


def resize_within(window: QWidget, wide: int, high: int) -> None:
    """So large, or as large as the screen allows."""
    room = room_on_screen(window)
    window.setMinimumSize(window.minimumSize().boundedTo(room))
    window.resize(QSize(wide, high).boundedTo(room))


def bring_within(window: QWidget) -> None:
    """Move a window that reaches over the edge of its screen back onto it."""
    free, now = window.screen().availableGeometry(), window.frameGeometry()
    x = max(free.left(), min(now.left(), free.right() + 1 - now.width()))
    y = max(free.top(), min(now.top(), free.bottom() + 1 - now.height()))
    if (x, y) != (now.left(), now.top()):
        window.move(x, y)
