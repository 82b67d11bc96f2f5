"""Windows no larger than their screen, whatever they would like to be."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

FRAME = QSize(16, 40)
"""What a desk puts around a window, at most: borders and a line with the title, in pixels."""


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


def open_within(window: QWidget, wide: int, high: int) -> None:
    """So large with its frame, or the whole screen: a frame is known only once it is shown."""
    resize_within(window, wide, high)
    room = room_on_screen(window) - FRAME
    if wide > room.width() or high > room.height():
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def bring_within(window: QWidget) -> None:
    """Move a window that reaches over the edge of its screen back onto it."""
    free, now = window.screen().availableGeometry(), window.frameGeometry()
    x = max(free.left(), min(now.left(), free.right() + 1 - now.width()))
    y = max(free.top(), min(now.top(), free.bottom() + 1 - now.height()))
    if (x, y) != (now.left(), now.top()):
        window.move(x, y)
