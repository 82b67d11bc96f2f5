"""补录外访: the paper form on one page, by keyboard alone, with what the plan says filled in."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from supervisor.clock import SHANGHAI, business_date
from supervisor.i18n import language, tr
from supervisor.models.changes import Changes
from supervisor.models.commands.paper_visits import SPOKEN
from supervisor.models.enums import TalkResult, Tick, VisitOutcome
from supervisor.models.orders import CaseRef, Order
from supervisor.models.orders_plans import RecordVisit
from supervisor.models.rows.schedule import VisitCard
from supervisor.ui.pages.visit_schedule import fields
from supervisor.ui.pages.visit_schedule.presenter import SchedulePresenter, ref_of
from supervisor.ui.pages.visit_schedule.questions import COMMANDS
from supervisor.ui.widgets import FormRow, Label
from supervisor.ui.widgets.one_stop import OneStop
from supervisor.ui.widgets.order_dialog import OrderDialog
from supervisor.words import word
from supervisor.words.of_schedule import time_text
from supervisor.words.typed import read_yuan

WIDTH = 880
MINUTES = 20
"""How long a visit takes unless the form says otherwise."""
PROMISE_DAYS = 3
TICKS = {
    Qt.CheckState.Checked: Tick.YES,
    Qt.CheckState.Unchecked: Tick.NO,
    Qt.CheckState.PartiallyChecked: Tick.UNKNOWN,
}
"""A dash in the box: the form does not say."""


class TickField(QCheckBox):
    """Yes, no or not known; Space goes round."""

    def __init__(self, text: str, value: Tick, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setTristate(True)
        self.setCheckState(next(state for state, tick in TICKS.items() if tick is value))

    def tick(self) -> Tick:
        """What the box says."""
        return TICKS[self.checkState()]


class PaperDialog(OrderDialog):
    """Who was met comes first; all else has a sensible beginning."""

    help_topic = "schedule"

    def __init__(
        self, ask: SchedulePresenter, card: VisitCard, now: datetime, parent: QWidget
    ) -> None:
        super().__init__(tr("Record a visit from paper"), tr("Save visit"), ask.send_from_dialog,
                         parent)  # fmt: skip
        self.setMaximumWidth(WIDTH)
        self.setMinimumWidth(WIDTH)
        self._ask, self._card = ask, card
        about = " · ".join(
            (f"{card.window_from.astimezone(SHANGHAI):%m-%d} {time_text(card)}", card.name,
             card.area, card.case_no)
        )  # fmt: skip
        self.body.addWidget(Label(about, "secondary"))
        # Side by side: a small window is not high.
        self._beside(self._outcome_row(), self._when_row(now))
        self._build_talk()
        self._beside(self._promise_row(), self._note_row())
        self._build_conduct()
        said = Label(tr("A saved visit cannot be undone; corrections are recorded."), "hint")
        self.body.addWidget(said)

    def _beside(self, *rows: FormRow) -> None:
        holder = QWidget(self)
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        for row in rows:
            self.add_row(row)
            line.addWidget(row, 1)
        self.body.addWidget(holder)

    def _note_row(self) -> FormRow:
        self.note = QLineEdit(self)
        self.note.setMaxLength(2_000)
        return FormRow(tr("Note"), self.note)

    def _outcome_row(self) -> FormRow:
        self.outcome = QComboBox(self)
        self.outcome.setMaxVisibleItems(20)
        for outcome in VisitOutcome:
            self.outcome.addItem(word(outcome), outcome.value)
        self.outcome.currentIndexChanged.connect(lambda *_: self._on_outcome())
        return FormRow(tr("Who or what was found"), self.outcome)

    def _when_row(self, now: datetime) -> FormRow:
        start = min(self._card.window_from, now - timedelta(minutes=MINUTES))
        self.day = fields.day_field(business_date(start), self)
        self.starts = fields.time_field(start, tr("From"), self)
        self.minutes = QSpinBox(self)
        self.minutes.setRange(0, 600)
        self.minutes.setValue(MINUTES)
        self.minutes.setSuffix(tr(" min"))
        self.minutes.setAccessibleName(tr("Minutes at the door"))
        return FormRow(tr("When"), fields.line(self, self.day, self.starts, self.minutes))

    def _build_talk(self) -> None:
        self.talk: dict[TalkResult, QCheckBox] = {}
        self._talk = QWidget(self)
        grid = QGridLayout(self._talk)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        across = 4 if language() == "en" else 6
        for number, result in enumerate(TalkResult):
            box = QCheckBox(word(result), self._talk)
            self.talk[result] = box
            grid.addWidget(box, number // across, number % across)
        promise = list(TalkResult).index(TalkResult.PTP)
        OneStop(list(self.talk.values()), across, self._talk, promise)
        self._talk.setFocusProxy(self.talk[TalkResult.PTP])
        self.talk[TalkResult.PTP].toggled.connect(self._on_promise)
        self.add_row(FormRow(tr("What the talk brought"), self._talk))

    def _promise_row(self) -> FormRow:
        self.amount = QLineEdit(self)
        self.amount.setAccessibleName(tr("Promised amount (CNY)"))
        self.amount.setPlaceholderText(tr("Promised amount (CNY)"))
        self.due = QDateEdit(self)
        self.due.setDisplayFormat("yyyy-MM-dd")
        self.due.setCalendarPopup(True)
        self.due.setAccessibleName(tr("Promised for"))
        day = business_date(self._card.window_from) + timedelta(days=PROMISE_DAYS)
        self.due.setDate(QDate(day.year, day.month, day.day))
        return FormRow(tr("Promise"), fields.line(self, self.amount, self.due),
                       check=self._check_promise)  # fmt: skip

    def _build_conduct(self) -> None:
        told = Tick.YES if self._card.notice_sent_at is not None else Tick.UNKNOWN
        self.conduct = {
            "notice_given": TickField(tr("Announced"), told, self),
            "id_shown": TickField(tr("Work ID shown"), Tick.UNKNOWN, self),
            "institution_stated": TickField(tr("Institution named"), Tick.UNKNOWN, self),
            "recorded": TickField(tr("Recorded throughout"), Tick.UNKNOWN, self),
            "recording_consent": TickField(tr("Told of recording"), Tick.UNKNOWN, self),
        }
        hint = tr("Tick: yes. Empty: no. Dash: the form does not say. Arrows go between boxes.")
        holder = QWidget(self)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        for number, box in enumerate(self.conduct.values()):
            grid.addWidget(box, 0, number)
        OneStop(list(self.conduct.values()), len(self.conduct), holder)
        holder.setFocusProxy(self.conduct["notice_given"])
        self.add_row(FormRow(tr("Conduct"), holder, hint=hint))

    def _on_outcome(self) -> None:
        """Where nobody was met there is no talk."""
        spoken = VisitOutcome(self.outcome.currentData()) in SPOKEN
        self._talk.setEnabled(spoken)
        if not spoken:
            for box in self.talk.values():
                box.setChecked(False)

    def _on_promise(self, on: bool) -> None:  # noqa: FBT001 - a Qt signal
        if on and not self.amount.text() and self._card.target_fen:
            self.amount.setText(f"{self._card.target_fen / 100:.2f}")

    def _check_promise(self) -> str:
        try:
            amount = read_yuan(self.amount.text())
        except ValueError:
            return tr("Not an amount.")
        if self.talk[TalkResult.PTP].isChecked() and not amount:
            return tr("Write the promised amount.")
        return ""

    def command(self) -> Callable[..., Changes]:
        """A visit."""
        return COMMANDS[RecordVisit]

    def order(self) -> Order:
        """The visit as the form stands."""
        card, on = self._card, fields.day_of(self.day)
        start = fields.moment_of(on, self.starts)
        promised = read_yuan(self.amount.text())
        ticks = {name: box.tick() for name, box in self.conduct.items()}
        return RecordVisit(
            actor=self._ask.desk.actor,
            case=CaseRef(card.branch_id, card.case_id),
            plan=ref_of(card),
            started_at=start,
            ended_at=start + timedelta(minutes=self.minutes.value()),
            outcome=VisitOutcome(self.outcome.currentData()),
            talk_results=tuple(one for one, box in self.talk.items() if box.isChecked()),
            address_kind=card.address_kind,
            notice_given=ticks["notice_given"],
            id_shown=ticks["id_shown"],
            recorded=ticks["recorded"],
            recording_consent=ticks["recording_consent"],
            conduct=(("institution_stated", ticks["institution_stated"]),),
            note=self.note.text().strip(),
            promised_fen=promised,
            promised_on=self._due() if promised else None,
        )

    def _due(self) -> date:
        return fields.day_of(self.due)
