"""A dialog that sends one order: it stays open with the reason when the order is refused."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from supervisor.errors import SupervisorError
from supervisor.i18n import tr
from supervisor.models.changes import Changes
from supervisor.models.orders import Order
from supervisor.ui.widgets.dialog import Dialog
from supervisor.words import sentence_of

Done = Callable[[Changes], Any]
Failed = Callable[[Exception], Any]
Send = Callable[[Callable[..., Changes], Order, Done, Failed], object]
"""Carries an order out: command, order, what then, what when it is refused."""


class OrderDialog(Dialog):
    """Sends its order when confirmed; closes only when it was carried out."""

    def __init__(self, title: str, confirm_text: str, send: Send, parent: QWidget) -> None:
        super().__init__(title, confirm_text, width=460, parent=parent)
        self._send = send

    def command(self) -> Callable[..., Changes]:
        """What carries the order out."""
        raise LookupError(type(self).__name__)

    def order(self) -> Order:
        """The order as the fields stand."""
        raise LookupError(type(self).__name__)

    def confirm(self) -> None:
        """Check the fields, send, and wait for the answer with the dialog open."""
        wrong = self.problems()
        self.summary.setVisible(False)
        if wrong:
            wrong[0].field.setFocus()
            return
        self.primary.set_enabled(False, tr("Being carried out"))
        self._send(self.command(), self.order(), self._on_done, self._on_refused)

    def _on_done(self, _changes: Changes) -> None:
        self.confirmed.emit()
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        self.primary.set_enabled(True)
        if not isinstance(error, SupervisorError):
            raise error
        self.summary.setText(sentence_of(error))
        self.summary.show()
