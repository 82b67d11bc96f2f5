"""A newer version of the program, told at the foot of the window: never a box of its own accord."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from supervisor import __version__
from supervisor.models.enums import Topic
from supervisor.models.program_versions import ProgramState, ProgramVersions
from supervisor.models.queries.program import program_versions
from supervisor.ui.background.desk import Desk
from supervisor.ui.shell.program_dialog import ProgramDialog
from supervisor.ui.shell.status_bar import StatusBar
from supervisor.words import updates


class ProgramWatch(QObject):
    """Asks what is published, and again whenever parameters change, here or elsewhere."""

    def __init__(self, desk: Desk, status: StatusBar, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._status, self._window = desk, status, window
        self.known = ProgramVersions()
        status.program_wanted.connect(self.show_it)
        desk.bus.changed.connect(self._on_bus)
        self.ask()

    def ask(self) -> None:
        """Ask what is published."""
        self._desk.runner.ask(
            partial(self._desk.database.read, program_versions, None),
            owner=self,
            key="program",
            then=self._on_versions,
            # The pages say what is wrong with the database; here nothing is only not known.
            failed=lambda _error: None,
        )

    def tell(self) -> None:
        """Say what is known again: words changed."""
        too_old = self.known.state(__version__) is ProgramState.TOO_OLD
        self._status.show_program(updates.short(self.known, __version__), too_old=too_old)

    def show_it(self) -> ProgramDialog:
        """What is there and where, because somebody asked."""
        dialog = ProgramDialog(self.known, self._window)
        dialog.open()
        return dialog

    def _on_versions(self, known: ProgramVersions) -> None:
        self.known = known
        self.tell()

    def _on_bus(self, topics: frozenset[Topic], _initiator: object) -> None:
        if Topic.PARAMETERS in topics:
            self.ask()
