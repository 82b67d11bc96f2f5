"""Gives the buttons and labelled fields of a dialog their Alt letters."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from supervisor.i18n import tr
from supervisor.ui.look.buttons import Button
from supervisor.ui.look.letters import letter_for
from supervisor.ui.widgets.labels import ElidedLabel, Label


def give_letters(dialog: QWidget) -> None:
    """A letter for each that has none, the same every time; letters once given stay."""
    bearers = _bearers(dialog)
    taken = {one.letter for one in bearers}
    usual = _usual()
    # Those whose letter everybody knows come before those that take what is free.
    for one in sorted(bearers, key=lambda one: one.text() not in usual):
        if one.letter or not one.text():
            continue
        letter = usual.get(one.text(), "")
        if not letter or letter in taken:
            letter = letter_for(one.text(), taken)
        if letter:
            one.set_letter(letter)
            taken.add(letter)


def _bearers(dialog: QWidget) -> list[Button | Label]:
    # A sign & put there by hand is a letter already, or an escaped one: such texts are let be.
    buttons = [one for one in dialog.findChildren(Button) if one.letter or "&" not in one.text()]
    labels = [one for one in dialog.findChildren(Label) if _leads(one)]
    return [*buttons, *labels]


def _leads(label: Label) -> bool:
    """Whether the label names a field; one made of parts is reached by its first."""
    field = label.buddy()
    if field is None or isinstance(label, ElidedLabel):
        return False
    if field.focusPolicy() is Qt.FocusPolicy.NoFocus and field.focusProxy() is None:
        parts = (one for one in field.findChildren(QWidget) if _stops(one))
        first = next(parts, None)
        if first is None:
            return False
        label.setBuddy(first)
    return True


def _stops(part: QWidget) -> bool:
    return bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _usual() -> dict[str, str]:
    """Letters as in every Windows program, by the words in force."""
    return {tr("Cancel"): "C", tr("Apply"): "A", tr("Help"): "H", tr("Yes"): "Y", tr("No"): "N"}
