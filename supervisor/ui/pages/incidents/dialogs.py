"""Orders about a flag as dialogs: each says what it does and stays open when it is refused."""

from collections.abc import Callable

from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from supervisor.i18n import tr
from supervisor.models.changes import Actor, Changes
from supervisor.models.enums_incidents import AppealKind, AppealOutcome
from supervisor.models.ids import FlagId
from supervisor.models.orders import Order
from supervisor.models.orders_incidents import (
    AnswerAppeal,
    MarkDuplicate,
    RecordStatement,
)
from supervisor.models.rows.incident_detail import AppealRow, IncidentDetail
from supervisor.models.rows.incidents import IncidentRow
from supervisor.ui.pages.incidents.parts import wrapped
from supervisor.ui.pages.incidents.questions import COMMANDS
from supervisor.ui.widgets import FormRow, name_field
from supervisor.ui.widgets.order_dialog import OrderDialog, Send
from supervisor.words import word

LONGEST = 2_000
Make = Callable[[str], Order]


def reason_problem(text: str) -> str:
    """Why a required text is not in order; empty when it is."""
    if not text.strip():
        return tr("Give a reason. It stays with the flag.")
    return tr("At most {n} characters.", n=LONGEST) if len(text) > LONGEST else ""


def text_field(parent: QWidget, height: int = 96) -> QPlainTextEdit:
    """A field for a few sentences; Tab leaves it."""
    field = QPlainTextEdit(parent)
    field.setTabChangesFocus(True)
    field.setFixedHeight(height)
    return field


class FlagDialog(OrderDialog):
    """An order of this screen; `about` says what it will do."""

    help_topic = "incidents"

    def __init__(
        self, title: str, confirm_text: str, about: str, send: Send, parent: QWidget
    ) -> None:
        super().__init__(title, confirm_text, send, parent)
        if about:
            self.body.addWidget(wrapped(about, "secondary"))

    def command(self) -> Callable[..., Changes]:
        """What carries the order out."""
        return COMMANDS[type(self.order())]


class WordsDialog(FlagDialog):
    """One field for words, required or not."""

    def __init__(
        self,
        title: str,
        confirm_text: str,
        about: str,
        make: Make,
        send: Send,
        parent: QWidget,
        *,
        required: bool,
        label: str = "",
    ) -> None:
        super().__init__(title, confirm_text, about, send, parent)
        self._make = make
        self.text = text_field(self)
        name = label or (tr("Reason (required)") if required else tr("Words (optional)"))
        check = (lambda: reason_problem(self.text.toPlainText())) if required else None
        self.add_row(FormRow(name, self.text, check=check))

    def order(self) -> Order:
        """The order with the words as typed."""
        return self._make(self.text.toPlainText().strip())


class OwnerDialog(FlagDialog):
    """Give a flag to somebody: a name, and words."""

    def __init__(
        self, owner: str, make: Callable[[str, str], Order], send: Send, parent: QWidget
    ) -> None:
        about = tr("The new owner sees the flag under “Mine”. The history keeps who gave it.")
        super().__init__(tr("Give to another owner"), tr("Give"), about, send, parent)
        self._make = make
        self.owner = QLineEdit(owner, self)
        self.owner.setMaxLength(200)
        self.owner.selectAll()
        self.text = text_field(self, 64)
        self.add_row(FormRow(tr("Owner"), self.owner, check=self._check))
        self.add_row(FormRow(tr("Words (optional)"), self.text))

    def order(self) -> Order:
        """The order as the fields stand."""
        return self._make(self.owner.text().strip(), self.text.toPlainText().strip())

    def _check(self) -> str:
        return "" if self.owner.text().strip() else tr("Say who takes the flag.")


class DuplicateDialog(FlagDialog):
    """Which flag stays; those of the same case are on offer."""

    def __init__(
        self,
        actor: Actor,
        row: IncidentRow,
        others: tuple[IncidentRow, ...],
        send: Send,
        parent: QWidget,
    ) -> None:
        about = tr("{flag} is closed as told twice. The other flag stays and keeps its steps.",
                   flag=row.flag_no)  # fmt: skip
        super().__init__(tr("Mark as duplicate"), tr("Close as duplicate"), about, send, parent)
        self._actor, self._row = actor, row
        self.other = QComboBox(self)
        self.other.setEditable(True)
        for one in others:
            self.other.addItem(f"{one.flag_no} · {word(one.category)}", int(one.ref.flag_id))
        self.other.setCurrentIndex(-1)
        name_field(self.other, tr("Flag that stays, such as F-20461"))
        self.text = text_field(self, 72)
        self.add_row(FormRow(tr("Flag that stays, such as F-20461"), self.other,
                             check=self._check))  # fmt: skip
        self.add_row(FormRow(tr("Reason (required)"), self.text,
                             check=lambda: reason_problem(self.text.toPlainText())))  # fmt: skip

    def order(self) -> Order:
        """The order as the fields stand."""
        return MarkDuplicate(actor=self._actor, flag=self._row.ref,
                             duplicate_of=FlagId(self._number() or 0),
                             reason=self.text.toPlainText().strip())  # fmt: skip

    def _number(self) -> int | None:
        typed = self.other.currentText().split("·")[0].strip().upper().removeprefix("F-")
        return int(typed) if typed.isascii() and typed.isdecimal() else None

    def _check(self) -> str:
        return "" if self._number() else tr("Write the number of the flag as F-20461.")


class StatementDialog(FlagDialog):
    """催收员陈述 or 申诉: whose words, as they gave them."""

    def __init__(
        self, actor: Actor, detail: IncidentDetail, kind: AppealKind, send: Send, parent: QWidget
    ) -> None:
        about = tr("In the person's own words. It is kept with the review.")
        super().__init__(word(kind), tr("Save"), about, send, parent)
        self._actor, self._ref, self._kind = actor, detail.row.ref, kind
        self.person = QComboBox(self)
        ids = detail.visit.agent_ids if detail.visit is not None else ()
        for name, staff_id in zip(detail.row.agents, ids, strict=False):
            self.person.addItem(name, staff_id)
        self.text = text_field(self, 120)
        self.add_row(FormRow(tr("Person"), self.person))
        self.add_row(FormRow(tr("Statement"), self.text, check=self._check))

    def order(self) -> Order:
        """The order as the fields stand."""
        return RecordStatement(actor=self._actor, flag=self._ref,
                               staff_id=self.person.currentData(), kind=self._kind,
                               text=self.text.toPlainText().strip())  # fmt: skip

    def _check(self) -> str:
        return "" if self.text.toPlainText().strip() else tr("Write what the person says.")


class AnswerAppealDialog(FlagDialog):
    """The answer to an appeal; granted reopens the flag."""

    def __init__(
        self, actor: Actor, row: IncidentRow, appeal: AppealRow, send: Send, parent: QWidget
    ) -> None:
        about = tr("Granted opens the flag again; the person is told the reason.")
        super().__init__(tr("Answer the appeal"), tr("Answer"), about, send, parent)
        self._actor, self._row, self._appeal = actor, row, appeal
        self.outcome = QComboBox(self)
        for outcome in AppealOutcome:
            self.outcome.addItem(word(outcome), outcome.value)
        self.text = text_field(self)
        self.add_row(FormRow(tr("Outcome"), self.outcome))
        self.add_row(FormRow(tr("Reason (required)"), self.text,
                             check=lambda: reason_problem(self.text.toPlainText())))  # fmt: skip

    def order(self) -> Order:
        """The order as the fields stand."""
        return AnswerAppeal(actor=self._actor, branch_id=self._row.ref.branch_id,
                            appeal_id=self._appeal.appeal_id,
                            outcome=AppealOutcome(self.outcome.currentData()),
                            answer=self.text.toPlainText().strip())  # fmt: skip
