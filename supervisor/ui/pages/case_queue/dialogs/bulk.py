"""Select, check, preview with refused rows and reasons, then confirm: one dialog for all."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.changes import Changes
from supervisor.models.orders import Order
from supervisor.models.rows.judged import Judged
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.case_queue import questions
from supervisor.ui.widgets import ListRow
from supervisor.ui.widgets.judged_dialog import JudgedDialog
from supervisor.ui.widgets.order_dialog import Send
from supervisor.words import sentence

LIST_HEIGHT = 148


class BulkDialog(JudgedDialog):
    """An order about ticked cases; those that would refuse it stand below with the reason."""

    help_topic = "queue"

    def __init__(
        self,
        desk: Desk,
        title: str,
        confirm_text: Callable[[int], str],
        send: Send,
        parent: QWidget,
        *,
        careful: bool = False,
    ) -> None:
        super().__init__(desk, title, confirm_text, send, parent, careful=careful)
        self.refused = self.listed
        self.refused.setAccessibleName(tr("Cases that stay as they are, with reasons"))
        self.refused.setMaximumHeight(LIST_HEIGHT)

    def command(self) -> Callable[..., Changes]:
        """The bulk order of this kind."""
        return questions.BULK[type(self.order())][0]

    def preview(self, order: Order) -> Callable[..., Any]:
        """What it would do to each case."""
        return questions.BULK[type(order)][1]

    def show_verdict(self, verdict: Judged) -> int:
        """How many cases it takes, and which stay as they are."""
        n, refused = len(verdict.accepted), verdict.refused
        taken = ntr("{n:,} case will be changed.", "{n:,} cases will be changed.", n)
        left = ntr("{n} stays as it is:", "{n} stay as they are:", len(refused)) if refused else ""
        undo = tr("Can be undone for 10 minutes.") if n else ""
        self.about.setText(" ".join(part for part in (taken, undo, left) if part))
        self.refused.show_rows(
            [ListRow(f"{one.subject}  {sentence(one.code, one.facts)}") for one in refused]
        )
        self.refused.setVisible(bool(refused))
        return n
