"""The choice of a period: ready-made ones, own days by keyboard, and what is remembered."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from pytestqt.qtbot import QtBot

from supervisor import clock
from supervisor.pictures import periods
from supervisor.ui.charts.period_choice import PeriodChoice, PeriodDialog
from supervisor.ui.widgets.day_field import DayField


def _choice(qtbot: QtBot, page: str = "somewhere") -> PeriodChoice:
    choice = PeriodChoice(periods.choices(), page, periods.WEEK)
    qtbot.addWidget(choice)
    choice.show()
    return choice


def _set(field: DayField, day: date) -> None:
    field.setDate(QDate(day.year, day.month, day.day))


def _asked(choice: PeriodChoice, first: date, last: date) -> PeriodDialog:
    dialog = choice.ask()
    _set(dialog.first, first)
    _set(dialog.last, last)
    return dialog


def test_that_days_of_ones_own_are_typed_sent_shown_and_remembered(qtbot: QtBot) -> None:
    choice = _choice(qtbot)
    sent: list[str] = []
    choice.chosen.connect(sent.append)
    qtbot.keyClick(choice.button(periods.OWN), Qt.Key.Key_Space)
    dialog = choice.findChild(PeriodDialog)
    assert dialog is not None
    assert sent == []
    first, last = clock.today() - timedelta(days=9), clock.today() - timedelta(days=3)
    _set(dialog.first, first)
    _set(dialog.last, last)
    qtbot.keyClick(dialog.last, Qt.Key.Key_Return)
    assert sent == [choice.current] == [periods.own_key(first, last)]
    assert choice.button(periods.OWN).isChecked()
    assert choice.button(periods.OWN).text() == f"{first:%m-%d} to {last:%m-%d}"
    assert _choice(qtbot).current == sent[0]
    assert _choice(qtbot, "elsewhere").current == periods.WEEK


def test_that_leaving_the_dialog_keeps_the_period(qtbot: QtBot) -> None:
    choice = _choice(qtbot)
    choice.button(periods.MONTH).click()
    dialog = choice.ask()
    assert choice.button(periods.MONTH).isChecked()
    assert (dialog.first.day, dialog.last.day) == (clock.today().replace(day=1), clock.today())
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert choice.current == periods.MONTH


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (-3, 1, "This day is still to come."),
        (-3, -4, "The last day comes before the first."),
        (-periods.MOST_DAYS, 0, "At most 366 days."),
    ],
)
def test_that_days_that_cannot_be_shown_are_told(
    qtbot: QtBot, first: int, last: int, sentence: str
) -> None:
    choice, today = _choice(qtbot), clock.today()
    sent: list[str] = []
    choice.chosen.connect(sent.append)
    dialog = _asked(choice, today + timedelta(days=first), today + timedelta(days=last))
    dialog.confirm()
    assert [row.error for row in dialog.problems()] == [sentence]
    assert dialog.isVisible()
    assert sent == []


def test_that_a_ready_made_period_takes_the_place_of_ones_own(qtbot: QtBot) -> None:
    choice = _choice(qtbot)
    _asked(choice, clock.today(), clock.today()).confirm()
    choice.button(periods.MONTH).click()
    assert choice.current == periods.MONTH
    assert choice.button(periods.OWN).text() == "Custom"
    assert _choice(qtbot).current == periods.MONTH
