"""A dialog that first shows what its order would change and only then lets it be sent."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from supervisor.errors import SupervisorError
from supervisor.i18n import tr
from supervisor.models.changes import Changes
from supervisor.models.ids import CommandId
from supervisor.models.orders import Order
from supervisor.ui.pages.rules.changing import COMMANDS
from supervisor.ui.widgets import Banner, FormRow, Label
from supervisor.ui.widgets.order_dialog import Failed, OrderDialog, Send
from supervisor.words import sentence_of

LONGEST = 2_000
REASON_HEIGHT = 60
WIDTH = 560


class TrialDialog(OrderDialog):
    """Two steps: preview, then confirm. What is changed after the preview is previewed again."""

    help_topic = "rules"

    def __init__(
        self, title: str, confirm_text: str, about: str, send: Send, parent: QWidget
    ) -> None:
        super().__init__(title, tr("Preview"), send, parent)
        self.setMinimumWidth(WIDTH)
        self._confirm_text = confirm_text
        self._tried: Order | None = None
        self._is_shown = False
        self.about = Label(about, "secondary")
        self.about.setWordWrap(True)
        self.about.setVisible(bool(about))
        self.body.addWidget(self.about)
        self.effect = Banner(self)

    def add_reason(self) -> None:
        """The reason and, below it, room for the effect; last of the fields."""
        self.reason = QPlainTextEdit(self)
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(REASON_HEIGHT)
        self.add_row(FormRow(tr("Reason (required)"), self.reason, check=self._check_reason))
        self.body.addWidget(self.effect)

    def _check_reason(self) -> str:
        text = self.reason.toPlainText().strip()
        if not text:
            return tr("Give a reason. It stays with the version.")
        return tr("At most {n} characters.", n=LONGEST) if len(text) > LONGEST else ""

    def command(self) -> Callable[..., Changes]:
        """What carries the order out."""
        return COMMANDS[type(self.order())]

    def try_order(self, order: Order, then: Callable[[Any], object], refused: Failed) -> None:
        """Ask what it would change."""
        del order, then, refused
        raise LookupError(type(self).__name__)

    def effect_text(self, found: Any) -> tuple[str, str]:
        """Title and sentences of what it would change."""
        del found
        raise LookupError(type(self).__name__)

    def confirm(self) -> None:
        """The first time preview, then send what was previewed."""
        if not self.primary.isEnabled():
            return
        wrong = self.problems()
        self.summary.hide()
        if wrong:
            wrong[0].field.setFocus()
            return
        asked = replace(self.order(), command_id=CommandId(""))
        if self._is_shown or asked == self._tried:
            super().confirm()
            return
        self.primary.set_enabled(False, tr("Being tried"))
        self.try_order(self.order(), lambda found: self._on_tried(asked, found), self._on_refused)

    def _on_tried(self, asked: Order, found: Any) -> None:
        self.primary.set_enabled(True)
        self._tried = asked
        self.show_effect(found)
        self.primary.setText(self._confirm_text)
        self.primary.setFocus()

    def show_at_once(self, found: Any) -> None:
        """What it would change is known from the start and hangs on no field."""
        self._is_shown = True
        self.primary.setText(self._confirm_text)
        self.show_effect(found)

    def show_effect(self, found: Any) -> None:
        """Say it, and give the dialog the height that takes."""
        self.effect.show_news("info", *self.effect_text(found))
        self.make_room()

    def _on_refused(self, error: Exception) -> None:
        self.primary.set_enabled(True)
        if not isinstance(error, SupervisorError):
            raise error
        self.summary.setText(sentence_of(error))
        self.summary.show()
        self.make_room()
