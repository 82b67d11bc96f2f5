"""The bundled typeface: Noto Sans SC in 400 and 500 for the screen, 700 on demand."""

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from supervisor import paths

FAMILY = "Noto Sans SC"
FALLBACKS = ("Microsoft YaHei UI", "PingFang SC", "sans-serif")
SCREEN_FACES = ("Regular", "Medium")
FACES = ("Regular", "Medium", "Bold")
BODY_PX = 13


class _Loaded:
    """Faces already registered with Qt in this process."""

    faces: dict[str, tuple[str, ...]]  # face -> families Qt found in it

    def __init__(self) -> None:
        self.faces = {}


_LOADED = _Loaded()


def load(faces: tuple[str, ...] = SCREEN_FACES) -> tuple[str, ...]:
    """Register faces and make the body font the application's; the faces that failed."""
    for face in faces:
        _register(face)
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.setFont(font(BODY_PX))
    return tuple(face for face in faces if not _LOADED.faces[face])


def font(px: int = BODY_PX, weight: int = 400) -> QFont:
    """The interface font at `px` logical pixels and weight 400, 500 or 700."""
    if weight >= 700:
        _register("Bold")
    made = QFont([FAMILY, *FALLBACKS])
    made.setPixelSize(px)
    made.setWeight(QFont.Weight(weight))
    return made


def _register(face: str) -> None:
    if face not in _LOADED.faces:
        path = paths.resources() / "fonts" / f"NotoSansSC-{face}.ttf"
        number = QFontDatabase.addApplicationFont(str(path))
        found = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        _LOADED.faces[face] = tuple(found)
