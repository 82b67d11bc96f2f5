"""Steps of a follow-up as dialogs: added, changed, finished, dropped.

Two people may work at one step: who saves second sees owner and due time of both and chooses.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QDate, QDateTime, QTime
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateTimeEdit, QHBoxLayout, QLineEdit, QWidget

from supervisor.clock import SHANGHAI
from supervisor.i18n import tr
from supervisor.models.changes import Actor
from supervisor.models.enums_incidents import StepFamily, Task
from supervisor.models.ids import BranchId
from supervisor.models.orders import Order
from supervisor.models.orders_incidents import AddStep, ChangeStep, DropStep, FinishStep, StepRef
from supervisor.models.rows.incident_detail import StepRow
from supervisor.models.rows.incidents import IncidentRow
from supervisor.models.rules.incidents import STEPS, family_of
from supervisor.ui.pages.incidents.dialogs import FlagDialog, reason_problem, text_field
from supervisor.ui.widgets import FormRow
from supervisor.ui.widgets.merge_dialog import MergeField
from supervisor.ui.widgets.order_dialog import Failed, Reread, Send
from supervisor.words import formats, word
from supervisor.words.of_incidents import step_of


def step_word(code: str) -> str:
    """What a step is called; a code of a newer program is shown as it is."""
    member = step_of(code)
    return word(member) if member is not None else code


class _DueField(QWidget):
    """A due time by the house's hours, or one that is set."""

    def __init__(self, text: str, now: datetime, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.by_house = QCheckBox(text, self)
        self.by_house.setChecked(True)
        local = now.astimezone(SHANGHAI) + timedelta(days=1)
        self.when = QDateTimeEdit(
            QDateTime(QDate(local.year, local.month, local.day), QTime(18, 0)), self
        )
        self.when.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.when.setCalendarPopup(True)
        self.when.setAccessibleName(tr("Due"))
        self.when.setEnabled(False)
        self.by_house.toggled.connect(lambda on: self.when.setEnabled(not on))
        row.addWidget(self.by_house)
        row.addWidget(self.when, 1)
        self.setFocusProxy(self.by_house)

    def show_value(self, due: datetime | None) -> None:
        """A due time that was set; None: as the house has it, or as it was."""
        self.by_house.setChecked(due is None)
        if due is not None:
            local = due.astimezone(SHANGHAI)
            self.when.setDateTime(QDateTime(QDate(local.year, local.month, local.day),
                                            QTime(local.hour, local.minute)))  # fmt: skip

    def value(self) -> datetime | None:
        """The due time in Shanghai; None: as the house has it."""
        if self.by_house.isChecked():
            return None
        day, clock = self.when.date(), self.when.time()
        return datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute(),
                        tzinfo=SHANGHAI)  # fmt: skip


class AddStepDialog(FlagDialog):
    """加一步: which step, whose, until when."""

    def __init__(
        self, actor: Actor, row: IncidentRow, now: datetime, send: Send, parent: QWidget
    ) -> None:
        super().__init__(tr("Add a step"), tr("Add"), "", send, parent)
        self._actor, self._row = actor, row
        self.step = QComboBox(self)
        self.step.setMaxVisibleItems(18)
        for family in StepFamily:
            for code in sorted(STEPS, key=step_word):
                if family_of(code) is family and code != Task.FIRST_LOOK:
                    said = tr("{family}: {step}", family=word(family), step=step_word(code))
                    self.step.addItem(said, str(code))
        self.owner = QLineEdit(actor.name, self)
        self.due = _DueField(tr("By the house's hours"), now, self)
        self.text = text_field(self, 56)
        self.add_row(FormRow(tr("Step"), self.step))
        self.add_row(FormRow(tr("Owner"), self.owner))
        self.add_row(FormRow(tr("Due"), self.due))
        self.add_row(FormRow(tr("Words (optional)"), self.text))

    def order(self) -> Order:
        """The order as the fields stand."""
        return AddStep(actor=self._actor, flag=self._row.ref, step=self.step.currentData(),
                       owner=self.owner.text().strip(), due_at=self.due.value(),
                       words=self.text.toPlainText().strip())  # fmt: skip


class StepDialog(FlagDialog):
    """An order about a step that is there; `reread` reads it as it is now (StepRow, or None)."""

    def __init__(
        self, title: str, confirm_text: str, of: tuple[Actor, BranchId, StepRow],
        reread: Reread, send: Send, parent: QWidget,
    ) -> None:  # fmt: skip
        self._actor, self._branch_id, self._step = of
        self._reread = reread
        super().__init__(title, confirm_text, step_word(self._step.step), send, parent)

    @property
    def ref(self) -> StepRef:
        """The step at the version the order rests on."""
        return StepRef(self._branch_id, self._step.step_id, self._step.version)

    def merge_fields(self) -> Mapping[str, MergeField]:
        """What two people may both have changed of a step."""
        return {
            "owner": MergeField(tr("Owner")),
            "due": MergeField(tr("Due"), formats.full_moment),
        }

    def values_of(self, record: StepRow | None) -> Mapping[str, Any]:
        """Owner and due time."""
        step = record or self._step
        return {"owner": step.owner, "due": step.due_at}

    def typed(self) -> Mapping[str, Any]:
        """Nothing of them, where the dialog asks for words alone."""
        return self.values_of(None)

    def reread(self, then: Callable[[Any], object], failed: Failed) -> None:
        """Ask for the step as it is now."""
        self._reread(then, failed)

    def rest_on(self, record: StepRow, values: Mapping[str, Any]) -> None:
        """The step as it is now."""
        del values
        self._step = record


class ChangeStepDialog(StepDialog):
    """Another owner or due time of a step."""

    def __init__(
        self, of: tuple[Actor, BranchId, StepRow], now: datetime,
        reread: Reread, send: Send, parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(tr("Change a step"), tr("Change"), of, reread, send, parent)
        self.owner = QLineEdit(self._step.owner, self)
        self.due = _DueField(tr("Due time stays"), now, self)
        self.add_row(FormRow(tr("Owner"), self.owner, check=self._check))
        self.add_row(FormRow(tr("Due"), self.due))

    def order(self) -> Order:
        """The order as the fields stand."""
        owner = self.owner.text().strip()
        return ChangeStep(actor=self._actor, step=self.ref,
                          owner=None if owner == self._step.owner else owner,
                          due_at=self.due.value())  # fmt: skip

    def typed(self) -> Mapping[str, Any]:
        """The values as the fields stand; a due time nobody touched is that of the step."""
        return {"owner": self.owner.text().strip(), "due": self.due.value() or self._step.due_at}

    def rest_on(self, record: StepRow, values: Mapping[str, Any]) -> None:
        """These values, on the step as it is now."""
        self._step = record
        self.owner.setText(values["owner"])
        self.due.show_value(None if values["due"] == record.due_at else values["due"])

    def _check(self) -> str:
        same = self.owner.text().strip() == self._step.owner and self.due.value() is None
        return tr("Give a new owner or a new due time.") if same else ""


class EndStepDialog(StepDialog):
    """A step is done, or not needed; words say how or why."""

    def __init__(
        self, of: tuple[Actor, BranchId, StepRow], reread: Reread, send: Send, parent: QWidget,
        *, dropped: bool,
    ) -> None:  # fmt: skip
        title, button = (
            (tr("Step not needed"), tr("Not needed")) if dropped
            else (tr("Finish a step"), tr("Mark as done"))
        )  # fmt: skip
        super().__init__(title, button, of, reread, send, parent)
        self._dropped = dropped
        self.text = text_field(self)
        label = tr("Reason (required)") if dropped else tr("What was done (optional)")
        self.add_row(FormRow(label, self.text, check=self._check))

    def order(self) -> Order:
        """The order with the words as typed."""
        words = self.text.toPlainText().strip()
        if self._dropped:
            return DropStep(actor=self._actor, step=self.ref, reason=words)
        return FinishStep(actor=self._actor, step=self.ref, words=words)

    def _check(self) -> str:
        return reason_problem(self.text.toPlainText()) if self._dropped else ""
