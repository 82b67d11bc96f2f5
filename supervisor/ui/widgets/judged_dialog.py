"""A dialog whose order is judged while it is filled in: what it would do stands there before."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from supervisor.errors import SupervisorError
from supervisor.i18n import tr
from supervisor.models.changes import Changes
from supervisor.models.ids import CommandId
from supervisor.models.orders import Order
from supervisor.ui.background.desk import Desk
from supervisor.ui.widgets.labels import Label
from supervisor.ui.widgets.order_dialog import OrderDialog, Send
from supervisor.ui.widgets.row_list import RowList
from supervisor.words import sentence_of


class JudgedDialog(OrderDialog):
    """Fields are added by the kind of order; every change of one asks for the preview again.

    `confirm_text` says the act with the number of records it will take. The dialog stays open, with
    everything that was typed, until the order was carried out for one record at least.
    """

    def __init__(
        self,
        desk: Desk,
        title: str,
        confirm_text: Callable[[int], str],
        send: Send,
        parent: QWidget,
        *,
        careful: bool = False,
        width: int = 480,
    ) -> None:
        super().__init__(title, confirm_text(0), send, parent, careful=careful, width=width)
        self._desk, self._confirm_text = desk, confirm_text
        self._verdict: Any = None
        self._unjudged = False
        self.about = Label(role="secondary")
        self.about.setWordWrap(True)
        self.listed = RowList(self)
        self.listed.setUniformItemSizes(False)
        self.listed.setWordWrap(True)
        self.listed.hide()

    def wanted(self) -> Order | None:
        """The order as the fields stand; None while something is missing."""
        return None

    def preview(self, order: Order) -> Callable[..., Any]:
        """The query that judges this order."""
        raise LookupError(type(self).__name__, order)

    def show_verdict(self, verdict: Any) -> int:
        """Say what would happen; how many records the order would take."""
        raise LookupError(type(self).__name__, verdict)

    def order(self) -> Order:
        """What is wanted, once nothing is missing."""
        wanted = self.wanted()
        if wanted is None:
            raise LookupError(type(self).__name__)
        return wanted

    def finish(self) -> None:
        """After the fields: the preview below them, and the first judgement."""
        self.body.addWidget(self.about)
        self.body.addWidget(self.listed, 1)
        self.judge()

    def judge(self) -> None:
        """Ask what the order would do."""
        wanted = self.wanted()
        self._verdict, self._unjudged = None, False
        self.primary.set_enabled(False, tr("Being checked"))
        if wanted is None:
            self.listed.hide()
            self.about.setText(tr("Fill in what is missing to see what would happen."))
            self.primary.setText(self._confirm_text(0))
            return
        self._desk.runner.ask(
            partial(self._desk.database.read, self.preview(wanted), wanted),
            owner=self,
            key="preview",
            then=self._on_judged,
            failed=self._on_unjudged,
        )

    def adopt(
        self, command_id: CommandId, still_the_same: Callable[[], bool], *, sent: bool
    ) -> None:
        super().adopt(command_id, still_the_same, sent=sent)
        self.judge()

    def confirm(self) -> None:
        """Send what was judged; without a judgement ask for it once more."""
        if self._unjudged and self.primary.isEnabled():
            self.judge()
        elif self._verdict is not None:
            super().confirm()

    def _on_judged(self, verdict: Any) -> None:
        self._verdict = verdict
        n = self.show_verdict(verdict)
        self.primary.setText(self._confirm_text(n))
        if not n and self.unanswered():
            # What it did already is no longer to be done; only the server knows whether it did.
            self.about.setText(
                tr("This was sent before, and no answer came. Sent again, it is done once only.")
            )
            self.primary.setText(tr("Send again"))
            self.primary.set_enabled(True)
        else:
            self.primary.set_enabled(n > 0, tr("Nothing can be taken"))

    def _on_unjudged(self, error: Exception) -> None:
        if not isinstance(error, SupervisorError):
            raise error
        self.about.setText(sentence_of(error))
        self.listed.hide()
        self._unjudged = True
        self.primary.setText(tr("Check again"))
        self.primary.set_enabled(True)

    def _on_done(self, done: Changes) -> None:
        if done.undo_id is None:  # nothing was: the reasons stand in a new judgement
            self.renew()
            self._say(tr("Nothing was changed. Below stands why."))
            self.judge()
            return
        super()._on_done(done)
