"""The program's own icon, for its windows and the list of tasks; loaded after the first page."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from supervisor import paths

SIZES = (16, 20, 24, 32, 48, 64, 128)
"""Pixels; each is drawn on its own and stays crisp."""


def program_icon() -> QIcon:
    """The drawing at every size a desktop asks for."""
    renderer = QSvgRenderer(str(paths.resources() / "program.svg"))
    made = QIcon()
    for size in SIZES:
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        renderer.render(painter)
        painter.end()
        made.addPixmap(picture)
    return made
