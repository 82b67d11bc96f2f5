"""撤回, 取消, 登记已通知, 同行与设备: they stay open with the reason when they are refused."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QPlainTextEdit, QWidget

from supervisor.clock import SHANGHAI
from supervisor.i18n import ntr, tr
from supervisor.models.changes import Changes
from supervisor.models.enums import Tick
from supervisor.models.orders import Order
from supervisor.models.orders_plans import EndPlans, EquipPlans, RecordNotice
from supervisor.models.rows.schedule import ScheduleDay, VisitCard
from supervisor.ui.pages.visit_schedule import fields
from supervisor.ui.pages.visit_schedule.presenter import SchedulePresenter, ref_of
from supervisor.ui.pages.visit_schedule.questions import COMMANDS
from supervisor.ui.widgets import FormRow, Label
from supervisor.ui.widgets.order_dialog import OrderDialog
from supervisor.words.of_schedule import recall_text


class PlansDialog(OrderDialog):
    """An order about chosen visits."""

    def __init__(
        self,
        ask: SchedulePresenter,
        title: str,
        confirm_text: str,
        cards: Sequence[VisitCard],
        about: str,
        parent: QWidget,
    ) -> None:
        super().__init__(title, confirm_text, ask.send_from_dialog, parent)
        self._ask = ask
        self._plans = tuple(ref_of(card) for card in cards)
        said = Label(about, "secondary")
        said.setWordWrap(True)
        self.body.addWidget(said)

    def command(self) -> Callable[..., Changes]:
        """What carries the order out."""
        return COMMANDS[type(self.order())]


class EndDialog(PlansDialog):
    """撤回 or 取消, with a reason that stays with the plan."""

    def __init__(
        self,
        ask: SchedulePresenter,
        cards: Sequence[VisitCard],
        parent: QWidget,
        *,
        recalled: bool,
    ) -> None:
        n = len(cards)
        if recalled:
            title = ntr("Call {n} visit back", "Call {n} visits back", n)
            about = tr("Tell whoever is on the way as well: this program calls nobody. "
                       "Can be undone for 10 minutes.")  # fmt: skip
        else:
            title = ntr("Cancel {n} visit", "Cancel {n} visits", n)
            about = tr("The case waits to be planned again. Can be undone for 10 minutes.")
        super().__init__(ask, title, title, cards, about, parent)
        self._recalled = recalled
        self.words = QPlainTextEdit(self)
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(72)
        causes = dict.fromkeys(text for card in cards if (text := recall_text(card)))
        if recalled:
            self.words.setPlainText(tr(", ").join(causes))
            self.words.selectAll()
        self.add_row(FormRow(tr("Reason (required)"), self.words, check=self._check))

    def order(self) -> Order:
        """The order with the reason as typed."""
        words = self.words.toPlainText().strip()
        actor = self._ask.desk.actor
        return EndPlans(actor=actor, plans=self._plans, words=words, recalled=self._recalled)

    def _check(self) -> str:
        return "" if self.words.toPlainText().strip() else tr("Say why.")


class NoticeDialog(PlansDialog):
    """登记已通知: when the customer was told, and whether it arrived."""

    def __init__(
        self, ask: SchedulePresenter, cards: Sequence[VisitCard], now: datetime, parent: QWidget
    ) -> None:
        n = len(cards)
        about = tr("Recorded is that notice was given; this program sends nothing.")
        title = ntr("Notice given for {n} visit", "Notice given for {n} visits", n)
        super().__init__(ask, title, tr("Record"), cards, about, parent)
        local = now.astimezone(SHANGHAI)
        self.when = QDateTimeEdit(self)
        self.when.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.when.setCalendarPopup(True)
        self.when.setDateTime(QDateTime(local.year, local.month, local.day, local.hour,
                                        local.minute, 0))  # fmt: skip
        self.arrived = QComboBox(self)
        for tick, text in (
            (Tick.UNKNOWN, tr("Not known yet")),
            (Tick.YES, tr("Delivered")),
            (Tick.NO, tr("Not delivered")),
        ):
            self.arrived.addItem(text, tick.value)
        self.add_row(FormRow(tr("Given at"), self.when))
        self.add_row(FormRow(tr("Delivery"), self.arrived))

    def order(self) -> Order:
        """The order as the fields stand."""
        day, clock = self.when.date(), self.when.time()
        sent = datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute(),
                        tzinfo=SHANGHAI)  # fmt: skip
        return RecordNotice(actor=self._ask.desk.actor, plans=self._plans, sent_at=sent,
                            delivered=Tick(self.arrived.currentData()))  # fmt: skip


class EquipDialog(PlansDialog):
    """Second person and device for the chosen visits."""

    def __init__(
        self,
        ask: SchedulePresenter,
        cards: Sequence[VisitCard],
        day: ScheduleDay,
        parent: QWidget,
    ) -> None:
        n = len(cards)
        title = ntr("Second person and device for {n} visit",
                    "Second person and device for {n} visits", n)  # fmt: skip
        super().__init__(ask, title, tr("Assign"), cards, tr("Can be undone for 10 minutes."),
                         parent)  # fmt: skip
        people = fields.people_of(ask.directory, cards[0].branch_id)
        self.second = fields.person_field(people, tr("Stays as it is"), self)
        self.device = fields.device_field(day.devices, tr("Stays as it is"), self)
        self.add_row(FormRow(tr("Second person"), self.second, check=self._check))
        self.add_row(FormRow(tr("Recording device"), self.device))

    def order(self) -> Order:
        """The order as the fields stand."""
        return EquipPlans(
            actor=self._ask.desk.actor,
            plans=self._plans,
            second_agent_id=self.second.currentData(),
            device_id=self.device.currentData(),
        )

    def _check(self) -> str:
        chosen = self.second.currentData() is not None or self.device.currentData() is not None
        return "" if chosen else tr("Name a second person or a device.")
