"""Orders about a complaint as dialogs."""

from datetime import date, datetime

from PySide6.QtCore import QDate, QDateTime, QTime
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
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
    WordsDialog,
    reason_problem,
    text_field,
)
from supervisor.ui.widgets import FormRow
from supervisor.ui.widgets.order_dialog import Send
from supervisor.words import word

NEXT_CLOCK = {15: 30, 30: 60}


def ref_of(row: ComplaintRow) -> ComplaintRef:
    """The complaint as the person sees it."""
    return ComplaintRef(row.branch_id, row.complaint_id, row.version)


class AnswerDialog(FlagDialog):
    """答复: when it went out, what it said."""

    def __init__(
        self, actor: Actor, row: ComplaintRow, today: date, send: Send, parent: QWidget
    ) -> None:
        about = tr("{number}: the answer is due on {day}.", number=row.complaint_no,
                   day=row.due_on.isoformat())  # fmt: skip
        super().__init__(tr("Answer the complaint"), tr("Save the answer"), about, send, parent)
        self._actor, self._row = actor, row
        self.outcome = QComboBox(self)
        for outcome in ComplaintOutcome:
            self.outcome.addItem(word(outcome), outcome.value)
        self.day = QDateEdit(QDate(today.year, today.month, today.day), self)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.text = text_field(self, 120)
        self.add_row(FormRow(tr("Outcome"), self.outcome))
        self.add_row(FormRow(tr("Answered on"), self.day))
        self.add_row(FormRow(tr("What the answer says"), self.text,
                             check=lambda: reason_problem(self.text.toPlainText())))  # fmt: skip

    def order(self) -> Order:
        """The order as the fields stand."""
        day = self.day.date()
        return AnswerComplaint(
            actor=self._actor,
            complaint=ref_of(self._row),
            outcome=ComplaintOutcome(self.outcome.currentData()),
            answered_on=date(day.year(), day.month(), day.day()),
            answer=self.text.toPlainText().strip(),
        )


class LinkDialog(FlagDialog):
    """Which visit and which person the complaint is about."""

    def __init__(
        self,
        actor: Actor,
        row: ComplaintRow,
        directory: DirectoryRow | None,
        send: Send,
        parent: QWidget,
    ) -> None:
        about = tr("Named for the clearing up; it is no judgement of the person.")
        super().__init__(tr("Visit and person"), tr("Save"), about, send, parent)
        self._actor, self._row = actor, row
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


class AddDialog(FlagDialog):
    """登记投诉: which case, when and how it came in, what it is about, and whom."""

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


def dialog_of(
    act: str,
    actor: Actor,
    row: ComplaintRow,
    today: date,
    directory: DirectoryRow | None,
    send: Send,
    parent: QWidget,
) -> FlagDialog:
    """The dialog of "answer", "extend", "link" or "close"."""
    if act == "answer":
        return AnswerDialog(actor, row, today, send, parent)
    if act == "link":
        return LinkDialog(actor, row, directory, send, parent)
    if act == "extend":
        about = tr("The clock goes from {days} to {more} days, with the reason on record.",
                   days=row.clock_days,
                   more=NEXT_CLOCK.get(row.clock_days, row.clock_days))  # fmt: skip
        return WordsDialog(
            tr("Extend the clock"),
            tr("Extend"),
            about,
            lambda words: ExtendComplaint(actor=actor, complaint=ref_of(row), because=words),
            send,
            parent,
            required=True,
        )
    about = tr("Closed complaints stay in the ledger.")
    return WordsDialog(
        tr("Close the complaint"),
        tr("Close it"),
        about,
        lambda words: CloseComplaint(actor=actor, complaint=ref_of(row), words=words),
        send,
        parent,
        required=False,
    )
