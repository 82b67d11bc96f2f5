"""本程序: its version, licences, and for administrators the version the office gives out."""

from functools import partial

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QPushButton

from supervisor import __version__, paths
from supervisor.errors import SupervisorError
from supervisor.i18n import tr
from supervisor.models.enums import Role, Topic
from supervisor.models.program_versions import ProgramVersions
from supervisor.ui.background.desk import Desk
from supervisor.ui.widgets import Label
from supervisor.words import sentence_of, updates


class ProgramLines(QObject):
    """Fills a card that everybody reads; administrators of all branches publish from it."""

    def __init__(self, desk: Desk, card: QFrame, form: QFormLayout) -> None:
        super().__init__(card)
        self._desk, self._card = desk, card
        self.known: ProgramVersions | None = None
        self.said, self.trouble = Label(), Label()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.setProperty("role", "error")
        self.trouble.hide()
        for label in (self.said, self.trouble):
            label.setWordWrap(True)
            form.addRow(label)
        self.publish = QPushButton(tr("Publish a version…"))
        self.publish.clicked.connect(lambda _checked=False: self.open_dialog())
        self.licences = QPushButton(tr("Licences"))
        self.licences.setVisible(paths.notices() is not None)
        self.licences.clicked.connect(lambda _checked=False: self.show_licences())
        line = QHBoxLayout()
        line.setSpacing(8)
        for button in (self.publish, self.licences):
            line.addWidget(button)
        line.addStretch(1)
        form.addRow(line)
        desk.bus.changed.connect(self._on_bus)
        self.follow()

    def follow(self) -> None:
        """Another hat may publish or not; ask how things stand."""
        actor = self._desk.actor
        self.publish.setVisible(actor.role is Role.ADMIN and actor.branches is None)
        self.ask()

    def ask(self) -> None:
        """Ask what is published."""
        from supervisor.models.queries.program import program_versions  # noqa: PLC0415 - when shown

        self._desk.runner.ask(
            partial(self._desk.database.read, program_versions, None),
            owner=self,
            key="program",
            then=self._show,
            failed=self._on_failed,
        )

    def open_dialog(self) -> QObject | None:
        """Publish, change or withdraw."""
        from supervisor.ui.pages.preferences.program_dialog import (  # noqa: PLC0415 - when opened
            PublishDialog,
        )

        if self.known is None:
            return None
        dialog = PublishDialog(self.known, self._desk, self._card.window())
        dialog.open()
        return dialog

    def show_licences(self) -> bool:
        """The notice that came with the program, in whatever shows texts."""
        place = paths.notices()
        return place is not None and QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))

    def _show(self, known: ProgramVersions) -> None:
        self.known = known
        self.trouble.hide()
        lines = [updates.whole(known, __version__)]
        if known.place:
            lines.append(tr("The installer lies here: {place}", place=known.place))
        if known.minimum:
            lines.append(tr("Oldest version that may write: {minimum}", minimum=known.minimum))
        self.said.setText("\n".join(lines))

    def _on_bus(self, topics: frozenset[Topic], _initiator: object) -> None:
        if Topic.PARAMETERS in topics:
            self.ask()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, SupervisorError):
            raise error
        self.trouble.setText(sentence_of(error))
        self.trouble.show()
