"""Which keys the status bar names."""

from PySide6.QtWidgets import QWidget

from supervisor.i18n import tr


def hints(page: QWidget | None) -> list[tuple[str, str]]:
    """(keys, words) for the page in front."""
    shown = [("Ctrl+K", tr("go to"))]
    if hasattr(page, "focus_filter"):
        shown.append(("Ctrl+F", tr("filter")))
    if hasattr(page, "refresh"):
        shown.append(("F5", tr("refresh")))
    return [*shown, ("F1", tr("help"))]
