"""The icon for Windows, drawn from resources/program.svg: `python packaging/icon.py FILE.ico`.

Each size is drawn on its own, so that small ones stay crisp. Windows takes the largest for the
desktop and the smallest for the list of tasks.
"""

import os
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parent.parent / "resources" / "program.svg"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def drawn(renderer: QSvgRenderer, size: int) -> Image.Image:
    """The drawing, `size` pixels wide and high."""
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    renderer.render(painter)
    painter.end()
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return Image.open(BytesIO(kept.data())).convert("RGBA")


def write_icon(target: Path) -> None:
    """Write every size into one file."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication([])
    renderer = QSvgRenderer(str(DRAWING))
    pictures = [drawn(renderer, size) for size in SIZES]
    del application
    # The largest leads, or the smaller ones are left out.
    pictures[-1].save(
        target, format="ICO", sizes=[(size, size) for size in SIZES], append_images=pictures[:-1]
    )


if __name__ == "__main__":
    write_icon(Path(sys.argv[1]))
