"""Select, check, preview with refused rows and reasons, then confirm: one dialog for all."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from supervisor.errors import SupervisorError
from supervisor.i18n import ntr, tr
from supervisor.models.orders import Order
from supervisor.models.rows.judged import Judged
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.case_queue import questions
from supervisor.ui.widgets import Dialog, Label, ListRow, RowList
from supervisor.words import sentence, sentence_of

LIST_HEIGHT = 148


class BulkDialog(Dialog):
    """Fields are added by the kind of order; every change asks for the preview again.

    `make` gives the order as the fields stand, or None while something is missing. `confirm_text`
    says the act with the number of cases it will take.

    Nothing is written here: `ordered` hands the order to the page when it is confirmed.
    """

    help_topic = "queue"

    def __init__(
        self,
        desk: Desk,
        title: str,
        confirm_text: Callable[[int], str],
        then: Callable[[Order], object],
        parent: QWidget,
        *,
        careful: bool = False,
    ) -> None:
        super().__init__(title, confirm_text(0), careful=careful, width=480, parent=parent)
        self._desk = desk
        self._confirm_text = confirm_text
        self._then = then
        self._order: Order | None = None
        self.judged: Judged | None = None
        self.about = Label(role="secondary")
        self.about.setWordWrap(True)
        self.refused = RowList(self)
        self.refused.setUniformItemSizes(False)
        self.refused.setAccessibleName(tr("Cases that stay as they are, with reasons"))
        self.refused.setMaximumHeight(LIST_HEIGHT)
        self.refused.setWordWrap(True)
        self.refused.hide()
        self.confirmed.connect(self._on_confirmed)

    def order(self) -> Order | None:
        """The order as the fields stand; None while something is missing."""
        return None

    def finish(self) -> None:
        """After the fields: the preview below them, and the first judgement."""
        self.body.addWidget(self.about)
        self.body.addWidget(self.refused)
        self.judge()

    def judge(self) -> None:
        """Ask what the order would do."""
        self._order = self.order()
        self.judged = None
        self.primary.set_enabled(False, tr("Being checked"))
        if self._order is None:
            self.refused.hide()
            self.about.setText(tr("Fill in what is missing to see what would happen."))
            self.primary.setText(self._confirm_text(0))
            return
        preview = questions.BULK[type(self._order)][1]
        self._desk.runner.ask(
            partial(self._desk.database.read, preview, self._order),
            owner=self,
            key="preview",
            then=self._on_judged,
            failed=self._on_failed,
        )

    def _on_judged(self, judged: Judged) -> None:
        self.judged = judged
        n, refused = len(judged.accepted), judged.refused
        self.primary.setText(self._confirm_text(n))
        self.primary.set_enabled(n > 0, tr("No case can be taken"))
        taken = ntr("{n:,} case will be changed.", "{n:,} cases will be changed.", n)
        left = ntr("{n} stays as it is:", "{n} stay as they are:", len(refused)) if refused else ""
        undo = tr("Can be undone for 10 minutes.") if n else ""
        self.about.setText(" ".join(part for part in (taken, undo, left) if part))
        self.refused.show_rows(
            [ListRow(f"{one.subject}  {sentence(one.code, one.facts)}") for one in refused]
        )
        self.refused.setVisible(bool(refused))

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, SupervisorError):
            raise error
        self.about.setText(sentence_of(error))
        self.refused.hide()

    def _on_confirmed(self) -> None:
        if self._order is not None and self.judged is not None:
            self._then(self._order)
