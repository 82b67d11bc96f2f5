"""Orders about working days and office hours as dialogs."""

import re
from collections.abc import Callable
from datetime import date, time
from typing import Any

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QTimeEdit, QWidget

from supervisor.errors import BadInputError
from supervisor.i18n import ntr, tr
from supervisor.models.changes import Changes
from supervisor.models.orders import Order
from supervisor.models.orders_calendar import SetOfficeHours, SetWorkingDays, YearOrder
from supervisor.models.rows.working_days import DaysFrom, WorkingDays, YearLine
from supervisor.models.rules.workdays import YearDays
from supervisor.models.rules.working_days import checked
from supervisor.ui.background.desk import Desk
from supervisor.ui.widgets import FormRow, Label
from supervisor.ui.widgets.order_dialog import Done, Failed, OrderDialog
from supervisor.words import sentence_of, word

DAYS_HEIGHT, REASON_HEIGHT = 84, 56
_DAY = re.compile(r"\d{1,2}-\d{1,2}")


class _Dialog(OrderDialog):
    """Sends through the desk; every order has a reason."""

    help_topic = "preferences"

    def __init__(self, title: str, about: str, desk: Desk, parent: QWidget) -> None:
        super().__init__(title, tr("Set"), self._carry_out, parent)
        self._desk = desk
        said = Label(about, "secondary")
        said.setWordWrap(True)
        self.body.addWidget(said)

    def add_reason(self) -> None:
        """Last of the fields."""
        self.reason = _lines(REASON_HEIGHT, self)
        self.add_row(FormRow(tr("Reason (required)"), self.reason, check=self._check_reason))

    def _check_reason(self) -> str:
        return "" if self.said() else tr("Give a reason. It stays in the audit.")

    def said(self) -> str:
        """The reason as typed."""
        return self.reason.toPlainText().strip()

    def command(self) -> Callable[..., Changes]:
        """What carries the order out."""
        from supervisor.models.commands import working_days  # noqa: PLC0415 - when it is sent

        hours = isinstance(self.order(), SetOfficeHours)
        return working_days.set_office_hours if hours else working_days.set_working_days

    def _carry_out(
        self, command: Callable[..., Changes], order: Order, then: Done, refused: Failed
    ) -> None:
        self._desk.runner.do(command, order, initiator=self, then=then, failed=refused)


class WorkingDaysDialog(_Dialog):
    """One year: its days of rest and make-up days as lists of month and day."""

    def __init__(self, known: WorkingDays, desk: Desk, parent: QWidget) -> None:
        about = tr("Days are written as 10-01, with spaces or commas between them. Due times that "
                   "were given already stay.")  # fmt: skip
        super().__init__(tr("Working days"), about, desk, parent)
        self._years = {one.year: one for one in known.years}
        self.year = QComboBox()
        for one in reversed(known.years):
            self.year.addItem(f"{one.year} · {word(one.source)}", one.year)
        self.announced = QComboBox()
        self.announced.addItem(tr("Set by the house"), False)
        self.announced.addItem(tr("As announced"), True)
        top = QHBoxLayout()
        for row in (
            FormRow(tr("Year"), self.year),
            FormRow(tr("Source"), self.announced),
        ):
            top.addWidget(row, 1)
        self.body.addLayout(top)
        self.rest, self.work = _lines(DAYS_HEIGHT, self), _lines(DAYS_HEIGHT, self)
        self.add_row(FormRow(tr("Days of rest from Monday to Friday"), self.rest,
                             check=self._check_days))  # fmt: skip
        self.add_row(FormRow(tr("Weekend days worked on (make-up days)"), self.work,
                             check=lambda: _wrong(self.work, self._year())))  # fmt: skip
        self.add_reason()
        self.year.currentIndexChanged.connect(lambda _at: self._show_year())
        self.announced.currentIndexChanged.connect(lambda _at: self._follow())
        self._show_year()

    def _year(self) -> int:
        return int(self.year.currentData())

    def _line(self) -> YearLine:
        return self._years[self._year()]

    def _show_year(self) -> None:
        one = self._line()
        self.rest.setPlainText(_text(one.rest))
        self.work.setPlainText(_text(one.work))
        self.announced.setCurrentIndex(0)
        self.announced.setEnabled(one.source is DaysFrom.HOUSE)

    def _follow(self) -> None:
        for field in (self.rest, self.work):
            field.setEnabled(not self.announced.currentData())

    def _check_days(self) -> str:
        wrong = _wrong(self.rest, self._year())
        if wrong or self.announced.currentData():
            return wrong
        try:
            checked(self._year(), self._days())
        except BadInputError as error:
            return sentence_of(error)
        return ""

    def _days(self) -> YearDays:
        return YearDays(
            *(frozenset(_days(field, self._year())) for field in (self.rest, self.work))
        )

    def order(self) -> Order:
        """The year as typed, or as announced."""
        if self.announced.currentData():
            made = YearOrder(self._year(), announced=True)
        else:
            days = self._days()
            made = YearOrder(self._year(), tuple(sorted(days.rest)), tuple(sorted(days.work)))
        return SetWorkingDays(actor=self._desk.actor, years=(made,), reason=self.said())


class YearsDialog(_Dialog):
    """Years from a file: what they hold, then the reason."""

    def __init__(self, years: dict[int, YearDays], desk: Desk, parent: QWidget) -> None:
        lines = [
            tr("{year}: {rest}, {work}", year=str(year),
               rest=ntr("{n} day of rest", "{n} days of rest", len(days.rest)),
               work=ntr("{n} make-up day", "{n} make-up days", len(days.work)))
            for year, days in sorted(years.items())
        ]  # fmt: skip
        super().__init__(tr("Working days from a file"), "\n".join(lines), desk, parent)
        self._file = years
        self.add_reason()

    def order(self) -> Order:
        """Every year of the file."""
        made = tuple(
            YearOrder(year, tuple(sorted(days.rest)), tuple(sorted(days.work)))
            for year, days in sorted(self._file.items())
        )
        return SetWorkingDays(actor=self._desk.actor, years=made, reason=self.said())


class OfficeHoursDialog(_Dialog):
    """From when to when, on every working day."""

    def __init__(self, known: WorkingDays, desk: Desk, parent: QWidget) -> None:
        about = tr("The same on every working day. Due times that were given already stay.")
        super().__init__(tr("Office hours"), about, desk, parent)
        self.opens, self.closes = _time(known.opens), _time(known.closes)
        line = QHBoxLayout()
        line.addWidget(FormRow(tr("From"), self.opens), 1)
        line.addWidget(FormRow(tr("Until"), self.closes), 1)
        self.body.addLayout(line)
        self.add_reason()

    def order(self) -> Order:
        """The hours as they stand."""
        return SetOfficeHours(
            actor=self._desk.actor,
            opens=_time_of(self.opens),
            closes=_time_of(self.closes),
            reason=self.said(),
        )


def _lines(height: int, parent: QWidget) -> QPlainTextEdit:
    field = QPlainTextEdit(parent)
    field.setTabChangesFocus(True)
    field.setFixedHeight(height)
    return field


def _text(days: tuple[date, ...]) -> str:
    return "  ".join(f"{day:%m-%d}" for day in days)


def _words(field: QPlainTextEdit) -> list[str]:
    return [part for part in re.split(r"[\s,，、;；]+", field.toPlainText()) if part]


def _wrong(field: QPlainTextEdit, year: int) -> str:
    for part in _words(field):
        try:
            _day(part, year)
        except ValueError:
            return tr("{text} is no day of {year}. Write it as 10-01.", text=part, year=str(year))
    return ""


def _day(text: str, year: int) -> date:
    if _DAY.fullmatch(text) is None:
        raise ValueError(text)
    month, _, day = text.partition("-")
    return date(year, int(month), int(day))


def _days(field: QPlainTextEdit, year: int) -> list[date]:
    return [_day(part, year) for part in _words(field)]


def _time(value: time) -> QTimeEdit:
    field = QTimeEdit(QTime(value.hour, value.minute))
    field.setDisplayFormat("HH:mm")
    return field


def _time_of(field: QTimeEdit) -> time:
    at: Any = field.time()
    return time(at.hour(), at.minute())
