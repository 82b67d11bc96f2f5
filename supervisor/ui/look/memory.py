"""Window state between runs: an INI file in the user's configuration folder."""

from PySide6.QtCore import QSettings

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
