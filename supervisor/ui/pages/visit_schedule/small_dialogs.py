"""撤回, 取消, 登记已通知, 同行与设备: they stay open with the reason when they are refused."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QPlainTextEdit, QWidget

from supervisor.clock import SHANGHAI
from supervisor.i18n import ntr, tr
from supervisor.models.changes import Changes
from supervisor.models.enums import Tick
from supervisor.models.orders import Order
from supervisor.models.orders_plans import EndPlans, EquipPlans, PlanRef, RecordNotice
from supervisor.models.rows.schedule import ScheduleDay, VisitCard
from supervisor.ui.pages.visit_schedule import changed_plans, fields
from supervisor.ui.pages.visit_schedule.presenter import SchedulePresenter, ref_of
from supervisor.ui.pages.visit_schedule.questions import COMMANDS
from supervisor.ui.widgets import FormRow, Label
from supervisor.ui.widgets.merge_dialog import MergeField
from supervisor.ui.widgets.order_dialog import OrderDialog
from supervisor.words.of_schedule import recall_text


class PlansDialog(OrderDialog):
    """An order about chosen visits.

    Those that somebody else saved meanwhile keep it open: one visit is shown field by field, of
    several the order is offered again for them alone.
    """

    help_topic = "schedule"

    merged: tuple[str, ...] = ()
    """What this dialog lets people change, by the names of `changed_plans.values_of`."""

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
        self._ask, self.cards = ask, tuple(cards)
        said = Label(about, "secondary")
        said.setWordWrap(True)
        self.body.addWidget(said)

    @property
    def plans(self) -> tuple[PlanRef, ...]:
        """The visits at the versions they were seen at."""
        return tuple(ref_of(card) for card in self.cards)

    def command(self) -> Callable[..., Changes]:
        """What carries the order out."""
        return COMMANDS[type(self.order())]

    def merge_fields(self) -> Mapping[str, MergeField]:
        """One visit is shown field by field; several are not."""
        if len(self.cards) != 1:
            return {}
        return changed_plans.merge_fields(self._ask.directory, self.merged)

    def values_of(self, record: VisitCard | None) -> Mapping[str, Any]:
        """The values of the dialog's fields."""
        every = changed_plans.values_of(record or self.cards[0], {})
        return {name: every[name] for name in self.merged}

    def typed(self) -> Mapping[str, Any]:
        """Nothing of them, where the dialog asks for something else."""
        return self.values_of(None)

    def rest_on(self, record: VisitCard, values: Mapping[str, Any]) -> None:
        """These values, on the visit as it is now."""
        del values
        self.cards = (record,)

    def _on_done(self, done: Changes) -> None:
        stale = changed_plans.changed(self.cards, done.refused)
        if not stale:
            super()._on_done(done)
            return
        self.cards = stale
        self._ask.reread_plans(stale, self._on_newer, self._on_refused)

    def _on_newer(self, now: tuple[VisitCard, ...]) -> None:
        self.primary.set_enabled(True)
        if not now:  # all of them are over: there is nothing left to send
            self.reject()
        elif len(self.cards) == 1 and self.merged:
            self._say(changed_plans.told(1))
            self.merge_with(now[0], self)
        else:
            self.cards = changed_plans.newer(self.cards, now, only=True)
            self._say(changed_plans.told(len(self.cards)))


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
        return EndPlans(actor=actor, plans=self.plans, words=words, recalled=self._recalled)

    def _check(self) -> str:
        return "" if self.words.toPlainText().strip() else tr("Say why.")


class NoticeDialog(PlansDialog):
    """登记已通知: when the customer was told, and whether it arrived."""

    merged = ("given", "delivered")

    def __init__(
        self, ask: SchedulePresenter, cards: Sequence[VisitCard], now: datetime, parent: QWidget
    ) -> None:
        n = len(cards)
        about = tr("Recorded is that notice was given; this program sends nothing.")
        title = ntr("Notice given for {n} visit", "Notice given for {n} visits", n)
        super().__init__(ask, title, tr("Record"), cards, about, parent)
        self.when = QDateTimeEdit(self)
        self.when.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.when.setCalendarPopup(True)
        self._show_when(now)
        self.arrived = QComboBox(self)
        for tick in (Tick.UNKNOWN, Tick.YES, Tick.NO):
            self.arrived.addItem(changed_plans.delivery_text(tick), tick.value)
        self.add_row(FormRow(tr("Given at"), self.when))
        self.add_row(FormRow(tr("Delivery"), self.arrived))

    def _show_when(self, at: datetime) -> None:
        local = at.astimezone(SHANGHAI)
        self.when.setDateTime(QDateTime(local.year, local.month, local.day, local.hour,
                                        local.minute, 0))  # fmt: skip

    def _given(self) -> datetime:
        day, clock = self.when.date(), self.when.time()
        return datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute(),
                        tzinfo=SHANGHAI)  # fmt: skip

    def typed(self) -> Mapping[str, Any]:
        """The values as the fields stand."""
        return {"given": self._given(), "delivered": Tick(self.arrived.currentData())}

    def rest_on(self, record: VisitCard, values: Mapping[str, Any]) -> None:
        """These values, on the visit as it is now."""
        super().rest_on(record, values)
        if values["given"] is not None:
            self._show_when(values["given"])
        self.arrived.setCurrentIndex(max(0, self.arrived.findData(values["delivered"].value)))

    def order(self) -> Order:
        """The order as the fields stand."""
        return RecordNotice(actor=self._ask.desk.actor, plans=self.plans, sent_at=self._given(),
                            delivered=Tick(self.arrived.currentData()))  # fmt: skip


class EquipDialog(PlansDialog):
    """Second person and device for the chosen visits."""

    merged = ("second", "device")

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
        self._devices = {one.device_id: one.code for one in day.devices}
        self.device = fields.device_field(day.devices, tr("Stays as it is"), self)
        self.add_row(FormRow(tr("Second person"), self.second, check=self._check))
        self.add_row(FormRow(tr("Recording device"), self.device))

    def order(self) -> Order:
        """The order as the fields stand."""
        return EquipPlans(
            actor=self._ask.desk.actor,
            plans=self.plans,
            second_agent_id=self.second.currentData(),
            device_id=self.device.currentData(),
        )

    def typed(self) -> Mapping[str, Any]:
        """The values as the fields stand; what stays is as it was."""
        second, device = self.second.currentData(), self.device.currentData()
        known = self.values_of(None)
        return {
            "second": known["second"] if second is None else second,
            "device": known["device"] if device is None else self._devices[device],
        }

    def rest_on(self, record: VisitCard, values: Mapping[str, Any]) -> None:
        """These values, on the visit as it is now; what it has already stays."""
        super().rest_on(record, values)
        now = self.values_of(record)
        device = next((id_ for id_, code in self._devices.items() if code == values["device"]),
                      None)  # fmt: skip
        fields.choose(self.second, None if values["second"] == now["second"] else values["second"])
        fields.choose(self.device, None if values["device"] == now["device"] else device)

    def _check(self) -> str:
        chosen = self.second.currentData() is not None or self.device.currentData() is not None
        return "" if chosen else tr("Name a second person or a device.")
