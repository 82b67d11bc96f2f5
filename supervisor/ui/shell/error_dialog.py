"""What people see when something failed: a sentence, or a report they can copy."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from supervisor.errors import ExpectedError
from supervisor.i18n import tr
from supervisor.ui.widgets import Button, IconLabel, Label
from supervisor.ui.widgets.asking_help import help_key
from supervisor.words import sentence


class ErrorDialog(QDialog):
    """Two families: the world said no (a sentence), or our fault (a report, go on or quit)."""

    help_topic = "bad-link"

    def __init__(
        self, title: str, text: str, report: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        help_key(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(520)
        self._report = report
        self._build(title, text)

    def _build(self, title: str, text: str) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(IconLabel("circle-alert", "crit", 20))
        head.addWidget(Label(title, "objectTitle"), 1)
        box.addLayout(head)
        words = Label(text)
        words.setWordWrap(True)
        box.addWidget(words)
        foot = QHBoxLayout()
        if self._report:
            box.addWidget(Label(tr("The report holds no personal information."), "secondary"))
            shown = QPlainTextEdit(self._report)
            shown.setReadOnly(True)
            shown.setAccessibleName(tr("Report"))
            box.addWidget(shown, 1)
            copy = Button(tr("Copy the report"), icon_name="copy")
            copy.clicked.connect(self.copy)
            foot.addWidget(copy)
        foot.addStretch(1)
        on = Button(tr("Go on") if self._report else tr("Close"), "primary")
        on.setDefault(True)
        on.clicked.connect(self.accept)
        foot.addWidget(on)
        if self._report:
            leave = Button(tr("Quit"))
            leave.clicked.connect(self._quit)
            foot.addWidget(leave)
        box.addLayout(foot)

    def copy(self) -> None:
        """The report to the clipboard."""
        QGuiApplication.clipboard().setText(self._report)

    def _quit(self) -> None:
        self.accept()
        application = QGuiApplication.instance()
        if application is not None:
            application.quit()


def dialog_for(error: BaseException, report: str, parent: QWidget | None = None) -> ErrorDialog:
    """The right dialog: expected errors have a sentence and no report."""
    if isinstance(error, ExpectedError):
        return ErrorDialog(tr("This did not work"), sentence(error.code, error.facts), "", parent)
    text = tr("Something went wrong in the program. Nothing half-written is left behind.")
    return ErrorDialog(tr("An error in the program"), text, report, parent)
