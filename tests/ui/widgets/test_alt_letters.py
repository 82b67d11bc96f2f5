"""Alt and a letter reach every button and every field of a dialog, in both languages."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from supervisor import i18n
from supervisor.i18n import tr
from supervisor.ui.look.letters import initial, letter_for
from supervisor.ui.look.plain import keyed
from supervisor.ui.widgets import Button, Dialog, FormRow
from tests.screens import letters, names

ALT = Qt.KeyboardModifier.AltModifier


def _dialog(qtbot: QtBot) -> tuple[Dialog, QLineEdit, QLineEdit]:
    made = Dialog(tr("Reassign"), tr("Reassign"))
    one, other = QLineEdit(), QLineEdit()
    made.add_row(FormRow(tr("Reason"), one))
    made.add_row(FormRow(tr("Note"), other))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made, one, other


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_that_alt_and_a_letter_go_to_each_field(qtbot: QtBot, lang: str) -> None:
    i18n.set_language(lang)
    made, one, other = _dialog(qtbot)
    assert letters.findings(made) == []
    for field in (other, one):
        label = next(row.label for row in made.findChildren(FormRow) if row.field is field)
        qtbot.keyClick(made, getattr(Qt.Key, f"Key_{letters.letter_of(label)}"), ALT)
        assert made.focusWidget() is field


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_that_alt_c_cancels_and_the_letter_of_the_order_gives_it(qtbot: QtBot, lang: str) -> None:
    i18n.set_language(lang)
    # Qt shows the button pressed for a moment, and clicks it then.
    made, one, _ = _dialog(qtbot)
    with qtbot.waitSignal(made.confirmed):
        qtbot.keyClick(one, getattr(Qt.Key, f"Key_{letters.letter_of(made.primary)}"), ALT)
    made, one, _ = _dialog(qtbot)
    assert letters.letter_of(made.cancel) == "C"
    with qtbot.waitSignal(made.rejected):
        qtbot.keyClick(one, Qt.Key.Key_C, ALT)


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_that_readers_and_the_program_hear_words_alone(qtbot: QtBot, lang: str) -> None:
    i18n.set_language(lang)
    made, _, _ = _dialog(qtbot)
    had = letters.letter_of(made.primary)
    made.primary.setText("A & 乙")
    face = QAccessible.queryAccessibleInterface(made.primary)
    assert face is not None
    assert made.primary.text() == names.name_of(face) == "A & 乙"
    assert letters.letter_of(made.primary) == had
    label = made.findChildren(FormRow)[0].label
    face = QAccessible.queryAccessibleInterface(label)
    assert face is not None
    assert label.text() == names.name_of(face) == tr("Reason")


def test_that_a_letter_chosen_by_hand_or_in_doubt_is_let_be(qtbot: QtBot) -> None:
    made = Dialog("Title", "Go")
    by_hand, of_people = Button("&Fetch"), Button("A && B")
    made.foot.addWidget(by_hand)
    made.foot.addWidget(of_people)
    qtbot.addWidget(made)
    made.show()
    assert (by_hand.text(), of_people.text()) == ("&Fetch", "A && B")


def test_that_what_lacks_a_letter_or_shares_one_is_found(qtbot: QtBot) -> None:
    made, _, _ = _dialog(qtbot)
    bare, double = QPushButton("Bare"), QPushButton("&Cut")
    made.foot.addWidget(bare)
    made.foot.addWidget(double)
    bare.show()
    double.show()
    assert {one.text for one in letters.findings(made)} == {"none Bare", "C &Cut"}


SOUNDS = [("啊", "A"), ("改", "G"), ("座", "Z"), ("，", ""), ("x", "X")]


@pytest.mark.parametrize(("sign", "letter"), SOUNDS)
def test_that_a_chinese_sign_has_the_first_letter_of_its_sound(sign: str, letter: str) -> None:
    assert initial(sign) == letter


def test_that_letters_run_out_without_harm() -> None:
    assert letter_for("改派", "G") == "P"
    assert letter_for("改派", "GP") == "A"
    assert letter_for("改派", "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
    assert keyed("浏览…", "B") == "浏览(&B)…"
