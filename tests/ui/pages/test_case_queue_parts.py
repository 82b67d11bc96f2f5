"""Parts of the filter bar: search, orders, chips, pasted numbers, and the dialog for marks."""

from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from supervisor.models.enums import Mark
from supervisor.models.enums_queue import SortKey
from supervisor.models.rows.case_queue import Sort
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.case_queue.chip_line import ChipLine
from supervisor.ui.pages.case_queue.dialogs.orders import MarkDialog
from supervisor.ui.pages.case_queue.filters import Condition
from supervisor.ui.pages.case_queue.order_choice import ORDERS, OrderChoice
from supervisor.ui.pages.case_queue.page import CaseQueuePage
from supervisor.ui.pages.case_queue.pasted import Pasted
from supervisor.ui.pages.case_queue.search_field import SearchField
from tests.ui.pages.queue_cases import a_small_branch

# Search


@pytest.fixture
def field(qtbot: QtBot) -> SearchField:
    made = SearchField()
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    made.heard = []  # type: ignore[attr-defined]
    made.searched.connect(made.heard.append)  # type: ignore[attr-defined]
    return made


def heard(field: SearchField) -> list[str]:
    """What was searched for; whatever waits is searched first."""
    if field._timer.isActive():
        field._on_pause()
    found: list[str] = field.heard  # type: ignore[attr-defined]
    return found


def compose(field: SearchField, preedit: str, commit: str = "") -> None:
    """What an input method does while a person types."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def test_that_nothing_is_searched_while_a_word_is_composed(field: SearchField) -> None:
    for letters in ("w", "wa", "wang"):
        compose(field, letters)
        assert not field._timer.isActive()
    assert heard(field) == []
    compose(field, "", "王")
    assert field._timer.isActive()
    assert heard(field) == ["王"]


def test_that_composing_again_stops_a_search_that_waits(field: SearchField) -> None:
    compose(field, "", "王")
    compose(field, "x")
    assert not field._timer.isActive()
    compose(field, "", "小")
    assert heard(field) == ["王小"]


def test_that_a_given_up_word_searches_nothing(field: SearchField) -> None:
    compose(field, "wang")
    compose(field, "")
    assert heard(field) == []


def test_that_enter_searches_at_once_and_not_twice(field: SearchField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "AJ0001")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not field._timer.isActive()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert heard(field) == ["AJ0001"]


def test_that_escape_empties_the_line_and_only_then_goes_further_up(
    qtbot: QtBot, desk: Desk
) -> None:
    a_small_branch(desk.database)
    page = a_page(qtbot, desk)
    page.table.make_current(0)
    page.open_case()
    search = page.filters.search
    search.setFocus()
    qtbot.keyClicks(search, "AJ")
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    assert page.panel.isVisible()
    assert page.step_back()
    assert page.panel.isHidden()


def test_that_a_single_pasted_line_is_text_and_a_column_is_numbers(
    field: SearchField, qtbot: QtBot
) -> None:
    taken: list[Any] = []
    field.pasted.connect(taken.append)
    for text in ("AJ0001", "AJ0001\tx\r\nAJ0002\ty\r\n\r\n AJ 0001 "):
        data = QMimeData()
        data.setText(text)
        QGuiApplication.clipboard().setMimeData(data)
        qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert taken == [("AJ0001", "AJ0002")]
    assert field.text() == ""


@pytest.mark.parametrize(
    ("given", "missing", "said"),
    [
        (3, (), "3 numbers recognised, 3 found"),
        (1, ("A",), "1 number recognised, 0 found; not found: A"),
        (9, tuple("ABCDEFG"), "9 numbers recognised, 2 found; not found: A, B, C, D, E and 2 more"),
    ],
)
def test_that_unknown_numbers_are_named_up_to_five(
    given: int, missing: tuple[str, ...], said: str
) -> None:
    assert Pasted(given, given - len(missing), missing).text() == said


# Orders


@pytest.fixture
def choice(qtbot: QtBot) -> OrderChoice:
    made = OrderChoice()
    qtbot.addWidget(made)
    return made


def lines(choice: OrderChoice) -> list[tuple[str, bool]]:
    """The menu as it would open: words and ticks."""
    choice.menu().aboutToShow.emit()
    return [(a.text(), a.isChecked()) for a in choice.menu().actions() if not a.isSeparator()]


def test_that_the_menu_offers_every_order_and_ticks_the_one_in_force(choice: OrderChoice) -> None:
    found = lines(choice)
    assert len(found) == len(ORDERS) + 1
    assert [text for text, ticked in found if ticked] == ["Default: by reason"]
    choice.show_sort(Sort(SortKey.OVERDUE, descending=True))
    assert [text for text, ticked in lines(choice) if ticked] == ["Overdue amount ↑"]
    assert choice.text() == "Custom: Overdue amount ↓"
    assert choice.accessibleName() == "Order: Custom: Overdue amount ↓"


def test_that_choosing_the_order_in_force_turns_it_round(choice: OrderChoice) -> None:
    wanted: list[tuple[str, bool]] = []
    reset: list[bool] = []
    choice.sort_wanted.connect(lambda key, down: wanted.append((key, down)))
    choice.reset.connect(lambda: reset.append(True))
    choice.show_sort(Sort(SortKey.OVERDUE, descending=True))
    lines(choice)
    actions = {action.text(): action for action in choice.menu().actions()}
    actions["Overdue amount ↑"].trigger()
    actions["Default: by reason"].trigger()
    assert (wanted, reset) == ([("overdue", False)], [True])


def test_that_every_order_of_the_menu_is_one_the_columns_know() -> None:
    from supervisor.ui.pages.case_queue.columns import SORTS

    assert {key: sort for key, (sort, _) in ORDERS.items()}.items() <= SORTS.items()


# Chips


@pytest.fixture
def line(qtbot: QtBot) -> ChipLine:
    made = ChipLine()
    qtbot.addWidget(made)
    return made


CONDITIONS = [Condition("stage", "M2–M4"), Condition("search", "<b>A & B</b>"), Condition("x", "X")]


def texts(line: ChipLine) -> list[str]:
    return [chip.text() for chip in line.chips()]


def test_that_every_condition_has_a_chip_that_takes_it_off(line: ChipLine) -> None:
    removed: list[str] = []
    line.removed.connect(removed.append)
    line.show_conditions(CONDITIONS, most=None)
    assert texts(line) == ["M2–M4", "<b>A && B</b>", "X", "Clear all", "Save as view"]
    line.chips()[1].click()
    assert removed == ["search"]


def test_that_what_has_no_room_is_in_the_menu_of_the_last_chip(line: ChipLine) -> None:
    removed: list[str] = []
    saved: list[bool] = []
    line.removed.connect(removed.append)
    line.save_wanted.connect(lambda: saved.append(True))
    line.show_conditions(CONDITIONS, most=1)
    assert texts(line) == ["M2–M4", "2 more", "Clear"]
    rest: QPushButton = line.chips()[1]
    assert "&lt;b&gt;" in rest.toolTip()
    actions = rest.menu().actions()
    actions[0].trigger()
    actions[-1].trigger()
    assert (removed, saved) == (["search"], [True])


def test_that_no_condition_leaves_no_chip(line: ChipLine) -> None:
    line.show_conditions(CONDITIONS, most=None)
    line.show_conditions([], most=None)
    assert texts(line) == []


# Marks


def a_page(qtbot: QtBot, desk: Desk) -> CaseQueuePage:
    made = CaseQueuePage(desk)
    qtbot.addWidget(made)
    made.resize(1600, 800)
    made.show()
    made.activate()
    made.presenter.clear()
    return made


def test_that_a_mark_some_refuse_is_asked_about_and_only_the_others_take_it(
    qtbot: QtBot, desk: Desk
) -> None:
    a_small_branch(desk.database)
    page = a_page(qtbot, desk)
    page.model.tick_range(0, 0)
    page.acts.mark(Mark.A)
    assert page.findChild(MarkDialog) is None
    page.model.untick_all()
    page.model.tick_range(0, 2)
    page.acts.mark(Mark.A)
    dialog = page.findChild(MarkDialog)
    assert dialog is not None
    assert dialog.mark.currentData() == Mark.A
    assert dialog.refused.count() == 1
    assert dialog.primary.text() == "Mark 2 cases"
    dialog.mark.setCurrentIndex(dialog.mark.findData(Mark.B))
    assert dialog.refused.count() == 0
    assert dialog.primary.text() == "Mark 3 cases"
    dialog.confirm()
    assert [row.mark for row in page.model.known_rows()].count(Mark.B) == 3


def test_that_taking_marks_off_can_be_chosen_too(qtbot: QtBot, desk: Desk) -> None:
    a_small_branch(desk.database)
    page = a_page(qtbot, desk)
    page.model.tick_range(0, 0)
    page.acts.mark(Mark.A)
    page.model.tick_range(0, 1)
    page.acts.mark(None)
    dialog = page.findChild(MarkDialog)
    assert dialog is not None
    assert dialog.mark.currentData() is None
    dialog.confirm()
    assert all(row.mark is None for row in page.model.known_rows())
