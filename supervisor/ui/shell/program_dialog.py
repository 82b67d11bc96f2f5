"""Which version there is and where its installer lies; installing is for when work is done."""

from pathlib import PureWindowsPath

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from supervisor import __version__
from supervisor.i18n import tr
from supervisor.models.program_versions import ProgramVersions
from supervisor.ui.widgets import Button, Dialog, FormRow, Label
from supervisor.words import updates

INSTALLERS = frozenset({".exe", ".msi"})
WEB = ("https://", "http://")


class ProgramDialog(Dialog):
    """Copies the place, or opens it; starts no installer while people work."""

    help_topic = "window"

    def __init__(self, known: ProgramVersions, parent: QWidget) -> None:
        super().__init__(tr("Version of the program"), tr("Copy the place"), parent=parent)
        self._known = known
        said = Label(updates.whole(known, __version__))
        said.setWordWrap(True)
        self.body.addWidget(said)
        self.place = QLineEdit(known.place)
        self.place.setReadOnly(True)
        self.place.setCursorPosition(0)
        self.add_row(
            FormRow(
                tr("Where the installer lies"),
                self.place,
                hint=tr(
                    "Close this program before you start the installer. Data stay as they are."
                ),
            )
        )
        self.opener = Button(tr("Open the place"), icon_name="folder-open")
        self.opener.clicked.connect(self.open_place)
        self.foot.insertWidget(0, self.opener)
        self.cancel.setText(tr("Close"))
        self.confirmed.connect(self.copy)

    def copy(self) -> None:
        """The place to the clipboard."""
        QGuiApplication.clipboard().setText(self._known.place)

    def open_place(self) -> bool:
        """The folder, or the page, in whatever shows such things; whether something could."""
        return QDesktopServices.openUrl(address_of(self._known.place))


def address_of(place: str) -> QUrl:
    """What to open for a place: of an installer its folder, so that nothing is started."""
    if place.lower().startswith(WEB):
        return QUrl(place)
    path = PureWindowsPath(place)
    shown = path.parent if path.suffix.lower() in INSTALLERS else path
    return QUrl.fromLocalFile(shown.as_posix())
