"""The first start: asks where the data come from before there is a desk."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow

from supervisor import i18n
from supervisor.i18n import tr
from supervisor.ui.look.buttons import press_focused
from supervisor.ui.look.room import resize_within
from supervisor.ui.pages.first_run.page import FirstRunPage
from supervisor.ui.shell.actions import dialog_keys
from supervisor.words import formats

if TYPE_CHECKING:
    from supervisor.ui.shell.help_window import HelpWindow

SIZE = (1100, 700)
TOPIC = "first-start"
DEMO_CASES = 2_000


class FirstStart(QMainWindow):
    """Shows the choice; `chosen` carries "demo", or the address of a file or server.

    Signals:
        chosen: what was chosen.
        language_chosen, theme_chosen: codes.
        closed: the window went away.
    """

    chosen = Signal(str)
    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    closed = Signal()

    def __init__(self, default_file: str, theme: str, *, may_leave: bool = False) -> None:
        super().__init__()
        self._may_leave = may_leave
        self._default_file = default_file
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        resize_within(self, *SIZE)
        self.help: HelpWindow | None = None
        QShortcut(QKeySequence("F1"), self, self.show_help)
        if may_leave:
            QShortcut(QKeySequence("Esc"), self, self.close)
        self.show_page(theme)

    def show_page(self, theme: str) -> None:
        """Build the page in the language in force."""
        self.setWindowTitle(tr("Field collection desk"))
        self.page = FirstRunPage(
            demo_cases=formats.count(DEMO_CASES),
            default_file=self._default_file,
            language=i18n.language(),
            theme=theme,
            may_leave=self._may_leave,
        )
        self.page.left.connect(self.close)
        self.page.demo_chosen.connect(lambda: self.chosen.emit("demo"))
        self.page.file_chosen.connect(self.chosen)
        self.page.server_chosen.connect(self.chosen)
        self.page.language_chosen.connect(self.language_chosen)
        self.page.theme_chosen.connect(self.theme_chosen)
        self.setCentralWidget(self.page)

    def show_help(self) -> "HelpWindow":
        """F1: what the three choices mean, and what to ask for."""
        from supervisor.ui.shell.help_window import HelpWindow  # noqa: PLC0415 - only for help

        if self.help is not None:  # in the language of before, perhaps
            self.help.deleteLater()
        self.help = HelpWindow(dialog_keys, self, remembers=False)
        self.help.show_topic(TOPIC)
        self.help.show()
        return self.help

    def ask(self, accept: Callable[[str], str]) -> bool:
        """Stay until a choice is accepted; `accept` returns a sentence to refuse. False: left."""
        loop = QEventLoop()
        taken: list[str] = []

        def on_chosen(what: str) -> None:
            refused = accept(what)
            self.page.say(refused)
            if not refused:
                taken.append(what)
                loop.quit()

        self.chosen.connect(on_chosen)
        self.closed.connect(loop.quit)
        self.show()
        loop.exec()
        self.hide()
        return bool(taken)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no field took: Enter presses the button one stands on."""
        if not press_focused(self, event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()
