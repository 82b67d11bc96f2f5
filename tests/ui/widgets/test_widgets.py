"""Small parts: what they say, what they ask, and that they can be used by keyboard."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDateTimeEdit,
    QLineEdit,
    QSpinBox,
    QTimeEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from supervisor import clock, i18n
from supervisor.ui.widgets import (
    Banner,
    Button,
    Chip,
    ChipRow,
    Condition,
    DataAgePill,
    Dialog,
    ElidedLabel,
    EmptyState,
    FormRow,
    IconButton,
    SegmentedControl,
    Skeleton,
    Toast,
)


def test_that_a_banner_says_and_offers_at_most_two_actions(qtbot: QtBot) -> None:
    banner, done = Banner(), []
    qtbot.addWidget(banner)
    assert banner.isHidden()
    actions = [(word, lambda word=word: done.append(word)) for word in ("one", "two", "three")]
    banner.show_news("crit", "Visit on hold", "A serious flag waits.", actions)
    banner.buttons[0].click()
    assert [button.text() for button in banner.buttons] == ["one", "two"]
    assert done == ["one"]
    assert banner.accessibleName() == "Visit on hold A serious flag waits."
    banner.show_news("ok", "Done")
    assert banner.buttons == ()
    assert banner.property("tone") == "ok"


def test_that_every_condition_has_one_chip_that_removes_it(qtbot: QtBot) -> None:
    row, removed = ChipRow(), []
    qtbot.addWidget(row)
    row.removed.connect(removed.append)
    row.show_conditions([Condition("stage", "M2–M4"), Condition("money", "≥ 3,000")])
    chips = [chip for chip in row.findChildren(Chip) if not chip.isHidden()]
    assert [chip.text() for chip in chips] == ["M2–M4", "≥ 3,000"]
    assert chips[1].accessibleName() == "Remove condition ≥ 3,000"
    chips[1].click()
    assert removed == ["money"]
    with qtbot.waitSignal(row.cleared):
        next(b for b in row.findChildren(Button) if b.text() == "Clear all").click()
    row.show_conditions([])
    assert row.isHidden()


def test_that_segments_tell_the_persons_choice_only(qtbot: QtBot) -> None:
    control, told = SegmentedControl([("a", "Today"), ("b", "Week")]), []
    qtbot.addWidget(control)
    control.chosen.connect(told.append)
    control.choose("b")
    assert (control.current, told) == ("b", [])
    control.button("a").click()
    assert (control.current, told) == ("a", ["a"])


def test_that_a_cut_text_stands_whole_in_tooltip_and_name(qtbot: QtBot) -> None:
    text = "城东区柳湾街道一个很长很长的地址，放不下"
    label = ElidedLabel(text)
    qtbot.addWidget(label)
    label.show()
    label.resize(80, 20)
    assert label.text().endswith("…")
    assert label.toolTip() == label.accessibleName() == text
    label.resize(800, 20)
    assert (label.text(), label.toolTip()) == (text, "")


def test_that_icon_buttons_have_name_and_tooltip_and_take_focus(qtbot: QtBot) -> None:
    button = IconButton("printer", "Print the page", keys="Ctrl+P")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Print the page"
    assert "Ctrl+P" in button.toolTip()
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert (button.width(), button.height()) == (28, 28)


def test_that_a_disabled_button_says_why(qtbot: QtBot) -> None:
    button = Button("Reassign")
    qtbot.addWidget(button)
    button.set_enabled(False, "Two cases are under review")
    assert button.toolTip() == "Two cases are under review"
    button.set_enabled(True)
    assert button.toolTip() == ""


@pytest.mark.parametrize(
    ("minutes", "state", "words"),
    [(0, "fresh", "just now"), (4, "fresh", "4 minutes ago"), (27, "old", "27 minutes ago")],
)
def test_that_the_age_pill_tells_time_and_state(
    qtbot: QtBot, minutes: int, state: str, words: str
) -> None:
    pill = DataAgePill()
    qtbot.addWidget(pill)
    pill.set_read_at(clock.now() - timedelta(minutes=minutes))
    assert pill.property("state") == state
    assert words in pill.text()
    pill.set_away(True)
    assert (pill.property("state"), pill.text()) == ("away", "Not connected")


def test_that_a_toast_undoes_once(qtbot: QtBot) -> None:
    ground, undone = QWidget(), []
    qtbot.addWidget(ground)
    ground.resize(800, 600)
    toast = Toast(ground)
    toast.say("12 cases reassigned", "ok", lambda: undone.append(1))
    assert toast.can_undo
    toast.undo()
    toast.undo()
    assert undone == [1]
    assert toast.isHidden()


def test_that_a_dialog_checks_its_rows_and_goes_to_the_first_error(qtbot: QtBot) -> None:
    dialog, field = Dialog("Hold", "Confirm"), QLineEdit()
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    row = dialog.add_row(
        FormRow("Until", field, check=lambda: "" if field.text() else "Say until when.")
    )
    dialog.show()
    told: list[int] = []
    dialog.confirmed.connect(lambda: told.append(1))
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialog.confirm()
    assert (row.error, told, dialog.isVisible()) == ("Say until when.", [], True)
    assert field.accessibleDescription() == "Say until when."
    field.setText("2026-12-01")
    dialog.confirm()
    assert (row.error, told, dialog.isVisible()) == ("", [1], False)


def test_that_a_careful_dialog_has_no_default_button(qtbot: QtBot) -> None:
    dialog = Dialog("Withdraw", "Withdraw 12 rows", careful=True)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert not dialog.primary.isDefault()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_that_waiting_shows_nothing_at_first(qtbot: QtBot) -> None:
    skeleton = Skeleton(rows=3)
    qtbot.addWidget(skeleton)
    skeleton.show()
    skeleton.start()
    assert all(bar.isHidden() for bar in skeleton._bars)
    skeleton._soon.timeout.emit()
    assert not any(bar.isHidden() for bar in skeleton._bars)
    skeleton.stop()
    assert all(bar.isHidden() for bar in skeleton._bars)


def test_that_an_empty_state_offers_the_next_step(qtbot: QtBot) -> None:
    state, done = EmptyState(), []
    qtbot.addWidget(state)
    state.show_state("No case meets all 4 conditions", "", [("Clear", lambda: done.append(1))])
    state.findChildren(Button)[-1].click()
    assert done == [1]
    assert state.accessibleName() == "No case meets all 4 conditions"


def test_that_words_of_the_pill_follow_the_language(qtbot: QtBot) -> None:
    pill = DataAgePill()
    qtbot.addWidget(pill)
    i18n.set_language("zh_CN")
    pill.tick()
    assert pill.text() == "正在读取"
    assert isinstance(pill, QObject)


@pytest.mark.parametrize("kind", [QTimeEdit, QDateTimeEdit, QSpinBox])
def test_that_times_and_numbers_begin_where_words_do(
    qtbot: QtBot, kind: type[QAbstractSpinBox]
) -> None:
    dialog, words, numbers = Dialog("Title", "OK"), QLineEdit("2"), kind()
    qtbot.addWidget(dialog)
    for field in (words, numbers):
        dialog.body.addWidget(field)
    dialog.show()

    def begins(edit: QLineEdit) -> int:
        edit.setCursorPosition(0)
        return edit.mapTo(dialog, edit.cursorRect().center()).x()

    assert abs(begins(numbers.findChild(QLineEdit)) - begins(words)) <= 2
