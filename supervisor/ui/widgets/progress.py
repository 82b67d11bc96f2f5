"""A thin progress bar."""

from PySide6.QtWidgets import QProgressBar, QWidget


class ThinBar(QProgressBar):
    """6 px; `set_share(None)` says that the whole is unknown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextVisible(False)
        self.setRange(0, 1000)

    def set_share(self, share: float | None) -> None:
        """0..1, or None while the whole is unknown."""
        if share is None:
            self.setRange(0, 0)
            return
        self.setRange(0, 1000)
        self.setValue(round(1000 * min(1.0, max(0.0, share))))
