"""Line icons, tinted by token and drawn from SVG at the device's own pixel ratio."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from supervisor import paths
from supervisor.ui.look.tokens import tokens

STROKE = "1.75"


def names() -> tuple[str, ...]:
    """Every icon there is."""
    return tuple(sorted(path.stem for path in (paths.resources() / "icons").glob("*.svg")))


def icon(name: str, color_token: str | None = None, size: int = 16) -> QIcon:
    """The icon in a token's colour (text2 unless named); it follows the theme by itself.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    _source(name)
    return QIcon(_Engine(name, color_token, size))


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


class _Engine(QIconEngine):
    """Draws on demand, so a theme change or another monitor needs no new icons."""

    def __init__(self, name: str, color_token: str | None, size: int) -> None:
        super().__init__()
        self._name = name
        self._token = color_token
        self._size = size

    def _token_for(self, mode: QIcon.Mode) -> str:
        return "disabled" if mode == QIcon.Mode.Disabled else self._token or "text2"

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        del state
        side = min(rect.width(), rect.height())
        corner = rect.center() - QPoint(side // 2 - 1, side // 2 - 1)
        paint(painter, self._name, QRect(corner, QSize(side, side)), self._token_for(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        # Qt hands over device pixels here and the scale they were made with.
        del state
        side = round(min(size.width(), size.height()) / scale)
        return pixmap(self._name, self._token_for(mode), side, scale)

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        del mode, state
        side = min(size.width(), size.height())
        return QSize(side, side)

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token, self._size)

    def key(self) -> str:
        return f"line:{self._name}"
