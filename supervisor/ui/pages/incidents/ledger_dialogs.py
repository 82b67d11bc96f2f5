"""Orders about a complaint as dialogs.

Two people may work at one complaint: who saves second sees the values of both and chooses.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QDate, QDateTime, QTime
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from supervisor.clock import SHANGHAI
from supervisor.i18n import tr
from supervisor.models.changes import Actor
from supervisor.models.enums import ComplaintChannel
from supervisor.models.enums_incidents import ComplaintOutcome
from supervisor.models.orders import Order
from supervisor.models.orders_incidents import (
    AnswerComplaint,
    CloseComplaint,
    ComplaintRef,
    ExtendComplaint,
    LinkComplaint,
)
from supervisor.models.orders_training import AddComplaint
from supervisor.models.rows.complaints import ComplaintRow
from supervisor.models.rows.directory import DirectoryRow
from supervisor.ui.pages.incidents.dialogs import (
    FlagDialog,
    reason_problem,
    text_field,
)
from supervisor.ui.widgets import FormRow
from supervisor.ui.widgets.day_field import DayField
from supervisor.ui.widgets.merge_dialog import MergeField
from supervisor.ui.widgets.order_dialog import Failed, Reread, Send
from supervisor.words import word

NEXT_CLOCK = {15: 30, 30: 60}


def ref_of(row: ComplaintRow) -> ComplaintRef:
    """The complaint as the person sees it."""
    return ComplaintRef(row.branch_id, row.complaint_id, row.version)


class _OfComplaint(FlagDialog):
    """An order about a complaint that is there; `reread` reads it as it is now (or None)."""

    help_topic = "complaints"

    def __init__(
        self, title: str, confirm_text: str, about: str, of: "OfComplaint", parent: QWidget
    ) -> None:
        self._actor, self._row, self._reread, send = of
        super().__init__(title, confirm_text, about, send, parent)

    def merge_fields(self) -> Mapping[str, MergeField]:
        """What stands beside each other; how long there is, where the dialog asks for no more."""
        return {"due": MergeField(tr("Due"), date.isoformat)}

    def values_of(self, record: ComplaintRow | None) -> Mapping[str, Any]:
        """The same of a complaint."""
        return {"due": (record or self._row).due_on}

    def typed(self) -> Mapping[str, Any]:
        """Nothing of it, where the dialog asks for words alone."""
        return self.values_of(None)

    def reread(self, then: Callable[[Any], object], failed: Failed) -> None:
        """Ask for the complaint as it is now."""
        self._reread(then, failed)

    def rest_on(self, record: ComplaintRow, values: Mapping[str, Any]) -> None:
        """The complaint as it is now."""
        del values
        self._row = record


class AnswerDialog(_OfComplaint):
    """答复: when it went out, what it said."""

    def __init__(self, of: "OfComplaint", today: date, parent: QWidget) -> None:
        row = of[1]
        about = tr("{number}: the answer is due on {day}.", number=row.complaint_no,
                   day=row.due_on.isoformat())  # fmt: skip
        super().__init__(tr("Answer the complaint"), tr("Save the answer"), about, of, parent)
        self.outcome = QComboBox(self)
        for outcome in ComplaintOutcome:
            self.outcome.addItem(word(outcome), outcome.value)
        self.day = DayField(today, self)
        self.text = text_field(self, 120)
        self.add_row(FormRow(tr("Outcome"), self.outcome))
        self.add_row(FormRow(tr("Answered on"), self.day))
        self.add_row(FormRow(tr("What the answer says"), self.text,
                             check=lambda: reason_problem(self.text.toPlainText())))  # fmt: skip

    def order(self) -> Order:
        """The order as the fields stand."""
        return AnswerComplaint(
            actor=self._actor,
            complaint=ref_of(self._row),
            outcome=ComplaintOutcome(self.outcome.currentData()),
            answered_on=self.day.day,
            answer=self.text.toPlainText().strip(),
        )

    def merge_with(self, record: ComplaintRow | None, over: QWidget) -> None:
        """An answer that went out stands as it is: it is shown beside what was typed here."""
        if record is None or record.answered_on is None or record.outcome is None:
            super().merge_with(record, over)
            return
        self.say_merged(
            tr(
                "This complaint was answered meanwhile, on {day} ({outcome}): {answer}\n"
                "What you wrote stays here to be copied.",
                day=record.answered_on.isoformat(),
                outcome=word(record.outcome),
                answer=record.answer,
            )
        )


class LinkDialog(_OfComplaint):
    """Which visit and which person the complaint is about."""

    def __init__(self, of: "OfComplaint", directory: DirectoryRow | None, parent: QWidget) -> None:
        about = tr("Named for the clearing up; it is no judgement of the person.")
        super().__init__(tr("Visit and person"), tr("Save"), about, of, parent)
        row = self._row
        self.visit = QLineEdit(row.visit_no, self)
        self.person = QComboBox(self)
        self.person.setMaxVisibleItems(16)
        self.person.addItem(tr("Nobody"), None)
        people = directory.staff if directory is not None else ()
        for one in people:
            if one.branch_id == row.branch_id:
                self.person.addItem(f"{one.name} {one.staff_no}", one.staff_id)
        self.person.setCurrentIndex(max(0, self.person.findData(row.person_id)))
        self.add_row(FormRow(tr("Visit number"), self.visit))
        self.add_row(FormRow(tr("Person"), self.person))

    def order(self) -> Order:
        """The order as the fields stand."""
        return LinkComplaint(
            actor=self._actor,
            complaint=ref_of(self._row),
            visit_no=self.visit.text().strip() or None,
            person_id=self.person.currentData(),
        )

    def merge_fields(self) -> Mapping[str, MergeField]:
        """Visit and person."""
        return {
            "visit": MergeField(tr("Visit number")),
            "person": MergeField(tr("Person"), self._name_of),
        }

    def values_of(self, record: ComplaintRow | None) -> Mapping[str, Any]:
        """What a complaint is about."""
        row = record or self._row
        return {"visit": row.visit_no, "person": row.person_id}

    def typed(self) -> Mapping[str, Any]:
        """The same as the fields stand."""
        return {"visit": self.visit.text().strip(), "person": self.person.currentData()}

    def rest_on(self, record: ComplaintRow, values: Mapping[str, Any]) -> None:
        """These values, on the complaint as it is now."""
        self._row = record
        self.visit.setText(values["visit"])
        self.person.setCurrentIndex(max(0, self.person.findData(values["person"])))

    def _name_of(self, person: int | None) -> str:
        return str(self.person.itemText(max(0, self.person.findData(person))))


class ComplaintWordsDialog(_OfComplaint):
    """An act on a complaint that asks for words: why its clock is extended, how it was closed."""

    def __init__(
        self, title: str, confirm_text: str, about: str, of: "OfComplaint", parent: QWidget,
        *, extends: bool,
    ) -> None:  # fmt: skip
        super().__init__(title, confirm_text, about, of, parent)
        self._extends = extends
        self.text = text_field(self)
        label = tr("Reason (required)") if extends else tr("Words (optional)")
        self.add_row(FormRow(label, self.text, check=self._check))

    def order(self) -> Order:
        """The order with the words as typed."""
        words, about = self.text.toPlainText().strip(), ref_of(self._row)
        if self._extends:
            return ExtendComplaint(actor=self._actor, complaint=about, because=words)
        return CloseComplaint(actor=self._actor, complaint=about, words=words)

    def _check(self) -> str:
        return reason_problem(self.text.toPlainText()) if self._extends else ""


class AddDialog(FlagDialog):
    """登记投诉: which case, when and how it came in, what it is about, and whom."""

    help_topic = "complaints"

    def __init__(
        self,
        actor: Actor,
        now: datetime,
        directory: DirectoryRow | None,
        case_no: str,
        send: Send,
        parent: QWidget,
    ) -> None:
        about = tr("The clock runs from the day of receipt. A number is given unless one is known.")
        super().__init__(tr("Add a complaint"), tr("Put it down"), about, send, parent)
        self._actor, self._now = actor, now
        local = now.astimezone(SHANGHAI)
        self.case = QLineEdit(case_no, self)
        self.received = QDateTimeEdit(
            QDateTime(QDate(local.year, local.month, local.day), QTime(local.hour, local.minute)),
            self,
        )
        self.received.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.received.setCalendarPopup(True)
        self.channel = QComboBox(self)
        for channel in ComplaintChannel:
            self.channel.addItem(word(channel), channel.value)
        self.text = text_field(self, 84)
        self.number, self.visit = QLineEdit(self), QLineEdit(self)
        self.number.setMaxLength(80)
        self.person = QComboBox(self)
        self.person.setMaxVisibleItems(16)
        self.person.addItem(tr("Nobody"), None)
        for one in directory.staff if directory is not None else ():
            self.person.addItem(f"{one.name} {one.staff_no}", one.staff_id)
        self.add_row(FormRow(tr("Case number"), self.case, check=self._check_case))
        self.add_row(FormRow(tr("Received"), self.received, check=self._check_time))
        self.add_row(FormRow(tr("What it is about"), self.text,
                             check=lambda: reason_problem(self.text.toPlainText())))  # fmt: skip
        self._beside(FormRow(tr("Channel"), self.channel),
                     FormRow(tr("Person (optional)"), self.person))  # fmt: skip
        self._beside(FormRow(tr("Number (optional)"), self.number),
                     FormRow(tr("Visit number (optional)"), self.visit))  # fmt: skip

    def _beside(self, *rows: FormRow) -> None:
        """Rows that need no check, side by side: a small window is not high."""
        line = QHBoxLayout()
        line.setSpacing(12)
        for row in rows:
            line.addWidget(row, 1)
        self.body.addLayout(line)

    def _when(self) -> datetime:
        day, clock = self.received.date(), self.received.time()
        return datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute(),
                        tzinfo=SHANGHAI)  # fmt: skip

    def _check_case(self) -> str:
        return "" if self.case.text().strip() else tr("Say which case it is about.")

    def _check_time(self) -> str:
        return tr("The time of receipt is still to come.") if self._when() > self._now else ""

    def order(self) -> Order:
        """The order as the fields stand."""
        return AddComplaint(
            actor=self._actor,
            case_no=self.case.text().strip(),
            received_at=self._when(),
            channel=ComplaintChannel(self.channel.currentData()),
            about=self.text.toPlainText().strip(),
            complaint_no=self.number.text().strip(),
            visit_no=self.visit.text().strip(),
            person_id=self.person.currentData(),
        )


OfComplaint = tuple[Actor, ComplaintRow, Reread, Send]
"""Who works at which complaint, how it is read again, and what carries the order out."""


def dialog_of(
    act: str, of: OfComplaint, today: date, directory: DirectoryRow | None, parent: QWidget
) -> FlagDialog:
    """The dialog of "answer", "extend", "link" or "close"."""
    days = of[1].clock_days
    if act == "answer":
        return AnswerDialog(of, today, parent)
    if act == "link":
        return LinkDialog(of, directory, parent)
    if act == "extend":
        about = tr("The clock goes from {days} to {more} days, with the reason on record.",
                   days=days, more=NEXT_CLOCK.get(days, days))  # fmt: skip
        return ComplaintWordsDialog(
            tr("Extend the clock"), tr("Extend"), about, of, parent, extends=True
        )
    about = tr("Closed complaints stay in the ledger.")
    return ComplaintWordsDialog(
        tr("Close the complaint"), tr("Close it"), about, of, parent, extends=False
    )
