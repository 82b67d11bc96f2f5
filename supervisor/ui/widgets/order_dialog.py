"""A dialog that sends one order: it stays open with the reason when the order is refused.

Where somebody else saved the same record meanwhile, a dialog that knows its fields (`merge_fields`)
shows both values field by field; what was typed is never lost, and nothing is sent by itself.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from supervisor.errors import ConflictError, SupervisorError
from supervisor.i18n import tr
from supervisor.models.changes import Changes
from supervisor.models.ids import CommandId, new_command_id
from supervisor.models.orders import Order
from supervisor.ui.widgets.dialog import Dialog
from supervisor.ui.widgets.merging import CHANGED, Failed, Merging, Reread
from supervisor.words import sentence_of

__all__ = ["Done", "Failed", "OrderDialog", "Reread", "Send", "SendingDialog"]

Done = Callable[[Changes], Any]
Send = Callable[[Callable[..., Changes], Order, Done, Failed], object]
"""Carries an order out: command, order, what then, what when it is refused."""

WIDTH = 460


class SendingDialog(Dialog):
    """Sends something when confirmed; closes only when it was carried out."""

    def __init__(
        self, title: str, confirm_text: str, parent: QWidget, *, careful: bool = False,
        width: int = WIDTH,
    ) -> None:  # fmt: skip
        super().__init__(title, confirm_text, careful=careful, width=width, parent=parent)

    def send_off(self) -> None:
        """Send it; the answer goes to `_on_done` or `_on_refused`."""
        raise LookupError(type(self).__name__)

    def confirm(self) -> None:
        """Check the fields, send, and wait for the answer with the dialog open."""
        if not self.primary.isEnabled():
            return
        wrong = self.problems()
        self.summary.setVisible(False)
        if wrong:
            wrong[0].field.setFocus()
            return
        self.primary.set_enabled(False, tr("Being carried out"))
        self.send_off()

    def _on_done(self, _done: Any) -> None:
        self.confirmed.emit()
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        self.primary.set_enabled(True)
        if not isinstance(error, SupervisorError):
            raise error
        self._say(sentence_of(error))

    def _say(self, sentence: str) -> None:
        self.summary.setText(sentence)
        self.summary.show()


class OrderDialog(SendingDialog, Merging):
    """Sends one order, the same one under the same id: where an answer was lost it is not doubled.

    Signals:
        sending: the order leaves; what stands in the fields is to be kept under its id.
    """

    sending = Signal()

    def __init__(
        self, title: str, confirm_text: str, send: Send, parent: QWidget, *, careful: bool = False,
        width: int = WIDTH,
    ) -> None:  # fmt: skip
        super().__init__(title, confirm_text, parent, careful=careful, width=width)
        self._send = send
        self.command_id = new_command_id()
        self._sent: Order | None = None
        self._sent_before = False
        self._still_the_same: Callable[[], bool] = lambda: True

    def command(self) -> Callable[..., Changes]:
        """What carries the order out."""
        raise LookupError(type(self).__name__)

    def order(self) -> Order:
        """The order as the fields stand."""
        raise LookupError(type(self).__name__)

    @property
    def was_sent(self) -> bool:
        """Whether an order left under `command_id`, now or before the program ended."""
        return self._sent is not None or self._sent_before

    def adopt(
        self, command_id: CommandId, still_the_same: Callable[[], bool], *, sent: bool
    ) -> None:
        """What stands here was kept, and perhaps `sent`, under this id before the program ended."""
        self.command_id, self._still_the_same = command_id, still_the_same
        self._sent_before = sent

    def renew(self) -> None:
        """What is sent from now on is another order."""
        self.command_id, self._sent, self._sent_before = new_command_id(), None, False
        self._still_the_same = lambda: True

    def unanswered(self) -> bool:
        """Whether the order as the fields stand was sent, and is not known to be carried out."""
        return self.was_sent and not self._differs(self.order())

    def send_off(self) -> None:
        """The order as the fields stand."""
        order = self.order()
        if self._differs(order):
            # Changed since: under the old id the server would answer as to the old one.
            self.renew()
        self._still_the_same = lambda: True
        self._sent = replace(order, command_id=self.command_id)
        self.sending.emit()
        self._send(self.command(), self._sent, self._on_done, self._on_refused)

    def _differs(self, order: Order) -> bool:
        """From what may have been sent under this id."""
        return not self._still_the_same() or (
            self._sent is not None and replace(order, command_id=self.command_id) != self._sent
        )

    def _on_refused(self, error: Exception) -> None:
        super()._on_refused(error)
        changed = isinstance(error, ConflictError) and error.code.endswith(CHANGED)
        if changed and self.merge_fields():
            self.reread(lambda record: self.merge_with(record, self), self._on_refused)

    def say_merged(self, sentence: str) -> None:
        self._say(sentence)
