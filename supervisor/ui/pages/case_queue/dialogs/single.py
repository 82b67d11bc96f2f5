"""Orders about one case or view: they stay open with the reason when they are refused."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QDate, QTime
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QTimeEdit,
    QWidget,
)

from supervisor.clock import SHANGHAI
from supervisor.i18n import tr
from supervisor.models.changes import Actor, Changes
from supervisor.models.enums import AddressKind
from supervisor.models.orders import AddNote, AddPlan, Order, SaveView
from supervisor.models.rows.case_queue import CaseQueueRow
from supervisor.models.rows.directory import DirectoryRow
from supervisor.ui.pages.case_queue import cells, questions
from supervisor.ui.pages.case_queue.columns import ref_of
from supervisor.ui.pages.case_queue.dialogs.orders import collectors, person_combo
from supervisor.ui.widgets import FormRow
from supervisor.ui.widgets.dialog import WIDTHS
from supervisor.ui.widgets.order_dialog import OrderDialog, Send
from supervisor.words import word
from supervisor.words.typed import read_yuan

LONGEST_NOTE = 2_000
FIRST_HOUR, LAST_HOUR = time(10), time(12)


class NoteDialog(OrderDialog):
    """加跟进: a note on one case."""

    help_topic = "case"

    def __init__(self, actor: Actor, row: CaseQueueRow, send: Send, parent: QWidget) -> None:
        super().__init__(tr("Add a follow-up"), tr("Save note"), send, parent)
        self._actor, self._row = actor, row
        self.text = QPlainTextEdit(self)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(120)
        about = f"{row.name} · {cells.number_text(row)}"
        self.add_row(FormRow(about, self.text, check=self._check))

    def command(self) -> Callable[..., Changes]:
        """A note."""
        return questions.add_note

    def order(self) -> Order:
        """The note as typed."""
        return AddNote(
            actor=self._actor, case=ref_of(self._row), text=self.text.toPlainText().strip()
        )

    def draft_fields(self) -> Mapping[str, QWidget]:
        """What is kept unsent."""
        return {"text": self.text}

    def _check(self) -> str:
        text = self.text.toPlainText().strip()
        if not text:
            return tr("Write what happened or what is agreed.")
        return tr("At most {n} characters.", n=LONGEST_NOTE) if len(text) > LONGEST_NOTE else ""


class PlanDialog(OrderDialog):
    """安排外访: day and window, who goes, what for. The rules answer in the dialog."""

    help_topic = "case"

    def __init__(
        self,
        actor: Actor,
        row: CaseQueueRow,
        directory: DirectoryRow | None,
        today: date,
        send: Send,
        parent: QWidget,
    ) -> None:
        super().__init__(tr("Plan a visit"), tr("Plan the visit"), send, parent)
        self._actor, self._row = actor, row
        self._build_when(today + timedelta(days=1))
        people = collectors(directory, [ref_of(row)])
        self.agent = person_combo(people, tr("The agent of the case"), self)
        self.second = person_combo(people, tr("The second person of the case"), self)
        self.place = QComboBox(self)
        for kind in AddressKind:
            self.place.addItem(word(kind), kind)
        self.target = QLineEdit(self)
        self.strategy = QLineEdit(self)
        self.strategy.setMaxLength(500)
        self.add_row(FormRow(tr("Address"), self.place))
        self.add_row(FormRow(tr("Agent"), self.agent))
        self.add_row(FormRow(tr("Second person"), self.second))
        self.add_row(FormRow(tr("Target amount (CNY)"), self.target, check=self._check_target))
        self.add_row(FormRow(tr("How to talk"), self.strategy))

    def _build_when(self, day: date) -> None:
        self.day = QDateEdit(QDate(day.year, day.month, day.day), self)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.starts = QTimeEdit(QTime(FIRST_HOUR.hour, 0), self)
        self.ends = QTimeEdit(QTime(LAST_HOUR.hour, 0), self)
        line = QWidget(self)
        box = QHBoxLayout(line)
        box.setContentsMargins(0, 0, 0, 0)
        for edit, name in (
            (self.day, tr("Day")),
            (self.starts, tr("From")),
            (self.ends, tr("Until")),
        ):
            edit.setAccessibleName(name)
            box.addWidget(edit)
        self.starts.setDisplayFormat("HH:mm")
        self.ends.setDisplayFormat("HH:mm")
        self.add_row(FormRow(tr("When"), line, check=self._check_when))

    def command(self) -> Callable[..., Changes]:
        """A visit plan."""
        return questions.add_plan

    def order(self) -> Order:
        """The plan as the fields stand."""
        return AddPlan(
            actor=self._actor,
            case=ref_of(self._row),
            window_from=self._at(self.starts.time()),
            window_until=self._at(self.ends.time()),
            address_kind=AddressKind(self.place.currentData()),
            agent_id=self.agent.currentData(),
            second_agent_id=self.second.currentData(),
            target_fen=read_yuan(self.target.text()),
            strategy=self.strategy.text().strip(),
        )

    def draft_fields(self) -> Mapping[str, QWidget]:
        """What is kept unsent."""
        return {
            "day": self.day,
            "starts": self.starts,
            "ends": self.ends,
            "place": self.place,
            "agent": self.agent,
            "second": self.second,
            "target": self.target,
            "strategy": self.strategy,
        }

    def _at(self, clock: QTime) -> datetime:
        day = self.day.date()
        return datetime(
            day.year(), day.month(), day.day(), clock.hour(), clock.minute(), tzinfo=SHANGHAI
        )

    def _check_when(self) -> str:
        return (
            "" if self.starts.time() < self.ends.time() else tr("The end must be after the start.")
        )

    def _check_target(self) -> str:
        try:
            read_yuan(self.target.text())
        except ValueError:
            return tr("Not an amount.")
        return ""


class NameDialog(OrderDialog):
    """A name for a view, and whether others see it; `make` gives the order as the fields stand."""

    help_topic = "queue"

    def __init__(
        self,
        title: str,
        name: str,
        make: Callable[["NameDialog"], SaveView],
        send: Send,
        parent: QWidget,
        *,
        may_share: bool = False,
    ) -> None:
        super().__init__(title, tr("Save"), send, parent, width=WIDTHS[0])
        self._make = make
        self.name = QLineEdit(name, self)
        self.name.setMaxLength(100)
        self.name.selectAll()
        self.add_row(
            FormRow(
                tr("Name"),
                self.name,
                check=lambda: "" if self.name.text().strip() else tr("A name is needed."),
            )
        )
        self.shared = QCheckBox(tr("Others of the branch see it too"), self)
        self.shared.setVisible(may_share)
        self.body.addWidget(self.shared)

    def command(self) -> Callable[..., Changes]:
        """A saved view."""
        return questions.save_view

    def order(self) -> Order:
        """The view under the name as typed."""
        return self._make(self)
