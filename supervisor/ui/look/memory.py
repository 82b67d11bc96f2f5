"""Window state between runs: an INI file in the user's configuration folder."""

from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths

from supervisor import paths


def window_memory() -> QSettings:
    """The store of window place, column widths, splitters. Never holds case data."""
    return QSettings(str(paths.config() / "window.ini"), QSettings.Format.IniFormat)


def recall(key: str, default: str = "") -> str:
    """A remembered text."""
    value = window_memory().value(key, default)
    return value if isinstance(value, str) else default


def remember(key: str, value: str) -> None:
    """Keep a text for the next run."""
    memory = window_memory()
    memory.setValue(key, value)
    memory.sync()


def folder(key: str) -> Path:
    """Where files were last saved or opened under this key, else among the documents (or at home).

    Never the folder the program happens to run in: nobody finds a file there again.
    """
    place = QStandardPaths.StandardLocation.DocumentsLocation
    likely = (recall(key), QStandardPaths.writableLocation(place))
    return next((Path(one) for one in likely if one and Path(one).is_dir()), Path.home())
