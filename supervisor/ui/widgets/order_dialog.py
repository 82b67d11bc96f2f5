"""A dialog that sends one order: it stays open with the reason when the order is refused.

Where somebody else saved the same record meanwhile, a dialog that knows its fields (`merge_fields`)
shows both values field by field; what was typed is never lost, and nothing is sent by itself.
"""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from supervisor.errors import ConflictError, SupervisorError
from supervisor.i18n import tr
from supervisor.models.changes import Changes
from supervisor.models.orders import Order
from supervisor.models.rules.merging import differing
from supervisor.ui.widgets.dialog import Dialog
from supervisor.ui.widgets.merge_dialog import MergeDialog, MergeField
from supervisor.words import sentence_of

Done = Callable[[Changes], Any]
Failed = Callable[[Exception], Any]
Send = Callable[[Callable[..., Changes], Order, Done, Failed], object]
"""Carries an order out: command, order, what then, what when it is refused."""
Reread = Callable[[Callable[[Any], object], Failed], object]
"""Reads the record as it is now (None: it is gone): what then, what when that fails."""
CHANGED = "_changed"
"""How the codes of conflicts end that mean: somebody saved another version."""


class SendingDialog(Dialog):
    """Sends something when confirmed; closes only when it was carried out."""

    def __init__(
        self, title: str, confirm_text: str, parent: QWidget, *, careful: bool = False
    ) -> None:
        super().__init__(title, confirm_text, careful=careful, width=460, parent=parent)

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


class OrderDialog(SendingDialog):
    """Sends one order."""

    def __init__(self, title: str, confirm_text: str, send: Send, parent: QWidget) -> None:
        super().__init__(title, confirm_text, parent)
        self._send = send
        self._merge: MergeDialog | None = None

    def command(self) -> Callable[..., Changes]:
        """What carries the order out."""
        raise LookupError(type(self).__name__)

    def order(self) -> Order:
        """The order as the fields stand."""
        raise LookupError(type(self).__name__)

    def merge_fields(self) -> Mapping[str, MergeField]:
        """The fields two people may both have changed; empty: this dialog does not merge."""
        return {}

    def values_of(self, record: Any) -> Mapping[str, Any]:
        """The values of those fields in a record; of the one that was opened when given None."""
        raise LookupError(type(self).__name__, record)

    def typed(self) -> Mapping[str, Any]:
        """Their values as the fields stand."""
        raise LookupError(type(self).__name__)

    def reread(self, then: Callable[[Any], object], failed: Failed) -> None:
        """Ask for the record as it is now."""
        raise LookupError(type(self).__name__, then, failed)

    def rest_on(self, record: Any, values: Mapping[str, Any]) -> None:
        """Fill the fields with these values; from now on the order rests on this record."""
        raise LookupError(type(self).__name__, record, values)

    def send_off(self) -> None:
        """The order as the fields stand."""
        self._send(self.command(), self.order(), self._on_done, self._on_refused)

    def _on_refused(self, error: Exception) -> None:
        super()._on_refused(error)
        changed = isinstance(error, ConflictError) and error.code.endswith(CHANGED)
        if changed and self.merge_fields():
            self.reread(self._on_reread, self._on_refused)

    def _on_reread(self, record: Any) -> None:
        """Both values side by side; without any difference left the newer record is taken."""
        if record is None:
            return
        found = differing(self.values_of(None), self.typed(), self.values_of(record))
        merge = self._merge = MergeDialog(found, self.merge_fields(), self)
        merge.confirmed.connect(lambda: self._take(record, {**self.typed(), **merge.values}))
        if found:
            merge.open()
        else:
            merge.confirmed.emit()

    def _take(self, record: Any, values: Mapping[str, Any]) -> None:
        self.rest_on(record, values)
        self._say(tr("These are the values of both. Look once more and save."))
