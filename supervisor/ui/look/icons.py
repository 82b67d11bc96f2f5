"""Line icons, tinted by token and drawn from SVG at the device's own pixel ratio."""

import atexit
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, Qt
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication

from supervisor import paths
from supervisor.ui.look.tokens import tokens

STROKE = "1.75"
SIZES = (12, 14, 16)
"""Logical pixels an icon is drawn at on buttons, in chips and in menus."""


def names() -> tuple[str, ...]:
    """Every icon there is."""
    return tuple(sorted(path.stem for path in (paths.resources() / "icons").glob("*.svg")))


def icon(name: str, color_token: str | None = None) -> QIcon:
    """The icon in a token's colour (text2 unless named), sharp on every screen there is.

    Made of pixels: an icon engine written in Python does not survive Qt's own copies of the icon.
    On buttons and in menus it follows the theme (`redress`).

    Raises:
        FileNotFoundError: there is no such icon.
    """
    ratios = frozenset(screen.devicePixelRatio() for screen in QGuiApplication.screens())
    token = color_token or "text2"
    made = _made(name, getattr(tokens(), token), ratios or frozenset({1.0}))
    _MADE_OF[made.cacheKey()] = (name, token)
    return made


def redress() -> None:
    """Give every button and menu entry its icon anew, in the colours now in force."""
    for widget in QApplication.allWidgets():
        wearers: list[QAbstractButton | QAction] = list(widget.actions())
        if isinstance(widget, QAbstractButton):
            wearers.append(widget)
        for wearer in wearers:
            made_of = _MADE_OF.get(wearer.icon().cacheKey())
            if made_of is not None:
                wearer.setIcon(icon(*made_of))


def pixmap(
    name: str, color_token: str | None = None, size: int = 16, ratio: float = 1.0
) -> QPixmap:
    """The icon as pixels of `size` logical px at a device pixel ratio, cached per colour."""
    colour: str = getattr(tokens(), color_token or "text2")
    return _drawn(name, colour, size, ratio)


def paint(painter: QPainter, name: str, rect: QRect, color_token: str | None = None) -> None:
    """Draw the icon into a square rectangle."""
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    painter.drawPixmap(rect, pixmap(name, color_token, rect.width(), ratio))


_MADE_OF: dict[int, tuple[str, str]] = {}
"""Name and token of the icons made, by Qt's key: it stays the same however often one is copied."""


@lru_cache(maxsize=512)
def _made(name: str, colour: str, ratios: frozenset[float]) -> QIcon:
    made = QIcon()
    for size in SIZES:
        for ratio in sorted(ratios):
            made.addPixmap(_drawn(name, colour, size, ratio))
    return made


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    path = paths.resources() / "icons" / f"{name}.svg"
    return path.read_text("utf-8").replace('stroke-width="2"', f'stroke-width="{STROKE}"')


@lru_cache(maxsize=2048)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    svg = _source(name).replace("currentColor", colour)
    side = max(1, round(size * ratio))
    image = QPixmap(side, side)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def _forget() -> None:
    _drawn.cache_clear()
    _made.cache_clear()


atexit.register(_forget)  # pixels must not outlive the application that Qt ends at exit
