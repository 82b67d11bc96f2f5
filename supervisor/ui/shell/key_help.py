"""Ctrl+F1: the keys of the page in front."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.ui.look.room import resize_within
from supervisor.ui.widgets import Button, Label, Scroller
from supervisor.ui.widgets.asking_help import help_key


class KeyHelp(QDialog):
    """A list of keys and what they do; Esc closes."""

    help_topic = "window"

    def __init__(
        self, page: str, keys: list[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        help_key(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard"))
        resize_within(self, 560, 560)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(12)
        outer.addWidget(Label(tr("Keys of this page: {page}", page=page), "objectTitle"))
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (combination, words) in enumerate(keys):
            grid.addWidget(Label(combination, "strong"), row, 0)
            grid.addWidget(Label(words), row, 1)
        grid.setRowStretch(len(keys), 1)
        area = Scroller(self.windowTitle())
        area.setWidget(inside)
        outer.addWidget(area, 1)
        close = Button(tr("Close"))
        close.clicked.connect(self.accept)
        outer.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
