"""设定目标: opens the targets for those who set them; all it needs is loaded when it is pressed."""

from functools import partial

from PySide6.QtWidgets import QWidget

from supervisor.i18n import tr
from supervisor.models.rows.aims import AIM_SETTERS, AimsSet
from supervisor.ui.background.desk import Desk
from supervisor.ui.background.runner import Failed
from supervisor.ui.widgets import Button


class AimsButton(Button):
    """Shown only to those who set targets."""

    def __init__(self, desk: Desk, failed: Failed, parent: QWidget | None = None) -> None:
        super().__init__(tr("Set targets"), "link", parent=parent)
        self._desk, self._failed = desk, failed
        self.setToolTip(tr("Targets and case cap"))
        self.clicked.connect(self.ask)
        if desk.actor.role not in AIM_SETTERS:
            self.hide()

    def ask(self) -> None:
        """Ask what is set, then show it."""
        from supervisor.models.queries.aims import aims_set  # noqa: PLC0415 - when it is pressed

        read = partial(self._desk.database.read, aims_set, self._desk.actor)
        self._desk.runner.ask(read, owner=self, key="aims", then=self._open, failed=self._failed)

    def _open(self, known: AimsSet) -> None:
        from supervisor.ui.charts.aims_dialog import AimsDialog  # noqa: PLC0415 - when it is pressed

        AimsDialog(self._desk, known, self.window()).open()
