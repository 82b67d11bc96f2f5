"""The period of a page: ready-made ones beside each other, or days of one's own; remembered."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from supervisor import clock
from supervisor.i18n import ntr, tr
from supervisor.pictures import periods
from supervisor.ui.look.memory import recall, remember
from supervisor.ui.widgets import Dialog, FormRow, SegmentedControl
from supervisor.ui.widgets.day_field import DayField

Ready = Sequence[tuple[str, str]]


class PeriodChoice(SegmentedControl):
    """Sends the key of the period chosen (`periods.period` knows its days)."""

    def __init__(self, ready: Ready, page: str, first: str, parent: QWidget | None = None) -> None:
        super().__init__([*ready, (periods.OWN, tr("Custom"))], tr("Period"), parent)
        self._page = page
        self._key = recalled(page, first, ready)
        own = self.button(periods.OWN)
        own.setToolTip(tr("Days of your own"))
        own.setAccessibleName(tr("Days of your own"))
        for key, _ in ready:
            self.button(key).clicked.connect(lambda _on=False, k=key: self._take(k))
        own.clicked.disconnect()
        own.clicked.connect(self.ask)
        self.choose(self._key)

    @property
    def current(self) -> str:
        """The key of the period in force."""
        return self._key

    def choose(self, key: str) -> None:
        """Show a period."""
        self._key = key
        days = periods.own_days(key)
        super().choose(key if days is None else periods.OWN)
        own = tr("Custom") if days is None else periods.period_text(*days)
        self.button(periods.OWN).setText(own)

    def ask(self) -> "PeriodDialog":
        """Ask for days; those in force stay until they are confirmed."""
        self.choose(self._key)
        of = periods.period(self._key, clock.today())
        dialog = PeriodDialog(of.first, of.last, clock.today(), self.window())
        dialog.confirmed.connect(lambda: self._confirm(dialog.key()))
        dialog.open()
        return dialog

    def _confirm(self, key: str) -> None:
        self._take(key)
        self.chosen.emit(key)

    def _take(self, key: str) -> None:
        remember(_memory(self._page), key)
        self.choose(key)


class PeriodDialog(Dialog):
    """From a day to a day, none of them to come."""

    help_topic = "overview"

    def __init__(self, first: date, last: date, today: date, parent: QWidget) -> None:
        super().__init__(tr("Days of your own"), tr("Show these days"), parent=parent)
        self._today = today
        self.first, self.last = DayField(first), DayField(last)
        self.add_row(FormRow(tr("From"), self.first, check=self._check_first))
        self.add_row(FormRow(tr("Until"), self.last, check=self._check_last))

    def key(self) -> str:
        """The period as the fields stand."""
        return periods.own_key(self.first.day, self.last.day)

    def _check_first(self) -> str:
        return tr("This day is still to come.") if self.first.day > self._today else ""

    def _check_last(self) -> str:
        if self.last.day > self._today:
            return tr("This day is still to come.")
        if self.last.day < self.first.day:
            return tr("The last day comes before the first.")
        if self.last.day >= self.first.day + timedelta(days=periods.MOST_DAYS):
            most = periods.MOST_DAYS
            return ntr("At most {n} day.", "At most {n} days.", most)
        return ""


def recalled(page: str, first: str, ready: Ready) -> str:
    """The key of the period a page showed last; `first` unless there was one."""
    key = recall(_memory(page), first)
    return key if periods.is_known(key, ready) else first


def _memory(page: str) -> str:
    return f"{page}/period"
