"""显示个人信息: which items, why; for minutes, written into the audit before anything shows."""

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QLineEdit, QRadioButton, QWidget

from supervisor.i18n import mark, ntr, tr
from supervisor.models.changes import Actor, Changes
from supervisor.models.orders import RevealPrivate
from supervisor.models.rows.case_file import CaseFileRow
from supervisor.ui.pages.case_queue import cells, questions
from supervisor.ui.pages.case_queue.columns import ref_of
from supervisor.ui.widgets import FormRow, Label
from supervisor.ui.widgets.order_dialog import OrderDialog, Send
from supervisor.words import formats, word

ITEMS = {"phones": mark("Mobile"), "addresses": mark("Address"), "id_number": mark("ID number")}
REASONS = {
    "check_address": mark("Check the address for a visit"),
    "call_back": mark("Customer asked to be called back"),
    "complaint": mark("Handle a complaint"),
    "other": mark("Other reason"),
}


def time_text(seconds: int) -> str:
    """5 minutes, or 90 seconds where it is not whole minutes."""
    minutes, rest = divmod(seconds, 60)
    if rest or not minutes:
        return ntr("{n} second", "{n} seconds", seconds)
    return ntr("{n} minute", "{n} minutes", minutes)


class RevealDialog(OrderDialog):
    """Open until the reason is recorded; then the page reads and shows the items."""

    help_topic = "masking"

    def __init__(
        self,
        actor: Actor,
        file: CaseFileRow,
        item: str,
        seconds: int,
        send: Send,
        parent: QWidget,
    ) -> None:
        title, button = tr("Show personal data"), tr("Show for {time}", time=time_text(seconds))
        super().__init__(title, button, send, parent, width=480)
        self._actor, self._file = actor, file
        about = Label(tr("Masked by default. The reason is written into the audit."), "secondary")
        about.setWordWrap(True)
        self.body.addWidget(about)
        self._build_items(item)
        self._build_reasons()
        self.words = QLineEdit(self)
        self.add_row(FormRow(tr("Words (optional)"), self.words))
        self.logged = Label(role="hint")
        self.logged.setWordWrap(True)
        self.body.addWidget(self.logged)
        self._tell()

    def _build_items(self, chosen: str) -> None:
        self.items: dict[str, QCheckBox] = {}
        holder = QWidget(self)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, (key, text) in enumerate(ITEMS.items()):
            box = QCheckBox(tr(text), holder)
            box.setChecked(key == chosen)
            box.toggled.connect(self._tell)
            grid.addWidget(box, 0, place)
            self.items[key] = box
        self.add_row(FormRow(tr("What to show"), holder, check=self._check_items))

    def _build_reasons(self) -> None:
        self.reasons = QButtonGroup(self)
        holder = QWidget(self)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        self._keys = list(REASONS)
        for place, key in enumerate(self._keys):
            button = QRadioButton(tr(REASONS[key]), holder)
            button.toggled.connect(self._tell)
            self.reasons.addButton(button, place)
            grid.addWidget(button, place // 2, place % 2)
        self.add_row(FormRow(tr("Reason (required)"), holder, check=self._check_reason))

    def command(self) -> Callable[..., Changes]:
        """The record of who is shown what, and why."""
        return questions.reveal_private

    def order(self) -> RevealPrivate:
        """What the audit will say."""
        return RevealPrivate(
            actor=self._actor,
            case=ref_of(self._file.head),
            items=tuple(key for key, box in self.items.items() if box.isChecked()),
            reason=self._keys[self.reasons.checkedId()],
            words=self.words.text().strip(),
        )

    def _check_items(self) -> str:
        some = any(box.isChecked() for box in self.items.values())
        return "" if some else tr("Choose at least one item.")

    def _check_reason(self) -> str:
        return "" if self.reasons.checkedId() >= 0 else tr("A reason is needed.")

    def _tell(self) -> None:
        if not hasattr(self, "logged"):
            return
        items = tr(", ").join(tr(ITEMS[key]) for key, box in self.items.items() if box.isChecked())
        self.logged.setText(
            tr(
                "Will be logged: {who} ({role}) · {number} · {items} · {day}",
                who=self._actor.name,
                role=word(self._actor.role),
                number=cells.number_text(self._file.head),
                items=items or formats.MISSING,
                day=self._file.amounts.as_of.isoformat(),
            )
        )
